# Stands in for the official image `node`: see build.sh.
ARG BASE
FROM ${BASE}
COPY node /usr/local/bin/node
CMD ["node"]
