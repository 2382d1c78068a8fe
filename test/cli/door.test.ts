import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Checking } from '../../src/cli/arguments.ts';
import { open } from '../../src/cli/door.ts';
import { errorDocument, resultDocument } from '../../src/cli/result.ts';
import type { Stages } from '../../src/cli/stages.ts';
import { Interrupted, MigrateError } from '../../src/error.ts';
import { modelFiles } from '../../src/model/store.ts';
import { aHouse } from '../way/a-house.ts';
import { finished } from './finished.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'door-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

/** Stages that do their work at once. `extract` writes one secret, and speaks of it. */
function stages(o: Partial<Stages> = {}): Stages {
  const r = finished();
  const { findings, ...ledger } = r.ledger as NonNullable<typeof r.ledger>;
  return {
    extract: async (_source, out, _o, c) => {
      c.log('debug', 'read the phone of hunter22', { secret: 'hunter22', pin: 4711 });
      await mkdir(out, { recursive: true });
      await writeFile(join(out, 'secrets.yaml'), 'device/101/sip: hunter22\nmailbox/101@default/pin: "4711"\n');
      return { objects: { extension: 37 }, ledger, findings };
    },
    render: async () => ({ files: 12, findings: { error: 0, warning: 0, info: 0 } }),
    verify: async () => ({ static: r.static, calls: r.calls, against: null, notCompared: null, load: null }),
    copyCdr: async () => ({ rows: 3, copied: 2, rejected: 1, proved: 1, unproved: 0, months: [], left: [] }),
    serveRecordings: async () => undefined,
    planCutover: async () => ({ isReady: true, telephones: 37, carriers: 7, toDecide: 0 }),
    moveOver: async (phase) => ({ phase, dryRun: false, steps: [] }),
    doctor: async () => ({ symptoms: [] }),
    packageBuild: async () => ({ package: 'pbx-config_1_all.deb', secrets: 'pbx-secrets_1.tar', version: '1', files: 9 }),
    archiveRecordings: async () => ({ dryRun: false, archived: 1, bytesBefore: 9, bytesAfter: 1, orphans: 0, ghosts: 0, left: {} }),
    ...o,
  };
}

async function run(argv: string[], o: Partial<Stages> = {}, signal = new AbortController().signal) {
  let out = '';
  let err = '';
  const status = await open(argv, {
    stages: stages(o),
    signal,
    terminal: false,
    secrets: ['from-the-environment'],
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  });
  return { status, out, err };
}

const refused = async (): Promise<never> => {
  throw new MigrateError({ code: 'E_FOLDER_NOT_OURS', where: '/srv/x', why: 'the folder holds files', hint: 'Name an empty one.' });
};

describe('the script for the old box', () => {
  it('is printed as it is, or within one document', async () => {
    const { status, out, err } = await run(['collect']);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out).toMatch(/^#!\/bin\/sh\n/);
    expect(JSON.parse((await run(['collect', '--json'])).out)).toEqual({ schema: 1, script: out });
  });

  it('is short enough to be read, with each part of it once', async () => {
    const { out } = await run(['collect']);
    const functions = [...out.matchAll(/^([a-z_]+)\(\)/gm)].map(([, name]) => name);
    expect(functions.length).toBeGreaterThan(30);
    expect(new Set(functions).size).toBe(functions.length);
  });
});

describe('a question', () => {
  const written = async (name: string, o: Parameters<typeof aHouse>[0] = {}): Promise<string> => {
    const folder = join(dir, name);
    await mkdir(folder);
    for (const { path, content } of modelFiles(aHouse(o))) await writeFile(join(folder, path), content);
    return folder;
  };

  it('about a call is answered as text, as one document, and drawn', async () => {
    const model = await written('model');
    const svg = join(dir, 'way.svg');
    const { status, out, err } = await run(['show', 'number', '102', '--model', model, '--svg', svg]);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out).toMatch(/^number 102\n {2}extension 102 "Name 102"\n {2}rings device 102/);
    expect(await readFile(svg, 'utf8')).toMatch(/^<svg/);
    const document = JSON.parse((await run(['show', 'number', '102', '--model', model, '--json'])).out) as object;
    expect(document).toMatchObject({ schema: 1, what: 'number 102', ways: [{ times: [], story: { branches: [] } }] });
  });

  it('about two models ends with 1 where they differ', async () => {
    const [one, other] = [await written('one'), await written('other', { ivr: {} })];
    expect((await run(['diff', one, one])).status).toBe(0);
    const { status, out } = await run(['diff', one, other]);
    expect(status).toBe(1);
    expect(out).toContain('removed: ivr/1, ivr/2');
  });

  it('that makes no sense, or about what is not there, ends with 2', async () => {
    const model = await written('model');
    for (const argv of [
      ['show', 'sofa', '1'],
      ['show', 'did', '7', '--at', '2026-02-31 10:00'],
      ['show', 'queue', '9', '--model', model],
      ['diff', dir, model],
    ]) {
      const { status, out, err } = await run(argv);
      expect({ status, out }).toEqual({ status: 2, out: '' });
      expect(err).toMatch(/^migrate: /);
    }
  });
});

