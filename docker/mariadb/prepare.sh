#!/bin/sh
# Makes the data folder that entrypoint.sh copies: system tables, root by unix socket alone, time zones.
set -eu
data=$1

install -d -o mysql -g mysql "$data"
mariadb-install-db --no-defaults --user=mysql --datadir="$data" --innodb-log-file-size=8M \
  --auth-root-authentication-method=socket --skip-test-db > /dev/null
mariadb-tzinfo-to-sql /usr/share/zoneinfo 2> /dev/null > /tmp/zones.sql
{ echo 'USE mysql;'; cat /tmp/zones.sql; } |
  mariadbd --no-defaults --user=mysql --datadir="$data" --innodb-log-file-size=8M --bootstrap
rm /tmp/zones.sql
