import type { ConfiguredFile } from '../../model/custom-configuration.ts';

/** An option of a configuration file, as Asterisk 1.4 to 11 wrote it. */
export interface OldOption {
  readonly option: string;
  readonly value: string;
}

/** What becomes of it in Asterisk 22: what is written in its place, or what is lost with it (null: nothing is). */
export type NewOption = { readonly options: readonly OldOption[] } | { readonly lost: string | null };

/** How the options of one kind of section are said today. */
interface Language {
  /** Options that Asterisk 22 knows, in lower case. */
  readonly known: ReadonlySet<string>;
  readonly renamed: Readonly<Record<string, string>>;
  /** Values that are called otherwise, by option. */
  readonly values: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Options that are gone: what is lost with them. */
  readonly gone: readonly (readonly [option: RegExp, lost: string | null])[];
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((w) => w !== ''));
const NONE = {} as const;

/** Events of queues are always sent, calls are recorded by MixMonitor in one file, and figures are never reset by themselves. */
const OF_OLD_QUEUES: Language['gone'] = [
  [/^(?:eventmemberstatus|eventwhencalled)$/, null],
  [/^monitor-(?:type|join)$/, null],
  [/^queue-lessthan$/, null],
  [/^cron_/, null],
  [/^rtone$/, 'callers hear music, not ringing, unless Queue() has the option r'],
  [/^answered_elsewhere$/, 'a call that one agent takes is a missed call on the telephones of the others'],
  [/^skip_joinannounce$/, 'the announcement for callers is played whether or not an agent is free'],
];

const PARKING = 'parking lots are those of parking.yaml of the model';

/** By file; of features.conf and queues.conf by section as well. Source: branch 22, app_queue.c, features_config.c, func_odbc.c, res_odbc.c, and the same files of 1.4, 1.8 and 11. */
const LANGUAGES: Readonly<Record<string, Language>> = {
  'queues.conf': {
    known:
      words(`musicclass music musiconhold announce context timeout ringinuse setinterfacevar setqueuevar setqueueentryvar monitor-format membergosub
      queue-youarenext queue-thereare queue-callswaiting queue-quantity1 queue-quantity2 queue-holdtime queue-minutes queue-minute queue-seconds queue-thankyou
      queue-callerannounce queue-reporthold announce-frequency announce-to-first-user min-announce-frequency announce-round-seconds announce-holdtime
      announce-position announce-position-only-up announce-position-limit periodic-announce periodic-announce-startdelay periodic-announce-frequency
      relative-periodic-announce random-periodic-announce retry wrapuptime penaltymemberslimit autofill autopause autopausedelay autopausebusy autopauseunavail
      maxlen servicelevel strategy joinempty leavewhenempty reportholdtime memberdelay weight timeoutrestart defaultrule timeoutpriority member`),
    renamed: { music: 'musicclass', musiconhold: 'musicclass' },
    values: { strategy: { roundrobin: 'rrmemory' } },
    gone: OF_OLD_QUEUES,
  },
  'queues.conf/general': {
    known: words('persistentmembers autofill shared_lastcall negative_penalty_invalid log_membername_as_agent'),
    renamed: NONE,
    values: NONE,
    gone: [...OF_OLD_QUEUES, [/^(?:keepstats|updatecdr)$/, null]],
  },
  'queuerules.conf': { known: words('penaltychange'), renamed: NONE, values: NONE, gone: [] },
  'features.conf/general': {
    known:
      words(`featuredigittimeout courtesytone recordingfailsound transferdigittimeout atxfernoanswertimeout atxferloopdelay atxfercallbackretries atxferdropcall
      xfersound xferfailsound pickupsound pickupfailsound`),
    renamed: NONE,
    values: NONE,
    gone: [
      [/^(?:park|comeback|findslot|adsipark|context$)/, PARKING],
      // of 1.2 and 1.4
      [/^transferdigittimout$/, null],
    ],
  },
  'features.conf/featuremap': { known: words('parkcall'), renamed: NONE, values: NONE, gone: [] },
  'func_odbc.conf': {
    known: words('dsn readhandle writehandle readsql writesql insertsql escapecommas mode rowlimit minargs prefix syntax synopsis'),
    renamed: { read: 'readsql', write: 'writesql' },
    values: NONE,
    gone: [],
  },
  'res_odbc.conf': {
    known: words(
      'dsn username password sanitysql isolation forcecommit connect_timeout negative_connection_cache max_connections backslash_is_escape',
    ),
    renamed: { limit: 'max_connections' },
    values: NONE,
    // it connects when a call first asks for it, not when Asterisk starts
    gone: [[/^(?:enabled|pre-connect|pooling|share.*|idlecheck)$/, null]],
  },
};

/** One option in the words of Asterisk 22. Pure. @param section Its name; it counts only where a file has sections of several kinds. */
export function translateOption(file: ConfiguredFile, section: string, { option, value }: OldOption): NewOption {
  const language = LANGUAGES[`${file}/${section}`] ?? LANGUAGES[file];
  const name = option.toLowerCase();
  if (language === undefined) return { lost: `nothing in Asterisk 22 has options of [${section}]` };
  const gone = language.gone.find(([pattern]) => pattern.test(name));
  if (gone !== undefined) return { lost: gone[1] };
  const now = Object.hasOwn(language.renamed, name) ? (language.renamed[name] as string) : name;
  if (!language.known.has(now)) return { lost: 'Asterisk 22 has no such option' };
  const values = Object.hasOwn(language.values, now) ? language.values[now] : undefined;
  const said = value.trim();
  const meant = values !== undefined && Object.hasOwn(values, said.toLowerCase()) ? values[said.toLowerCase()] : undefined;
  return { options: [{ option: now, value: meant ?? said }] };
}

/** A feature of one's own, `*5,self,Playback,beep` or `*5,peer/caller,Playback(beep),default`. */
export interface OwnFeature {
  readonly keys: string;
  /** Who runs it: whoever keys it, or the other side. */
  readonly runsOn: 'self' | 'peer';
  readonly application: string;
  readonly args: string;
  readonly musicClass: string;
}

/** Reads a line of [applicationmap] in both forms (features_config.c, applicationmap_handler); null where Asterisk does not take it. */
export function readFeature(value: string): OwnFeature | null {
  const parts = /^([^,]+),([^,]+),(.*)$/s.exec(value);
  if (parts === null) return null;
  const [, keys = '', who = '', what = ''] = parts;
  const side = who.split('/')[0]?.trim().toLowerCase() ?? '';
  const runsOn = ['self', 'caller'].includes(side) ? 'self' : ['peer', 'callee'].includes(side) ? 'peer' : null;
  if (runsOn === null || !/^[0-9*#A-D]+$/i.test(keys.trim())) return null;
  const bracket = /^\s*(\w+)\s*\((.*)\)\s*(?:,\s*([^,()]*))?$/s.exec(what);
  if (bracket !== null)
    return { keys: keys.trim(), runsOn, application: bracket[1] ?? '', args: bracket[2] ?? '', musicClass: bracket[3]?.trim() ?? '' };
  const [application = '', ...rest] = what.split(',').map((part) => part.trim());
  // arguments in quotes may hold commas; else the third is one argument, and behind it is the music of the other side
  const quoted = /^"(.*)"(?:,([^,"]*))?$/s.exec(rest.join(','));
  const args = quoted?.[1] ?? rest[0] ?? '';
  const musicClass = (quoted === null ? rest[1] : quoted[2]) ?? '';
  return /^\w+$/.test(application) ? { keys: keys.trim(), runsOn, application, args, musicClass } : null;
}
