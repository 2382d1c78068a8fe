import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { silentContext } from '../../src/context.ts';
import { extract } from '../../src/extract/extract.ts';
import { READERS } from '../../src/extract/readers.ts';
import { readModel } from '../../src/model/store.ts';
import { clinic, extractClinic } from './clinic.ts';

type Extracted = Awaited<ReturnType<typeof extractClinic>>;
const made: Extracted[] = [];

async function extracted(o: Parameters<typeof extractClinic>[0] = {}): Promise<Extracted> {
  const result = await extractClinic(o);
  made.push(result);
  return result;
}

afterEach(async () => {
  for (const one of made.splice(0)) await one.remove();
});

async function bytesOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((e) => e.isFile())
    .map((e) => relative(folder, join(e.parentPath, e.name)))
    .sort();
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)));
}

const OBJECTS = {
  settings: 1,
  extension: 37,
  device: 38,
  mailbox: 15,
  trunk: 7,
  'outbound-route': 7,
  'inbound-route': 17,
  'ring-group': 6,
  recording: 6,
  announcement: 2,
  language: 2,
  'set-cid': 1,
  'queue-priority': 1,
  'recording-rule': 0,
  'class-of-service': 0,
  'misc-destination': 2,
  'misc-application': 2,
  directory: 0,
  'dynamic-route': 0,
  disa: 1,
  'name-lookup': 1,
  'page-group': 2,
  phonebook: 0,
  'pin-set': 1,
  callback: 1,
  'voicemail-blast': 1,
  'time-group': 3,
  'time-condition': 3,
  'call-flow': 2,
  ivr: 3,
  queue: 3,
  agent: 0,
  'follow-me': 3,
  conference: 3,
  parking: 1,
  'feature-code': 66,
  'music-class': 2,
  'ami-user': 3,
  blacklist: 1,
  'speed-dial': 1,
  'wake-up': 1,
  'custom-dialplan': 7,
  'custom-configuration': 0,
  'agi-script': 1,
};

describe('the clinic', () => {
  it('is the same model to the byte, twice, and the same as on disk', async () => {
    const [first, second] = [await extracted(), await extracted()];
    expect(await bytesOf(second.out)).toEqual(await bytesOf(first.out));
    const carried = new Set(READERS.map((reader) => reader.kind as string));
    expect(first.objects).toEqual(Object.fromEntries(Object.entries(OBJECTS).map(([kind, n]) => [kind, carried.has(kind) ? n : 0])));
    expect(first.totals.unaccounted).toBe(0);
    expect(await readModel(first.out)).toEqual(first.model);
    expect((await stat(join(first.out, 'secrets.yaml'))).mode & 0o777).toBe(0o600);
  });

  it('keeps secrets out of everything but secrets.yaml', async () => {
    const { out, model } = await extracted();
    const files = await bytesOf(out);
    const long = Object.values(model.secrets).filter((secret) => secret.length >= 6);
    expect(long.length).toBeGreaterThan(30);
    for (const [name, content] of Object.entries(files)) {
      if (name !== 'secrets.yaml') for (const secret of long) expect(content.includes(secret), `${name} holds a secret`).toBe(false);
    }
  });

  it('refuses to write over a hand edit', async () => {
    const { out } = await extracted();
    await writeFile(join(out, 'trunk.yaml'), '{}\n');
    await expect(extract(clinic(), out, {}, silentContext())).rejects.toMatchObject({
      code: 'E_MODEL_EDITED',
      exit: 2,
      why: expect.stringMatching(/^trunk\.yaml was edited by hand since the last extract: trunk\/1 is not in the model; /),
    });
  });

  it.each(['asterisk-latin1', 'asterisk-double-encoded', 'asterisk-2.8', 'asterisk-2.8-latin1'])(
    'is the same people and numbers when told as %s',
    async (name) => {
      const [plain, told] = [await extracted(), await extracted({ dump: `extra/${name}.sql` })];
      for (const kind of ['extension', 'device', 'mailbox', 'trunk', 'inbound-route', 'ring-group'] as const)
        expect(told.model[kind], kind).toEqual(plain.model[kind]);
      expect(told.model.secrets).toEqual(plain.model.secrets);
      expect(told.totals.unaccounted).toBe(0);
      expect(told.ledger.generation).toBe(name.includes('2.8') ? '2.8' : 'issabel');
      if (!name.includes('2.8')) expect(told.model).toEqual(plain.model);
    },
  );
});

describe('the clinic, changed', () => {
  it('sends unanswered calls to voicemail once the table says so', async () => {
    const { model, findings } = await extracted({ change: (sql) => sql.replace(/(\('101','',[^,]*,)'novm'/, "$1'default'") });
    expect(model.extension['101']?.voicemail).toBe('101@default');
    expect(model['ring-group']['601']?.noAnswer).toEqual({ to: 'mailbox', id: '101@default', greeting: 'unavailable' });
    expect(findings.some((f) => f.code === 'VOICEMAIL_OFF_BUT_MAILBOX' && f.about?.id === '101')).toBe(false);
  });

  it('misses a ring group that was deleted where a DID still points to it', async () => {
    const { model, findings } = await extracted({ change: (sql) => sql.replace("('600','ringall'", "('699','ringall'") });
    expect(model['inbound-route']['74951234501/any']?.destination).toEqual({
      to: 'missing',
      was: 'ext-group,600,1',
      because: 'no-such-object',
    });
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'DESTINATION_MISSING', about: { kind: 'inbound-route', id: '74951234501/any' } }),
    );
  });

  it('keeps a trunk that was switched off as switched off', async () => {
    const { model } = await extracted({ change: (sql) => sql.replace("'mango','','','off','off')", "'mango','','','on','off')") });
    expect(model.trunk['1']?.disabled).toBe(true);
  });

  it('accounts for a table and a column that nobody knows', async () => {
    const added = [
      'CREATE TABLE `odd ``name` (id int, v varchar(9));',
      "INSERT INTO `odd ``name` VALUES (1,'a'),(2,'b');",
      "ALTER TABLE `users` ADD COLUMN `hand_made` varchar(9) DEFAULT 'no';",
      "UPDATE `users` SET `hand_made`='yes' WHERE extension='101';",
    ].join('\n');
    const { totals, ledger, findings } = await extracted({ change: (sql) => `${sql}\n${added}\n` });
    expect(totals.unaccounted).toBe(0);
    expect(ledger.sums).toContainEqual({ space: 'table', name: 'odd `name', rows: 2, carried: 0, approximated: 0, dropped: 0, unknown: 2 });
    expect(findings).toContainEqual(expect.objectContaining({ code: 'TABLE_UNKNOWN', where: 'odd `name' }));
    expect(findings).toContainEqual(expect.objectContaining({ code: 'COLUMN_UNREAD', where: 'users.hand_made' }));
  });

  it('says where a damaged dump is, and shows nothing of what it holds', async () => {
    await expect(
      extracted({ change: (sql) => sql.replace("INSERT INTO `sip` VALUES ('101'", "INSERT INTO `sip` VALUES oops ('101'") }),
    ).rejects.toMatchObject({ code: 'E_DUMP', why: expect.not.stringContaining('101') });
  });
});
