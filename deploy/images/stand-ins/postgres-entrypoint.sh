#!/usr/bin/env bash
# Takes POSTGRES_USER, POSTGRES_PASSWORD and POSTGRES_DB as the official image does.
set -euo pipefail
[ "${1:-}" = postgres ] || exec "$@"
user="${POSTGRES_USER:-postgres}"

if [ ! -s "$PGDATA/PG_VERSION" ]; then
  initdb --pgdata="$PGDATA" --username="$user" --encoding=UTF8 --locale=C --data-checksums \
    --auth-local=trust --auth-host=scram-sha-256 \
    --pwfile=<(echo "${POSTGRES_PASSWORD:?has to be given}") >/dev/null
  echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
  echo "create database \"${POSTGRES_DB:-$user}\";" | postgres --single -j -D "$PGDATA" postgres \
    >/dev/null
fi
exec "$@" -c listen_addresses='*' -c unix_socket_directories=/var/run/postgresql
