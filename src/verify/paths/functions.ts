import { createHash } from 'node:crypto';
import { split } from '../../asterisk/arguments.ts';
import { parseCallerId } from '../../model/caller-id.ts';
import type { Channel } from './channel.ts';
import { evaluate, regularExpression } from './expression.ts';
import { NotJudged } from './not-judged.ts';
import { memberList, queueMember } from './queue-members.ts';
import type { Simulation } from './simulation.ts';
import { extensionState, stateOfDevice } from './state.ts';
import { substitute } from './substitution.ts';

type Read = (sim: Simulation, channel: Channel, args: string) => string;
type Write = (sim: Simulation, channel: Channel, args: string, value: string) => void;

/** Seconds since 1970 when every simulated call begins. */
const BEGINS = 1_800_000_000;

/** A text of the dialplan, filled in for this channel. */
export function filledIn(sim: Simulation, channel: Channel, text: string): string {
  return substitute(text, {
    variable: (name) => variable(sim, channel, name),
    call: (name, args) => readFunction(sim, channel, name, args),
    expression: evaluate,
  });
}

export function variable(sim: Simulation, channel: Channel, name: string): string {
  switch (name) {
    case 'EXTEN':
      return channel.place.number;
    case 'CONTEXT':
      return channel.place.context;
    case 'PRIORITY':
      return String(channel.place.priority);
    case 'CHANNEL':
      return channel.name;
    case 'UNIQUEID':
      return channel.name;
    case 'EPOCH':
      return String(BEGINS + Math.floor(sim.now));
    case 'HANGUPCAUSE':
      return String(channel.cause);
    default:
      return channel.variables.get(name) ?? sim.globals.get(name) ?? '';
  }
}

/** `Set(NAME=value)`, `Set(FUNCTION(arguments)=value)`. */
export function assign(sim: Simulation, channel: Channel, name: string, value: string): void {
  const open = name.indexOf('(');
  if (open < 0) {
    channel.variables.set(name, value);
    return;
  }
  const write = WRITES[name.slice(0, open)];
  if (write === undefined) throw new NotJudged(`Set(${name.slice(0, open)}())`);
  write(sim, channel, name.slice(open + 1, name.lastIndexOf(')')), value);
}

/** Whether a condition holds (pbx_checkcondition). */
export function holds(condition: string): boolean {
  const text = condition.trim();
  if (text === '') return false;
  return /^[+-]?\d/.test(text) ? Number.parseInt(text, 10) !== 0 : true;
}

function readFunction(sim: Simulation, channel: Channel, name: string, args: string): string {
  const read = READS[name];
  if (read === undefined) throw new NotJudged(`${name}()`);
  return read(sim, channel, args);
}

