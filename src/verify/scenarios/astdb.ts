import type { Model } from '../../model/kinds.ts';
import { type Ref, ref } from '../../model/ref.ts';
import type { Override } from '../../model/time-condition.ts';
import type { ExtensionState, Situation } from '../../model/walk/situation.ts';

/** State of the PBX as it lies in AstDB, by key; null: the key is not there. */
export type Astdb = Readonly<Record<string, string | null>>;
export type State = Situation['state'];

/** Values of TC/<id>. Source: timeconditions_get_state of FreePBX 2.11. */
const OVERRIDES: Readonly<Record<Override, string>> = {
  matched: 'true',
  'matched-sticky': 'true_sticky',
  unmatched: 'false',
  'unmatched-sticky': 'false_sticky',
};

/** One family of keys: how its value is read into a situation, and what the model holds of it. */
interface Family {
  readonly key: RegExp;
  /** Whose state it is. */
  readonly of: (id: string) => Ref;
  readonly apply: (state: State, id: string, value: string | null) => State;
  readonly held: (model: Model, id: string) => string | null;
}

/** The keys that the new box keeps under their old names: ELASTIX.md 2. */
const FAMILIES: readonly Family[] = [
  extensionFamily('CF', (value) => ({ forwardAlways: value })),
  extensionFamily('CFB', (value) => ({ forwardBusy: value })),
  extensionFamily('CFU', (value) => ({ forwardUnavailable: value })),
  extensionFamily('DND', (value) => ({ doNotDisturb: value !== null })),
  extensionFamily('CW', (value) => ({ callWaiting: value !== null })),
  {
    key: /^DAYNIGHT\/C(.+)$/,
    of: (id) => ref('call-flow', id),
    apply: (state, id, value) => ({ ...state, callFlows: { ...state.callFlows, [id]: value === 'NIGHT' ? 'night' : 'day' } }),
    held: (model, id) => {
      const flow = model['call-flow'][id];
      return flow === undefined ? null : flow.state === 'night' ? 'NIGHT' : 'DAY';
    },
  },
  {
    key: /^TC\/(.+)$/,
    of: (id) => ref('time-condition', id),
    apply: (state, id, value) => ({ ...state, timeConditions: { ...state.timeConditions, [id]: overrideOf(value) } }),
    held: (model, id) => {
      const override = model['time-condition'][id]?.override ?? null;
      return override === null ? '' : OVERRIDES[override];
    },
  },
  {
    key: /^AMPUSER\/([^/]+)\/followme\/ddial$/,
    of: (id) => ref('follow-me', id),
    apply: (state, id, value) => ({ ...state, followMe: { ...state.followMe, [id]: value !== 'EXTENSION' } }),
    held: (model, id) => {
      const followMe = model['follow-me'][id];
      return followMe === undefined ? null : followMe.enabled ? 'DIRECT' : 'EXTENSION';
    },
  },
  {
    key: /^AMPUSER\/([^/]+\/intercom(?:\/[^/]+)?)$/,
    of: (id) => ref('extension', id.split('/')[0] ?? ''),
    apply: (state, id, value) => ({ ...state, intercom: { ...state.intercom, [id.replace('/intercom', '')]: value } }),
    held: (model, id) => {
      const [extension = '', , who] = id.split('/');
      const held = model.extension[extension]?.intercom;
      if (held === undefined) return null;
      if (who === 'block') return held.calls ? null : 'blocked';
      return who === undefined ? (held.takes ? null : 'disabled') : (held.from[who] ?? null);
    },
  },
  {
    key: /^AMPUSER\/([^/]+)\/pinless$/,
    of: (id) => ref('extension', id),
    // it is the administrator's to switch, and no call does
    apply: (state) => state,
    held: (model, id) => (model.extension[id]?.needsNoPin === true ? 'NOPASSWD' : null),
  },
  {
    key: /^AMPUSER\/([^/]+\/speeddials\/[^/]+)$/,
    of: (id) => ref('extension', id.split('/')[0] ?? ''),
    apply: (state, id, value) => ({ ...state, speedDials: { ...state.speedDials, [id.replace('/speeddials', '')]: value } }),
    held: (model, id) => {
      const [extension = '', , number = ''] = id.split('/');
      return model.extension[extension]?.speedDials[number] ?? null;
    },
  },
  {
    key: /^sysspeeddials\/(.+)$/,
    of: (id) => ref('speed-dial', id),
    apply: (state, id, value) => ({ ...state, speedDials: { ...state.speedDials, [id]: value } }),
    held: (model, id) => model['speed-dial'][id]?.number ?? null,
  },
  {
    key: /^cidname\/(.+)$/,
    of: (id) => ref('phonebook', id),
    // nobody changes it while calls are placed
    apply: (state) => state,
    held: (model, id) => model.phonebook[id]?.name ?? null,
  },
  {
    key: /^WAKEUP\/(.+)$/,
    of: (id) => ref('extension', id),
    apply: (state, id, value) => ({ ...state, wakeUps: { ...state.wakeUps, [id]: value } }),
    // those of the old box stay there
    held: () => null,
  },
  {
    key: /^blacklist\/(.+)$/,
    of: (id) => ref('blacklist', id),
    apply: (state, id, value) => ({ ...state, blacklist: { ...state.blacklist, [id]: value !== null } }),
    held: (model, id) => (id in model.blacklist ? '1' : null),
  },
];

