#!/bin/sh
# What this machine does of its PBX: nothing until the cutover, some telephones as pilots, or all of it. Part of the package pbx-config; `migrate cutover` calls it.
# Whatever it writes lies in /etc/asterisk/live.d and /etc/asterisk/secrets.d, which belong to no package, so that files edited by hand stay as they are.
set -eu

etc=/etc/asterisk
live=$etc/live.d
share=/usr/share/pbx-config
state=/var/lib/pbx-config

usage() {
  cat << 'EOF'
pbx-config secrets FILE     puts passwords and PINs in place, from the file beside the package; the first time also AstDB and the database's tables
pbx-config quiet            no registration with a carrier, no mail, no timer, no telephone but the pilots
pbx-config pilot NAME...    these telephones are served while the rest is quiet (pilot alone: none is)
pbx-config trunk [ADDRESS]  until it is live, the old PBX at that address: pilots are reached from there, and all that they dial beside each other goes there
pbx-config live             all of it
pbx-config database         the tables of the call records, and the account that Asterisk writes them with (done by `secrets` where MariaDB answers)
pbx-config status           which of these it is
EOF
}

running() {
  [ -S /run/asterisk/asterisk.ctl ] && asterisk -rx 'core show uptime' > /dev/null 2>&1
}

# one line of systemctl where there is a systemd
units() {
  [ ! -d /run/systemd/system ] || systemctl "$@"
}

timers() {
  for unit in /etc/systemd/system/asterisk-*.timer; do
    [ -f "$unit" ] || continue
    name=${unit##*/}
    # the archive is made by a program that is no part of the package
    case $name in asterisk-recordings-archive.timer) command -v migrate > /dev/null 2>&1 || continue ;; esac
    echo "$name"
  done
}

each_timer() {
  for timer in $(timers); do units "$@" "$timer"; done
}

# in one step: Asterisk must not read half of it
put() {
  cat > "$live/.new"
  chmod 0644 "$live/.new"
  mv -f "$live/.new" "$live/$1"
}

# sections of telephones that are turned away: those of the package but the pilots'
turned_away() {
  [ -f "$share/quiet/$1" ] || return 0
  awk 'FILENAME == ARGV[1] { pilot["[" $0 "](+)"] = 1; next } /^\[/ { taken = $0 in pilot } !taken' "$state/pilots" "$share/quiet/$1"
}

# the old PBX, as the pilots' calls know it: by its address alone, which no other telephone or carrier may use
old_pbx() {
  [ -s "$state/trunk" ] || return 0
  address=$(cat "$state/trunk")
  cat << EOF
[old-pbx]
type = wizard
accepts_registrations = no
remote_hosts = $address
endpoint/context = from-old-pbx
endpoint/allow = !all,alaw,ulaw
endpoint/direct_media = no
endpoint/from_user = new-pbx
endpoint/send_rpid = yes
endpoint/trust_id_inbound = yes
endpoint/trust_id_outbound = yes
endpoint/deny = 0.0.0.0/0.0.0.0
endpoint/permit = $address/255.255.255.255
EOF
}

# who is called where, while some are here and the rest is there
shared_numbers() {
  [ -s "$state/trunk" ] || return 0
  numbers=$(awk 'FILENAME == ARGV[1] { pilot[$0] = 1; next } $1 in pilot { print $2 }' "$state/pilots" "$share/telephones" | sort -u)
  printf '[from-internal]\ninclude = pilots-and-old-pbx\n\n[from-internal-xfer]\ninclude = pilots-and-old-pbx\n\n[pilots-and-old-pbx]\n'
  for number in $numbers; do echo "exten = $number,1,Goto(from-did-direct,$number,1)"; done
  # shellcheck disable=SC2016
  printf 'exten = _[+0-9]!,1,Dial(PJSIP/${EXTEN}@old-pbx)\n same = n,Hangup(${HANGUPCAUSE})\n\n[from-old-pbx]\n'
  for number in $numbers; do echo "exten = $number,1,Goto(from-did-direct,$number,1)"; done
  printf 'exten = _[+0-9]!,1,Hangup(1)\n'
}

# the first knows the passwords: without it the others ask with none
reload() {
  running || return 0
  for module in res_pjsip res_pjsip_config_wizard res_pjsip_outbound_registration chan_iax2; do
    asterisk -rx "module reload $module.so" > /dev/null || true
  done
  asterisk -rx 'dialplan reload' > /dev/null || true
}

# writes live.d as $state says
apply() {
  install -d -m 0755 "$live"
  touch "$state/pilots"
  if [ "$(cat "$state/state")" = live ]; then
    for file in pjsip_wizard iax extensions; do put "$file.conf" < /dev/null; done
    # each file is there where the PBX registers by it
    if [ -f "$etc/pjsip_registration.conf" ]; then echo '#include "pjsip_registration.conf"' | put pjsip.conf; fi
    if [ -f "$etc/iax_registration.conf" ]; then echo '#include "iax_registration.conf"' | put iax_registration.conf; fi
    put live < /dev/null
  else
    rm -f "$live/live" "$live/pjsip.conf" "$live/iax_registration.conf"
    { turned_away pjsip_wizard.conf; old_pbx; } | put pjsip_wizard.conf
    turned_away iax.conf | put iax.conf
    shared_numbers | put extensions.conf
  fi
}

