import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentContext } from '../../src/context.ts';
import { boxTools, type ExtractOptions, type ExtractResult, extract } from '../../src/extract/extract.ts';
import { type Packed, tarOf, tgzOf } from '../box/an-archive.ts';
import { clinic } from './clinic.ts';

// One box, told in every way: what comes of it must not depend on how it was brought.

let home: string;
/** Where archives are unpacked. */
let unpacking: string;
/** A folder laid out as the box, with no dump and no AstDB in it. */
let files: string;
let dump: Buffer;
let folder: Extracted;

interface Extracted extends ExtractResult {
  /** All files that were written, by path, but the marker. */
  readonly written: Readonly<Record<string, string>>;
}

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'ways-in-'));
  // what is left behind shows here, whoever else is at work on this machine
  unpacking = process.env['TMPDIR'] = join(home, 'tmp');
  await mkdir(unpacking);
  files = join(home, 'files');
  for (const part of ['etc', 'var/lib/asterisk']) await cp(join(clinic(), part), join(files, part), { recursive: true });
  dump = await readFile(join(clinic(), 'asterisk.sql'));
  await cp(files, join(home, 'box'), { recursive: true });
  await cp(join(clinic(), 'astdb.sqlite3'), join(home, 'box/astdb.sqlite3'));
  await writeFile(join(home, 'box/asterisk.sql'), dump);
  folder = await extracted(join(home, 'box'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

async function extracted(source: string, o: ExtractOptions = {}): Promise<Extracted> {
  const out = await mkdtemp(join(home, 'model-'));
  const result = await extract(source, out, o, silentContext());
  const entries = (await readdir(out, { recursive: true, withFileTypes: true })).filter((e) => e.isFile() && e.name !== '.written.json');
  const paths = entries.map((e) => join(e.parentPath, e.name)).sort();
  return {
    ...result,
    written: Object.fromEntries(
      await Promise.all(paths.map(async (path) => [relative(out, path), await readFile(path, 'latin1')] as const)),
    ),
  };
}

async function source(name: string, content: Uint8Array): Promise<string> {
  const path = join(await mkdtemp(join(home, 'source-')), name);
  await writeFile(path, content);
  return path;
}

/** Every file below a part of the clinic, as entries of an archive. */
async function packed(part: string, as: string): Promise<Packed[]> {
  const from = join(clinic(), part);
  const entries = (await readdir(from, { recursive: true, withFileTypes: true })).filter((e) => e.isFile());
  return Promise.all(
    entries.map(
      async (e): Promise<Packed> => [join(as, relative(from, join(e.parentPath, e.name))), await readFile(join(e.parentPath, e.name))],
    ),
  );
}

const everywhere = () => ({ files, astdb: join(clinic(), 'astdb.sqlite3') });

/** Same bytes of model, ledger and findings. */
function isTheSame(told: Extracted): void {
  expect(Object.keys(told.written)).toEqual(Object.keys(folder.written));
  for (const [path, content] of Object.entries(folder.written)) expect(told.written[path], path).toBe(content);
}

/** Same bytes of model; what was remarked on the way differs. */
function isTheSameModel(told: Extracted): void {
  const remarks = ['ledger.json', 'findings.json'];
  for (const [path, content] of Object.entries(folder.written)) if (!remarks.includes(path)) expect(told.written[path], path).toBe(content);
}

describe('the clinic is the same to the byte', () => {
  it.each([
    ['asterisk.sql', null],
    ['asterisk.sql.gz', 'gzip'],
    ['dump.bz2', 'bzip2'],
    ['dump.xz', 'xz'],
  ])('from a dump alone, %s, with its files beside it', async (name, program) => {
    const bytes = program === null ? dump : execFileSync(program, ['-c'], { input: dump });
    isTheSame(await extracted(await source(name, bytes), everywhere()));
  });

  it('from a dump of all databases, of which only its own is read', async () => {
    const others =
      'CREATE DATABASE /*!32312 IF NOT EXISTS*/ `crm`;\nUSE `crm`;\nCREATE TABLE `users` (`extension` int);\nINSERT INTO `users` VALUES (666);\n';
    const all = Buffer.concat([
      Buffer.from(`${others}CREATE DATABASE /*!32312 IF NOT EXISTS*/ \`asterisk\`;\nUSE \`asterisk\`;\n`),
      dump,
      Buffer.from(`\n${others}`),
    ]);
    isTheSame(await extracted(await source('all.sql', Buffer.concat([all, Buffer.from('-- Dump completed')])), everywhere()));
  });

  it('from a live server', async () => {
    const server = await boxTools({}, silentContext()).openDump(join(clinic(), 'asterisk.sql'));
    try {
      const address = `mysql://${server.user}@${server.host}:${server.port}/${server.database}`;
      isTheSame(await extracted(address, { ...everywhere(), password: server.password }));
    } finally {
      await server.close();
    }
  });

  it("from a backup that Elastix' own engine packed", async () => {
    const backup: Packed[] = [
      [
        'backup/mysqldb_asterisk.tgz',
        await tgzOf([
          ['mysqldb_asterisk/asteriskcdrdb.sql', dump],
          ['mysqldb_asterisk/asterisk.sql', dump],
        ]),
      ],
      ['backup/astdb', await readFile(join(clinic(), 'extra/astdb'))],
      ['backup/etc.asterisk.tgz', await tgzOf(await packed('etc/asterisk', 'asterisk'))],
      ['backup/var.spool.asterisk.monitor.tgz', await tgzOf(await packed('var/spool/asterisk/monitor', 'monitor'))],
      ['backup/var.lib.asterisk.sounds.custom.tgz', await tgzOf(await packed('var/lib/asterisk/sounds/custom', 'custom'))],
      ['backup/var.lib.asterisk.mohmp3.tgz', await tgzOf(await packed('var/lib/asterisk/mohmp3', 'mohmp3'))],
    ];
    isTheSame(await extracted(await source('backup.tar', await tarOf(backup))));
  });

  it('from what was collected on the box', async () => {
    const collected: Packed[] = [
      ['asterisk.sql.gz', gzipSync(dump)],
      ['astdb.txt', await readFile(join(clinic(), 'astdb.txt'))],
      ...(await packed('etc', 'etc')),
      ...(await packed('var/lib/asterisk', 'var/lib/asterisk')),
      ['collected/uname.txt', 'Linux'],
    ];
    isTheSame(await extracted(await source('collected.tar', await tarOf(collected))));
    const tight = execFileSync('xz', ['-c'], { input: await tarOf(collected) });
    isTheSame(await extracted(await source('collected', tight)));
    isTheSame(
      await extracted(
        await source('collected.tgz', await tgzOf(collected.map((e): Packed => (Array.isArray(e) ? [`pbx/${e[0]}`, e[1]] : e)))),
      ),
    );
  });

  it.each(['astdb.txt', 'extra/astdb'])('with its AstDB as %s', async (name) => {
    isTheSame(await extracted(join(home, 'box'), { astdb: join(clinic(), name) }));
  });

  it.each(['asterisk-latin1', 'asterisk-double-encoded'])('as a model from %s', async (name) => {
    isTheSameModel(await extracted(join(clinic(), `extra/${name}.sql`), everywhere()));
  });

  it('leaves nothing unpacked behind, not even when it is interrupted', async () => {
    const archive = await source('box.tar', await tarOf([['asterisk.sql', dump], ...(await packed('etc', 'etc'))]));
    const stop = new AbortController();
    let during: string[] = [];
    const context = {
      ...silentContext(stop.signal),
      progress: ({ step }: { step: string }) => {
        if (step !== 'loading the dump') return;
        during = readdirSync(unpacking);
        stop.abort();
      },
    };
    await expect(extract(archive, join(home, 'interrupted'), {}, context)).rejects.toMatchObject({ name: 'Interrupted' });
    expect(during).toHaveLength(1);
    expect(await readdir(unpacking)).toEqual([]);
  });
});

describe('the clinic in the shapes of FreePBX 2.8', () => {
  // what menus, lots and time conditions differ in stands in clinic-kinds.box.test.ts; routes of 2.8 have no destination for when all trunks
  // fail; its settings are those of its own table `globals`; and only Issabel
  // asks whether a name that was looked up is for the display or the record; the dump has no table of the wake-up calls
  const told = ['ivr', 'name-lookup', 'outbound-route', 'parking', 'settings', 'time-condition', 'wake-up'].map((kind) => `${kind}.yaml`);

  it.each(['asterisk-2.8', 'asterisk-2.8-latin1'])('is the same model from %s, but for what 2.8 could not hold', async (name) => {
    const { written } = await extracted(join(clinic(), `extra/${name}.sql`), everywhere());
    const differing = Object.keys(folder.written).filter((path) => /\.yaml$/.test(path) && written[path] !== folder.written[path]);
    expect(differing).toEqual(told);
  });
});

describe('a source that brings less', () => {
  it('says of a dump alone what is not known', async () => {
    const { findings, model } = await extracted(await source('asterisk.sql', dump));
    expect(
      findings
        .filter((f) => f.code === 'SOURCE_INCOMPLETE')
        .map((f) => f.where)
        .sort(),
    ).toEqual(['astdb', 'etc/asterisk', 'var/lib/asterisk']);
    expect(Object.keys(model.extension)).toHaveLength(37);
  });

  it('is known by its own name where a part of it is damaged', async () => {
    const archive = await source(
      'box.tar',
      await tarOf([
        ['asterisk.sql', `${dump.toString('latin1')}nonsense;`],
        ['etc/asterisk/sip.conf', '[general]'],
      ]),
    );
    await expect(extracted(archive)).rejects.toMatchObject({
      code: 'E_DUMP',
      where: expect.stringMatching(/box\.tar:asterisk\.sql:\d+$/) as string,
    });
  });

  it.each(['etc/asterisk', 'astdb.txt', 'asterisk.sql'])('is not read from elsewhere on this machine: a link as %s', async (part) => {
    const box = await mkdtemp(join(home, 'linked-'));
    await mkdir(join(box, 'etc'));
    await writeFile(join(box, 'asterisk.sql.gz'), gzipSync(dump));
    await symlink(part === 'etc/asterisk' ? '/etc' : '/etc/passwd', join(box, part));
    await expect(extracted(box)).rejects.toMatchObject({ code: 'E_SOURCE', where: join(box, part) });
  });

  it('is refused where its AstDB is cut short', async () => {
    const old = await readFile(join(clinic(), 'extra/astdb'));
    await mkdir(join(home, 'cut'));
    for (const size of [20_000, 20_480]) {
      await writeFile(join(home, 'cut/astdb'), old.subarray(0, size));
      await expect(extracted(join(home, 'box'), { astdb: join(home, 'cut/astdb') })).rejects.toMatchObject({ code: 'E_ASTDB' });
    }
  });
});
