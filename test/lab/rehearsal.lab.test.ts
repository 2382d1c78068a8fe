import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ResultDocument, resultDocument } from '../../src/cli/result.ts';
import { settingsOf } from '../../src/model/kinds.ts';
import { WORKING } from '../../src/model/moments.ts';
import { numbering } from '../../src/model/numbering.ts';
import { playable } from '../../src/model/sounds.ts';
import { readModel } from '../../src/model/store.ts';
import type { Report } from '../../src/verify/report/report.ts';
import type { Scenario } from '../../src/verify/scenario.ts';
import { beginning } from '../../src/way/beginning.ts';
import { story, storyText } from '../../src/way/story.ts';
import { type Command, migrate } from './command.ts';
import { leftOver } from './left-over.ts';

const CLINIC = fileURLToPath(new URL('../boxes/clinic', import.meta.url));

describe("the clinic's box, from its dump to ringing telephones", () => {
  let dir: string;
  let command: Command;
  let status: number | null;
  let result: ResultDocument;
  const report = (file: string): Promise<string> => readFile(join(dir, 'report', file), 'utf8');

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'rehearsal-'));
    command = migrate(['rehearse', CLINIC, '-o', dir, '--json']);
    status = await command.ended;
    result = resultDocument.parse(JSON.parse(command.out()));
  }, 600_000);
  afterAll(() => rm(dir, { recursive: true, force: true }));

  it('accounts for every row of the source', () => {
    expect(result.ledger?.unaccounted).toBe(0);
    expect(result.ledger?.rows).toBeGreaterThan(2000);
    expect(result.model?.objects).toMatchObject({
      extension: 37,
      device: 38,
      trunk: 7,
      'outbound-route': 7,
      'inbound-route': 17,
      'ring-group': 6,
    });
  });

  it('starts without a warning that nobody can explain, and Asterisk holds what the model says', () => {
    expect(result.static).toMatchObject({ unexplained: 0, mismatches: 0 });
  });

  it('places eighty calls and more, and every one of them goes as the model says', async () => {
    const failures = [...(await report('junit.xml')).matchAll(/ name="([^"]*)"[^>]*><failure message="([^"]*)"/g)].map(
      (m) => `${m[1]}: ${m[2]}`,
    );
    expect(failures).toEqual([]);
    expect(result.calls?.failed).toBe(0);
    expect(result.calls?.passed).toBeGreaterThanOrEqual(80);
    expect(status).toBe(0);
  });

  it('goes to each number from outside the way that `show did` tells', async () => {
    const model = await readModel(join(dir, 'model'));
    const inside = numbering(model);
    const { calls } = JSON.parse(await report('report.json')) as Pick<Report, 'calls'>;
    // what is told ends where the caller keys something
    const keys = ({ acts }: Scenario) => acts.some(({ do: what }) => typeof what === 'object' && 'keys' in what);
    const placed = (calls?.results ?? []).filter(({ scenario }) => scenario.kind === 'did' && !keys(scenario));
    expect(placed.length).toBeGreaterThan(Object.keys(model['inbound-route']).length);
    for (const { scenario, trace } of placed) {
      const phones = scenario.id.endsWith('/busy') ? 'busy' : scenario.id.endsWith('/unanswered') ? 'ignore' : 'answer';
      const asked = beginning(model, 'did', scenario.dial, { time: scenario.at ?? WORKING, caller: scenario.caller.number, phones });
      const told = storyText(story(model, asked, inside)).join('\n');
      // an agent is told by the number at which the queue calls him
      const rang = (trace?.legs ?? []).map((leg) => (typeof leg.to === 'string' ? leg.to : `${leg.to.kind} ${leg.to.id}`));
      for (const who of rang) expect(told, scenario.id).toMatch(new RegExp(`(${who}|${who.replace('device', 'number')})\\b`));
      const prompts = [...told.matchAll(/hears ([^;\n]+)/g)].flatMap(([, list = '']) =>
        playable(list.split(', '), settingsOf(model).language),
      );
      for (const prompt of trace?.heard ?? []) expect(prompts, scenario.id).toContain(prompt);
    }
  });

  it('says that the source holds too little of the old PBX to call that as well', () => {
    expect(result.against).toBeNull();
    expect(result.notCompared).toMatch(/^the source lacks extensions_additional\.conf/);
  });

  it('takes at most twelve steps of dialplan to ring an extension', () => {
    expect(result.calls?.stepsToDial.internal).toBeGreaterThan(0);
    expect(result.calls?.stepsToDial.internal).toBeLessThanOrEqual(12);
  });

  it('writes one page that needs nothing from outside', async () => {
    const page = await report('index.html');
    expect(page).toContain('Smith &amp; Sons; Lab #2');
    expect(page).not.toMatch(/(src|href)="(https?:)?\/\//);
  });

  it('shows no secret of the box, neither in the report nor on the terminal', async () => {
    const { secrets } = await readModel(join(dir, 'model'));
    // a PIN of four digits is part of many a telephone number: it cannot be told from chance
    const values = Object.values(secrets).filter((s) => s.length >= 6);
    expect(values.length).toBeGreaterThan(30);
    const shown = [command.out(), command.err(), await report('report.json'), await report('junit.xml'), await report('index.html')].join(
      '\n',
    );
    expect(values.filter((s) => shown.includes(s) || shown.includes(JSON.stringify(s).slice(1, -1)))).toEqual([]);
  });

  it('leaves nothing in the engine', async () => {
    expect(await leftOver(command.process.pid)).toEqual([]);
  });
});