set_state() {
  install -d -m 0755 "$state"
  echo "$1" > "$state/state.new"
  mv -f "$state/state.new" "$state/state"
}

quiet() {
  set_state quiet
  # told while it still knows with whom it registered
  if running; then asterisk -rx 'pjsip send unregister *all' > /dev/null || true; fi
  apply
  each_timer disable --now --quiet
  reload
}

go_live() {
  set_state live
  apply
  reload
  each_timer enable --now --quiet
}

pilots() {
  install -d -m 0755 "$state"
  for name in "$@"; do
    if ! grep -qsxF "[$name](+)" "$share"/quiet/*.conf; then
      echo "pbx-config: no telephone is called '$name'" >&2
      exit 2
    fi
  done
  : > "$state/pilots.new"
  for name in "$@"; do echo "$name" >> "$state/pilots.new"; done
  mv -f "$state/pilots.new" "$state/pilots"
  apply
  reload
}

trunk() {
  case $1 in
    *[!0-9.]*)
      echo "pbx-config: '$1' is no address, as 192.168.1.5" >&2
      exit 2
      ;;
  esac
  install -d -m 0755 "$state"
  printf '%s' "$1" > "$state/trunk.new"
  mv -f "$state/trunk.new" "$state/trunk"
  apply
  reload
}

hash_of() {
  sha256sum < "$1" | cut -d ' ' -f 1
}

# FILE of the archive, at its place; what a person changed there since stays, and the new one comes beside it
put_secret() {
  path=$1
  new=$2
  mode=0640
  case $path in *agi-bin/*) mode=0750 ;; esac
  was=$(awk -v path="$path" '$2 == path { print $1 }' "$state/secrets.sha256")
  if [ -f "/$path" ] && [ "$(hash_of "/$path")" != "$was" ] && [ "$(hash_of "/$path")" != "$(hash_of "$new")" ]; then
    install -o root -g asterisk -m "$mode" "$new" "/$path.new"
    echo "pbx-config: /$path was edited by hand and stays; what is new lies beside it, with .new" >&2
  else
    install -D -o root -g asterisk -m "$mode" "$new" "/$path"
  fi
}

secrets() {
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  tar --no-same-owner -xf "$1" -C "$work"
  install -d -m 0755 "$state"
  touch "$state/secrets.sha256"
  install -d -o root -g asterisk -m 0750 "$etc/secrets.d"
  (cd "$work" && find etc/asterisk/secrets.d usr/share/asterisk/agi-bin -type f 2> /dev/null | sort) > "$work.list"
  while IFS= read -r path; do put_secret "$path" "$work/$path"; done < "$work.list"
  (cd "$work" && while IFS= read -r path; do sha256sum "$path"; done) < "$work.list" > "$state/secrets.sha256.new"
  rm -f "$work.list"
  mv -f "$state/secrets.sha256.new" "$state/secrets.sha256"
  [ ! -f "$work/database.sql" ] || install -o root -g root -m 0600 "$work/database.sql" "$state/database.sql"
  database || echo 'pbx-config: MariaDB does not answer; once it does: pbx-config database' >&2
  first_state
}

# AstDB comes from the old box once; from then on it is Asterisk's
first_state() {
  if [ ! -f "$state/astdb" ] && [ -f "$share/astdb.sqlite3" ]; then
    units stop asterisk.service
    if running; then
      echo 'pbx-config: stop Asterisk, then call this again: AstDB is put in place while it does not run' >&2
      exit 1
    fi
    install -o asterisk -g asterisk -m 0640 "$share/astdb.sqlite3" /var/lib/asterisk/astdb.sqlite3
    touch "$state/astdb"
    units start asterisk.service
  elif running; then
    asterisk -rx 'core reload' > /dev/null
  fi
}

database() {
  mariadb -e 'SELECT 1' > /dev/null 2>&1 || return 1
  cat "$share"/migrations/*.sql | mariadb --default-character-set=utf8mb4
  [ ! -f "$state/database.sql" ] || mariadb < "$state/database.sql"
}

status() {
  echo "state: $(cat "$state/state")"
  echo "pilots: $(tr '\n' ' ' < "$state/pilots")"
  [ ! -s "$state/trunk" ] || echo "old PBX: $(cat "$state/trunk")"
  echo "build: $(cat "$share/build")"
}

case ${1:-} in
  secrets)
    [ $# -eq 2 ] || { usage >&2; exit 2; }
    secrets "$2"
    ;;
  quiet) quiet ;;
  live) go_live ;;
  pilot)
    shift
    pilots "$@"
    ;;
  trunk) trunk "${2:-}" ;;
  # of the package's own scripts: as it was, quiet where it never was anything
  apply)
    [ -f "$state/state" ] || set_state quiet
    apply
    reload
    ;;
  database) database ;;
  status) status ;;
  -h | --help | help) usage ;;
  *)
    usage >&2
    exit 2
    ;;
esac
