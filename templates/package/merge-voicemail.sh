#!/bin/sh
# merge-voicemail FOLDER: takes messages and greetings of the old PBX, laid out as /var/spool/asterisk/voicemail, into this one's mailboxes. A message is known by what
# its .txt says, so that one that came before is not taken twice, under whatever number it lies on either side. Prints how many came. Part of the package pbx-config.
set -eu

from=$1
spool=/var/spool/asterisk/voicemail
copied=/var/lib/pbx-config/voicemail.copied
install -d -m 0755 /var/lib/pbx-config
touch "$copied"
messages=0
greetings=0

# the next number that no message of the folder has
free_number() {
  n=0
  while ls "$1/$(printf 'msg%04d' "$n")".* > /dev/null 2>&1; do n=$((n + 1)); done
  printf 'msg%04d' "$n"
}

take_message() {
  text=$1
  key=$(sha256sum < "$text" | cut -d ' ' -f 1)
  if grep -qxF "$key" "$copied"; then return 0; fi
  folder=$spool/$(dirname "${text#"$from"/}")
  install -d -o asterisk -g asterisk -m 0750 "$folder"
  name=$(free_number "$folder")
  stem=${text%.txt}
  # the .txt last: without it Asterisk sees no message
  for file in "$stem".*; do
    case $file in *.txt) continue ;; esac
    install -p -o asterisk -g asterisk -m 0640 "$file" "$folder/$name.${file##*.}"
  done
  install -p -o asterisk -g asterisk -m 0640 "$text" "$folder/$name.txt"
  echo "$key" >> "$copied"
  messages=$((messages + 1))
}

take_greeting() {
  to=$spool/${1#"$from"/}
  if [ -f "$to" ] && { cmp -s "$1" "$to" || [ -n "$(find "$to" -newer "$1")" ]; }; then return 0; fi
  install -d -o asterisk -g asterisk -m 0750 "$(dirname "$to")"
  install -p -o asterisk -g asterisk -m 0640 "$1" "$to"
  greetings=$((greetings + 1))
}

list=$(mktemp)
trap 'rm -f "$list"' EXIT
find "$from" -type f -name 'msg[0-9]*.txt' | sort > "$list"
while IFS= read -r file; do take_message "$file"; done < "$list"
find "$from" -type f \( -name 'unavail.*' -o -name 'busy.*' -o -name 'greet.*' -o -name 'temp.*' \) | sort > "$list"
while IFS= read -r file; do take_greeting "$file"; done < "$list"
echo "$messages messages, $greetings greetings"
