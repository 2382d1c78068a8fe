import { finding } from '../finding.ts';
import { QUEUE_STRATEGIES, type Queue } from '../model/queue.ts';
import type { Ref } from '../model/ref.ts';
import type { KeywordRows } from './keyword-rows.ts';
import type { Notes } from './reader.ts';
import { isOn, wholeNumber } from './source.ts';

/** Prompts of the announcement of place and waiting time. What is left empty is not written, so that Asterisk plays its own. */
const PROMPTS = [
  'queue-youarenext',
  'queue-thereare',
  'queue-callswaiting',
  'queue-holdtime',
  'queue-minute',
  'queue-minutes',
  'queue-seconds',
  'queue-thankyou',
  'queue-reporthold',
];

/** Strategies of other Asterisks, and the one that comes nearest. */
const NEAREST: Readonly<Record<string, Queue['strategy']>> = { roundrobin: 'rrmemory', rrordered: 'rrmemory' };

/** What agents may be, in joinempty and leavewhenempty (app_queue.c, parse_empty_options). */
const EMPTY_WORDS: ReadonlySet<string> = new Set(['unavailable', 'invalid', 'unknown', 'ringing', 'inuse', 'penalty', 'paused', 'wrapup']);

/** Words of queues.conf. */
export const words = {
  isYes: (o: KeywordRows, keyword: string): boolean => isOn(o.text(keyword)),
  oneOf: <T extends string>(o: KeywordRows, keyword: string, known: readonly T[]): T | null => {
    const text = o.text(keyword).toLowerCase();
    return known.find((one) => one === text) ?? null;
  },
  /** Whether callers may wait where nobody is there: a word, or what agents must not be. What Asterisk cannot read says nothing. */
  emptiness: (notes: Notes, o: KeywordRows, about: Ref, keyword: 'joinempty' | 'leavewhenempty', usual: 'yes' | 'no'): string => {
    const text = o.text(keyword).toLowerCase();
    if (text === '') return usual;
    if (/^(?:true|on|1)$/.test(text)) return 'yes';
    if (/^(?:false|off|0)$/.test(text)) return 'no';
    if (/^(?:yes|no|strict|loose)$/.test(text) || text.split(',').every((word) => EMPTY_WORDS.has(word.trim()))) return text;
    const means = `${keyword} is '${o.text(keyword)}', which Asterisk does not know: the queue goes on as if it said '${usual}', here as on the old box.`;
    notes.finding(finding('QUEUE_APPROXIMATED', { about, where: `queues_details ${about.id}/${keyword}`, means }));
    return usual;
  },
  /** Without the row the caller keeps the music that he has. */
  music: (o: KeywordRows): string | null => {
    const text = o.text('music', 'musicclass', 'musiconhold');
    return text === '' || text === 'inherit' ? null : text;
  },
  prompts: (o: KeywordRows): Record<string, string> =>
    Object.fromEntries(PROMPTS.map((name) => [name, o.text(name)]).filter(([name, held]) => held !== '' && held !== name)),
  recordingFormat: (o: KeywordRows): string | null => {
    const text = o.text('monitor-format');
    return text === '' || text.toLowerCase() === 'no' ? null : text;
  },
  strategy: (notes: Notes, o: KeywordRows, about: Ref): Queue['strategy'] => {
    const text = o.text('strategy').toLowerCase();
    const known = QUEUE_STRATEGIES.find((one) => one === text);
    if (known !== undefined || text === '') return known ?? 'ringall';
    const nearest = NEAREST[text] ?? 'ringall';
    const means = `Agents are rung by strategy '${text}', which the new box does not know: '${nearest}' takes its place.`;
    notes.finding(finding('QUEUE_APPROXIMATED', { about, where: `queues_details ${about.id}/strategy`, means }));
    for (const row of o.rows)
      if (row.text('keyword').toLowerCase() === 'strategy') notes.approximated(row, about, `'${nearest}' takes its place`);
    return nearest;
  },
};

type Timing = Pick<
  Queue,
  | 'agentRingSeconds'
  | 'retrySeconds'
  | 'oneRound'
  | 'wrapUpSeconds'
  | 'memberDelaySeconds'
  | 'weight'
  | 'maxCallers'
  | 'announceSeconds'
  | 'periodicAnnounceSeconds'
  | 'autoPauseDelaySeconds'
  | 'serviceLevelSeconds'
  | 'penaltyMembersLimit'
>;

/** Numbers, with Asterisk's own values where a row is missing (app_queue.c, init_queue). */
export function timing(o: KeywordRows): Timing {
  const number = (keyword: string, without: number) => Math.max(0, wholeNumber(o.text(keyword)) ?? without);
  const retry = number('retry', 5);
  return {
    agentRingSeconds: number('timeout', 15),
    // 0, as none is written, is taken for 5
    retrySeconds: retry === 0 ? 5 : retry,
    oneRound: o.text('retry').toLowerCase() === 'none',
    wrapUpSeconds: number('wrapuptime', 0),
    memberDelaySeconds: number('memberdelay', 0),
    weight: number('weight', 0),
    maxCallers: number('maxlen', 0),
    announceSeconds: number('announce-frequency', 0),
    periodicAnnounceSeconds: number('periodic-announce-frequency', 0),
    autoPauseDelaySeconds: number('autopausedelay', 0),
    serviceLevelSeconds: number('servicelevel', 0),
    penaltyMembersLimit: number('penaltymemberslimit', 0),
  };
}

/** Keywords that change nothing on the new box, and why. */
const INERT: readonly (readonly [RegExp, string])[] = [
  [/^monitor-(?:join|type)$/, 'calls are recorded by MixMonitor, which has one file a call'],
  [/^eventwhencalled$|^eventmemberstatus(?:off)?$/, 'Asterisk 12 and later always send these events'],
  [/^cron_/, 'when the old web pages reset their figures'],
  [/^account$/, 'the number of the queue once more'],
];

/** What became of each row: used, without meaning, or lost. */
export function accountOptions(notes: Notes, o: KeywordRows, about: Ref): void {
  for (const row of o.rows) {
    const keyword = row.text('keyword').toLowerCase();
    const inert = INERT.find(([pattern]) => pattern.test(keyword))?.[1];
    const data = row.text('data').trim();
    if (o.wasUsed(row)) notes.carried(row, about);
    else if (o.isOverridden(row)) notes.dropped(row, 'another row of the same name wins');
    else if (inert !== undefined) notes.dropped(row, inert);
    else if (data === '' || (keyword === 'answered_elsewhere' && data === '0')) notes.dropped(row, 'it is not set');
    else {
      notes.dropped(row, 'the model has no place for it');
      const means =
        keyword === 'answered_elsewhere'
          ? 'A call that one agent takes is a missed call on the telephones of the others.'
          : `The queue's option ${keyword} is not carried.`;
      notes.finding(finding('QUEUE_OPTION_NOT_CARRIED', { about, where: `${row.table} ${row.key}`, means }));
    }
  }
}
