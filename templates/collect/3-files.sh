
# --- files: what is taken, and how large ---------------------------------------------------------------------------------------------

# $box mirrors the layout of a box folder: links to what lies on the machine, wherever it lies, and files that this script makes.

# place REAL PATH
place() {
  [ -e "$1" ] || return 0
  mkdir -p "$box/$(dirname "$2")" && ln -s "$1" "$box/$2"
}

# folder_of KEY DEFAULT: of asterisk.conf
folder_of() {
  named=$(sed -n "s/^[[:space:]]*$1[[:space:]]*=>*[[:space:]]*\\(\\/[^;[:space:]]*\\).*/\\1/p" /etc/asterisk/asterisk.conf 2> /dev/null | tail -n 1)
  printf '%s' "${named:-$2}"
}
varlib=$(folder_of astvarlibdir /var/lib/asterisk)
data=$(folder_of astdatadir "$varlib")
spool=$(folder_of astspooldir /var/spool/asterisk)

# plan WHAT PATH -L|-H [condition of find ...]: all plain files below PATH of $box go into the tar. -H follows the link that was placed
# there, -L all others too: FreePBX links much of etc/asterisk, sounds and agi-bin to the folders of its modules.
total=0
plan() {
  plan_what=$1 plan_path=$2 plan_links=$3
  shift 3
  [ -e "$box/$plan_path" ] || return 0
  (cd "$box" && gently find "$plan_links" "$plan_path" -type f "$@" -print0) >> "$work/list" 2>> "$work/unreadable"
  (cd "$box" && gently find "$plan_links" "$plan_path" -type f "$@" -printf '%s\n') 2> /dev/null |
    awk '{ n++; bytes += $1 } END { printf "%d %.0f\n", n, bytes }' > "$work/sum"
  read -r files bytes < "$work/sum"
  [ "$files" = 0 ] || planned "$plan_what" "$files files" "$bytes"
}

# planned WHAT HOW-MANY BYTES
planned() {
  printf '  %-42s %16s %12s kB\n' "$1" "$2" "$(($3 / 1024 + 1))" >> "$work/plan"
  total=$((total + $3))
}

# Sums and paths of all files that packages brought. `rpm` would write into its own database: it gets a copy, without its locks.
packaged_files() {
  : > "$work/packaged"
  if has rpm && [ -d /var/lib/rpm ]; then
    cp -R /var/lib/rpm "$work/rpm" 2> "$work/said" || stop 'the list of packages cannot be copied' 'Run it again.'
    rm -f "$work/rpm"/__db.*
    gently rpm --dbpath "$work/rpm" -qa --qf '[%{FILEMD5S} %{FILENAMES}\n]' > "$work/packaged" 2> /dev/null
    gently rpm --dbpath "$work/rpm" -qa 2> /dev/null | sort > "$box/collected/packages.txt"
    rm -rf "$work/rpm"
  fi
  # CentOS 5 has MD5 sums of 32 digits, CentOS 7 SHA-256 of 64
  digest=md5sum
  if [ "$(awk 'NF == 2 { count[length($1)]++ } END { print (count[64] + 0 > count[32] + 0) }' "$work/packaged")" = 1 ]; then digest=sha256sum; fi
}

# own_files FOLDER [condition ...]: paths, one a line, of files that no package brought, or that are not as it brought them
own_files() {
  [ -d "$1" ] || return 0
  own_folder=$(cd -P "$1" && pwd)
  shift
  find "$own_folder" -type f "$@" -print0 | gently xargs -0 -r "$digest" 2> /dev/null |
    awk 'FILENAME != "-" { at = index($0, " "); sum[substr($0, at + 1)] = substr($0, 1, at - 1); next }
      { path = substr($0, length($1) + 3) }
      # a sum of another kind says nothing; a line that begins with a backslash has a line end in its name
      substr($0, 1, 1) != "\\" && (!(path in sum) || (length(sum[path]) == length($1) && sum[path] != $1)) { print path }' "$work/packaged" -
}

# plan_own WHAT NAME FOLDER [condition ...]: their list becomes the fact NAME, and they go into the tar
plan_own() {
  own_what=$1 own_name=$2
  shift 2
  own_files "$@" > "$box/collected/$own_name.txt"
  while IFS= read -r file; do place "$file" "${file#/}"; done < "$box/collected/$own_name.txt"
  sed 's|^/||' "$box/collected/$own_name.txt" | tr '\n' '\0' >> "$work/list"
  (cd / && tr '\n' '\0' < "$box/collected/$own_name.txt" | xargs -0 -r cat 2> /dev/null | wc -c) > "$work/sum"
  read -r bytes < "$work/sum"
  files=$(wc -l < "$box/collected/$own_name.txt")
  if [ "$((files))" = 0 ]; then rm -f "$box/collected/$own_name.txt"; else planned "$own_what" "$((files)) files" "$bytes"; fi
}