const READS: Readonly<Record<string, Read>> = {
  BLACKLIST: (sim, { caller }) => bit([caller.number, caller.name].some((who) => who !== '' && sim.database.has(`blacklist/${who}`))),
  CALLERID: (_sim, channel, args) => callerId(channel, args),
  CDR: (_sim, { callRecord }, args) => callRecord.get(args) ?? '',
  CHANNEL: (_sim, channel, args) => channelProperty(channel, args),
  CHANNELS: (sim, _channel, args) => channelsLike(sim, args),
  // a channel that is asked for is that by which the asking one came: it is gone when that one is
  CHANNEL_EXISTS: () => '1',
  CONFBRIDGE_INFO: (sim, _channel, args) => String(sim.at.state.conferences?.[split(args, ',')[1] ?? '']?.people ?? 0),
  CUT: (sim, channel, args) => cut(sim, channel, args),
  DB: (sim, _channel, args) => sim.database.get(args) ?? '',
  DB_EXISTS: (sim, _channel, args) => bit(sim.database.has(args)),
  DEVICE_STATE: (sim, _channel, args) => stateOfDevice(sim, args),
  DIALPLAN_EXISTS: (sim, { caller }, args) => {
    const [context = '', number = 's', priority = '1'] = split(args, ',');
    return bit(sim.house.lookup.exists(context, number, caller.number, Number(priority)));
  },
  EXTENSION_STATE: (sim, _channel, args) => extensionState(sim, args),
  FILTER: (_sim, _channel, args) => filtered(args),
  GLOBAL: (sim, _channel, args) => sim.globals.get(args) ?? '',
  GROUP_COUNT: (sim, _channel, args) => String(sim.at.state.trunks[args.replace(/^OUT_/, '')] ?? 0),
  HINT: (sim, _channel, args) => {
    const [number = '', context = ''] = (split(args, ',')[0] ?? '').split('@');
    return sim.house.lookup.hint(number, context) ?? '';
  },
  IF: (_sim, _channel, args) => chosen(args),
  LEN: (_sim, _channel, args) => String(args.length),
  MD5: (_sim, _channel, args) => createHash('md5').update(args).digest('hex'),
  // what a telephone says of itself: headers alone depend on it
  PJSIP_AOR: () => '',
  PJSIP_CONTACT: () => '',
  QUEUE_MEMBER: (sim, _channel, args) => queueMember(sim, split(args, ',')),
  QUEUE_MEMBER_LIST: (sim, _channel, args) => memberList(sim, args).join(','),
  QUEUE_WAITING_COUNT: (sim, _channel, args) => String(sim.at.state.waiting?.[args] ?? 0),
  REGEX: (_sim, _channel, args) => {
    const [, expression = '', text = ''] = /^\s*"((?:[^"\\]|\\.)*)"\s?(.*)$/s.exec(args) ?? [];
    return bit(regularExpression(expression).test(text));
  },
  SHIFT: (sim, channel, args) => shifted(sim, channel, args),
  SHARED: (sim, channel, args) => sim.shared.get(sharedKey(channel, args)) ?? '',
  // of greetings alone: the usual ones are recorded, none for a while is set
  STAT: (_sim, _channel, args) => bit(/\/(?:unavail|busy)\.wav$/.test(args)),
  STRFTIME: () => '20270115-080000',
  // an hour that is still to come, whichever it is
  STRPTIME: () => String(BEGINS + 3600),
  STRREPLACE: (sim, channel, args) => {
    const [name = '', find = '', put = ''] = args.split(',');
    return find === '' ? variable(sim, channel, name) : variable(sim, channel, name).replaceAll(find, () => put);
  },
  VM_INFO: (sim, _channel, args) => {
    const [box = '', what = ''] = split(args, ',');
    if (what !== 'exists') throw new NotJudged(`VM_INFO(${what})`);
    return bit((box.includes('@') ? box : `${box}@default`) in sim.house.model.mailbox);
  },
};

/** Set for call records, lamps and sound alone: they do not change the way of a call. */
const IGNORED: Write = () => undefined;

const WRITES: Readonly<Record<string, Write>> = {
  CALLERID: (_sim, channel, args, value) => setCallerId(channel, args, value),
  CDR: (_sim, { callRecord }, args, value) => void callRecord.set(args, value),
  CDR_PROP: IGNORED,
  CHANNEL: (_sim, channel, args, value) => {
    if (args === 'musicclass') channel.musicClass = value;
  },
  CONFBRIDGE: IGNORED,
  DB: (sim, _channel, args, value) => void sim.database.set(args, value),
  DB_DELETE: (sim, _channel, args) => void sim.database.delete(args),
  DEVICE_STATE: (sim, _channel, args, value) => void sim.deviceStates.set(args, value),
  GLOBAL: (sim, _channel, args, value) => void sim.globals.set(args, value),
  GROUP: IGNORED,
  LOCAL: (_sim, channel, args, value) => {
    const own = channel.frames.at(-1)?.own;
    if (own === undefined || own.has(args)) channel.variables.set(args, value);
    else {
      own.add(args);
      channel.variables.push(args, value);
    }
  },
  PJSIP_HEADER: IGNORED,
  SHARED: (sim, channel, args, value) => void sim.shared.set(sharedKey(channel, args), value),
  TIMEOUT: (_sim, channel, args, value) => {
    if (args === 'digit') channel.digitSeconds = Number(value);
    if (args === 'response') channel.responseSeconds = Number(value);
  },
};