describe('a rehearsal', () => {
  it('runs the three stages on three folders and prints one document', async () => {
    const asked: string[] = [];
    const { status, out, err } = await run(['rehearse', 'box', '-o', dir, '--json'], {
      render: async (model, build) => {
        asked.push(model, build);
        return { files: 3, findings: { error: 0, warning: 0, info: 0 } };
      },
    });
    expect(status).toBe(0);
    expect(asked).toEqual([join(dir, 'model'), join(dir, 'build')]);
    expect(out.trim().split('\n')).toHaveLength(1);
    expect(resultDocument.parse(JSON.parse(out))).toMatchObject({ render: { files: 3 }, calls: { passed: 10 } });
    expect(err.replace(/[\d.]+ s/g, 'x s')).toBe('extract: done in x s\nrender: done in x s\nverify: done in x s\n');
  });

  it('with a failed call ends with 1 and says so', async () => {
    const calls = { ...(finished().calls as object), failed: 1, passed: 9 } as never;
    const { status, err } = await run(['rehearse', 'box', '-o', dir], {
      verify: async () => ({ static: null, calls, against: null, notCompared: null, load: null }),
    });
    expect(status).toBe(1);
    expect(err).toContain('found: 1 failed call\n');
  });

  it('with --quiet says nothing at all', async () => {
    expect(await run(['rehearse', 'box', '-o', dir, '--quiet'])).toEqual({ status: 0, out: '', err: '' });
  });

  it('whose stage returns sums that do not add up is a defect, and no result', async () => {
    const calls = { ...(finished().calls as object), failed: 5 } as never;
    const { status, out } = await run(['verify', dir, '--json'], {
      verify: async () => ({ static: null, calls, against: null, notCompared: null, load: null }),
    });
    expect(status).toBe(3);
    expect(errorDocument.parse(JSON.parse(out)).error.code).toBe('E_UNFORESEEN');
  });
});

describe('a single stage', () => {
  it('leaves the others null', async () => {
    const { out } = await run(['render', dir, '-o', dir, '--json']);
    expect(JSON.parse(out)).toMatchObject({ model: null, ledger: null, render: { files: 12 }, static: null, calls: null });
  });

  it('verify writes its report beside the build where no other place is named', async () => {
    let report = '';
    const verify: Stages['verify'] = async (_build, at, o) => {
      report = `${at} ${JSON.stringify(o)}`;
      return { static: null, calls: null, against: null, notCompared: null, load: null };
    };
    await run(['verify', join(dir, 'build'), '--only', 'static', '--patient'], { verify });
    expect(report).toBe(`${join(dir, 'report')} {"only":["static"],"patient":true}`);
    await run(['verify', join(dir, 'build'), '--sample', '3'], { verify });
    expect(report).toBe(`${join(dir, 'report')} {"patient":false,"sample":3}`);
  });
});

describe('the old PBX in a rehearsal', () => {
  const asked = async (...args: string[]): Promise<boolean | null> => {
    let against: Checking['against'];
    const verify: Stages['verify'] = async (_build, _report, o) => {
      against = o.against;
      return { static: null, calls: null, against: null, notCompared: 'the source lacks a file', load: null };
    };
    const { out } = await run(['rehearse', 'box', '-o', dir, ...args], { verify });
    expect(out).toMatch(/^old PBX +not called: the source lacks a file$/m);
    return against === undefined ? null : against.asked;
  };

  it('calls the old PBX too where it can be cloned, unless it is told not to', async () => {
    expect(await asked()).toBe(false);
    expect(await asked('--against')).toBe(true);
    expect(await asked('--no-against')).toBeNull();
  });
});

