
# --- facts of the machine: collected/NAME.txt -----------------------------------------------------------------------------------------

# fact NAME PROGRAM [argument ...]: what the program prints; nothing where it is not there or says nothing
fact() {
  fact_file=$box/collected/$1.txt
  shift
  has "$1" || return 0
  "$@" > "$fact_file" 2> "$work/said" < /dev/null
  [ -s "$fact_file" ] || rm -f "$fact_file"
}

# The same for what people wrote by hand: commands with passwords in them.
masked_fact() {
  fact "$@"
  [ ! -f "$fact_file" ] || { masked < "$fact_file" > "$work/masked" && mv "$work/masked" "$fact_file"; } || stop 'a fact cannot be written' 'Run it again.'
}

# Takes out the passwords that are known, and what looks like one: user:PASSWORD@, password=PASSWORD, mysql -pPASSWORD, -u user:PASSWORD.
masked() {
  awk -v secrets="$work/secrets" '
    function hide(pattern, keep,   head, tail, found, rest) {
      head = ""; tail = $0
      while (match(tolower(tail), pattern)) {
        found = substr(tail, RSTART, RLENGTH)
        rest = substr(tail, RSTART + RLENGTH)
        match(tolower(found), keep)
        head = head substr(tail, 1, index(tail, found) - 1) substr(found, 1, RSTART + RLENGTH - 1) "********"
        tail = rest
      }
      $0 = head tail
    }
    BEGIN { while ((getline line < secrets) > 0) if (length(line) >= 5 && line !~ /^\*+$/) secret[++n] = line }
    {
      for (i = 1; i <= n; i++) while ((at = index($0, secret[i])) > 0) $0 = substr($0, 1, at - 1) "********" substr($0, at + length(secret[i]))
      hide(":\\/\\/[^\\/@ ]+@", ":\\/\\/")
      hide("(pass|passwd|password|passphrase|pwd|secret|token|api_?key)[a-z_]*[\"\047]?[ \t]*[=:][ \t]*[\"\047]?[^ \t&;\"\047]+", "[a-z_]+[\"\047]?[ \t]*[=:][ \t]*[\"\047]?")
      hide("--(pass|password|passwd)[ \t]+[^ \t]+", "--[a-z]+[ \t]+")
      hide("(-u|--user|--proxy-user)[ \t=]*[^ \t:]+:[^ \t]+", "-[a-z-]+[ \t=]*[^ \t:]+:")
      hide("authorization:[ \t]*[a-z]+[ \t]+[^ \t\"\047]+", "authorization:[ \t]*[a-z]+[ \t]+")
      if ($0 ~ /mysql|sshpass|smbclient|ldap/) hide("[ \t]-[pw][ \t]*[^ \t-][^ \t]*", "[ \t]-[pw][ \t]*")
      print
    }'
}

# Passwords of the machine that a crontab or a script may hold as well.
learn_secrets() {
  {
    for file in /etc/elastix.conf /etc/issabel.conf; do
      for key in mysqlrootpwd cyrususerpwd amiadminpwd; do setting "$file" "$key"; done
    done
    for key in AMPDBPASS AMPMGRPASS ARI_ADMIN_PASSWORD FOPPASSWORD; do setting /etc/amportal.conf "$key"; done
    for file in /etc/freepbx.conf /etc/issabelpbx.conf; do php_setting "$file" AMPDBPASS; done
    cat /etc/asterisk/*.conf 2> /dev/null |
      sed -n -e 's/^[[:space:]]*[a-z]*secret[[:space:]]*=>*[[:space:]]*//p' -e 's/^[[:space:]]*[a-z]*password[[:space:]]*=>*[[:space:]]*//p' |
      sed 's/[[:space:]]*\(;.*\)*$//'
  } >> "$work/secrets"
}

asterisk_says() { fact "$1" within 30 asterisk -nrx "$2"; }

take_astdb() {
  asterisk_says astdb 'database show'
  [ ! -f "$box/collected/astdb.txt" ] || mv "$box/collected/astdb.txt" "$box/astdb.txt"
  for file in astdb astdb.sqlite3; do
    astdb=$(folder_of astdbdir "$varlib")/$file
    [ -f "$astdb" ] || continue
    # a file that Asterisk writes into meanwhile is copied again
    for try in 1 2 3; do
      cp "$astdb" "$box/$file" 2> "$work/said" || stop 'the AstDB cannot be copied' 'Run it again.'
      if cmp -s "$astdb" "$box/$file"; then break; fi
      [ "$try" -lt 3 ] || note "$file: Asterisk wrote into it while it was copied"
    done
  done
  [ -f "$box/astdb.txt" ] || [ -f "$box/astdb" ] || [ -f "$box/astdb.sqlite3" ] ||
    note 'there is no AstDB: forwards, do not disturb and day and night modes are not in the tar'
}

