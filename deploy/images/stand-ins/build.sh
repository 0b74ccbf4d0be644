#!/usr/bin/env bash
# Builds images that stand in for the official ones of PostgreSQL, Apache Kafka and Node where no
# registry can be reached: from Debian's packages, Kafka's jars of Maven Central, and the pinned
# Node of npm. Under names of their own, and with the settings and folders of the official ones.
#
#   deploy/images/stand-ins/build.sh     prints, as NAME=VALUE, the settings that choose them
#
# It needs root, mmdebstrap, a Docker engine, Java and Maven, and the npm packages installed.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
root="$(cd "$here/../../.." && pwd)"
suite="$(. /etc/os-release && echo "$VERSION_CODENAME")"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# The client of Docker 23 and newer wants a plugin for anything but the old builder.
export DOCKER_BUILDKIT=0

unpack_debian() {
  # Packages are unpacked, not configured: nothing here needs their scripts, and it takes a third.
  mmdebstrap --quiet --variant=extract \
    --hook-dir=/usr/share/mmdebstrap/hooks/merged-usr \
    --include=postgresql,default-jre-headless,libstdc++6,bash,coreutils,sed,grep,base-files \
    --extract-hook='rm -rf "$1"/usr/share/doc "$1"/usr/share/man "$1"/usr/share/locale' \
    --extract-hook='rm -f "$1"/usr/lib/*/libLLVM* "$1"/usr/lib/postgresql/*/lib/llvmjit*' \
    --extract-hook='ln -s bash "$1/usr/bin/sh"' \
    --extract-hook='cp "'"$here"'/passwd" "'"$here"'/group" "$1/etc/"' \
    "$suite" - | docker import - "netfold-standin/debian:$suite" >&2
}

collect_jars() {
  mvn -B -q -ntp -f "$root/deploy/kafka/pom.xml" dependency:build-classpath \
    "-Dmdep.outputFile=$work/classpath" >&2
  mkdir "$work/kafka" "$work/kafka/jars"
  tr ':' '\n' <"$work/classpath" | xargs cp -t "$work/kafka/jars"
}

collect_jars &
unpack_debian
wait $!

cp "$here/kafka-entrypoint.sh" "$work/kafka/"
mkdir "$work/postgres" "$work/node"
cp "$here/postgres-entrypoint.sh" "$work/postgres/"
cp "$root/node_modules/node/bin/node" "$work/node/"
for name in postgres kafka node; do
  docker build --quiet --build-arg "BASE=netfold-standin/debian:$suite" \
    --file "$here/$name.Dockerfile" --tag "netfold-standin/$name:$suite" "$work/$name" >&2
done

echo "NETFOLD_TEST_POSTGRES_IMAGE=netfold-standin/postgres:$suite"
echo "NETFOLD_TEST_KAFKA_IMAGE=netfold-standin/kafka:$suite"
echo "NETFOLD_NODE_IMAGE=netfold-standin/node:$suite"
# The reaper of testcontainers is an image of a registry.
echo "TESTCONTAINERS_RYUK_DISABLED=true"
