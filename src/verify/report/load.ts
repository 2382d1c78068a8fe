import type { Climbed } from '../load/climb.ts';
import type { Shares } from '../load/fate.ts';
import type { Spread } from '../load/figures.ts';
import type { Load } from '../load/load.ts';
import type { RampEnd } from '../load/ramp.ts';
import type { LoadStep } from '../load/step.ts';
import { THRESHOLD_WORDS, THRESHOLDS, type Thresholds, USUAL_THRESHOLDS } from '../load/thresholds.ts';
import { LOAD_CHARTS, loadChart } from './load-chart.ts';
import { Picture } from './page-template.ts';
import { figure } from './words.ts';

/** The part of the page that tells of the storms. */
export interface LoadPart {
  readonly areFailed: boolean;
  readonly failed: readonly string[];
  readonly how: string;
  readonly charts: readonly { readonly title: string; readonly picture: Picture }[];
  readonly areFirst: boolean;
  readonly first: readonly string[];
  readonly areFaults: boolean;
  readonly faults: readonly { readonly name: string; readonly said: string }[];
  readonly areHabits: boolean;
  readonly habits: readonly { readonly name: string; readonly without: string; readonly withIt: string; readonly more: string }[];
  readonly rows: readonly Readonly<Record<(typeof COLUMNS)[number], string>>[];
}

const COLUMNS = [
  'side',
  'rate',
  'ring',
  'agent',
  'lag',
  'failures',
  'orphans',
  'cpu',
  'cost',
  'programs',
  'memory',
  'waiting',
  'writes',
  'statements',
  'said',
] as const;

/** One sentence: what the PBX bears. null: it was not asked. */
export function loadSentence(load: Load | null): string | null {
  if (load === null) return null;
  if (load.trouble !== null) return `no load test: ${load.trouble}`;
  const [own, old] = load.climbed;
  if (own === undefined) return null;
  return `${paceWords(load)} this machine ${capacityWords(own)}${old === undefined ? '' : `; the old PBX on it ${capacityWords(old)}`}`;
}

function paceWords({ mode, perAgent }: Load): string {
  if (mode === 'plain') return 'with customers called at a steady rate';
  return mode === 'race' && perAgent > 1 ? `at ${perAgent} customers per agent` : 'at one customer per agent';
}

/** Why the ramp ended tells how far its figure can be trusted. */
function capacityWords({ capacity, end }: Climbed): string {
  const rate = `${rounded(capacity)} originates a second`;
  const words: Record<RampEnd, string> = {
    close: `takes ${rate}`,
    steps: `takes ${rate} or a little more`,
    most: `takes ${rate} or more: no higher rate was tried`,
    short: `takes ${rate} or more: for a higher rate the lab was too small`,
    nothing: 'does not bear even the slowest storm',
  };
  return words[end];
}

export function loadPart(load: Load | null): LoadPart | null {
  if (load === null) return null;
  const soak = load.soak === null ? [] : [{ name: 'for minutes', step: load.soak }];
  const steps = [...load.climbed.flatMap(({ name, steps: all }) => all.map((step) => ({ name, step }))), ...soak];
  return {
    areFailed: load.failed.length > 0 || load.trouble !== null || load.oldTrouble !== null,
    failed: [...[load.trouble, load.oldTrouble].filter((line) => line !== null), ...load.failed],
    how: howWords(load) + harnessWords(load) + memoryWords(load),
    charts: load.climbed.some((c) => c.steps.length > 1)
      ? LOAD_CHARTS.map((chart) => ({ title: chart.title, picture: new Picture(loadChart(load.climbed, chart)) }))
      : [],
    areFirst: load.raiseFirst.length > 0,
    first: load.raiseFirst,
    areFaults: load.faults !== null,
    faults: (load.faults ?? []).map(({ name, wrong, trouble }) => ({
      name,
      said:
        trouble !== null
          ? `not tried: ${trouble}`
          : wrong.length === 0
            ? 'no call suffers that must not, and the next storm is as before'
            : wrong.join('; '),
    })),
    areHabits: load.profile !== null,
    habits: (load.profile ?? []).map(({ name, withoutMs, withMs }) => ({
      name,
      without: withoutMs?.toFixed(1) ?? 'not tried',
      withIt: withMs?.toFixed(1) ?? 'not tried',
      more: withMs === null || withoutMs === null ? '' : (withMs - withoutMs).toFixed(1),
    })),
    rows: steps.map(({ name, step }) => row(name, step)),
  };
}

