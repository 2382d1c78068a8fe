import { parseCallerId } from '../../model/caller-id.ts';
import type { Destination } from '../../model/destination.ts';
import { isInboundContext } from '../../model/routing.ts';
import type { Situation } from '../../model/walk/situation.ts';
import { extensionKeys, heldKeys } from '../scenarios/astdb.ts';
import { entryOf } from '../static/entry.ts';
import { Channel, type Place } from './channel.ts';
import { start } from './dial.ts';
import { assign, filledIn } from './functions.ts';
import type { House } from './house.ts';
import { NotJudged } from './not-judged.ts';
import { Scheduler } from './scheduler.ts';
import { Simulation } from './simulation.ts';
import type { SomeCall } from './some-calls.ts';
import { Variables } from './variables.ts';
import { whoOf } from './who.ts';

/** What those who take part in a call notice, in words that can be compared. */
export interface Outcome {
  /** Telephones and trunks that rang, and when. */
  readonly legs: readonly { readonly who: string; readonly start: number; readonly end: number | null }[];
  /** Prompts that the caller hears, and where he comes: a queue, a mailbox, a room. */
  readonly heard: readonly string[];
  /** AstDB keys that are otherwise afterwards. */
  readonly database: Readonly<Record<string, string>>;
  readonly agents: readonly string[];
  /** null: it is not known. */
  readonly isRecorded: boolean | null;
  readonly end: string;
  /** When it ends, in seconds from its beginning; null: it goes on, or that is not known. */
  readonly endSeconds: number | null;
  /** What comes after is not known. */
  readonly isOpen: boolean;
}

/** A call as the dialplan takes it. @throws NotJudged */
export function simulate(house: House, { from, at, byProgram }: SomeCall, before: ReadonlyMap<string, string>): Outcome {
  const sim = new Simulation(house, at, new Map(before), new Scheduler(0));
  const caller = callerOf(sim, house, beginning(house, from), at, byProgram);
  sim.caller = caller;
  start(sim, caller);
  sim.scheduler.run(() => sim.end !== null);
  return outcomeOf(sim, before);
}

function callerOf(sim: Simulation, house: House, place: Place, at: Situation, byProgram: boolean): Channel {
  const { extension, device, number, name } = at.caller;
  const from = extension === null || byProgram ? null : (device ?? house.model.extension[extension]?.devices[0] ?? null);
  const telephone = from === null ? null : house.telephone(from);
  if (telephone?.callerId === '') throw new NotJudged('a telephone that Asterisk does not hold');
  const caller = new Channel({
    name: 'caller-1',
    depth: 0,
    variables: new Variables(),
    place,
    caller: telephone === null ? { number, name } : parseCallerId(telephone.callerId.replaceAll(/\\(.)/g, '$1')),
    leg: null,
    parent: null,
  });
  for (const text of telephone?.variables ?? []) {
    const equals = text.indexOf('=');
    assign(sim, caller, text.slice(0, equals), filledIn(sim, caller, text.slice(equals + 1)));
  }
  return caller;
}

/** Where the dialplan is entered. */
function beginning(house: House, from: Destination): Place {
  if (from.to === 'number' && from.context in house.model['class-of-service'])
    return { context: from.context, number: from.number, priority: 1 };
  if (from.to === 'number')
    return { context: isInboundContext(from.context) ? 'from-trunk' : 'from-internal', number: from.number, priority: 1 };
  const [context = '', number = '', priority = ''] = entryOf(house.model, house.lookup.dialplan, from)?.split(',') ?? [];
  if (context === '') throw new NotJudged(`a call that begins at ${from.to}`);
  return { context, number, priority: Number(priority) };
}

/** AstDB in this situation. */
export function databaseAt(house: House, at: Situation): Map<string, string> {
  const keys: Record<string, string | null> = {};
  const { state } = at;
  for (const [id, s] of Object.entries(state.extensions)) Object.assign(keys, extensionKeys(id, s));
  for (const [id, mode] of Object.entries(state.callFlows ?? {})) keys[`DAYNIGHT/C${id}`] = mode === 'night' ? 'NIGHT' : 'DAY';
  for (const [id, override] of Object.entries(state.timeConditions ?? {}))
    Object.assign(keys, heldKeys({ ...house.model, 'time-condition': { [id]: { override } as never } }, [`TC/${id}`]));
  for (const [id, on] of Object.entries(state.followMe ?? {})) keys[`AMPUSER/${id}/followme/ddial`] = on ? 'DIRECT' : 'EXTENSION';
  for (const [number, listed] of Object.entries(state.blacklist ?? {})) keys[`blacklist/${number}`] = listed ? '1' : null;
  for (const [id, number] of Object.entries(state.lastCallers ?? {})) keys[`CALLTRACE/${id}`] = number;
  for (const [id, time] of Object.entries(state.wakeUps ?? {})) keys[`WAKEUP/${id}`] = time;
  for (const [id, said] of Object.entries(state.intercom ?? {})) keys[`AMPUSER/${id.replace(/(?=\/)|$/, '/intercom')}`] = said;
  for (const [id, number] of Object.entries(state.speedDials ?? {})) keys[speedDialKey(id)] = number;
  const database = new Map([...house.database, ...membership(house)]);
  for (const [key, value] of Object.entries(keys)) {
    if (value === null || value === '') database.delete(key);
    else database.set(key, value);
  }
  return database;
}

function speedDialKey(id: string): string {
  const [user = '', place] = id.split('/');
  return place === undefined ? `sysspeeddials/${user}` : `AMPUSER/${user}/speeddials/${place}`;
}

/** Who may log in to a queue: keys that no call changes. */
function membership({ model }: House): [string, string][] {
  return Object.entries(model.queue).flatMap(([id, { dynamicMembers, onlyListedLogIn }]): [string, string][] => [
    ...dynamicMembers.map((m): [string, string] => [`QPENALTY/${id}/agents/${m.number}`, String(m.penalty)]),
    [`QPENALTY/${id}/dynmemberonly`, onlyListedLogIn ? 'yes' : 'no'],
  ]);
}

function outcomeOf(sim: Simulation, before: ReadonlyMap<string, string>): Outcome {
  const keys = new Set([...before.keys(), ...sim.database.keys()]);
  const changed = [...keys].filter((k) => !k.startsWith('CALLTRACE/') && (before.get(k) ?? '') !== (sim.database.get(k) ?? ''));
  return {
    legs: sim.legs.map((l) => ({ who: whoOf(l), start: l.start, end: l.end })),
    heard: sim.heard,
    database: Object.fromEntries(changed.map((k) => [k, sim.database.get(k) ?? ''])),
    agents: sim.agentChanges,
    isRecorded: sim.isRecorded,
    end: sim.end ?? 'endless',
    endSeconds: sim.end === null ? null : sim.now,
    isOpen: sim.isOpen,
  };
}
