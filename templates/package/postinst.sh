#!/bin/sh
set -e
case "$1" in
  configure)
    # The package asterisk makes it, and may come after this one: each of the two needs the other.
    if ! getent passwd asterisk > /dev/null; then
      adduser --system --group --quiet --home /var/lib/asterisk --no-create-home --disabled-login --gecos 'Asterisk PBX daemon' asterisk
    fi
    # Asterisk would read what else lies there along with ours: the examples of asterisk-config, of which dpkg has replaced those of the same name.
    if [ -z "$2" ] && [ ! -e /etc/asterisk/live.d ]; then
      dpkg-query -L pbx-config > /run/pbx-config.list
      find /etc/asterisk -type f | grep -vxF -f /run/pbx-config.list | while IFS= read -r file; do
        aside=/etc/asterisk.before-pbx-config/${file#/etc/asterisk/}
        mkdir -p "$(dirname "$aside")"
        mv "$file" "$aside"
      done
      rm -f /run/pbx-config.list
    fi
    install -d -o root -g asterisk -m 0750 /etc/asterisk/secrets.d
    # without it Asterisk says at each start that it is not there
    install -d -o asterisk -g asterisk -m 0755 /var/lib/asterisk/keys
    # the jail of fail2ban does not start without the file that it watches
    [ -e /var/log/asterisk/messages ] || install -D -o asterisk -g asterisk -m 0640 /dev/null /var/log/asterisk/messages
    # other packages own the file, and this is how they want it changed
    grep -qs '^\[cdr\]' /etc/odbc.ini || odbcinst -i -s -l -f /usr/share/pbx-config/odbc.ini > /dev/null
    pbx-config apply
    if [ -d /run/systemd/system ]; then systemctl daemon-reload; fi
    if [ -n "$2" ] && [ -S /run/asterisk/asterisk.ctl ]; then asterisk -rx 'core reload' > /dev/null || true; fi
    ;;
esac
