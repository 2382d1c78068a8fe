import { parseAstDbText } from '../../box/astdb.ts';
import { quoted } from './machine.ts';

/** What users switch by telephone: a value a key of AstDB, '/CF/101'. */
export type UserState = Readonly<Record<string, string>>;

/** A key with its new value; null: it is gone. */
export interface Change {
  readonly key: string;
  readonly value: string | null;
}

/** Forwards, do not disturb, call waiting, day and night, overrides of time conditions, lists, follow me: the families that both sides know under the same keys. */
const SWITCHED =
  /^(CF|CFB|CFU|CW|DND|DAYNIGHT|TC|blacklist|cidname|sysspeeddials)\/|^AMPUSER\/[^/]+\/(followme\/ddial|speeddials\/|pinless$)/;
/** Lamps that show it; only told, never taken away: the new side has some that the old one lacks. */
const LAMPS = /^CustomDevstate\/((DEV)?(CF|DND)|FOLLOWME|DAYNIGHT|TC)/;
/** What a key and a value on Asterisk's command line may be made of. */
const SPEAKABLE_KEY = /^[\w/+*#@.:-]+$/;
const SPEAKABLE_VALUE = /^[^\n\r"\\]*$/;

/** What `userState` reads. */
export const SHOW_STATE = "asterisk -rx 'database show'";

/** From what `database show` prints, on either side. What the command line cannot say is left out. */
export function userState(text: string): UserState {
  const keys = parseAstDbText(Buffer.from(text)).map(({ family, key, value }) => [`${family}/${key}`, value] as const);
  const state = keys.filter(
    ([key, value]) => (SWITCHED.test(key) || LAMPS.test(key)) && SPEAKABLE_KEY.test(key) && SPEAKABLE_VALUE.test(value),
  );
  return Object.fromEntries(state);
}

/**
 * What one side must be told for it to be as the other is now. @param last the other as it was at the last copy: what has not changed since may have been changed on
 * this side, and stays; null at the first copy, where all of it counts
 */
export function changesOf(now: UserState, last: UserState | null, here: UserState): Change[] {
  const before = last ?? here;
  const gone = Object.keys(before).filter((key) => now[key] === undefined && here[key] !== undefined && !LAMPS.test(key));
  const set = Object.entries(now).filter(([key, value]) => here[key] !== value && (last === null || last[key] !== value));
  return [...gone.map((key) => ({ key, value: null })), ...set.map(([key, value]) => ({ key, value }))].sort((a, b) =>
    a.key < b.key ? -1 : 1,
  );
}

/** A script that makes the changes in a running Asterisk, 1.4 to 22. */
export function changeScript(changes: readonly Change[]): string {
  return consoleScript(changes.map(command));
}

/** A script that says commands to a running Asterisk, until one is refused. */
export function consoleScript(commands: readonly string[]): string {
  return commands.map((text) => `asterisk -rx ${quoted(text)} > /dev/null`).join(' && ') || 'true';
}

function command({ key, value }: Change): string {
  const [family = '', ...rest] = key.split('/');
  const name = rest.join('/');
  // tells the telephones that watch it, too
  if (family === 'CustomDevstate') return `devstate change Custom:${name} ${value ?? 'NOT_INUSE'}`;
  return value === null ? `database del ${family} ${name}` : `database put ${family} ${name} "${value}"`;
}
