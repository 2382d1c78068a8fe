/** Settings that settings.ts, its neighbours and the trunks read. */
export const READ_SETTINGS: ReadonlySet<string> = new Set([
  'RINGTIMER',
  'default_page_grp',
  'DIAL_OPTIONS',
  'TRUNK_OPTIONS',
  'TRUNK_RING_TIMER',
  'VM_GAIN',
  'VM_DDTYPE',
  'VM_OPTS',
  'RECORDING_STATE',
  'MIXMON_FORMAT',
  'TONEZONE',
  'ALLOW_SIP_ANON',
]);

const PAGES = 'how the old web pages looked and worked';
const PLACES = 'where the old box kept its files and programs';
const NEW_OBJECTS = 'what the old web pages filled in for new objects';
const LAMPS = 'lamps of telephones follow the state itself on the new box';

/** Settings that say nothing about calls, and why (FreePBX 2.9 to 2.11, IssabelPBX; ELASTIX.md, section 12). */
export const INERT_SETTINGS: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:BRAND_|VIEW_|JQUERY_|DASHBOARD_|AS_|DEVEL|MODULE|USE_|PDFAUTHOR|NOTICE_|BROWSER_STATS|CRONMAN|DIE_|DISABLE_CSS|DISPLAY_MONITOR)/,
    PAGES,
  ],
  [/^default_vmblast_grp$/, 'what the web pages offer for a new extension'],
  [/^(?:AGGRESSIVE_DUPLICATE_CHECK|ALWAYS_SHOW_|AUTHTYPE|BADDESTABORT|CHECKREFERER|CUSTOMASERROR|DAYNIGHTTCHOOK|FORCE_JS)/, PAGES],
  [
    /^(?:EXTENSION_LIST_RINGGROUPS|FOPRUN|FOPDISABLE|FOPSORT|FOPPASSWORD|LANGUAGE|LOG_|MAXCALLS|POST_RELOAD|PRE_RELOAD|RELOADCONFIRM)/,
    PAGES,
  ],
  [/^(?:SERVERINTITLE|SHOWLANGUAGE|SSHPORT|VM_SHOW_IMAP|XTNCONFLICTABORT|PHP_ERROR|AMPDISABLELOG|AMPENGINE|AMPSYSLOGLEVEL)/, PAGES],
  [/^(?:AMPMPG123|AMPPLAYKEY|AMPVMUMASK|AMP_ACCESS_DB_CREDS|AMPWEBADDRESS|AMPADMINLOGO|ASTSTOP|FREEPBX_SYSTEM_IDENT|mainstyle_css)/, PAGES],
  [/^(?:IPBX|FPBX)(?:_LOG|DBUG)|^SYSLOG|^UPDATE_EMAIL$|^EMAIL$|^email$|^need_reload$|^version$|^USEDYNFEATURES$/, PAGES],
  [/^AMP(?:BIN|CGIBIN|LOCALBIN|SBIN|WEBROOT|(?:ASTERISK|DEV).*(?:USER|GROUP))$|^AST.*DIR$|^WHICH_|^CERT|^MOHDIR$|^FOPWEBROOT$/, PLACES],
  [/^MIXMON_DIR$/, 'recordings have their own folders by day on the new box'],
  [/^(?:DEVICE_|FOLLOWME_|QUEUES_EVENTS_|CFRINGTIMERDEFAULT|CONCURRENCYLIMITDEFAULT|ENABLECW|DEFAULT_INTERNAL_AUTO_ANSWER)/, NEW_OBJECTS],
  [/^(?:AMPMGR|ASTMANAGER|ASTMGR)/, 'how the old web pages logged in over AMI; its users stand in manager.conf'],
  [/^(?:CDRDB|CEL_ENABLED|CDR_)/, "call records go to the new box's own database, which has no single events"],
  [/^AMPDB/, "the old web pages' own database"],
  [
    /^(?:AST_FUNC_|AST_APP_|ASTVERSION|FORCED_ASTVERSION|ZAP2DAHDICOMPAT|SIPUSERAGENT|DITECH_|NOOPTRACE)/,
    'for the Asterisk that the old box had',
  ],
  [/^(?:USEDEVSTATE|USEDNDSTATE|USEQUEUESTATE|USERESMWIBLF|DYNAMICHINTS|TCINTERVAL|TCMAINT|CONNECTEDLINE_PRESENCESTATE)$/, LAMPS],
  [/^HTTP/, "AMI over the web is what manager.conf's webenabled says"],
  [/^ASTCONFAPP$/, 'rooms are ConfBridges on the new box'],
  [/^AMPEXTENSIONS$/, 'users and devices are read as they are'],
  [/^(?:OUTBOUND_CID_UPDATE|OUTBOUND_DIAL_UPDATE)$/, 'what the caller sees of an outgoing call is left to his telephone'],
  [/^(?:QUEUES_HIDE_NOANSWER|QUEUES_LOG_TRANSFERS|QUEUES_UPDATECDR)$/, 'how calls of queues stand in the call records of the old box'],
  [/^VMX_/, 'for keys in a greeting (VmX): it counts where an extension has such keys'],
  [/^(?:IVR_USE_VOSK_GRAMMAR|USEGOOGLEDNSFORENUM)$/, 'for speech recognition and ENUM, which are not carried'],
  [/^FAX_RX/, 'no dialplan since FreePBX 2.7 reads it'],
  [/^TIMEFORMAT$/, 'Asterisk speaks the time in the way of its language'],
];

