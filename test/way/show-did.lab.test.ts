import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silentContext } from '../../src/context.ts';
import { settingsOf } from '../../src/model/kinds.ts';
import { WORKING } from '../../src/model/moments.ts';
import { type CallResult, placeCalls, whatWasWrong } from '../../src/verify/calls/calls.ts';
import { startLab } from '../../src/verify/lab/lab.ts';
import { planContext } from '../../src/verify/plan.ts';
import type { Scenario } from '../../src/verify/scenario.ts';
import type { Draft, PlanContext } from '../../src/verify/scenarios/define.ts';
import { scenarios } from '../../src/verify/scenarios/draft.ts';
import { beginning, didsOf, STRANGER } from '../../src/way/beginning.ts';
import { type Story, story, storyText } from '../../src/way/story.ts';
import { builtBox } from '../boxes/built-box.ts';
import { atOdds } from './told-call.ts';

const BOXES = fileURLToPath(new URL('../boxes', import.meta.url));
const MIGRATIONS = new URL('../../migrations/', import.meta.url).pathname;
const context = silentContext();
/** Among office hours, in the evening, and in the night to a Sunday. */
const TIMES = [WORKING, '2026-11-24 19:30', '2026-11-29 03:00'];

/** What callers and those who are called notice of a story. */
const NOTICED = /^(hears|rings|waits|dials|leaves) /;

/** Somebody whom nobody knows calls each number, by the carriers in turn; whoever rings answers. The PBX is told the time even where the model does not look at it. */
function callsOf(planning: PlanContext): { calls: readonly Scenario[]; skipped: readonly string[] } {
  const { model, carriers } = planning;
  const drafts = didsOf(model).flatMap((did, i): Draft[] =>
    TIMES.map((time) => ({
      id: `shown/${time}/${did}`,
      about: [],
      dial: did,
      from: { carrier: carriers[i % carriers.length] ?? '', number: STRANGER, name: '' },
      does: () => 'answer',
      impatient: true,
      time,
    })),
  );
  const { scenarios: calls, skipped } = scenarios(planning, 'shown', drafts);
  const timed = calls.map((s) => ({ ...s, at: s.id.split('/')[1] ?? null }));
  return { calls: timed, skipped: skipped.map(({ id, why }) => `${id}: ${why}`) };
}

describe.each(['clinic', 'hotel', 'office'])('the %s, each number from outside at three times of day', (box) => {
  let dir: string;
  let planning: PlanContext;
  let placed: CallResult[];
  let skipped: readonly string[];

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'show-did-'));
    const build = await builtBox(join(BOXES, box), dir);
    planning = planContext(build.model);
    const planned = callsOf(planning);
    skipped = planned.skipped;
    const lab = await startLab(build, { migrations: MIGRATIONS }, context);
    try {
      placed = await placeCalls([lab], planned.calls, context);
    } finally {
      await lab.end();
    }
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  const toldAt = (time: string | null, { dial }: Scenario): Story => {
    const { model, inside } = planning;
    return story(model, beginning(model, 'did', dial, { time, phones: 'answer' }), inside);
  };
  const odds = (told: Story, { scenario, trace }: CallResult): string[] =>
    atOdds(told, trace, settingsOf(planning.model).language).map((what) => `${scenario.id}: ${what}\n${storyText(told).join('\n')}`);

  test('is called, and every call goes as the model says', () => {
    expect(skipped).toEqual([]);
    expect(placed.filter((r) => !r.passed).map((r) => `${r.scenario.id}: ${whatWasWrong(r)}`)).toEqual([]);
    expect(placed.length).toBe(didsOf(planning.model).length * TIMES.length);
  });

  test('goes the way that `show did` tells', () => {
    expect(placed.flatMap((r) => odds(toldAt(r.scenario.at, r.scenario), r))).toEqual([]);
  });

  test('goes another way than `show did` tells of an hour that sends it elsewhere', () => {
    const elsewhere = placed.flatMap((r) => {
      const [here, ...others] = [r.scenario.at, ...TIMES].map((time) => toldAt(time, r.scenario));
      const noticed = (told: Story | undefined): string => told?.lines.filter((line) => NOTICED.test(line)).join('\n') ?? '';
      return others.filter((told) => noticed(told) !== noticed(here)).map((told) => ({ told, r }));
    });
    expect(elsewhere.filter(({ told, r }) => odds(told, r).length === 0).map(({ r }) => r.scenario.id)).toEqual([]);
    // the holidays of the clinic lead where its closed hours lead, and the hotel has none
    expect(elsewhere.length > 0).toBe(box === 'office');
  });
});
