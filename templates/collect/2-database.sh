
# --- MySQL: who may read --------------------------------------------------------------------------------------------------------------

# setting FILE KEY: of `KEY=value` files (elastix.conf, amportal.conf)
setting() {
  [ -r "$1" ] || return 0
  sed -n "s/^[[:space:]]*$2[[:space:]]*=[[:space:]]*//p" "$1" | tail -n 1 | sed -e 's/[[:space:]]*$//' -e 's/^"\(.*\)"$/\1/' -e "s/^'\(.*\)'\$/\1/"
}

# php_setting FILE KEY: of `$amp_conf['KEY'] = 'value';` (FreePBX 2.9 and later)
php_setting() {
  [ -r "$1" ] || return 0
  sed -n "s/^[[:space:]]*\\\$amp_conf\\[[\"']$2[\"']\\][[:space:]]*=[[:space:]]*[\"']\\(.*\\)[\"'][[:space:]]*;.*/\\1/p" "$1" | tail -n 1
}

# In double quotes a backslash and a quote need one before them; a '#' is then no comment.
quoted() { printf '%s' "$1" | sed 's/[\\"]/\\&/g'; }

# try_login USER PASSWORD [HOST]: an option file of mode 0600, so that no password is an argument
try_login() {
  [ -n "$1" ] || return 1
  [ -z "$2" ] || printf '%s\n' "$2" >> "$work/secrets"
  {
    printf '[client]\nuser="%s"\npassword="%s"\n' "$(quoted "$1")" "$(quoted "$2")"
    case ${3:-localhost} in localhost | '') ;; *) printf 'host="%s"\n' "$(quoted "$3")" ;; esac
  } > "$work/my.cnf"
  answers
}

# The first refusal is the one to tell: the last was only a guess.
answers() {
  if sql 'SELECT 1' > /dev/null 2> "$work/said"; then return 0; fi
  [ -s "$work/refused" ] || cp "$work/said" "$work/refused"
  return 1
}

sql() { "$mysql" --defaults-extra-file="$work/my.cnf" --batch --skip-column-names -e "$1"; }

# Elastix and Issabel keep root's password; FreePBX an account for its own two databases.
log_in() {
  for file in "$my_cnf" "$home/.my.cnf"; do
    [ -r "$file" ] || continue
    cat "$file" > "$work/my.cnf"
    sed -n 's/^[[:space:]]*password[[:space:]]*=[[:space:]]*//p' "$file" | sed 's/^"\(.*\)"$/\1/' >> "$work/secrets"
    if answers; then return 0; fi
    [ "$file" != "$my_cnf" ] || return 1
  done
  for file in /etc/elastix.conf /etc/issabel.conf; do
    password=$(setting "$file" mysqlrootpwd)
    if [ -n "$password" ] && try_login root "$password"; then return 0; fi
  done
  file=/etc/amportal.conf
  if try_login "$(setting $file AMPDBUSER)" "$(setting $file AMPDBPASS)" "$(setting $file AMPDBHOST)"; then return 0; fi
  for file in /etc/freepbx.conf /etc/issabelpbx.conf /etc/asterisk/freepbx.conf; do
    if try_login "$(php_setting "$file" AMPDBUSER)" "$(php_setting "$file" AMPDBPASS)" "$(php_setting "$file" AMPDBHOST)"; then return 0; fi
  done
  try_login root ''
}

say 'Looking at what there is ...'
log_in || die "MySQL lets nobody in whom elastix.conf, issabel.conf, amportal.conf or freepbx.conf name: $(head -n 1 "$work/refused")" \
  'See that MySQL runs; write an option file ([client], user=..., password=..., mode 0600) and name it with --my-cnf.'

# A name that is put into SQL and into a file name.
plain_name() { case $1 in '' | *[!A-Za-z0-9_-]*) printf '%s' "$2" ;; *) printf '%s' "$1" ;; esac; }
asterisk_db=$(plain_name "$(setting /etc/amportal.conf AMPDBNAME)" asterisk)
cdr_db=$(plain_name "$(setting /etc/amportal.conf CDRDBNAME)" asteriskcdrdb)

sql 'SHOW DATABASES' > "$work/names" 2> "$work/said" || stop 'the databases cannot be listed' 'See that the account may use SHOW DATABASES.'
sql "SELECT table_schema, COUNT(*), COALESCE(SUM(data_length), 0), COALESCE(SUM(index_length), 0) FROM information_schema.tables
  WHERE table_type = 'BASE TABLE' GROUP BY table_schema" > "$work/sizes" 2> "$work/said" ||
  stop 'the sizes of the databases cannot be read' 'See that the account may read information_schema.'

is_database() { grep -qx -- "$1" "$work/names"; }
database_bytes() { awk -F '\t' -v name="$1" '$1 == name { bytes = $3 } END { printf "%.0f\n", bytes }' "$work/sizes"; }

is_database "$asterisk_db" || die "there is no database '$asterisk_db' that the account may read" \
  'It holds all extensions and routes. Name an account that may read it with --my-cnf.'
if is_wanted cdr && ! is_database "$cdr_db"; then
  die "there is no database '$cdr_db' that the account may read" 'Name an account that may read it with --my-cnf, or go on --without cdr.'
fi

# Elastix's own: agents and campaigns, booked conferences, telephones that were provisioned.
other_dbs=''
for name in call_center meetme endpointconfig; do
  if is_wanted databases && is_database "$name"; then other_dbs="$other_dbs $name"; fi
done

# --- MySQL: the dumps -----------------------------------------------------------------------------------------------------------------