asterisk_facts() {
  asterisk_says core-version 'core show version'
  if [ ! -f "$box/collected/core-version.txt" ]; then note 'Asterisk does not answer: its state is not in the tar'; return 0; fi
  asterisk_says modules 'module show'
  asterisk_says channels 'core show channels count'
  asterisk_says uptime 'core show uptime'
  asterisk_says sip-peers 'sip show peers'
  asterisk_says sip-registry 'sip show registry'
  asterisk_says iax2-peers 'iax2 show peers'
  asterisk_says ami-sessions 'manager show connected'
  asterisk_says dahdi 'dahdi show status'
  peer_details
}

# A line a SIP peer: name, User-Agent, address, contact. A name that could be taken for words of the console is left out.
peer_details() {
  [ -f "$box/collected/sip-peers.txt" ] || return 0
  awk '{ sub(/\/.*/, "", $1); if ($1 ~ /^[A-Za-z0-9_.-]+$/ && $1 != "Name") print $1 }' "$box/collected/sip-peers.txt" | head -n 2000 > "$work/peers"
  while read -r peer; do
    within 10 asterisk -nrx "sip show peer $peer" < /dev/null 2> /dev/null |
      awk -v name="$peer" -F ' : ' '
        /^ *Useragent/ { agent = $2 } /^ *Addr->IP/ { address = $2 } /^ *Reg\. Contact/ { contact = $2 }
        END { if (agent contact != "") printf "%s\t%s\t%s\t%s\n", name, agent, address, contact }'
  done < "$work/peers" > "$box/collected/sip-telephones.txt"
  [ -s "$box/collected/sip-telephones.txt" ] || rm -f "$box/collected/sip-telephones.txt"
}

# All crontabs, each under a line with its path.
crontabs() {
  for file in /etc/crontab /etc/cron.d/* /var/spool/cron/* /var/spool/cron/crontabs/*; do
    [ -f "$file" ] || continue
    say "==> $file <=="
    cat "$file"
    say ''
  done
  for folder in /etc/cron.hourly /etc/cron.daily /etc/cron.weekly /etc/cron.monthly; do
    [ -d "$folder" ] || continue
    say "==> $folder <=="
    ls "$folder"
  done
}

listening() { if has netstat; then netstat -tulnp; else ss -tulnp; fi; }

# Who is connected: AMI, MySQL, web, TFTP, DHCP, NTP, mail, fax, VPN, LDAP.
connected() {
  if has netstat; then netstat -tunp; else ss -tunp; fi 2> /dev/null |
    grep -E '[:.](5038|8088|3306|80|443|69|67|123|25|587|4559|1194|389|445|22|5222)[[:space:]]'
}

# Who asks the web server for what, without what follows a question mark: it may hold passwords.
web_clients() {
  for file in /var/log/httpd/access_log /var/log/httpd/ssl_access_log; do
    [ ! -r "$file" ] || tail -n 50000 "$file"
  done | awk '{ path = $7; sub(/\?.*/, "", path); count[$1 " " $6 " " path]++ } END { for (what in count) print count[what], what }' |
    tr -d '"' | sort -rn | head -n 500
}

# Which telephones loaded what: TFTP leaves no connection, only lines of the log.
tftp_clients() {
  cat /var/log/messages /var/log/messages.1 2> /dev/null | tail -n 200000 |
    sed -n 's/.*tftpd.*RRQ from \([0-9a-fA-F.:]*\) filename \([^ ]*\).*/\1 \2/p' | sort | uniq -c | sort -rn | head -n 500
}

