import { DIRECTORY_DIGITS, type Directory, foundBy, namesIn } from '../directory.ts';
import { promptsOf } from '../recording.ts';
import { type Ref, ref } from '../ref.ts';
import { ask, say, spelled } from './ask.ts';
import { type Call, putPrefix, type Run } from './call.ts';
import { answerAndWait, pauseFor } from './feature-call.ts';
import { goTo } from './go-on.ts';
import { passes } from './passing.ts';
import type { Ending } from './step.ts';

/** Seconds for the first digit, and after each further one; then to choose who is offered (app_directory.c). */
const FIRST_SECONDS = 5;
const DIGIT_SECONDS = 3;
const CHOICE_SECONDS = 3;
/** So often one is offered to who says nothing. */
const OFFERS = 3;
/** How often names are asked for in vain, where Asterisk asks without end. */
const MOST_SEARCHES = 5;

/** Directory(): three letters of a name, one after the other who has it, 1 to be put through. */
export function lookUp(run: Run, call: Call, id: string, held: Directory): Ending {
  const by = ref('directory', id);
  if (!passes(run, call, by)) return 'congestion';
  answerAndWait(call);
  const welcome = promptsOf(run.model, held.announcement);
  if (welcome.length > 0) say(call, welcome);
  for (let searches = 0; searches < MOST_SEARCHES; searches++) {
    const digits = beginningOf(call, by, held);
    if (digits === '' || digits.startsWith('0') || digits.startsWith('*')) return leave(run, call, by, held);
    const found = foundBy(namesIn(run.model, held), held.matches, digits);
    if (found.length === 0) {
      say(call, ['dir-nomatch']);
      continue;
    }
    const chosen = offered(
      call,
      by,
      found.map((f) => f.name),
    );
    if (chosen === 'leaves') return leave(run, call, by, held);
    const entry = chosen === null ? undefined : found[chosen];
    if (entry !== undefined) return putThrough(run, call, by, held, entry.number);
    say(call, ['dir-nomore']);
  }
  call.steps.push({ do: 'stay', by, at: 'asked-again' });
  return 'answered';
}

/** The digits of a name's beginning: 0 and * count at once; # ends them, but for the first, which is a digit like any other. */
function beginningOf(call: Call, by: Ref, held: Directory): string {
  const [keys = ''] = call.keys;
  const end = keys.indexOf('#', 1);
  const most = /^[0*]/.test(keys) ? 1 : end < 0 ? DIRECTORY_DIGITS : Math.min(end + 1, DIRECTORY_DIGITS);
  const times = { seconds: FIRST_SECONDS, settleSeconds: DIGIT_SECONDS };
  return ask(call, by, questionOf(held), { ...times, most, takesHash: true }).replace(/(?<=.)#$/, '');
}

function questionOf({ matches }: Directory): string[] {
  const part = { first: 'dir-first', last: 'dir-last', both: 'dir-firstlast' }[matches];
  return ['dir-welcome', 'dir-pls-enter', `digits/${DIRECTORY_DIGITS}`, part, 'dir-usingkeypad'];
}

/** Which of these names the caller takes; null: none. */
function offered(call: Call, by: Ref, names: readonly string[]): number | 'leaves' | null {
  for (const [i, name] of names.entries()) {
    for (let loop = 0; loop < OFFERS; loop++) {
      const key = ask(call, by, [...spelledName(name), 'dir-instr'], { seconds: CHOICE_SECONDS, most: 1, takesHash: true });
      if (key === '1') return i;
      if (key === '0' || key === '#') return 'leaves';
      if (key === '*') break;
    }
  }
  return null;
}

/** Names of sounds for what is neither a letter nor a digit (ast_get_character_str of main/say.c, and its spelling of an exclamation point). */
const SIGNS: Readonly<Record<string, string>> = {
  '*': 'digits/star',
  '#': 'digits/pound',
  '!': 'letters/exclaimation-point',
  '@': 'letters/at',
  $: 'letters/dollar',
  '-': 'letters/dash',
  '.': 'letters/dot',
  '=': 'letters/equals',
  '+': 'letters/plus',
  '/': 'letters/slash',
  ' ': 'letters/space',
};

/** Other signs that the core sounds have, by their code: letters/ascii39. */
const CODED = new Set(`"%&'(),:;<>?[\\]^_\`{|}~`);

/** A name as it is spelled; what has no sound is left out. A mailbox whose owner has recorded his name says that instead, which the model does not hold. */
export function spelledName(name: string): string[] {
  return [...name.toLowerCase()].flatMap((c) => {
    if (/[a-z]/.test(c)) return [`letters/${c}`];
    if (/\d/.test(c)) return [`digits/${c}`];
    return SIGNS[c] ?? (CODED.has(c) ? [`letters/ascii${c.charCodeAt(0)}`] : []);
  });
}

function putThrough(run: Run, call: Call, by: Ref, held: Directory, number: string): Ending {
  putPrefix(run, call, held.callerNamePrefix);
  if (held.saysNumber) {
    say(call, ['pls-hold-while-try', 'to-extension', ...spelled(number)]);
    pauseFor(call, 0);
  }
  if (!held.ofMailboxes) return run.dial(number, call);
  // the owner is followed; a mailbox that is no extension's leads nowhere
  return number in run.model.extension ? run.follow({ to: 'extension', id: number, by: 'follow-me' }, call) : untold(call, by);
}

function leave(run: Run, call: Call, by: Ref, held: Directory): Ending {
  const { current } = call.menus;
  return held.returnsToIvr && current !== null ? run.menu(current, call) : goTo(run, call, by, held.next);
}

function untold(call: Call, by: Ref): Ending {
  call.steps.push({ do: 'stay', by, at: 'not-understood' });
  return 'answered';
}