# Most tables are MyISAM: a SELECT keeps its lock as long as the client takes to read, and a CDR that waits for it keeps a call from
# ending. So each piece is bounded, goes to disc at full speed, and is compressed afterwards. Bytes stay what they are: no charset is converted.
# dump FILE.sql.gz DATABASE [option ...] [table ...]
dump() {
  dump_file=$1
  shift
  slowly "$mysqldump" --defaults-extra-file="$work/my.cnf" --default-character-set=binary --single-transaction --quick \
    --skip-lock-tables --skip-triggers --skip-add-locks --comments "$@" > "$work/piece.sql" 2> "$work/said" ||
    stop "the database '$1' cannot be dumped" 'See whether a table is damaged (CHECK TABLE), and whether the account may read all of them.'
  tail -n 3 "$work/piece.sql" | grep -q 'Dump completed' || stop "the dump of '$1' was cut short" 'Run it again.'
  slowly_gently gzip -c "$work/piece.sql" >> "$dump_file" 2> "$work/said" || stop 'a dump cannot be compressed' 'Run it again.'
  rm -f "$work/piece.sql"
}

# A table that somebody writes into meanwhile is read again, with all others. InnoDB gives one moment for all by itself.
dump_at_rest() {
  for try in 1 2 3; do
    moment "$2" > "$work/before"
    rm -f "$1"
    dump "$1" "$2"
    moment "$2" > "$work/after"
    if cmp -s "$work/before" "$work/after"; then return 0; fi
  done
  note "database $2: its tables changed during each of $try dumps; somebody was working on the web pages"
}

moment() {
  sql "SELECT table_name, data_length, update_time FROM information_schema.tables
    WHERE table_schema = '$1' AND engine = 'MyISAM' ORDER BY table_name" 2> "$work/said"
}

# Rows of call records that are read at a time: some 30 MB of SQL.
piece_rows=100000

has_table() { [ -n "$(sql "SELECT 1 FROM information_schema.tables WHERE table_schema = '$1' AND table_name = '$2'" 2> /dev/null)" ]; }

# counts TABLE COLUMN LENGTH [WHERE]: `2013-06<tab>rows` or `2013-06-30<tab>rows`; the index on the time alone is read where there is one
counts() {
  sql "SELECT LEFT($2, $3) AS piece, COUNT(*) FROM \`$cdr_db\`.$1 ${4:-} GROUP BY piece ORDER BY piece" 2> "$work/said" > "$work/counts" ||
    stop "the rows of $1 cannot be counted" 'See whether the table is damaged: CHECK TABLE.'
}

# by_month TABLE COLUMN: asteriskcdrdb/2013-06.sql.gz and so on; a month with very many rows is read by the day
by_month() {
  counts "$1" "$2" 7
  grep '^[12][0-9][0-9][0-9]-[01][0-9]	' "$work/counts" > "$work/months"
  while read -r month rows; do
    if [ "$rows" -le "$piece_rows" ]; then
      month_piece "$1" "$2" "$month" "$month-01" MONTH
      continue
    fi
    counts "$1" "$2" 10 "WHERE $2 >= '$month-01' AND $2 < '$month-01' + INTERVAL 1 MONTH"
    cat "$work/counts" > "$work/days"
    while read -r day rows; do month_piece "$1" "$2" "$month" "$day" DAY; done < "$work/days"
  done < "$work/months"
  dump "$box/asteriskcdrdb/0000-00.sql.gz" "$cdr_db" --no-create-info --where="$2 IS NULL OR $2 < '1000-01-01'" "$1"
}

# month_piece TABLE COLUMN MONTH FROM MONTH|DAY
month_piece() {
  case $4 in *[!0-9-]*) return 0 ;; esac
  dump "$box/asteriskcdrdb/$3.sql.gz" "$cdr_db" --no-create-info --where="$2 >= '$4' AND $2 < '$4' + INTERVAL 1 $5" "$1"
}

cdr_rows() { sql "SELECT COUNT(*) FROM \`$cdr_db\`.cdr" 2> /dev/null || say 0; }

# Call records: one file where there are few, else a file a month; 0000-00.sql.gz has what belongs to no month: the tables themselves,
# the other tables, and rows without a date.
take_call_records() {
  if [ "$(cdr_rows)" -le "$piece_rows" ]; then
    dump "$box/asteriskcdrdb.sql.gz" "$cdr_db"
    return 0
  fi
  mkdir "$box/asteriskcdrdb"
  dump "$box/asteriskcdrdb/0000-00.sql.gz" "$cdr_db" --no-data
  by_month cdr calldate
  monthly=' cdr '
  if has_table "$cdr_db" cel; then by_month cel eventtime; monthly=' cdr cel '; fi
  sql "SELECT table_name FROM information_schema.tables WHERE table_schema = '$cdr_db' AND table_type = 'BASE TABLE'" > "$work/tables" 2> "$work/said" ||
    stop "the tables of $cdr_db cannot be listed" 'Run it again.'
  while read -r table; do
    case $monthly in *" $table "*) continue ;; esac
    case $table in *[!A-Za-z0-9_]*) note "table $table of $cdr_db was left out: its name is not plain"; continue ;; esac
    dump "$box/asteriskcdrdb/0000-00.sql.gz" "$cdr_db" --no-create-info "$table"
  done < "$work/tables"
}

take_databases() {
  say "  database $asterisk_db"
  dump_at_rest "$box/asterisk.sql.gz" "$asterisk_db"
  if is_wanted cdr; then
    say "  database $cdr_db"
    take_call_records
  fi
  [ -z "$other_dbs" ] || mkdir "$box/databases"
  for name in $other_dbs; do
    say "  database $name"
    dump "$box/databases/$name.sql.gz" "$name"
  done
}