/**
 * Settings that calls follow and that the model has no place for: with which values the new box does the same, and what is lost otherwise.
 */
export const CALL_SETTINGS: readonly (readonly [name: string, same: readonly string[], lost: string])[] = [
  ['AMPBADNUMBER', ['1', 'true'], 'who dials a number that leads nowhere hears an announcement, where the old box only hung up'],
  ['BLOCK_OUTBOUND_TRUNK_CNAM', ['0', 'false'], 'carriers see the names of callers, which the old box kept from them'],
  ['DISABLECUSTOMCONTEXTS', ['0', 'false'], 'calls enter hand-made contexts, which the old dialplan left out'],
  ['CID_PREPEND_REPLACE', ['1', 'true'], 'a second prefix of a caller’s name takes the place of the first, where the old box kept both'],
  ['CWINUSEBUSY', ['1', 'true'], 'forwards on busy work in another way for extensions with call waiting'],
  ['DIVERSIONHEADER', ['0', 'false'], 'carriers are no longer told who forwarded a call'],
  ['FCBEEPONLY', ['0', 'false'], 'feature codes say what they did, where the old box only beeped'],
  [
    'FORCE_INTERNAL_AUTO_ANSWER_ALL',
    ['0', 'false'],
    'telephones ring for internal calls, which they answered by themselves on the old box',
  ],
  [
    'GENERATE_LEGACY_QUEUE_CODES',
    ['1', 'true'],
    'agents can log in by the number of the queue and *, which was switched off on the old box',
  ],
  ['QUEUES_PESISTENTMEMBERS', ['1', 'true'], 'agents stay logged in when Asterisk starts again'],
  ['QUEUES_SHARED_LASTCALL', ['1', 'true'], "an agent's rest after a call counts in all queues"],
  ['QUEUES_LOGMEMBERNAME', ['1', 'true'], 'queue_log names agents by their names'],
  ['QUEUES_MIX_MONITOR', ['1', 'true'], 'recordings of queues are one file a call'],
  ['REC_POLICY', ['caller', ''], "where caller and called disagree about recording, the caller's wish counts"],
  ['TRANSFER_CONTEXT', ['from-internal-xfer', ''], 'calls are transferred as if dialled inside, not in the context that was set'],
  ['MIXMON_POST', [''], 'no command is run after a recording any more'],
  ['OPERATOR_XTN', [''], 'callers who press 0 in voicemail reach nobody'],
];
