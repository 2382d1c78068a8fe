import { naturalOrder } from '../../model/kinds.ts';
import { ref } from '../../model/ref.ts';
import type { ExtensionState } from '../../model/walk/situation.ts';
import { type Codes, dials } from './codes.ts';
import type { Draft } from './define.ts';

type Drafts = readonly (Draft | null)[];

/**
 * Forwards by their codes: switched on with the number behind the code and asked for, off again, for others, and obeyed. All of it for the first kind; the
 * others differ in what is kept and obeyed, and in no question.
 */
export function forwardCodes(codes: Codes): Drafts {
  const forwards = [
    { on: 'cfon', off: 'cfoff', held: (to: string) => ({ forwardAlways: to }), does: 'answer' },
    { on: 'cfbon', off: 'cfboff', held: (to: string) => ({ forwardBusy: to }), does: 'busy' },
    { on: 'cfuon', off: 'cfuoff', held: (to: string) => ({ forwardUnavailable: to }), does: 'ignore' },
  ] as const;
  const [first] = forwards;
  return [
    ...forwards.flatMap((f) => [obeys(codes, f.on, f.does), was(codes, f.off, f.held)]),
    asked(codes, 'cfon', (_own, other) => [`${other}#`]),
    ...['cfbon', 'cfuon'].map((name) => switched(asked(codes, name, (_own, other) => [`${other}#`]))),
    asked(codes, 'cfoff_any', (own) => [`${own}#`], first.held),
    switched(asked(codes, 'cfboff_any', (own) => [`${own}#`], forwards[1].held)),
    ...forwards.map((f) => forAnother(codes, f.off, f.held)),
    ...['cfpon', 'cfbpon', 'cfupon'].map((name) => withNumber(codes, name)),
    ...['cfpon', 'cfbpon', 'cfupon'].map((name) => switched(asked(codes, name, (own, other) => [`${own}#`, `${other}#`]))),
    switched(asked(codes, 'cf_toggle', (_own, other) => [`${other}#`])),
    was(codes, 'cf_toggle', first.held),
  ];
}

/** All that is said then is heard with another code already. */
function switched(draft: Draft | null): Draft | null {
  return draft === null ? null : { ...draft, goes: 'changed' };
}

function obeys(codes: Codes, name: string, does: 'answer' | 'busy' | 'ignore'): Draft | null {
  const id = `callforward/${name}`;
  const code = codes.code(id);
  const pair = code === null ? null : codes.pair();
  if (code === null || pair === null) return null;
  const { own, other } = pair;
  return codes.obeyed(id, own.extension, dials(own, `${code}${other.extension}`), {
    notCalling: [own.extension, other.extension],
    does: (leg) => (leg.id === own.device ? does : 'answer'),
  });
}

/** It was on, and the code switches it off. */
function was(codes: Codes, name: string, held: (to: string) => Partial<ExtensionState>): Draft | null {
  const id = `callforward/${name}`;
  const pair = codes.code(id) === null ? null : codes.pair();
  if (pair === null) return null;
  return codes.uses(id, 'was-on', pair.own, { state: { [pair.own.extension]: held(pair.other.extension) } });
}

/** Somebody switches off what another has on: with the other's number behind the code. */
function forAnother(codes: Codes, name: string, held: (to: string) => Partial<ExtensionState>): Draft | null {
  const id = `callforward/${name}`;
  const code = codes.code(id);
  const pair = code === null ? null : codes.pair();
  if (code === null || pair === null) return null;
  const { own, other } = pair;
  return switched(
    codes.uses(id, 'for-another', other, { dial: `${code}${own.extension}`, state: { [own.extension]: held(other.extension) } }),
  );
}

/** A code that asks for an extension takes a number behind it for where to. */
function withNumber(codes: Codes, name: string): Draft | null {
  const id = `callforward/${name}`;
  const code = codes.code(id);
  const pair = code === null ? null : codes.pair();
  if (code === null || pair === null) return null;
  return switched(codes.uses(id, 'with-number', pair.own, { dial: `${code}${pair.other.extension}` }));
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
  const switches = (id: string, state: Partial<ExtensionState>): Draft | null => {
    const pair = codes.code(id) === null ? null : codes.pair();
    return pair === null ? null : codes.uses(id, 'switched', pair.own, { state: { [pair.own.extension]: state } });
  };
  return [
    switches('callwaiting/cwon', { callWaiting: false }),
    switches('callwaiting/cwoff', { callWaiting: true }),
    switches('donotdisturb/dnd_on', { doNotDisturb: false }),
    switches('donotdisturb/dnd_off', { doNotDisturb: true }),
    switches('donotdisturb/dnd_toggle', { doNotDisturb: false }),
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
