import { playable } from '../../src/model/sounds.ts';
import type { Trace } from '../../src/verify/scenario.ts';
import { type Story, storyText } from '../../src/way/story.ts';

/**
 * Where a call that was placed and what `show` tells of it are at odds, a line each: somebody rang or something was heard of whom nothing is told, or what is told up to the first
 * choice of the caller did not happen. @param language of prompts that say a number or a time
 */
export function atOdds(told: Story, trace: Trace | null, language: string): string[] {
  if (trace === null) return ['it was not placed'];
  const text = storyText(told).join('\n');
  const rang = trace.legs.map(({ to }) => (typeof to === 'string' ? to : `${to.kind} ${to.id}`));
  const untold = rang.filter((who) => !isIn(text, who)).map((who) => `${who} rang`);
  const prompts = promptsOf(text, language);
  const mailbox = text.includes('leaves a message for ');
  const unheardOf = trace.heard
    .filter((prompt) => !prompts.includes(prompt) && !(mailbox && OF_A_MAILBOX.test(prompt)))
    .map((prompt) => `${prompt} was heard`);
  // what is told after that may be beyond the call: whoever calls hangs up once he knows where he is
  const [first] = told.lines.filter((line) => RINGS.test(line) || promptsOf(line, language).length > 0);
  return [...untold, ...unheardOf, ...(first === undefined || happened(first, rang, trace, language) ? [] : [`did not happen: ${first}`])];
}

/** What a mailbox says by itself, before it records. */
const OF_A_MAILBOX = /^(vm-.*|digits\/.*|beep)$/;

/** Somebody is rung, by a group, a queue or a trunk. */
const RINGS = /^(rings (?!nobody)|waits.*; (?!nobody).* ring:|dials )/;

function happened(line: string, rang: readonly string[], { heard }: Trace, language: string): boolean {
  return RINGS.test(line)
    ? rang.some((who) => isIn(line, who)) || (/^dials|number /.test(line) && rang.length > 0)
    : promptsOf(line, language).some((prompt) => heard.includes(prompt));
}

/** An agent, and whom a follow me calls, is told by number. */
function isIn(text: string, who: string): boolean {
  return [who, who.replace('device', 'number')].some((name) =>
    ` ${text} `
      .split(name)
      .slice(1)
      .some((after) => /^\W/.test(after)),
  );
}

function promptsOf(text: string, language: string): string[] {
  return [...text.matchAll(/hears (?!ringing|music|the )([^;\n]+)/g)].flatMap(([, list = '']) => playable(list.split(', '), language));
}