# Offsets that the box's own zone data give, summer and winter: they show how old the data are.
time_zone() {
  say "clock $(sed -n 's/^[[:space:]]*ZONE[[:space:]]*=[[:space:]]*//p' /etc/sysconfig/clock 2> /dev/null | tr -d "\"'" | tail -n 1)"
  link=$(readlink /etc/localtime 2> /dev/null)
  case $link in
    *zoneinfo/*) say "localtime ${link##*zoneinfo/}" ;;
    *) find /usr/share/zoneinfo -type f ! -path '*/right/*' ! -path '*/posix/*' -exec cmp -s {} /etc/localtime \; -print 2> /dev/null |
      sed 's|^/usr/share/zoneinfo/|localtime |' | sort ;;
  esac
  ! has rpm || grep -h '^tzdata-[0-9]' "$box/collected/packages.txt" 2> /dev/null | sed 's/^/package /'
  date '+now %s %z'
  # 1 January and 1 July, noon UTC, of 2005 to 2030
  awk 'BEGIN { for (year = 2005; year <= 2030; year++) {
      days = (year - 1970) * 365 + int((year - 1969) / 4)
      print days * 86400 + 43200
      print (days + 181 + (year % 4 == 0)) * 86400 + 43200 } }' |
    while read -r second; do date -d "@$second" "+at $second %z"; done
}

# A name of ours stays as it is in the file name; the zone of a linked clock would be lost in the tar, which holds no links.
keep_zone_name() {
  link=$(readlink /etc/localtime 2> /dev/null)
  case $link in
    *zoneinfo/*) [ -e /etc/timezone ] || printf '%s\n' "${link##*zoneinfo/}" > "$box/etc/timezone" ;;
  esac
}

about() {
  say "script 1" "host $(uname -n)" "kernel $(uname -r)" "date $(date '+%Y-%m-%d %H:%M:%S %z')"
  for file in /etc/redhat-release /etc/elastix-release /etc/issabel.version; do [ ! -r "$file" ] || say "release $(head -n 1 "$file")"; done
}

machine_facts() {
  fact about about
  masked_fact crontab crontabs
  fact sockets listening
  fact connections connected
  fact web-clients web_clients
  fact tftp-clients tftp_clients
  fact processes ps -e -o user= -o comm=
  fact services chkconfig --list
  masked_fact mail postconf -n
  fact mail-queue within 20 mailq
  fact time-zone time_zone
  fact time-servers within 20 ntpq -pn
  fact addresses ip addr
  fact routes ip route
  [ ! -e /proc/net/ip_tables_names ] || fact iptables iptables-save
  fact tftp-files find -H /tftpboot /var/lib/tftpboot -type f -printf '%s\t%p\n'
  fact fax-modems find /var/spool/hylafax/etc /etc/iaxmodem -type f -printf '%s\t%p\n'
  fact vpn find /etc/openvpn -type f -printf '%s\t%p\n'
  fact elastix-databases find /var/www/db -type f -printf '%s\t%p\n'
  fact dhcp-leases cat /var/lib/dhcpd/dhcpd.leases
  fact dahdi-spans cat /proc/dahdi/1 /proc/dahdi/2 /proc/dahdi/3 /proc/dahdi/4 /proc/zaptel/1 /proc/zaptel/2
  # name, tables, bytes of data, bytes of indexes
  # shellcheck disable=SC2016 # awk's own
  fact databases awk -F '\t' 'NR == FNR { size[$1] = $2 "\t" $3 "\t" $4; next } { print $1 "\t" ($1 in size ? size[$1] : "0\t0\t0") }' "$work/sizes" "$work/names"
  settings_of_freepbx
}

# amportal.conf holds settings of FreePBX 2.8, and passwords that nobody needs.
settings_of_freepbx() {
  [ ! -r /etc/amportal.conf ] || sed 's/^\([[:space:]]*[A-Za-z_]*\(PASS\|PWD\|SECRET\)[A-Za-z_]*[[:space:]]*=\).*/\1********/' /etc/amportal.conf > "$box/etc/amportal.conf"
}

# '5060 or port 5061 or port 5080': the ports that sip.conf names, too
sip_ports() {
  cat /etc/asterisk/sip*.conf 2> /dev/null | sed -n 's/^[[:space:]]*\(bindport\|udpbindport\)[[:space:]]*=>*[[:space:]]*\([0-9][0-9]*\).*/\2/p' |
    sort -u | awk 'BEGIN { printf "5060 or port 5061" } { printf " or port %d", $1 }'
}

listen_to_sip() {
  [ -n "$sip_seconds" ] || return 0
  say "  SIP on the network, for $sip_seconds seconds"
  # to its standard output: tcpdump gives up root's rights, and may then not open a file here
  tcpdump -i any -n -s 0 -w - "port $(sip_ports)" > "$box/collected/sip.pcap" 2> "$work/said" &
  child=$!
  waited=0
  while [ "$waited" -lt "$sip_seconds" ] && kill -0 "$child" 2> /dev/null; do
    sleep 1
    waited=$((waited + 1))
    [ "$(free_kilobytes)" -gt 20480 ] || { note 'listening to SIP ended early: the disc was nearly full'; break; }
  done
  kill "$child" 2> /dev/null || [ "$waited" -ge "$sip_seconds" ] || note "tcpdump ended by itself: $(first_words)"
  wait "$child" 2> /dev/null
  child=''
}