/** The situation in which these keys hold what they do. Keys that mean nothing to a call change nothing. */
export function withKeys(state: State, keys: Astdb): State {
  return Object.entries(keys).reduce((now, [key, value]) => {
    const found = familyOf(key);
    return found === null ? now : found.family.apply(now, found.id, value);
  }, state);
}

/** The same keys as the model holds them: what they are set to before a call that changes them. */
export function heldKeys(model: Model, keys: Iterable<string>): Record<string, string | null> {
  const held: Record<string, string | null> = {};
  for (const key of keys) {
    const found = familyOf(key);
    held[key] = found === null ? null : found.family.held(model, found.id);
  }
  return held;
}

/** Whose state lies under a key; null: nobody's that the model knows. */
export function ownerOf(key: string): Ref | null {
  const found = familyOf(key);
  return found === null ? null : found.family.of(found.id);
}

/** Keys of an extension's state: { 'CF/101': '102' }. */
export function extensionKeys(id: string, s: Partial<ExtensionState>): Record<string, string | null> {
  const keys: Record<string, string | null> = {};
  if (s.forwardAlways !== undefined) keys[`CF/${id}`] = s.forwardAlways;
  if (s.forwardBusy !== undefined) keys[`CFB/${id}`] = s.forwardBusy;
  if (s.forwardUnavailable !== undefined) keys[`CFU/${id}`] = s.forwardUnavailable;
  if (s.doNotDisturb !== undefined) keys[`DND/${id}`] = s.doNotDisturb ? 'YES' : null;
  if (s.callWaiting !== undefined) keys[`CW/${id}`] = s.callWaiting ? 'ENABLED' : null;
  return keys;
}

function familyOf(key: string): { family: Family; id: string } | null {
  for (const family of FAMILIES) {
    const id = family.key.exec(key)?.[1];
    if (id !== undefined) return { family, id };
  }
  return null;
}

function extensionFamily(name: string, change: (value: string | null) => Partial<ExtensionState>): Family {
  return {
    key: new RegExp(`^${name}/(.+)$`),
    of: (id) => ref('extension', id),
    apply: (state, id, value) => ({
      ...state,
      extensions: { ...state.extensions, [id]: { ...state.extensions[id], ...change(value === '' ? null : value) } },
    }),
    held: (model, id) => {
      const state = model.extension[id]?.state;
      return state === undefined ? null : (extensionKeys(id, state)[`${name}/${id}`] ?? null);
    },
  };
}

function overrideOf(value: string | null): Override | null {
  return (Object.entries(OVERRIDES).find(([, text]) => text === value)?.[0] ?? null) as Override | null;
}
