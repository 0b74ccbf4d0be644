#!/usr/bin/env bash
# Writes `.env` with passwords of its own beside compose.yaml, once.
set -euo pipefail
file="${1:-$(dirname "$0")/.env}"
[ -e "$file" ] && exit 0
umask 077
for login in ADMINISTRATOR GATEWAY COMMANDER PROJECTOR; do
  echo "NETFOLD_${login}_PASSWORD=$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')"
done >"$file"
