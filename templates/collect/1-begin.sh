#!/bin/sh
# Collects from an Elastix, FreePBX or Issabel box what `migrate extract` reads, into one tar.
#
#   sh collect.sh FOLDER          says what it will take and how large that is, asks, and writes FOLDER/migrate-HOST-TIME.tar (0600)
#   sh collect.sh --help          the options
#
# It only reads. It writes into FOLDER and nowhere else: first into a temporary folder in it, which is gone when the script ends, however
# it ends. Passwords of the database are read from where Elastix keeps them; they are shown nowhere and stand in no argument list.
# The tar itself holds secrets (of telephones, carriers, mailboxes): keep it as you keep the box.
#
# Written for what such boxes have: a POSIX shell (bash 3, dash), the GNU tools of 2007, MySQL 5.0.

set -u
umask 077
# messages of programs are compared below; a caller's zone would hide the box's own
LC_ALL=C
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
export LC_ALL PATH
unset TZ

# a line an argument
say() { printf '%s\n' "$@"; }

usage() {
  say 'usage: sh collect.sh [options] FOLDER' \
    '  FOLDER              where the tar goes; it must exist and have room' \
    '  --yes               do not ask' \
    '  --without PART      leave a part out (may be repeated): cdr, databases, voicemail, sounds, music, pages, tftpboot' \
    '  --recordings        take the recorded calls too, not only their list (large!)' \
    '  --sip SECONDS       listen to SIP on the network for so long, with tcpdump' \
    '  --my-cnf FILE       option file of MySQL ([client] user, password) for where the passwords are not found' \
    'Ends with 0 (done), 1 (you said no), 2 (bad usage), 3 (the box lacks something), 130 or 143 (interrupted).'
}

# die WHY NEXT [STATUS]
die() {
  printf 'collect: %s\n  next: %s\n' "$1" "$2" >&2
  exit "${3:-3}"
}

bad_usage() { die "$1" 'See sh collect.sh --help.' 2; }

has() { command -v "$1" > /dev/null 2>&1; }

# --- options -------------------------------------------------------------------------------------------------------------------------

out='' yes='' without=' ' recordings='' sip_seconds='' my_cnf=''
while [ $# -gt 0 ]; do
  case $1 in
    --help) usage; exit 0 ;;
    --yes) yes=1 ;;
    --recordings) recordings=1 ;;
    --without | --sip | --my-cnf)
      [ $# -ge 2 ] || bad_usage "$1 lacks its value"
      case $1 in
        --without)
          case $2 in
            cdr | databases | voicemail | sounds | music | pages | tftpboot) without="$without$2 " ;;
            *) bad_usage "there is no part '$2'" ;;
          esac ;;
        --sip)
          case $2 in '' | *[!0-9]* | ??????*) bad_usage '--sip takes a number of seconds' ;; esac
          sip_seconds=$2 ;;
        --my-cnf) my_cnf=$2 ;;
      esac
      shift ;;
    -*) bad_usage "there is no option '$1'" ;;
    *) [ -z "$out" ] || bad_usage 'more than one folder is named'; out=$1 ;;
  esac
  shift
done

is_wanted() { case $without in *" $1 "*) return 1 ;; esac; }

[ -n "$out" ] || bad_usage 'no folder is named'
[ -d "$out" ] || bad_usage "there is no folder '$out'"
[ -z "$my_cnf" ] || [ -r "$my_cnf" ] || bad_usage "the file '$my_cnf' cannot be read"
[ "$(id -u)" = 0 ] || die 'only root may read all that is needed' 'Run it as root.' 2
out=$(cd -P "$out" && pwd) || bad_usage 'the folder cannot be entered'

# Issabel 5 has them under MariaDB's names
mysql='' mysqldump=''
for name in mysql mariadb; do [ -n "$mysql" ] || ! has "$name" || mysql=$name; done
for name in mysqldump mariadb-dump; do [ -n "$mysqldump" ] || ! has "$name" || mysqldump=$name; done
if [ -z "$mysql" ] || [ -z "$mysqldump" ]; then
  die 'the programs mysql and mysqldump are not there' 'Run it on the machine of the database, or install its client.'
fi
for name in awk cat cmp cp cut date df dirname find grep gzip head ln mkdir mktemp mv rm sed sort tail tar tr uname uniq wc; do
  has "$name" || die "the program $name is not there" "Install $name."
done
[ -z "$sip_seconds" ] || has tcpdump || die 'the program tcpdump is not there' 'Install tcpdump, or leave --sip out.'

# --- the temporary folder, and an end that leaves nothing ----------------------------------------------------------------------------

work='' child=''
end() {
  trap '' INT TERM HUP
  if [ -n "$child" ]; then kill "$child" 2> /dev/null && wait "$child" 2> /dev/null; fi
  if [ -n "$work" ]; then rm -rf "$work"; fi
}
trap end EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

work=$(mktemp -d "$out/.collect.XXXXXX") || die "nothing can be written into '$out'" 'Name a folder on a disc with room.'
box=$work/box
mkdir -p "$box/collected" || die "nothing can be written into '$out'" 'Name a folder on a disc with room.'
: > "$work/list" && : > "$work/secrets" && : > "$box/collected/notes.txt"
# what shells, mysql and asterisk would else leave in /tmp and in root's home
home=${HOME:-/root}
TMPDIR=$work HOME=$work
export TMPDIR HOME

# Runs a program as a child that a signal ends at once (a shell waits for a program in the foreground).
slowly() {
  "$@" &
  child=$!
  wait "$child"
  slowly_status=$?
  child=''
  return "$slowly_status"
}

# After all others: calls come first. (Not mysqldump: whoever reads slowly from a MyISAM table keeps writers waiting.)
gentle=''
if has nice; then gentle='nice -n 19'; fi
if has ionice && ionice -c2 -n7 true 2> /dev/null; then gentle="$gentle ionice -c2 -n7"; fi
# shellcheck disable=SC2086 # words on purpose
gently() { $gentle "$@"; }
# shellcheck disable=SC2086
slowly_gently() { slowly $gentle "$@"; }

# A program that hangs (an Asterisk that does not answer) ends after so many seconds.
within() {
  # shellcheck disable=SC2016 # Perl's own
  if has perl; then perl -e 'alarm shift; exec @ARGV or exit 127' "$@"; else shift; "$@"; fi
}

# What could not be taken, for the tar and for the last words.
note() { printf '%s\n' "$1" >> "$box/collected/notes.txt"; }

first_words() { head -n 1 "$work/said" 2> /dev/null | cut -c 1-200; }

free_kilobytes() { df -Pk "$out" 2> /dev/null | awk 'NR == 2 { print $4 }'; }

# stop WHAT NEXT: a step failed; a full disc has its own words
stop() {
  if [ "$(free_kilobytes)" -lt 256 ] 2> /dev/null; then die "the disc of '$out' is full" 'Name a folder on a disc with more room.'; fi
  die "$1: $(first_words)" "$2"
}
