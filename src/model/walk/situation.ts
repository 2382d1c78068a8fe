import type { Extension } from '../extension.ts';
import type { QueueMember } from '../queue.ts';
import type { Ref } from '../ref.ts';
import type { Override } from '../time-condition.ts';

/**
 * What a telephone or carrier does when it is called. answer: after a moment, and presses 1 where it is asked to confirm. answer-only: answers
 * and presses nothing, as somebody's voicemail does. busy: 486. ignore: rings on. refuse: 503. wrong-number: 404, as a
 * carrier says of a number that does not exist. offline: it is not there at all, and not rung.
 */
export type Behaviour = 'answer' | 'answer-only' | 'busy' | 'ignore' | 'refuse' | 'wrong-number' | 'offline';

/** The circumstances of one call: everything that is not in the model. */
export interface Situation {
  /** Local time 'YYYY-MM-DD HH:mm', or null where it does not matter. */
  readonly time: string | null;
  readonly caller: {
    /** As his telephone or carrier sends it. For an extension the model says how others see it. */
    readonly number: string;
    readonly name: string;
    /** Extension that calls; null: somebody outside. */
    readonly extension: string | null;
    /** Telephone that calls, for its emergency caller id; left out: the extension's first. */
    readonly device?: string;
    /** Number that the outside caller dialled, where the walk does not begin with it. */
    readonly did: string | null;
  };
  /** What differs from the state that the model holds. */
  readonly state: {
    readonly extensions: Readonly<Record<string, Partial<ExtensionState>>>;
    /** Calls under way on a trunk. */
    readonly trunks: Readonly<Record<string, number>>;
    readonly callFlows?: Readonly<Record<string, 'day' | 'night'>>;
    readonly timeConditions?: Readonly<Record<string, Override | null>>;
    /** Whether follow me is on, by extension. */
    readonly followMe?: Readonly<Record<string, boolean>>;
    /** Who is on the blacklist, by number ('blocked': who has none). */
    readonly blacklist?: Readonly<Record<string, boolean>>;
    /** Numbers of speed dials, '1' for everybody's, '106/1' for an extension's own; null: there is none. */
    readonly speedDials?: Readonly<Record<string, string | null>>;
    /** Who is logged in to a queue beside its static members. */
    readonly loggedIn?: Readonly<Record<string, readonly QueueMember[]>>;
    /** Callers in line already, by queue. */
    readonly waiting?: Readonly<Record<string, number>>;
    /** New messages in a mailbox, by its id. */
    readonly messages?: Readonly<Record<string, number>>;
    /** Who waits in a slot, by its number: the extension that was parked. */
    readonly parked?: Readonly<Record<string, string>>;
    /** Keys of AstDB that are the site's own: { 'shortcut/101': '102' }. */
    readonly database?: Readonly<Record<string, string | null>>;
    /** Who may be spoken to by intercom: '101' enabled or disabled, '101/102' allow or deny; null: nothing is said. */
    readonly intercom?: Readonly<Record<string, string | null>>;
    /** When somebody is to be woken, by extension: '0730'; null: not at all. */
    readonly wakeUps?: Readonly<Record<string, string | null>>;
    /** Who called last, by extension. */
    readonly lastCallers?: Readonly<Record<string, string>>;
    /** Calls that ring at an extension: who calls. */
    readonly ringing?: Readonly<Record<string, string>>;
    /** Who is in a conference already. */
    readonly conferences?: Readonly<Record<string, { readonly people: number; readonly leader: boolean }>>;
  };
  /** What a device or trunk does when `dialled` is sent to it. */
  readonly phones: (leg: Ref, dialled: string) => Behaviour;
  /** What the caller keys, an entry each time that he is asked for something, '#' and all; '' or none: nothing. */
  readonly keys: readonly string[];
}

export type ExtensionState = Extension['state'] & { readonly inCall: boolean };

/** A situation for a call from an extension's telephone, all phones ringing on unless `o` says otherwise. */
export function fromExtension(extension: string, o: Partial<Situation> & { device?: string } = {}): Situation {
  const { device, ...rest } = o;
  return {
    time: null,
    state: { extensions: {}, trunks: {} },
    phones: () => 'ignore',
    keys: [],
    ...rest,
    caller: { number: extension, name: '', extension, did: null, ...(device === undefined ? {} : { device }) },
  };
}

/** A situation for a call from outside. */
export function fromOutside(number: string, name: string, o: Partial<Situation> = {}): Situation {
  return {
    time: null,
    state: { extensions: {}, trunks: {} },
    phones: () => 'ignore',
    keys: [],
    ...o,
    caller: { number, name, extension: null, did: null },
  };
}
