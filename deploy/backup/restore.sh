#!/usr/bin/env bash
# Restores a backup from the standard input into a database that holds no log, all or nothing.
# Every service has to be stopped. The database is named as for `backup.sh`.
#
#   restore.sh <netfold.backup
#
# The log gets a new epoch. What was distributed before, and of which the backup may know nothing,
# then counts as another log's: projectors drop it and build their tables anew.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"

if [ "$(psql -X -A -t -c "select to_regclass('log.commit') is not null")" != f ]; then
  echo 'error: the database already holds a log' >&2
  echo '  cause: a backup is restored beside nothing, or two histories would be mixed' >&2
  echo '  fix:   create an empty database, or drop the schemas `log` and `account` in this one' >&2
  exit 1
fi

script="$(mktemp)"
trap 'rm -f "$script"' EXIT
# Whole before anything is changed: a backup that was cut off ends here.
pg_restore --file="$script"
psql -X -q --set=ON_ERROR_STOP=1 --output=/dev/null --single-transaction \
  --file="$here/../postgres/roles-log.sql" \
  --file="$script" \
  --command='update log.installation set log_epoch = gen_random_uuid()'
