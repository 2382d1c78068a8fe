import type { Ref } from '../ref.ts';
import { type Call, hangUp } from './call.ts';
import { nextKeys } from './keys.ts';
import type { Ending } from './step.ts';

/** Seconds that Read() waits for the first key (Asterisk: TIMEOUT(response)). */
const FIRST_SECONDS = 10;
/** How often somebody is asked who keys nothing, where the old dialplan asks without end. */
const MOST_ASKS = 3;

export interface Asking {
  /** For the first key; left out: 10. */
  readonly seconds?: number;
  /** After a key that is not the last; left out: as the last menu set it, else 5. */
  readonly settleSeconds?: number;
  /** As many keys end it; left out: '#' does, or that no more come. */
  readonly most?: number;
  /** '#' is a key like any other. */
  readonly takesHash?: boolean;
  /** Keys during the prompts are lost. */
  readonly heardOut?: boolean;
}

/** The caller is asked for a number; what he keyed, without '#'. */
export function ask(call: Call, by: Ref, prompts: readonly string[], o: Asking = {}): string {
  const { seconds = FIRST_SECONDS, most = Number.POSITIVE_INFINITY } = o;
  const keys = nextKeys(call).slice(0, most);
  const end = o.takesHash === true ? -1 : keys.indexOf('#');
  const ended = keys === '' || end >= 0 || keys.length >= most;
  const settleSeconds = ended ? 0 : (o.settleSeconds ?? call.menus.digitSeconds);
  call.elapsed += keys === '' ? seconds : settleSeconds;
  call.steps.push({
    do: 'ask',
    by,
    prompts,
    keys,
    seconds,
    settleSeconds,
    early: false,
    ...(o.heardOut === true ? { heardOut: true } : {}),
  });
  return end < 0 ? keys : keys.slice(0, end);
}

/** Asks until something is keyed. null: he was asked often enough, and it goes on like that. */
export function askAgain(call: Call, by: Ref, prompts: readonly string[]): string | null {
  for (let tries = 0; tries < MOST_ASKS; tries++) {
    const keys = ask(call, by, prompts);
    if (keys !== '') return keys;
  }
  call.steps.push({ do: 'stay', by, at: 'asked-again' });
  return null;
}

/** A password (Authenticate()), or one of several: three tries, then goodbye. */
export function authenticate(call: Call, by: Ref, passwords: readonly string[]): boolean {
  for (const prompt of ['agent-pass', 'auth-incorrect', 'auth-incorrect']) {
    if (passwords.includes(ask(call, by, [prompt]))) {
      say(call, ['auth-thankyou']);
      return true;
    }
  }
  say(call, ['vm-goodbye']);
  return false;
}

/** Prompts after an answer. */
export function say(call: Call, prompts: readonly string[]): void {
  call.steps.push({ do: 'play', prompts, early: false });
}

/** The PBX answered, said what it had to say, and hangs up. */
export function saidAll(call: Call): Ending {
  hangUp(call);
  return 'answered';
}

/** A number as SayDigits() reads it: what it has no sound for it leaves out. */
export function spelled(number: string): string[] {
  const words: Record<string, string> = { '*': 'star', '#': 'pound', '-': 'minus' };
  return [...number].flatMap((c) => (/\d/.test(c) ? [`digits/${c}`] : words[c] === undefined ? [] : [`digits/${words[c]}`]));
}