describe('what stops the work', () => {
  it('is told with what, where, why and what next, and no stack', async () => {
    const { status, err } = await run(['extract', 'box', '-o', dir], { extract: refused });
    expect(status).toBe(2);
    expect(err).toBe(
      'migrate: extract did not come to its end (E_FOLDER_NOT_OURS)\n  where: /srv/x\n  why:   the folder holds files\n  next:  Name an empty one.\n',
    );
  });

  it('shows its stack with --debug', async () => {
    expect((await run(['extract', 'box', '-o', dir, '--debug'], { extract: refused })).err).toContain('at ');
  });

  it('is 3 where the environment lacks something', async () => {
    const verify = async (): Promise<never> => {
      throw new MigrateError({ code: 'E_NO_ENGINE', why: 'Docker does not answer', hint: 'Run make setup.', exit: 3 });
    };
    const { status, out } = await run(['verify', dir, '--json'], { verify });
    expect(status).toBe(3);
    expect(JSON.parse(out)).toEqual({
      schema: 1,
      error: { code: 'E_NO_ENGINE', where: null, why: 'Docker does not answer', hint: 'Run make setup.' },
    });
  });

  it('is 130 where a signal came, whatever the stage threw or returned', async () => {
    const controller = new AbortController();
    controller.abort();
    const thrown = await run(['extract', 'box', '-o', dir], {}, controller.signal);
    expect(thrown.status).toBe(130);
    const late = new AbortController();
    const returned = await run(
      ['render', dir, '-o', dir, '--json'],
      {
        render: async () => {
          late.abort();
          return { files: 0, findings: { error: 0, warning: 0, info: 0 } };
        },
      },
      late.signal,
    );
    expect(returned.status).toBe(130);
    expect(errorDocument.parse(JSON.parse(returned.out)).error.code).toBe('E_INTERRUPTED');
    expect((await run(['render', dir, '-o', dir], { render: () => Promise.reject(new Interrupted()) })).status).toBe(130);
  });

  it('never shows a secret, in text, JSON or stack', async () => {
    await run(['extract', 'box', '-o', dir]);
    const render = async (): Promise<never> => {
      throw new MigrateError({
        code: 'E_X',
        where: 'hunter22:1',
        why: 'hunter22 is odd',
        hint: 'not hunter22, nor from-the-environment',
        cause: new Error('hunter22'),
      });
    };
    const { out, err } = await run(['render', dir, '-o', dir, '--debug', '--json'], { render });
    expect(out + err + (await readFile(join(dir, 'debug.jsonl'), 'utf8'))).not.toMatch(/hunter22|from-the-environment/);
    expect(err).toContain('caused by');
  });
});

describe('debug.jsonl', () => {
  it('holds what the stages said, with every secret masked, also of lines from before the model', async () => {
    await run(['rehearse', 'box', '-o', dir, '--debug']);
    const text = await readFile(join(dir, 'debug.jsonl'), 'utf8');
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { message: string; data?: unknown });
    expect(lines[0]).toMatchObject({ level: 'debug', message: 'read the phone of ***', data: { secret: '***', pin: '***' } });
    expect(lines.at(-1)?.message).toBe('done');
    expect(((await stat(join(dir, 'debug.jsonl'))).mode & 0o777).toString(8)).toBe('600');
  });

  it('of an extract that failed leaves data out, since nobody knows what of it is secret', async () => {
    const extract: Stages['extract'] = async (_s, _o, _r, c) => {
      c.log('debug', 'a row', { secret: 'hunter22' });
      throw new Error('broken');
    };
    await run(['extract', 'box', '-o', dir, '--debug'], { extract });
    const text = await readFile(join(dir, 'debug.jsonl'), 'utf8');
    expect(text).toContain('"a row"');
    expect(text).not.toContain('hunter22');
  });

  it('is not written into a folder that is not ours', async () => {
    await run(['extract', 'box', '-o', dir, '--debug'], { extract: refused });
    await expect(stat(join(dir, 'debug.jsonl'))).rejects.toThrow('ENOENT');
  });
});