function bit(is: boolean): string {
  return is ? '1' : '0';
}

function callerId(channel: Channel, args: string): string {
  const { number, name } = channel.caller;
  switch (split(args, ',')[0]) {
    case 'num':
    case 'number':
      return number;
    case 'name':
      return name;
    case 'all':
      return `"${name}" <${number}>`;
    case 'pres':
      return channel.presentation;
    default:
      throw new NotJudged(`CALLERID(${args})`);
  }
}

function setCallerId(channel: Channel, args: string, value: string): void {
  switch (split(args, ',')[0]) {
    case 'num':
    case 'number':
      channel.caller = { ...channel.caller, number: value };
      return;
    case 'name':
      channel.caller = { ...channel.caller, name: value };
      return;
    case 'all':
      channel.caller = parseCallerId(value);
      return;
    case 'pres':
      channel.presentation = value;
      return;
    default:
      throw new NotJudged(`Set(CALLERID(${args}))`);
  }
}

function channelProperty(channel: Channel, name: string): string {
  if (name === 'state') return channel.isUp ? 'Up' : 'Ring';
  if (name === 'musicclass') return channel.musicClass;
  // whoever is called is named after what is dialled; by what the caller came is not known
  if (name === 'channeltype' && channel.name.includes('/')) return channel.name.split('/')[0] ?? '';
  throw new NotJudged(`CHANNEL(${name})`);
}

/** Channels by a regular expression that begins with a telephone: `^PJSIP/101-`. */
function channelsLike(sim: Simulation, expression: string): string {
  const [, technology, name] = /^\^(\w+)\/(.+)-$/.exec(expression) ?? [];
  if (technology === undefined || name === undefined) throw new NotJudged('CHANNELS()');
  const extension = sim.house.model.device[name]?.extension ?? null;
  return extension !== null && sim.at.state.extensions[extension]?.inCall === true ? `${technology}/${name}-1` : '';
}

function chosen(args: string): string {
  const [condition = '', ways = ''] = split(args, '?', 2);
  const [yes = '', no = ''] = split(ways, ':', 2);
  return holds(condition) ? yes : no;
}

/** Fields of a variable's value: `2`, `2-`. */
function cut(sim: Simulation, channel: Channel, args: string): string {
  const [name = '', delimiter = '-', fields = '1'] = split(args, ',');
  const parts = variable(sim, channel, name).split(delimiter === '' ? '-' : delimiter);
  const [, first = '1', dash, last] = /^(\d+)(-)?(\d+)?$/.exec(fields) ?? [];
  const to = last !== undefined ? Number(last) : dash === undefined ? Number(first) : parts.length;
  return parts.slice(Number(first) - 1, to).join(delimiter);
}

/** Takes the first part off a variable. */
function shifted(sim: Simulation, channel: Channel, args: string): string {
  const [name = '', delimiter = ','] = split(args, ',');
  const [first = '', ...rest] = variable(sim, channel, name).split(delimiter);
  channel.variables.set(name, rest.join(delimiter));
  return first;
}

/** Keeps the characters of a set such as `+*#0-9A-Za-z`; `\x2d` is a dash. */
function filtered(args: string): string {
  const comma = args.indexOf(',');
  const set = args
    .slice(0, comma)
    .replaceAll(/\\x([0-9a-fA-F]{2})/g, (_, code: string) => `\u0000${String.fromCharCode(Number.parseInt(code, 16))}`);
  const allowed = new Set<string>();
  for (let i = 0; i < set.length; i++) {
    const c = set[i] as string;
    if (c === '\u0000') allowed.add(set[++i] as string);
    else if (set[i + 1] === '-' && i + 2 < set.length) {
      for (let code = c.charCodeAt(0); code <= set.charCodeAt(i + 2); code++) allowed.add(String.fromCharCode(code));
      i += 2;
    } else allowed.add(c);
  }
  return [...args.slice(comma + 1)].filter((c) => allowed.has(c)).join('');
}

function sharedKey(channel: Channel, args: string): string {
  const [name = '', of = channel.name] = split(args, ',');
  return `${of}\n${name}`;
}
