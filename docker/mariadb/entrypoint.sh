#!/bin/sh
# Runs MariaDB in the foreground on port 3306 and a socket. Arguments go to the server.
#   MARIADB_SQL_MODE   sql_mode, "" included; unset: MariaDB's own
#   MARIADB_THROWAWAY  1: nothing here must survive a crash, so nothing waits for a disk
# Accounts come from /run/secrets-migrate/init.sql, which the server runs at each start (one statement a line), never
# from an argument or the environment. root comes in through the socket alone.
set -eu
data=/var/lib/mysql
init=/run/secrets-migrate/init.sql

install -d -o mysql -g mysql -m 0755 /run/mysqld
chown mysql:mysql "$data"
if [ ! -d "$data/mysql" ]; then
  # The folder `mysql` comes last, by a rename: a copy that was cut short is made again.
  (cd /usr/local/share/migrate/data && for part in $(ls -A | grep -v '^mysql$') mysql; do
    rm -rf "$data/copy" "${data:?}/$part" && cp -a "$part" "$data/copy" && mv -T "$data/copy" "$data/$part"
  done)
fi

# Each block goes before the last, so that the arguments of the container win.
if [ "${MARIADB_THROWAWAY:-0}" = 1 ]; then
  set -- --innodb-doublewrite=0 --innodb-flush-log-at-trx-commit=0 --sync-binlog=0 --innodb-buffer-pool-size=64M \
    --innodb-log-buffer-size=8M --key-buffer-size=16M --aria-pagecache-buffer-size=16M "$@"
fi
if [ "${MARIADB_SQL_MODE+set}" = set ]; then
  set -- --sql-mode="$MARIADB_SQL_MODE" "$@"
fi
if [ -f "$init" ]; then
  chown mysql:mysql "${init%/*}" "$init"
  set -- --init-file="$init" "$@"
fi
exec mariadbd --no-defaults --user=mysql --datadir="$data" --socket=/run/mysqld/mysqld.sock \
  --pid-file=/run/mysqld/mysqld.pid --bind-address=0.0.0.0 --skip-name-resolve --local-infile=0 \
  --max-allowed-packet=256M "$@"
