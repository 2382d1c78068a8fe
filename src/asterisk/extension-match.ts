import { matches } from '../model/dial-pattern.ts';
import { UNKNOWN } from './arguments.ts';

/** True where an extension of the dialplan takes this number; of a number with unknown parts, where it may. */
export function takes(extension: string, number: string): boolean {
  const pattern = extension.startsWith('_') ? extension.slice(1) : null;
  if (!number.includes(UNKNOWN)) return pattern === null ? extension === number : matches(pattern, number);
  return pattern === null ? patternOf(number).test(extension) : mayTake(pattern, number);
}

/** A pattern may take a number with unknown parts where it takes what is known at its beginning. */
function mayTake(pattern: string, number: string): boolean {
  const known = number.slice(0, number.indexOf(UNKNOWN));
  if (known === '') return true;
  return prefixesOf(pattern).some((p) => matches(p, known));
}

function prefixesOf(pattern: string): string[] {
  const elements = pattern.match(/\[[^\]]*\]|./g) ?? [];
  return elements.map((_, i) => elements.slice(0, i + 1).join(''));
}

/** A regular expression for a text with unknown parts. */
export function patternOf(text: string): RegExp {
  const parts = text.split(UNKNOWN).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}

/** Whether a step is at a priority as Goto names it: a number, a label, one counted on (`n+1`), or one with unknown parts. */
export function isPriority(step: { readonly priority: number; readonly label: string | null }, priority: string): boolean {
  if (/^\d+$/.test(priority)) return step.priority === Number(priority);
  if (priority.includes(UNKNOWN)) return patternOf(priority).test(step.label ?? '') || patternOf(priority).test(String(step.priority));
  return /^n(\+\d+)?$/.test(priority) || step.label === priority;
}
