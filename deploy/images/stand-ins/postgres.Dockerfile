# Stands in for the official image `postgres`: see build.sh.
ARG BASE
FROM ${BASE}
COPY postgres-entrypoint.sh /usr/local/bin/docker-entrypoint.sh
RUN mkdir -p /var/lib/postgresql /var/run/postgresql \
  && chown postgres:postgres /var/lib/postgresql /var/run/postgresql \
  && ln -s /usr/lib/postgresql/*/bin/* /usr/local/bin/
ENV LC_ALL=C.UTF-8 PGDATA=/var/lib/postgresql/data
VOLUME /var/lib/postgresql
USER postgres
STOPSIGNAL SIGINT
EXPOSE 5432
ENTRYPOINT ["bash", "/usr/local/bin/docker-entrypoint.sh"]
CMD ["postgres"]
