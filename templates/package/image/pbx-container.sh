#!/bin/sh
# pbx-container database|pbx: what a container of this PBX runs. It is as quiet as the package until `pbx-config live`.
set -eu

units=/etc/systemd/system

# programs of a unit, one a line: there is no systemd here
programs() {
  [ ! -f "$units/$2" ] || sed -n "s/^$1=+\{0,1\}//p" "$units/$2"
}

run_unit() {
  programs ExecStart "$1" | sh || true
}

# what timers do elsewhere
timers() {
  minute=0
  while sleep 60; do
    minute=$((minute + 1))
    [ -f /etc/asterisk/live.d/live ] || continue
    run_unit asterisk-time-conditions.service
    [ $((minute % 5)) -ne 0 ] || run_unit asterisk-call-records.service
  done
}

case ${1:-} in
  database)
    install -d -o mysql -g mysql -m 0755 /run/mysqld
    chown mysql:mysql /var/lib/mysql
    [ -d /var/lib/mysql/mysql ] || mariadb-install-db --user=mysql --auth-root-authentication-method=socket --skip-test-db > /dev/null
    # to this machine alone: the PBX comes by 127.0.0.1, root by the socket
    exec mariadbd --user=mysql --bind-address=127.0.0.1
    ;;
  pbx)
    for folder in /run/asterisk /var/lib/asterisk /var/lib/asterisk/keys /var/log/asterisk /var/log/asterisk/cdr-custom /var/spool/asterisk; do
      install -d -o asterisk -g asterisk -m 0755 "$folder"
    done
    programs ExecStartPre asterisk.service.d/migrate.conf | sh
    pbx-config apply
    pbx-config secrets /run/secrets/pbx-secrets
    timers &
    exec asterisk -f -U asterisk -G asterisk
    ;;
  *)
    echo 'usage: pbx-container database|pbx' >&2
    exit 2
    ;;
esac
