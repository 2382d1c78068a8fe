import type { Dialplan } from '../../asterisk/dialplan.ts';
import type { Climbed } from './climb.ts';
import type { LoadStep } from './step.ts';
import type { Whom } from './whom.ts';

/** From so much on the CPU is taken for full: what waits for it comes late. */
const FULL_PERCENT = 85;
/** From such a part of a call's CPU on programs are worth naming. */
const MUCH = 0.1;
/** Applications that start a program (app_system.c; res_agi.c, whose `agi://` and `async` do not). */
const STARTS_PROGRAM = /^(?:system|trysystem|agi|eagi|deadagi)$/i;
const PLACES = 3;

/**
 * What to raise first for more calls a second, by the slowest storm that the PBX did not bear: sentences, what weighs most before the rest.
 * @param programs where the dialplan starts programs, of `programPlaces`
 */
export function raiseFirst({ steps, end }: Climbed, programs: readonly string[]): string[] {
  const short = steps.find((s) => s.inconclusive !== null);
  if (end === 'short' && short !== undefined)
    return [`${short.inconclusive}: the lab, not the PBX. What the PBX bears is more than was tried.`];
  const [over] = steps.filter((s) => s.broken.length > 0).sort((a, b) => a.figures.asked - b.figures.asked);
  if (over === undefined) return [];
  const isFull = over.costs.cpuPercent >= FULL_PERCENT;
  return [...(isFull ? cpuWords(over, programs) : []), ...queueWords(over, isFull), ...(isFull ? [] : [idleWords(over)])];
}

function cpuWords({ costs, figures }: LoadStep, programs: readonly string[]): string[] {
  const { cpuMsPerCall: all, programsCpuMsPerCall: started, cpuPercent } = costs;
  const much = started !== null && started >= all * MUCH;
  const where = programs.length === 0 ? 'the dialplan' : programs.slice(0, PLACES).join(', ');
  return [
    ...(much
      ? [
          `Programs that the dialplan starts for a call: they take ${started.toFixed(1)} of its ${all.toFixed(1)} ms of CPU, and Asterisk copies itself for each on top of that. ` +
            `They are started in ${where}. A program that runs by itself and listens to AMI, or reads the call records, costs a call nothing.`,
        ]
      : []),
    `The processor: at ${figures.rate.toFixed(0)} originates a second a call's ${all.toFixed(1)} ms make ${cpuPercent.toFixed(0)} % of the one CPU that the PBX has here.`,
  ];
}

function queueWords({ backlog }: LoadStep, isFull: boolean): string[] {
  if (backlog === null || backlog.depth <= backlog.limit) return [];
  const long = `${backlog.depth} tasks waited in ${backlog.processor}`;
  const first = isFull ? 'With the processor full ' : '';
  if (!backlog.processor.startsWith('stasis/m:manager')) return [`${first}${long}, over its ${backlog.limit}.`];
  return [
    `${first}${long}, AMI's queue of events: fewer rights under 'read' in ami-user.yaml for users who need no events, and fewer programs that are connected.`,
  ];
}

function idleWords({ costs, broken }: LoadStep): string {
  return `The processor was not full (${costs.cpuPercent.toFixed(0)} %), so a faster one helps little: ${broken.join('; ')}.`;
}

/** Where the dialplan starts programs, `[context] file:line System`, the dialler's own context first. What they are told is left out: it may hold a secret. */
export function programPlaces({ contexts }: Dialplan, { context }: Pick<Whom, 'context'>): string[] {
  const own = contexts.filter((c) => c.name === context);
  const others = contexts.filter((c) => c.name !== context);
  return [...own, ...others].flatMap(({ name, steps }) =>
    steps
      .filter((s) => STARTS_PROGRAM.test(s.application) && !/^\s*(?:agi:|async:)/i.test(s.arguments))
      .map(({ application, at }) => `[${name}] ${at.file}:${at.line} ${application}`),
  );
}
