#!/bin/sh
set -e
if [ "$1" = purge ]; then
  # secrets, and what this machine was; voicemail, recordings and call records are the site's, and stay
  if [ -f /var/lib/pbx-config/secrets.sha256 ]; then
    while read -r _ path; do rm -f "/$path" "/$path.new"; done < /var/lib/pbx-config/secrets.sha256
  fi
  rm -rf /etc/asterisk/secrets.d /etc/asterisk/live.d /var/lib/pbx-config
  if command -v odbcinst > /dev/null; then odbcinst -u -s -l -n cdr > /dev/null 2>&1 || true; fi
  if [ -d /run/systemd/system ]; then systemctl daemon-reload; fi
fi