function howWords({ whom, seed, mode, perAgent, shares, thresholds }: Load): string {
  if (whom === null) return 'No storm was sent.';
  const race = mode === 'race' ? `${perAgent} customers are called for an agent, the first who answers is joined with him` : `mode ${mode}`;
  return (
    `A dialler of the lab sends Local/${whom.stem}...@${whom.context} over AMI (${race}); ${whom.agents} extensions are its agents, of a hundred ` +
    `customers ${sharesWords(shares)}, as seed ${seed} draws.${thresholdWords(thresholds)} The PBX has one CPU for itself. Times are by the far side's word.`
  );
}

function sharesWords(s: Shares): string {
  const all = s.answers + s.machine + s.leavesEarly + s.busy + s.silent;
  const part = (share: number, words: string): string[] => (share === 0 ? [] : [`${rounded((100 * share) / all)} ${words}`]);
  return [
    ...part(s.answers, 'answer'),
    ...part(s.machine, 'are machines'),
    ...part(s.leavesEarly, 'hang up at once'),
    ...part(s.busy, 'are busy'),
    ...part(s.silent, 'do not answer'),
  ].join(', ');
}

/** Where limits were asked for that are not the usual ones, since the figures then mean something else. */
function thresholdWords(t: Thresholds): string {
  const words = THRESHOLDS.filter((key) => t[key] !== USUAL_THRESHOLDS[key]).map((key) => {
    const [what, unit] = THRESHOLD_WORDS[key];
    return `${what} ${t[key]}${unit} instead of ${USUAL_THRESHOLDS[key]}${unit}`;
  });
  return words.length === 0 ? '' : ` Limits that were asked for: ${words.join(', ')}.`;
}

/** That those who measure are not what is measured. */
function harnessWords({ climbed }: Load): string {
  const steps = climbed.flatMap((c) => c.steps).sort((a, b) => b.figures.rate - a.figures.rate);
  const [fastest] = steps;
  if (fastest === undefined || fastest.figures.originates === 0) return '';
  const { figures: f, costs: c } = fastest;
  const perCall = c.worldCpuMsPerCall + c.databaseCpuMsPerCall + (1000 * f.dialler.cpuSeconds) / f.originates;
  const share = (perCall * f.rate) / 10;
  return ` At ${rounded(f.rate)} a second dialler, far side and database took ${share.toFixed(0)} % of a CPU of their own.`;
}

function memoryWords({ soak, memory }: Load): string {
  if (soak === null || memory === null) return '';
  return ` In minutes at ${rounded(soak.figures.rate)} a second its memory went from ${memory.warmMiB.toFixed(0)} to ${memory.lastMiB.toFixed(0)} MiB.`;
}

function row(side: string, { figures: f, costs: c, backlog, broken, inconclusive }: LoadStep): LoadPart['rows'][number] {
  const p95 = (s: Spread | null): string => (s === null ? '' : figure(Math.round(s.p95)));
  return {
    side,
    rate: rounded(f.rate),
    ring: p95(f.originateToRing),
    agent: p95(f.answerToAgent),
    lag: p95(f.eventLag),
    failures: `${figure(f.failures)} of ${figure(f.originates)}`,
    orphans: figure(f.orphans),
    cpu: `${c.cpuPercent.toFixed(0)} %`,
    cost: c.cpuMsPerCall.toFixed(1),
    programs: c.programsCpuMsPerCall?.toFixed(1) ?? '',
    memory: figure(Math.round(c.memoryMiB)),
    waiting: backlog === null ? '' : figure(backlog.depth),
    writes: c.writesPerCall === null ? '' : c.writesPerCall.toFixed(0),
    statements: c.statementsPerCall === null ? '' : c.statementsPerCall.toFixed(2),
    said: inconclusive ?? (broken.length === 0 ? 'holds' : broken.join('; ')),
  };
}

function rounded(n: number): string {
  return n >= 20 ? n.toFixed(0) : n.toFixed(1).replace(/\.0$/, '');
}
