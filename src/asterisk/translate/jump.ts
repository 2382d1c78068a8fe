import { matches } from '../../model/dial-pattern.ts';
import { splitArguments } from '../argument-list.ts';
import type { Dialplan, DialplanStep } from '../dialplan.ts';
import { splitOptions } from './dial.ts';
import type { AboutBox } from './translation.ts';

/** A test that has to be put in behind a step, since no application of Asterisk 22 jumps to n+101. */
interface Jump {
  readonly behind: number;
  readonly condition: string;
}

/** Priorities of the translated dialplan, where tests were put in between. */
export interface Priorities {
  /** The priority that an old one is now. */
  now(context: string, extension: string, callerId: string | null, priority: number): number;
  /** The line that follows a step; null: none. */
  testBehind(context: string, step: DialplanStep): string | null;
  /** `[[context,]extension,]priority[(args)]` with its number as it is now, seen from a step. */
  place(text: string, from: { context: string; extension: string; callerId: string | null }): string;
}

/** What an application that jumped says in a variable now. `${1}` is the variable that the step itself sets. */
const FAILED: Readonly<Record<string, string>> = {
  dial: '"${DIALSTATUS}" = "BUSY" | "${DIALSTATUS}" = "CONGESTION" | "${DIALSTATUS}" = "CHANUNAVAIL"',
  chanisavail: '"${AVAILCHAN}" = ""',
  lookupblacklist: '"${LOOKUPBLSTATUS}" = "FOUND"',
  mailboxexists: '"${VMBOXEXISTSSTATUS}" = "SUCCESS"',
  hasvoicemail: '0${HASVMSTATUS} > 0',
  hasnewvoicemail: '0${HASVMSTATUS} > 0',
  voicemail: '"${VMSTATUS}" = "FAILED"',
  addqueuemember: '"${AQMSTATUS}" = "MEMBERALREADY"',
  removequeuemember: '"${RQMSTATUS}" = "NOTINQUEUE"',
  pausequeuemember: '"${PQMSTATUS}" = "NOTFOUND"',
  unpausequeuemember: '"${UPQMSTATUS}" = "NOTFOUND"',
  privacymanager: '"${PRIVACYMGRSTATUS}" = "FAILED"',
  playback: '"${PLAYBACKSTATUS}" = "FAILED"',
  sendtext: '"${SENDTEXTSTATUS}" = "UNSUPPORTED"',
};

/** Below 1.2 applications jumped always, in 1.4 with the option j or priorityjumping=yes, from 1.6 on never (UPGRADE.txt of each). */
function mayJump(step: DialplanStep, about: AboutBox): boolean {
  const [, major = '', minor = ''] = /^(\d+)\.?(\d+)?/.exec(about.release ?? '') ?? [];
  if (major === '') return true;
  if (Number(major) > 1 || Number(minor) >= 6) return false;
  if (Number(minor) < 4 || about.jumps) return true;
  const parts = splitArguments(step.arguments, ',|');
  return parts.slice(1).some((part) => splitOptions(part).some((o) => o.letter === 'j'));
}

function conditionOf(step: DialplanStep, about: AboutBox): string | null {
  const application = step.application.toLowerCase();
  if (!mayJump(step, about)) return null;
  if (application === 'dbget') return `"\${${(step.arguments.split('=')[0] ?? '').trim()}}" = ""`;
  return Object.hasOwn(FAILED, application) ? (FAILED[application] as string) : null;
}

/** Where tests have to be put in, and what that does to priorities. */
export function priorities(dialplan: Dialplan, about: AboutBox): Priorities {
  const jumps = new Map<string, Jump[]>();
  /** Patterns with a test in them, by context. */
  const patterns = new Map<string, DialplanStep[]>();
  for (const { name, steps } of dialplan.contexts) {
    const taken = new Set(steps.map((s) => `${keyOf(name, s.extension, s.callerId)}:${s.priority}`));
    for (const step of steps) {
      const key = keyOf(name, step.extension, step.callerId);
      const condition = taken.has(`${key}:${step.priority + 101}`) ? conditionOf(step, about) : null;
      if (condition === null) continue;
      jumps.set(key, [...(jumps.get(key) ?? []), { behind: step.priority, condition }]);
      if (step.extension.startsWith('_')) patterns.set(name, [...(patterns.get(name) ?? []), step]);
    }
  }
  const now = (context: string, extension: string, callerId: string | null, priority: number): number =>
    priority + (jumps.get(keyOf(context, extension, callerId)) ?? []).filter((j) => j.behind < priority).length;
  return {
    now,
    testBehind: (context, { extension, callerId, priority }) => {
      const jump = jumps.get(keyOf(context, extension, callerId))?.find((j) => j.behind === priority);
      return jump === undefined ? null : `GotoIf($[${jump.condition}]?${now(context, extension, callerId, priority + 101)})`;
    },
    place: (text, from) => {
      const parts = splitArguments(text, ',');
      const [, number, args = ''] = /^\s*(\d+)\s*(\(.*\))?\s*$/s.exec(parts.at(-1) ?? '') ?? [];
      if (number === undefined || parts.length > 3 || jumps.size === 0) return text;
      const [extension, context] = [parts.at(-2), parts.at(-3) ?? from.context];
      const own = extension === undefined || extension === '' ? from : null;
      const pattern = own !== null ? null : patterns.get(context)?.find((s) => matches(s.extension.slice(1), extension ?? ''));
      const moved = now(context, own?.extension ?? pattern?.extension ?? extension ?? '', own?.callerId ?? null, Number(number));
      return moved === Number(number) ? text : [...parts.slice(0, -1), `${moved}${args}`].join(',');
    },
  };
}

function keyOf(context: string, extension: string, callerId: string | null): string {
  return `${context}\n${extension}\n${callerId ?? '\n'}`;
}
