#!/bin/sh
# Runs the clone of an old box in the foreground. Arguments go to Asterisk.
#   TZ          the box's time zone, "Europe/Moscow": of Asterisk and of what it starts
#   NAMESERVER  the only name server to ask: the lab's, which knows the carriers
#   FAKETIME    a clock of its own, "@2026-01-02 03:04:05" in TZ's time: see libfaketime
set -eu

install -d -o asterisk -g asterisk -m 0755 /run/asterisk

# Files are put in by tar, as root. Names, never numbers: Debian gives out the uid.
for folder in /etc/asterisk /var/lib/asterisk /var/spool/asterisk /var/log/asterisk; do
  [ ! -d "$folder" ] || chown -R -h --from=root asterisk:asterisk "$folder"
done

# Written over, not replaced: the engine mounts the file.
[ -z "${NAMESERVER:-}" ] || printf 'nameserver %s\noptions timeout:1 attempts:1\n' "$NAMESERVER" > /etc/resolv.conf

# Asterisk's own localtime reads /etc/localtime and never the environment.
if [ -n "${TZ:-}" ] && [ -f "/usr/share/zoneinfo/$TZ" ]; then
  ln -sf "/usr/share/zoneinfo/$TZ" /etc/localtime
fi

# MT: that of programs with threads. Timers count on, by a clock that nobody sets.
if [ -n "${FAKETIME:-}" ]; then
  LD_PRELOAD=$(find /usr/lib -name libfaketimeMT.so.1 | head -n 1)
  FAKETIME_DONT_FAKE_MONOTONIC=1
  export LD_PRELOAD FAKETIME_DONT_FAKE_MONOTONIC
fi

exec asterisk -fp -U asterisk -G asterisk "$@"
