#!/bin/sh
# The second step of a new database, after roles.sql: the login role's password, and its database.
set -eu
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres \
    --set password="$EARSHOT_DATABASE_PASSWORD" <<'SQL'
ALTER ROLE earshot PASSWORD :'password';
CREATE DATABASE earshot OWNER earshot;
SQL
