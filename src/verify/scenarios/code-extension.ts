import { naturalOrder } from '../../model/kinds.ts';
import { ref } from '../../model/ref.ts';
import type { ExtensionState } from '../../model/walk/situation.ts';
import { type Codes, dials } from './codes.ts';
import type { Draft } from './define.ts';

type Drafts = readonly (Draft | null)[];

/** Forwards by their codes: switched on with the number behind the code and asked for, off again, for others, and obeyed. */
export function forwardCodes(codes: Codes): Drafts {
  const forwards = [
    { on: 'cfon', off: 'cfoff', offAsked: 'cfoff_any', onAsked: 'cfpon', held: (to: string) => ({ forwardAlways: to }), does: 'answer' },
    { on: 'cfbon', off: 'cfboff', offAsked: 'cfboff_any', onAsked: 'cfbpon', held: (to: string) => ({ forwardBusy: to }), does: 'busy' },
    { on: 'cfuon', off: 'cfuoff', offAsked: '', onAsked: 'cfupon', held: (to: string) => ({ forwardUnavailable: to }), does: 'ignore' },
  ] as const;
  return [
    ...forwards.flatMap((f) => [
      ...on(codes, f.on, f.does),
      ...off(codes, f.off, f.held),
      asked(codes, f.offAsked, (own) => [`${own}#`], f.held),
      asked(codes, f.onAsked, (own, other) => [`${own}#`, `${other}#`]),
    ]),
    asked(codes, 'cf_toggle', (_own, other) => [`${other}#`]),
    ...off(codes, 'cf_toggle', forwards[0].held),
  ];
}

function on(codes: Codes, name: string, does: 'answer' | 'busy' | 'ignore'): Drafts {
  const id = `callforward/${name}`;
  const code = codes.code(id);
  const [first, second] = [codes.pair(), codes.pair()];
  if (code === null || first === null || second === null) return [];
  const { own, other } = second;
  const obeyed = codes.obeyed(id, own.extension, dials(own, `${code}${other.extension}`), {
    notCalling: [own.extension, other.extension],
    does: (leg) => (leg.id === own.device ? does : 'answer'),
  });
  return [codes.uses(id, 'asked', first.own, { keys: [`${first.other.extension}#`] }), obeyed];
}

function off(codes: Codes, name: string, held: (to: string) => Partial<ExtensionState>): Drafts {
  const id = `callforward/${name}`;
  const pair = codes.code(id) === null ? null : codes.pair();
  if (pair === null) return [];
  return [codes.uses(id, 'was-on', pair.own, { state: { [pair.own.extension]: held(pair.other.extension) } })];
}

/** Somebody is asked whose calls, or where to. */
function asked(
  codes: Codes,
  name: string,
  keys: (own: string, other: string) => string[],
  held?: (to: string) => Partial<ExtensionState>,
): Draft | null {
  const id = `callforward/${name}`;
  const pair = codes.code(id) === null ? null : codes.pair();
  if (pair === null) return null;
  const { own, other } = pair;
  const state = held === undefined ? {} : { state: { [own.extension]: held(other.extension) } };
  return codes.uses(id, 'asked', held === undefined ? own : other, { keys: keys(own.extension, other.extension), ...state });
}

/** Call waiting and do not disturb: switched, and obeyed. */
export function disturbCodes(codes: Codes): Drafts {
  const was = (id: string, state: Partial<ExtensionState>): Draft | null => {
    const pair = codes.code(id) === null ? null : codes.pair();
    return pair === null ? null : codes.uses(id, 'switched', pair.own, { state: { [pair.own.extension]: state } });
  };
  return [
    was('callwaiting/cwon', { callWaiting: false }),
    was('callwaiting/cwoff', { callWaiting: true }),
    was('donotdisturb/dnd_on', { doNotDisturb: false }),
    was('donotdisturb/dnd_off', { doNotDisturb: true }),
    was('donotdisturb/dnd_toggle', { doNotDisturb: false }),
    notDisturbed(codes),
    inOneCall(codes),
  ];
}

function notDisturbed(codes: Codes): Draft | null {
  const id = 'donotdisturb/dnd_on';
  const code = codes.code(id);
  const pair = code === null ? null : codes.pair();
  return code === null || pair === null ? null : codes.obeyed(id, pair.own.extension, dials(pair.own, code));
}

/** Without call waiting one who is in a call is busy. */
function inOneCall(codes: Codes): Draft | null {
  const id = 'callwaiting/cwoff';
  const code = codes.code(id);
  const pair = code === null ? null : codes.pair();
  if (code === null || pair === null) return null;
  const { own, other } = pair;
  const talks = dials(own, other.extension, { does: () => 'answer', until: 'answered', afterMs: 500 });
  return codes.obeyed(id, own.extension, dials(own, code), {
    notCalling: [own.extension, other.extension],
    earlier: [dials(own, code), talks],
    inCall: [own.extension, other.extension],
  });
}

/** Follow me of every extension that has it: switched, and obeyed. */
export function followMeCodes(codes: Codes): Drafts {
  const id = 'findmefollow/fmf_toggle';
  const code = codes.code(id);
  if (code === null) return [];
  const { model, everyPhone, limit } = codes.context;
  const followed = Object.keys(model['follow-me']).sort(naturalOrder).slice(0, limit);
  return followed.flatMap((extension) => {
    const phone = everyPhone.find((p) => p.extension === extension);
    if (phone === undefined) return [];
    const about = [ref('feature-code', id), ref('follow-me', extension)];
    return [
      { ...codes.uses(id, extension, phone), about },
      {
        ...codes.obeyed(id, extension, dials(phone, code), {
          does: (leg) => (leg.id === phone.device ? 'ignore' : 'answer'),
          impatient: true,
        }),
        id: `code/${id}/${extension}-obeyed`,
        about,
      },
    ];
  });
}
