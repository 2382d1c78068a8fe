import { CONFIGURED } from '../model/custom-configuration.ts';
import { handMadeFiles } from './custom-file.ts';
import { ownSections } from './own-section.ts';
import { defineReader, type Source } from './reader.ts';

const GUI = 'state of the old web pages';

/** Tables that say nothing about calls, and why (ELASTIX.md, section 11, end). */
const TABLES: readonly (readonly [name: string | RegExp, why: string])[] = [
  ['module_xml', GUI],
  ['notifications', GUI],
  ['freepbx_log', 'a log'],
  ['cronmanager', 'jobs of the old web pages'],
  [/^backup(_.*)?$/i, 'backups of the old web pages'],
  ['modules', 'which modules of the old web pages were on; it was looked at where it matters'],
  ['ampusers', 'accounts of the old web pages'],
  ['indications_zonelist', "Asterisk's own indications.conf has these tones"],
  ['customcontexts_contexts_list', GUI],
  ['customcontexts_includes_list', GUI],
  ['customcontexts_module', GUI],
  ['dialplaninjection_module', GUI],
  ['dialplaninjection_commands_list', GUI],
  [/^logfile_(?:logfiles|settings)$/, "the kit's own logger.conf takes its place"],
  [/^kvblobstore|^kvstore/, GUI],
  ['sessions', GUI],
  ['featurecodes_old', GUI],
  ['issabelpbx_log', 'a log'],
  ['weakpasswords', GUI],
];

/** Keys of AstDB that live as long as a call or a registration, or that only show what others say, by family. */
const LIVE: Readonly<Record<string, readonly [key: RegExp, why: string]>> = {
  CustomDevstate: [
    /^(?:DAYNIGHT|TC|TCSTICKY|FOLLOWME|CF|DND|DEVCF|DEVDND|QUEUE|QUEUEPAUSE|PARK|SPD)(?=[\d*])/,
    'lamps of telephones follow the state itself on the new box',
  ],
  SIP: [/^/, 'where telephones were registered; they register anew'],
  IAX: [/^/, 'where telephones were registered; they register anew'],
  registrar: [/^/, 'where telephones were registered; they register anew'],
  CALLTRACE: [/^/, 'the last caller of each extension, which the next call replaces'],
  BLKVM: [/^/, 'traces of calls in progress'],
  RG: [/^/, 'traces of calls in progress'],
  dundi: [/^/, 'what Asterisk remembers of other boxes'],
  pbx: [/^UUID$/, "Asterisk's own name of its machine"],
};

/** Files that the old PBX wrote from its tables, which are read themselves; classes of music stand in their file alone. */
const GENERATED = /^(?!musiconhold).*_(?:additional|registrations)\.conf$|^pinset_\d+$/;

