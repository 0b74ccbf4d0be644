#!/usr/bin/env bash
# Writes a backup of the log and the accounts to the standard output, of one moment, while the
# installation goes on. The database is named as for every program of PostgreSQL: PGHOST, PGUSER,
# PGPASSWORD, PGDATABASE; by a superuser, or by whoever sees all rows.
#
#   backup.sh >netfold.backup
#
# Read models are not in it: they are built from the log.
set -euo pipefail
exec pg_dump --format=custom --schema=log --schema=account
