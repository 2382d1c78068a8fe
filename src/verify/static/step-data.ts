import { callOf, collapse, split } from '../../asterisk/arguments.ts';
import type { HeldStep } from './held-dialplan.ts';

/** Arguments of each call of a routine (Gosub, also under a condition) by these steps, in order: `Gosub(member,600,1(101,busy))` gives ['101', 'busy']. */
export function routineArguments(steps: readonly HeldStep[], routine: string): string[][] {
  return steps.flatMap((s) => {
    if (!/^gosub/i.test(s.application)) return [];
    const text = collapse(s.data, s.extension.startsWith('_') ? {} : { EXTEN: s.extension });
    const way = /if$/i.test(s.application) ? (split(split(text, '?', 2)[1] ?? '', ':', 2)[0] ?? '') : text;
    const [context, , priority = ''] = split(way, ',', 3);
    if (context !== routine) return [];
    const { args } = callOf(priority);
    return [args === '' ? [] : split(args, ',')];
  });
}

/** First argument of the first step of this application; null: there is none. */
export function argumentOf(steps: readonly HeldStep[], application: string): string | null {
  const step = steps.find((s) => s.application.toLowerCase() === application);
  return step === undefined ? null : (split(step.data, ',')[0] ?? '');
}

/** What a variable is set to, whether or not it goes along to other channels; null: it is not set. */
export function setTo(steps: readonly HeldStep[], variable: string): string | null {
  const set = steps.filter((s) => s.application.toLowerCase() === 'set').map((s) => s.data.replace(/^_{1,2}/, ''));
  const held = set.find((data) => data.startsWith(`${variable}=`));
  return held === undefined ? null : meant(held.slice(variable.length + 1));
}

/** A text of the model as a step holds it: `$${}{` keeps Asterisk from taking `${` for a variable. */
export function meant(text: string): string {
  return text.replaceAll('$${}', '$');
}

/** What a line can hold of a text: signs that end or bend it are blanks. */
export function onOneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim();
}

/** What is put before the caller's name: a later object takes it off again, so that calls do not always show it. */
export function prefixOf(steps: readonly HeldStep[]): string {
  return onOneLine(setTo(steps, 'PREFIX') ?? '');
}

/** The condition by which Answer() and its second of waiting are passed over. */
export function answeredUnless(steps: readonly HeldStep[]): string {
  const condition = steps.find((s) => /^gotoif$/i.test(s.application) && s.data.includes('CHANNEL(state)'));
  return condition === undefined ? 'always' : (/CHANNEL\(state\)\}" *(!?= *"\w+")\]/.exec(condition.data)?.[1] ?? condition.data);
}
