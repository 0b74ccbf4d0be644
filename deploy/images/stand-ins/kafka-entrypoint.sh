#!/usr/bin/env bash
# Takes settings as the official image does: KAFKA_LOG_DIRS is log.dirs, and so on.
set -euo pipefail
properties=/tmp/server.properties
java=(/usr/lib/jvm/default-java/bin/java -XX:+UseSerialGC -XX:TieredStopAtLevel=1)
java+=(-cp '/opt/kafka/libs/*')

env | grep '^KAFKA_' | grep -v '^KAFKA_HEAP_OPTS=' | while IFS='=' read -r name value; do
  name="${name#KAFKA_}"
  name="${name//_/.}"
  echo "${name,,}=$value"
done >"$properties"

if [ ! -e "$KAFKA_LOG_DIRS/meta.properties" ]; then
  "${java[@]}" kafka.tools.StorageTool format -t "${CLUSTER_ID:?has to be given}" -c "$properties"
fi
read -r -a heap <<<"${KAFKA_HEAP_OPTS:--Xms96m -Xmx384m}"
exec "${java[@]}" "${heap[@]}" kafka.Kafka "$properties"
