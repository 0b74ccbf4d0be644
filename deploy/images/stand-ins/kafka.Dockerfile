# Stands in for the official image `apache/kafka`: see build.sh.
ARG BASE
FROM ${BASE}
COPY jars /opt/kafka/libs
COPY kafka-entrypoint.sh /opt/kafka/
RUN mkdir -p /var/lib/kafka/data && chown 1000:1000 /var/lib/kafka/data
ENV KAFKA_LOG_DIRS=/var/lib/kafka/data
VOLUME /var/lib/kafka/data
USER 1000:1000
EXPOSE 9092
CMD ["bash", "/opt/kafka/kafka-entrypoint.sh"]