plan_files() {
  for file in localtime sysconfig/clock timezone hosts resolv.conf dhcpd.conf dhcp/dhcpd.conf dnsmasq.conf ntp.conf chrony.conf \
    sysconfig/iptables xinetd.d/tftp fail2ban/jail.conf fail2ban/jail.local fail2ban/jail.d dahdi zaptel.conf wanpipe \
    iaxmodem openvpn/server.conf postfix/main.cf; do
    place "/etc/$file" "etc/$file"
  done
  plan 'configuration of the machine' etc -L
  place /etc/asterisk etc/asterisk
  [ -d /etc/asterisk ] || note 'there is no /etc/asterisk: mailboxes and dialplan written by hand are not in the tar'
  plan 'configuration of Asterisk' etc/asterisk -L
  place "$data/sounds" var/lib/asterisk/sounds
  place "$varlib/agi-bin" var/lib/asterisk/agi-bin
  place "$data/moh" var/lib/asterisk/moh
  # where one is a link to the other, once is enough
  if [ "$(cd -P "$data/mohmp3" 2> /dev/null && pwd)" != "$(cd -P "$data/moh" 2> /dev/null && pwd)" ] || [ ! -e "$data/moh" ]; then
    place "$data/mohmp3" var/lib/asterisk/mohmp3
  fi
  place "$spool/voicemail" var/spool/asterisk/voicemail
  if is_wanted sounds; then plan 'prompts' var/lib/asterisk/sounds -L; fi
  if is_wanted music; then
    plan 'music on hold' var/lib/asterisk/mohmp3 -L
    plan 'music on hold' var/lib/asterisk/moh -L
  fi
  plan 'AGI scripts' var/lib/asterisk/agi-bin -L
  if is_wanted voicemail; then plan 'voicemail' var/spool/asterisk/voicemail -H; fi
  # what a telephone loads is small; firmware is not the site's own
  place /tftpboot tftpboot
  [ -e /tftpboot ] || place /var/lib/tftpboot tftpboot
  if is_wanted tftpboot; then plan 'what telephones load (TFTP)' tftpboot -H -size -2048k; fi
  plan_recordings
  plan_programs
}

# The list of recordings always, the recordings themselves only where somebody asks.
plan_recordings() {
  place "$spool/monitor" var/spool/asterisk/monitor
  [ -d "$spool/monitor" ] || return 0
  # a line end in a name would make two of one
  gently find -H "$spool/monitor" -type f -printf '%s\t%T@\t%P\0' 2> /dev/null | tr '\n\0' '?\n' > "$work/recordings" ||
    stop 'the list of recordings cannot be written' 'Run it again.'
  awk '{ n++; bytes += $1 } END { printf "%d %.0f\n", n, bytes }' "$work/recordings" > "$work/sum"
  read -r files bytes < "$work/sum"
  gently gzip -c "$work/recordings" > "$box/collected/recordings.txt.gz" || stop 'the list of recordings cannot be written' 'Run it again.'
  rm -f "$work/recordings"
  if [ -n "$recordings" ]; then plan 'recorded calls' var/spool/asterisk/monitor -H
  else printf '  %-42s %16s %12s kB stay here\n' 'recorded calls: only their list' "$files files" "$((bytes / 1024))" >> "$work/plan"; fi
}

plan_programs() {
  packaged_files
  plan_own 'programs of the site' local-bin /usr/local/bin -size -1024k
  plan_own 'programs of the site (sbin)' local-sbin /usr/local/sbin -size -1024k
  plan_own 'add-ons to the end of a call' hangup-addons /usr/local/elastix/addons_scripts
  # without a list of packages all of Elastix would look like the site's own
  [ -s "$work/packaged" ] || { note 'no list of packages: pages of the web server and replaced prompts cannot be told from stock'; return 0; }
  own_files "$data/sounds" ! -path '*/custom/*' > "$box/collected/sounds-not-from-package.txt"
  if is_wanted pages; then
    plan_own 'web pages of the site' web-pages /var/www/html '(' -name '*.php' -o -name '*.phtml' -o -name '*.inc' -o -name '*.cgi' -o -name '*.pl' \
      -o -name '*.py' -o -name '*.sh' -o -name '*.xml' ')' -size -1024k ! -path '/var/www/html/admin/*' ! -path '*/templates_c/*'
  fi
}

plan_databases() {
  planned "database $asterisk_db" '' "$(database_bytes "$asterisk_db")"
  if is_wanted cdr; then planned "database $cdr_db" "$(cdr_rows) calls" "$(database_bytes "$cdr_db")"; fi
  for name in $other_dbs; do planned "database $name" '' "$(database_bytes "$name")"; done
}

say_plan() {
  say '' 'It will take:'
  cat "$work/plan"
  printf '  %-42s\n' 'AstDB, and facts of the machine'
  [ -z "$sip_seconds" ] || say "  SIP on the network, for $sip_seconds seconds"
  say "Other databases stay here; their names and sizes are noted."
  # a dump is smaller than its table once it is compressed; one piece of it lies beside it uncompressed
  needed=$((total / 1024 + 20480))
  free=$(free_kilobytes)
  say '' "Into $out: up to $needed kB, of $free kB that are free."
  [ "$free" -ge "$needed" ] ||
    die "there is not enough room in '$out'" 'Name a folder on a disc with more room, or leave parts out with --without.'
}

# A script that comes through a pipe has no keyboard on its standard input: it asks the terminal.
ask() {
  [ -z "$yes" ] || return 0
  printf 'Calls go on meanwhile. The tar will hold secrets. Go on? [y/N] '
  if [ -t 0 ]; then read -r answer
  elif (: < /dev/tty) 2> /dev/null; then read -r answer < /dev/tty
  else
    say ''
    die 'there is no terminal to ask' 'Run it in a terminal, or with --yes.' 2
  fi
  case $answer in
    [yY]*) ;;
    *) say 'Nothing was taken.'; exit 1 ;;
  esac
}
