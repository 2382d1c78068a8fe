import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyModel, type Model } from '../../src/model/kinds.ts';
import { OutputFolder } from '../../src/model/output-folder.ts';
import { MODEL_MARKER, modelFiles, readModel, writeModel } from '../../src/model/store.ts';
import { someModel } from './some-model.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'model-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function write(model: Model): Promise<void> {
  await OutputFolder.fill({ path: dir, marker: MODEL_MARKER }, (folder) => writeModel(folder, model));
}

/** Files that a person has edited. */
function edited(): Promise<string[]> {
  return OutputFolder.fill({ path: dir, marker: MODEL_MARKER }, async (folder) => {
    const found = await folder.edited();
    await writeModel(folder, emptyModel());
    return found;
  });
}

/** Of the ring group 600, with what the test is about. */
async function writeRingGroup(yaml: string): Promise<void> {
  await write(emptyModel());
  await writeFile(join(dir, 'ring-group.yaml'), yaml);
}

describe('a model on disk', () => {
  it('reads back as it was written, whatever people have put into names, mails and passwords', async () => {
    await fc.assert(
      fc.asyncProperty(someModel, async (model) => {
        await write(model);
        expect(await readModel(dir)).toEqual(model);
      }),
      { numRuns: 300 },
    );
  });

  it('is the same bytes for the same PBX, in whatever order the tables came', () => {
    fc.assert(
      fc.property(someModel, (model) => {
        const turned = Object.fromEntries(Object.entries(model.extension).reverse());
        expect(modelFiles({ ...model, extension: turned })).toEqual(modelFiles(model));
      }),
    );
  });

  it('lists extension 9 before 10 and 0101 as it is dialled', async () => {
    const named = (name: string) => ({
      name,
      email: '',
      pager: '',
      attach: true,
      sayCallerId: false,
      sayEnvelope: false,
      deleteAfterMail: false,
      nextAfterCommand: false,
      options: {},
    });
    await write({ ...emptyModel(), mailbox: { '10': named('ten'), '0101': named('0101'), '9': named('nine') } });
    expect(await readFile(join(dir, 'mailbox.yaml'), 'utf8')).toBe(
      '# yaml-language-server: $schema=schema/mailbox.schema.json\n9:\n  name: nine\n10:\n  name: ten\n0101:\n  name: 0101\n',
    );
  });

  it('keeps its secrets where only the owner reads them', async () => {
    await write({ ...emptyModel(), secrets: { 'device/101/sip': '0123' } });
    expect((await stat(join(dir, 'secrets.yaml'))).mode & 0o777).toBe(0o600);
    expect((await readModel(dir)).secrets).toEqual({ 'device/101/sip': '0123' });
  });
});

describe('what a person need not write', () => {
  it('how an extension is reached: as when its number is dialled; how its mailbox greets: as one that nobody answered', async () => {
    const written = {
      '{ to: extension, id: 101 }': { to: 'extension', id: '101', by: 'follow-me' },
      '{ to: mailbox, id: 101 }': { to: 'mailbox', id: '101', greeting: 'unavailable' },
    };
    for (const [noAnswer, meant] of Object.entries(written)) {
      await writeRingGroup(`"600":\n  strategy: ringall\n  ringSeconds: 20\n  members: [{ number: 101 }]\n  noAnswer: ${noAnswer}\n`);
      await writeFile(join(dir, 'settings.yaml'), 'pbx: {}\n');
      expect((await readModel(dir))['ring-group']['600']?.noAnswer).toEqual(meant);
    }
  });
});

describe('what people have done to a model folder', () => {
  it('a folder of somebody else is refused and left alone', async () => {
    await writeFile(join(dir, 'notes.txt'), 'mine');
    await expect(write(emptyModel())).rejects.toMatchObject({ code: 'E_FOLDER_NOT_OURS', exit: 2 });
    expect(await readFile(join(dir, 'notes.txt'), 'utf8')).toBe('mine');
  });

  it('a file that was edited by hand is seen, and one that was not is not', async () => {
    await write(emptyModel());
    expect(await edited()).toEqual([]);
    await writeFile(join(dir, 'settings.yaml'), 'pbx:\n  language: ru\n');
    expect(await edited()).toEqual(['settings.yaml']);
  });

  it('files of other hands stay when the model is written again, and git with them', async () => {
    await write(emptyModel());
    await mkdir(join(dir, '.git'));
    for (const name of ['README.md', '.git/HEAD', 'queue.yaml']) await writeFile(join(dir, name), name);
    await write(emptyModel());
    for (const name of ['README.md', '.git/HEAD', 'queue.yaml']) expect(await readFile(join(dir, name), 'utf8')).toBe(name);
  });

  it('the file of a kind that is no more goes, unless it was edited', async () => {
    const held = { ...emptyModel(), mailbox: { '1': (await anyModel()).mailbox['1'] } } as Model;
    await write(held);
    await write(emptyModel());
    await expect(stat(join(dir, 'mailbox.yaml'))).rejects.toThrow('ENOENT');
    await write(held);
    await writeFile(join(dir, 'mailbox.yaml'), '1:\n  name: by hand\n');
    await write(emptyModel());
    expect(await readFile(join(dir, 'mailbox.yaml'), 'utf8')).toContain('by hand');
  });
});

async function anyModel(): Promise<Model> {
  await mkdir(join(dir, 'any'), { recursive: true });
  await writeFile(join(dir, 'any/settings.yaml'), 'pbx: {}\n');
  await writeFile(join(dir, 'any/mailbox.yaml'), '1:\n  name: one\n');
  const model = await readModel(join(dir, 'any'));
  await rm(join(dir, 'any'), { recursive: true });
  return model;
}

describe('a mistake in a model', () => {
  it('of shape names the file and the path within it', async () => {
    await writeRingGroup('"600":\n  strategy: ringall\n  ringSeconds: twenty\n');
    await expect(readModel(dir)).rejects.toMatchObject({
      code: 'E_MODEL_SHAPE',
      where: expect.stringMatching(/ring-group\.yaml:\d+:\d+: 600\.ringSeconds$/) as string,
    });
  });

  it('in the name of a field is one, too', async () => {
    await writeRingGroup('"600":\n  strategy: ringall\n  ringSeconds: 20\n  ringSecond: 30\n');
    await expect(readModel(dir)).rejects.toMatchObject({ code: 'E_MODEL_SHAPE', why: expect.stringContaining('ringSecond') as string });
  });

  it('of syntax names the line', async () => {
    await writeRingGroup('"600":\n  strategy: "ringall\n');
    await expect(readModel(dir)).rejects.toMatchObject({
      code: 'E_MODEL_SYNTAX',
      where: expect.stringMatching(/ring-group\.yaml:\d+:\d+$/) as string,
    });
  });

  it('in the folder, which is none: says so', async () => {
    await expect(readModel(join(dir, 'nowhere'))).rejects.toMatchObject({ code: 'E_MODEL_MISSING' });
  });
});
