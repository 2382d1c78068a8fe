
# --- one after the other --------------------------------------------------------------------------------------------------------------

# The files that this script made, and those that lie on the machine. Names end with a NUL: they may hold anything.
pack() {
  (cd "$box" && find . -type f -printf '%P\0') >> "$work/list"
  slowly_gently tar -chf "$work/packed.tar" -C "$box" --no-recursion --null -T "$work/list" > /dev/null 2> "$work/said"
  packed=$?
  # on a machine that runs, a message may be deleted while it is read: that is no failure
  grep -v -e 'file changed as we read it' -e 'File removed before we read it' -e 'Cannot stat: No such file' -e 'Cannot open: No such file' \
    -e 'Error exit delayed' -e 'Exiting with failure status due to previous errors' -e 'Removing leading' "$work/said" > "$work/refused"
  if [ -s "$work/refused" ] || [ "$packed" -gt 2 ]; then
    cp "$work/refused" "$work/said"
    stop 'the tar cannot be written' 'Run it again.'
  fi
  tar -tf "$work/packed.tar" > /dev/null 2> "$work/said" || stop 'the tar is damaged' 'Run it again.'
}

plan_databases
plan_files
say_plan
ask
say '' 'Taking:'
learn_secrets
take_databases
say '  AstDB, and facts of the machine'
take_astdb
asterisk_facts
machine_facts
keep_zone_name
listen_to_sip
[ ! -s "$work/unreadable" ] || note "files that cannot be read: $(head -n 3 "$work/unreadable" | tr '\n' ' ')"
say '  packing'
missed=$(wc -l < "$box/collected/notes.txt")
[ "$((missed))" -gt 0 ] || rm -f "$box/collected/notes.txt"
pack

tar_name=migrate-$(uname -n | tr -c 'A-Za-z0-9.-' '_' | sed 's/_*$//')-$(date +%Y%m%d-%H%M%S).tar
[ ! -e "$out/$tar_name" ] || die "there is a file '$out/$tar_name' already" 'Run it again.'
mv "$work/packed.tar" "$out/$tar_name" || stop 'the tar cannot be moved into place' 'Run it again.'

say '' "Done: $out/$tar_name ($(($(wc -c < "$out/$tar_name") / 1024)) kB, readable by root alone: it holds secrets)"
if [ "$((missed))" -gt 0 ]; then
  say 'What could not be taken:'
  sed 's/^/  /' "$box/collected/notes.txt"
fi
say "Next, where the kit is: migrate extract $tar_name -o model"