/** Files with nothing of the site in them: they only include the other ones, or the kit brings its own. */
const STOCK = new Set([
  'asterisk.conf',
  'extensions.conf',
  'extensions_override_elastix.conf',
  'sip.conf',
  'sip_notify.conf',
  'iax.conf',
  'iaxprov.conf',
  'features.conf',
  'queues.conf',
  'meetme.conf',
  'confbridge.conf',
  'logger.conf',
  'cdr.conf',
  'cdr_custom.conf',
  'cdr_manager.conf',
  'cdr_odbc.conf',
  'cdr_pgsql.conf',
  'cdr_tds.conf',
  'cdr_sqlite3_custom.conf',
  'cdr_syslog.conf',
  'cdr_adaptive_odbc.conf',
  'cel.conf',
  'cel_custom.conf',
  'cel_odbc.conf',
  'modules.conf',
  'rtp.conf',
  'res_parking.conf',
  'codecs.conf',
  'dnsmgr.conf',
  'dsp.conf',
  'enum.conf',
  'extconfig.conf',
  'indications.conf',
  'mgcp.conf',
  'skinny.conf',
  'unistim.conf',
  'oss.conf',
  'alsa.conf',
  'console.conf',
  'phone.conf',
  'udptl.conf',
  'smdi.conf',
  'sla.conf',
  'slp.conf',
  'rpt.conf',
  'res_snmp.conf',
  'res_ldap.conf',
  'res_curl.conf',
  'res_pgsql.conf',
  'res_config_sqlite.conf',
  'res_config_mysql.conf',
  'res_mysql.conf',
  'res_stun_monitor.conf',
  'muted.conf',
  'minivm.conf',
  'gtalk.conf',
  'jingle.conf',
  'jabber.conf',
  'http.conf',
  'h323.conf',
  'followme.conf',
  'festival.conf',
  'dbsep.conf',
  'cli.conf',
  'cli_aliases.conf',
  'cli_permissions.conf',
  'ccss.conf',
  'calendar.conf',
  'app_mysql.conf',
  'amd.conf',
  'alarmreceiver.conf',
  'agents.conf',
  'adtranvofr.conf',
  'adsi.conf',
  'ais.conf',
  'acl.conf',
  'say.conf',
  'privacy.conf',
  'osp.conf',
  'misdn.conf',
  'vpb.conf',
  'usbradio.conf',
  'telcordia-1.adsi',
  'asterisk.adsi',
  'extensions.ael',
  'extensions.lua',
  'extensions_minivm.conf',
  'users.conf',
  'dundi.conf',
  'cdr_mysql.conf',
  'res_odbc.conf',
  'phoneprov.conf',
  'chan_dahdi_groups.conf',
  'freepbx_featurecodes.conf',
  'freepbx_module_admin.conf',
  'freepbx_menu.conf',
  'version',
]);

/** Lines that people add to files which are else as they came: agents who log in by number, telephones outside of FreePBX. */
const OWN_LINES: Readonly<Record<string, RegExp>> = {
  'agents.conf': /^\s*agent\s*=/m,
  'users.conf': /^\s*\[(?!general\]|authentication\])[^\]]+\]/m,
};

/** Says of what is not to be migrated why it is not. */
export default defineReader({
  kind: null,
  tables: [...TABLES.map(([name]) => name), 'extensions'],
  astdb: Object.keys(LIVE),
  files: [GENERATED],
  read: (source, notes) => {
    for (const [name, why] of TABLES) {
      for (const table of tableNames(source, name)) for (const row of source.rows(table)) notes.dropped(row, why);
    }
    for (const family of Object.keys(LIVE)) {
      const [pattern, why] = LIVE[family] ?? [/^/, ''];
      for (const entry of source.astdb(family)) if (pattern.test(entry.key)) notes.dropped(entry, why);
    }
    // 2.8 moved routes to tables of their own and left the old dialplan rows in place
    for (const row of source.hasTable('outbound_routes') ? source.rows('extensions') : []) {
      if (/^outrt-|^outbound-allroutes$/.test(row.text('context'))) notes.dropped(row, 'left behind when routes got tables of their own');
    }
    const custom = new Set([...handMadeFiles(source), ...CONFIGURED.flatMap((conf) => ownSections(source, conf).files.map((f) => f.path))]);
    for (const path of source.filePaths ?? []) {
      const file = source.file(path);
      if (file === null || custom.has(path)) continue;
      if (GENERATED.test(path)) notes.dropped(file, 'the old PBX wrote it from its tables, which are read themselves');
      else if (STOCK.has(path) && OWN_LINES[path]?.test(file.text) !== true) notes.dropped(file, 'a stock file: the kit brings its own');
      else if (isEmpty(file.text)) notes.dropped(file, 'nothing in it but comments and includes');
    }
    return {};
  },
});

function tableNames(source: Source, name: string | RegExp): string[] {
  return typeof name === 'string' ? [name] : source.tableNames.filter((table) => name.test(table));
}

/** Comments, headers of sections and includes set nothing. */
function isEmpty(text: string): boolean {
  return text.split('\n').every((line) => /^\s*(?:;.*|\[[^\]]*\]\s*(?:;.*)?|#(?:try)?include\s.*)?$/.test(line));
}
