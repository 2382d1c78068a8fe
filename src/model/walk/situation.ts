import type { Extension } from '../extension.ts';
import type { Ref } from '../ref.ts';

/**
 * What a telephone or carrier does when it is called. answer: after a moment. busy: 486. ignore: rings on. refuse: 503. offline: it is not
 * there at all, and not rung.
 */
export type Behaviour = 'answer' | 'busy' | 'ignore' | 'refuse' | 'offline';

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
  };
  /** What a device or trunk does when `dialled` is sent to it. */
  readonly phones: (leg: Ref, dialled: string) => Behaviour;
  /** Keys that the caller presses, in order. Nothing that is carried now asks for any. */
  readonly keys: string;
}

export type ExtensionState = Extension['state'] & { readonly inCall: boolean };

/** A situation for a call from an extension's telephone, all phones ringing on unless `o` says otherwise. */
export function fromExtension(extension: string, o: Partial<Situation> & { device?: string } = {}): Situation {
  const { device, ...rest } = o;
  return {
    time: null,
    state: { extensions: {}, trunks: {} },
    phones: () => 'ignore',
    keys: '',
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
    keys: '',
    ...o,
    caller: { number, name, extension: null, did: null },
  };
}
