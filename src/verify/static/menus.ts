import type { Ivr } from '../../model/ivr.ts';
import { ref } from '../../model/ref.ts';
import { leavesTo } from './destinations.ts';
import type { HeldDialplan, HeldStep } from './held-dialplan.ts';
import { defineCheck, differing, type Mismatch, yes } from './mismatch.ts';
import { answeredUnless, argumentOf, setTo } from './step-data.ts';

/** A menu that gives no time for a key, on boxes of 2.8: WaitExten(0) would be ten seconds. */
const LEAST_SECONDS = 0.1;

/** Voice menus: how long they wait, how often they ask, what may be keyed, and whom they send back to the menu that he came from. */
export const menuCheck = defineCheck(async ({ dialplan }, model) =>
  Object.entries(model.ivr).flatMap(([id, menu]) => {
    const context = `ivr-${id}`;
    const steps = dialplan.stepsOf(context, 's');
    if (steps.length === 0) return [];
    const extensions = Object.keys(model.extension).filter((x) => /^[0-9*#]+$/.test(x) && !menu.entries.some((e) => e.keys === x));
    return [
      ...differing(ref('ivr', id), {
        'seconds for a key': [menu.timeoutSeconds || LEAST_SECONDS, argumentOf(steps, 'waitexten')],
        ...(menu.digitTimeoutSeconds === null
          ? {}
          : { 'seconds between two digits': [menu.digitTimeoutSeconds, setTo(steps, 'TIMEOUT(digit)')] as const }),
        'answers, but whoever is connected already': ['= "Up"', answeredUnless(steps)],
        // FreePBX's variable: a mailbox behind the menu looks at it
        'takes back who left a message': [menu.returnsFromVoicemail ? 'RETURN' : '', setTo(steps, 'IVR_RETVM') ?? ''],
        ...(menu.directDialDirectory !== null || extensions.length === 0
          ? {}
          : {
              'extensions that may be keyed': [menu.directDial ? extensions.join(', ') : '', keyed(dialplan, context, extensions)] as const,
            }),
      }),
      ...triesOf(dialplan, id, menu),
      ...returnsOf(dialplan, id, menu),
    ];
  }),
);

/** Those that lead to the extension itself, where follow me is looked at first. */
function keyed(dialplan: HeldDialplan, context: string, extensions: readonly string[]): string {
  const leads = (x: string): boolean =>
    dialplan.extensionsFor(context, x).some(([first]) => first !== undefined && leavesTo(first).includes(`from-did-direct,${x},1`));
  return extensions.filter(leads).join(', ');
}

function triesOf(dialplan: HeldDialplan, id: string, menu: Ivr): Mismatch[] {
  const steps = { t: dialplan.stepsOf(`ivr-${id}`, 't'), i: dialplan.stepsOf(`ivr-${id}`, 'i') };
  const retries = { t: menu.timeout.retries ?? 0, i: menu.invalid.retries ?? 0 };
  const counters = [counterOf(steps.t), counterOf(steps.i)];
  return differing(ref('ivr', id), {
    'further tries, nothing keyed': [retries.t, mostOf(steps.t)],
    'further tries, another key': [retries.i, mostOf(steps.i)],
    ...(retries.t > 0 && retries.i > 0
      ? { 'one count of tries for both': [menu.sharesRetries, yes(counters[0] === counters[1])] as const }
      : {}),
  });
}

/** `$[${COUNT} > 3]`: three more. */
function mostOf(steps: readonly HeldStep[]): string {
  return steps.flatMap((s) => (/^gotoif$/i.test(s.application) ? (/> *(\d+)\]/.exec(s.data)?.[1] ?? []) : []))[0] ?? '0';
}

function counterOf(steps: readonly HeldStep[]): string {
  return steps.flatMap((s) => /^(\w+)=\$\[.*\+ *1\]$/.exec(s.data)?.[1] ?? [])[0] ?? '';
}

/** A menu that was sent a caller by another one sends him back to the extension `return` of that: FreePBX's name for it. */
function returnsOf(dialplan: HeldDialplan, id: string, menu: Ivr): Mismatch[] {
  const returns = (extension: string): string => yes(dialplan.stepsOf(`ivr-${id}`, extension).some((s) => s.data.includes(',return,1')));
  const first = menu.entries.filter((e, i) => menu.entries.findIndex((other) => other.keys === e.keys) === i);
  const held = first.filter((e) => dialplan.stepsOf(`ivr-${id}`, e.keys).length > 0);
  return differing(ref('ivr', id), {
    ...Object.fromEntries(held.map((e) => [`key ${e.keys} sends back to the menu before`, [e.returns, returns(e.keys)] as const])),
    'nothing keyed sends back to the menu before': [menu.timeout.returns && menu.timeout.retries !== null, returns('t')],
    'another key sends back to the menu before': [menu.invalid.returns && menu.invalid.retries !== null, returns('i')],
  });
}
