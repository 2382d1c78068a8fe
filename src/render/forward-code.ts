import type { Model } from '../model/kinds.ts';
import { type Code, codeOf, prompts } from './code.ts';
import { defineView } from './view.ts';

/** The three forwards of an extension: AstDB family, and FreePBX's names of what switches it. */
const FORWARDS = [
  {
    family: 'CFB',
    what: 'calls that find the telephone busy',
    prompt: 'call-fwd-on-busy',
    context: 'app-cf-busy',
    letter: 'b',
    asks: 'prompting',
  },
  { family: 'CF', what: 'all calls', prompt: 'call-fwd-unconditional', context: 'app-cf', letter: '', asks: 'prompting' },
  {
    family: 'CFU',
    what: 'calls that nobody answers',
    prompt: 'call-fwd-no-ans',
    context: 'app-cf-unavailable',
    letter: 'u',
    asks: 'prompt',
  },
] as const;

/** extensions.d/forward-code.conf: the codes by which somebody switches what his own calls do. */
export const forwardCodeView = defineView({
  file: 'etc/asterisk/extensions.d/forward-code.conf',
  data: (model) => {
    if (forwardContexts(model).length === 0) return null;
    const asks = {
      askNumber: prompts(model, 'ent-target-attendant', 'then-press-pound'),
      askExtension: prompts(model, 'please-enter-your', 'extension', 'then-press-pound'),
    };
    return {
      ...asks,
      forwards: FORWARDS.map((f) => ({ ...f, ...asks, lamp: f.family === 'CF', ...switches(model, f) })),
      toggle: codeOf(model, 'callforward/cf_toggle'),
      doNotDisturb: doNotDisturb(model),
      waits: codeOf(model, 'callwaiting/cwon'),
      waitsNot: codeOf(model, 'callwaiting/cwoff'),
      followMe: codeOf(model, 'findmefollow/fmf_toggle'),
      followMeOn: prompts(model, 'followme', 'activated'),
      followMeOff: prompts(model, 'followme', 'de-activated'),
    };
  },
});

function switches(
  model: Model,
  f: (typeof FORWARDS)[number],
): Record<'off' | 'offAny' | 'on' | 'onAny', (Code & { context: string }) | null> {
  const of = (name: string, context: string): (Code & { context: string }) | null => {
    const code = codeOf(model, `callforward/cf${f.letter}${name}`);
    return code === null ? null : { ...code, context: `${f.context}-${context}` };
  };
  return { off: of('off', 'off'), offAny: of('off_any', 'off-any'), on: of('on', 'on'), onAny: of('pon', `${f.asks}-on`) };
}

function doNotDisturb(model: Model): object {
  return {
    off: codeOf(model, 'donotdisturb/dnd_off'),
    on: codeOf(model, 'donotdisturb/dnd_on'),
    toggle: codeOf(model, 'donotdisturb/dnd_toggle'),
  };
}

/** The contexts of that file, in the order in which the old box asks them. */
export function forwardContexts(model: Model): string[] {
  return [...dndContexts(model), ...callForwardContexts(model), ...waitingContexts(model), ...followMeContexts(model)];
}

export function dndContexts(model: Model): string[] {
  return present(model, [
    ['app-dnd-off', 'donotdisturb/dnd_off'],
    ['app-dnd-on', 'donotdisturb/dnd_on'],
    ['app-dnd-toggle', 'donotdisturb/dnd_toggle'],
  ]);
}

/** '*72' is asked before '*720', so that *720 is *72 with the number 0: as on the old box. */
export function callForwardContexts(model: Model): string[] {
  const forwards = FORWARDS.flatMap((f) => Object.values(switches(model, f)).flatMap((s) => (s === null ? [] : [s.context])));
  return [...forwards, ...present(model, [['app-cf-toggle', 'callforward/cf_toggle']])];
}

export function waitingContexts(model: Model): string[] {
  return present(model, [
    ['app-callwaiting-cwoff', 'callwaiting/cwoff'],
    ['app-callwaiting-cwon', 'callwaiting/cwon'],
  ]);
}

export function followMeContexts(model: Model): string[] {
  return present(model, [['app-fmf-toggle', 'findmefollow/fmf_toggle']]);
}

/** Those contexts whose code the PBX has. */
export function present(model: Model, list: readonly (readonly [context: string, ...ids: string[]])[]): string[] {
  return list.filter(([, ...ids]) => ids.some((id) => codeOf(model, id) !== null)).map(([context]) => context);
}
