import type Manager from 'asterisk-manager';
import { MigrateError } from '../error.ts';

/** What is sent: one header a name, or one a member where a name is repeated. */
export type AmiFields = Readonly<Record<string, string | readonly string[]>>;

/**
 * A reply or an event. Headers are found whatever the case (`event.Uniqueid` and `event.uniqueid` are the same), since the library lowers them all;
 * enumerating gives lower case. A header that came several times (`Output`, `ChanVariable`) is one text, a line each.
 */
export type AmiEvent = Readonly<Record<string, string>>;

/** session.inbuf[1025] in main/manager.c: with a longer line the message is refused, and its ActionID lost with it. */
const LONGEST_LINE_BYTES = 1000;
/** AST_MAX_MANHEADERS is 128, ActionID included. */
const MOST_HEADERS = 120;

/**
 * The fields as `asterisk-manager` sends them truly: it lowers, trims and sorts the names and joins arrays with commas, so that a repeated name gets a
 * blank more each time, which it trims.
 * @throws MigrateError E_AMI_VALUE: CR, LF or NUL (the library would send a second action), a line over 1000 bytes, more than 120 headers.
 */
export function toLibrary(fields: AmiFields, actionId: string): Record<string, string> {
  const out: Record<string, string> = { actionid: actionId };
  for (const [name, value] of Object.entries(fields)) {
    if (!/^[!-9;-~]+$/.test(name)) refuse(name, 'a header has a name of visible ASCII without a colon');
    if (name.toLowerCase() === 'actionid') refuse(name, 'the client gives each action an ActionID of its own');
    const values = typeof value === 'string' ? [value] : value;
    values.forEach((v, i) => {
      checkValue(name, v);
      out[name + ' '.repeat(i)] = v;
    });
  }
  if (Object.keys(out).length > MOST_HEADERS) refuse('action', `Asterisk takes ${MOST_HEADERS} headers in one action`);
  return out;
}

function checkValue(name: string, value: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: NUL ends the value in C
  if (/[\r\n\u0000]/.test(value)) refuse(name, 'a line break or NUL would end the header, and what follows would be an action of its own');
  if (Buffer.byteLength(name) + Buffer.byteLength(value) + 2 > LONGEST_LINE_BYTES)
    refuse(name, `Asterisk takes ${LONGEST_LINE_BYTES} bytes a line`);
}

/** The value itself is not repeated: it may be a secret. */
function refuse(name: string, why: string): never {
  throw new MigrateError({
    code: 'E_AMI_VALUE',
    where: `AMI header ${JSON.stringify(name)}`,
    why,
    hint: 'Send a value that fits on one line.',
  });
}

/**
 * `name=value` for a `Variable:` header, so that the channel gets exactly this value: Asterisk splits the header at commas and drops quotes and
 * backslashes (main/manager.c, man_do_variable_value).
 */
export function variableHeader(name: string, value: string): string {
  return `${name}=${value.replace(/[\\",()[\]]/g, (c) => `\\${c}`)}`;
}

/** A packet of the library as reply or event. */
export function fromLibrary(packet: Manager.RawPacket): AmiEvent {
  const fields: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(packet)) {
    if (typeof value === 'string') fields[name] = value;
    // The library tests `name in {}`: a header named like a property of Object.prototype brings that along.
    else if (Array.isArray(value)) fields[name] = value.filter((v) => typeof v === 'string').join('\n');
    else fields[name] = variablesAsText(value);
  }
  if (fields['content'] !== undefined) splitFollows(fields);
  return anyCase(fields);
}

/** Names of headers are read in any case; those of `fields` are in lower case. */
function anyCase(fields: Readonly<Record<string, string>>): AmiEvent {
  return new Proxy(fields, {
    get: (target, key) => (typeof key === 'string' ? target[key.toLowerCase()] : undefined),
    has: (target, key) => typeof key === 'string' && key.toLowerCase() in target,
  });
}

/** The event with another value in one header. */
export function withHeader(event: AmiEvent, name: string, value: string): AmiEvent {
  return anyCase({ ...event, [name.toLowerCase()]: value });
}

/** `Variable: X` (VarSet, Getvar) became { X: '' }, `ChanVariable: X=1` became { X: '1' }. */
function variablesAsText(value: Record<string, string>): string {
  return Object.entries(value)
    .map(([name, v]) => (v === '' ? name : `${name}=${v}`))
    .join('\n');
}

/** Asterisk 1.4 to 13 answered Command with `Response: Follows`, headers and then raw lines; since 14 each line is an `Output:` header. */
function splitFollows(fields: Record<string, string>): void {
  const lines = (fields['content'] ?? '').split('\n');
  let i = 0;
  while (/^(Response|Privilege|ActionID|Message): /i.test(lines[i] ?? '')) i++;
  fields['output'] = lines
    .slice(i)
    .filter((l) => l !== '--END COMMAND--')
    .join('\n');
  delete fields['content'];
}
