#!/bin/sh
# Runs Asterisk in the foreground. Arguments go to Asterisk.
#   WORLD_ADDRESSES  more addresses for the interface, "10.0.0.129/24 10.0.0.130/24": one a carrier (needs NET_ADMIN)
#   TZ               the box's time zone, "Europe/Moscow": of Asterisk and of what it starts
#   FAKETIME         a clock of its own, "@2026-01-02 03:04:05" in TZ's time: see libfaketime
#   NAMESERVER       the only name server to ask: the lab's, which knows the carriers
set -eu

install -d -o asterisk -g asterisk -m 0755 /run/asterisk

# Files are put in by tar, as root. Names, never numbers: Debian gives out the uid.
for folder in /etc/asterisk /var/lib/asterisk /var/spool/asterisk /var/log/asterisk /usr/local/share/asterisk; do
  [ ! -d "$folder" ] || chown -R -h --from=root asterisk:asterisk "$folder"
done

# Written over, not replaced: the engine mounts the file.
[ -z "${NAMESERVER:-}" ] || printf 'nameserver %s\noptions timeout:1 attempts:1\n' "$NAMESERVER" > /etc/resolv.conf

if [ -n "${WORLD_ADDRESSES:-}" ]; then
  interface=$(ip -o -4 address show scope global | awk '{ print $2; exit }')
  for address in $WORLD_ADDRESSES; do
    ip address replace "$address" dev "$interface"
  done
fi

# Asterisk's own localtime reads /etc/localtime and never the environment (main/stdtime/localtime.c; tried).
if [ -n "${TZ:-}" ] && [ -f "/usr/share/zoneinfo/$TZ" ]; then
  ln -sf "/usr/share/zoneinfo/$TZ" /etc/localtime
fi

# Timers run on the monotonic clock, which stays true: only what the dialplan and the CDR call "now" is moved.
if [ -n "${FAKETIME:-}" ]; then
  LD_PRELOAD=$(find /usr/lib -name libfaketimeMT.so.1 | head -n 1)
  FAKETIME_DONT_FAKE_MONOTONIC=1
  export LD_PRELOAD FAKETIME_DONT_FAKE_MONOTONIC
fi

exec asterisk -fp -U asterisk -G asterisk "$@"
