import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { APPLICATIONS, FUNCTIONS } from '../../src/asterisk/module-of.ts';
import { silentContext } from '../../src/context.ts';
import type { Container, TarEntry } from '../../src/engine/container.ts';
import { connectEngine } from '../../src/engine/engine.ts';
import { ensureImage } from '../../src/engine/images.ts';
import { Run } from '../../src/engine/run.ts';
import { asteriskIsUp, mariadbIsUp } from '../../src/engine/wait.ts';
import type { Model } from '../../src/model/kinds.ts';
import { readModel } from '../../src/model/store.ts';
import { databasePassword } from '../../src/render/frame.ts';
import { musicFiles } from '../../src/render/music.ts';
import { type RenderedFile, renderModel } from '../../src/render/render.ts';
import { byHand } from './by-hand.ts';
import { withCodes } from './codes.ts';
import { flowSecrets, houseWithFlows } from './house-with-flows.ts';
import { houseWithPassing, passingSecrets } from './house-with-passing.ts';
import { houseWith, pbx, type Some, smallHouse } from './some-pbx.ts';
import { danglingTargets } from './targets.ts';

const CLINIC = new URL('../../.cache/clinic-model', import.meta.url);

/** A house that has every kind of thing at once, so that the dialplan uses all that it can. */
const fullHouse: Some = {
  ...houseWith('ring-group', '600', {
    strategy: 'memoryhunt',
    members: [{ number: '101' }, { number: '102' }, { number: '989161112233', outside: 'yes' }],
    recording: 'always',
    alertInfo: 'ring2',
    callerNamePrefix: 'Desk: ',
    announcement: 'beep',
    musicClass: 'default',
  }),
  ...withCodes,
  ...houseWithFlows,
  secrets: { ...withCodes.secrets, ...flowSecrets, 'custom-configuration/res_odbc.conf/crm/1': 'se;cret' },
  'custom-dialplan': {
    'macro-hangupcall-custom': {
      runs: 'at-hangup',
      lines: [{ at: 'x.conf:1', extension: 's', priority: '1', application: 'UserEvent', arguments: 'Over' }],
    },
    'macro-nway': {
      lines: [{ at: 'x.conf:2', extension: 's', priority: '1', application: 'NoOp', arguments: '${ODBC_DEBTOR(1)} ${CRM_NAME(1)}' }],
    },
  },
  'custom-configuration': byHand({
    'queues.conf/general': [
      ['shared_lastcall', 'no'],
      ['keepstats', 'yes'],
    ],
    'queues.conf/vip': [
      ['strategy', 'roundrobin'],
      ['member', 'SIP/101,1,Anna'],
      ['member', 'Local/102@from-internal/n'],
      ['membermacro', 'nway'],
      ['monitor-type', 'MixMonitor'],
      ['eventmemberstatus', 'yes'],
      ['announce', 'beep'],
      ['defaultrule', 'calm'],
    ],
    'queuerules.conf/calm': [['penaltychange', '30,+3']],
    'features.conf/general': [
      ['featuredigittimeout', '700'],
      ['parkext', '900'],
    ],
    'features.conf/featuremap': [['parkcall', '#72']],
    'features.conf/applicationmap': [
      ['nway', '*0,self/callee,Macro,nway'],
      ['beep', '#9,peer,Playback,beep,default'],
    ],
    'func_odbc.conf/DEBTOR': [
      ['dsn', 'crm'],
      ['read', "SELECT x FROM y WHERE z='${SQL_ESC(${ARG1})}'"],
      ['synopsis', 'Debts; all of them'],
    ],
    'func_odbc.conf/NAME': [
      ['prefix', 'CRM'],
      ['readhandle', 'asteriskcdrdb'],
      ['readsql', 'SELECT COUNT(*) FROM cdr WHERE ${ARG1}=1'],
    ],
    'res_odbc.conf/crm': [
      ['dsn', 'crm-dsn'],
      ['username', 'reader'],
      ['password', '%secret1%'],
      ['limit', '3'],
    ],
  }),
  extension: {
    '101': {
      name: 'Регистратура; №1',
      devices: ['101'],
      outboundCallerId: '"House" <74951234501>',
      recording: { inExternal: 'always', inInternal: 'never', outExternal: 'always', outInternal: 'always', priority: '10' },
    },
    '102': { name: 'Dr. "Bones" McCoy', devices: ['102'], voicemail: '102@default', busy: { to: 'ring-group', id: '600' } },
  },
  'inbound-route': {
    'any/any': {
      destination: { to: 'extension', id: '101', by: 'direct' },
      privacyManager: { retries: '3', shortest: '10' },
      callerNamePrefix: 'R: ',
      waitSeconds: '1',
      ringsFirst: 'yes',
    },
  },
};

const passingHouse: Some = { ...smallHouse, ...houseWithPassing, secrets: { ...smallHouse.secrets, ...passingSecrets } };

describe.each<[string, () => Promise<Model | null>]>([
  ['a house with every kind of thing', () => Promise.resolve(pbx(fullHouse))],
  ['a house with what calls pass on their way', () => Promise.resolve(pbx(passingHouse))],
  ['the clinic', () => readModel(CLINIC.pathname).catch(() => null)],
])('%s on Asterisk 22', (_, modelOf) => {
  let run: Run | undefined;
  let asterisk: Container;
  let database: Container;
  let model: Model | null;
  let files: RenderedFile[];

  beforeAll(async () => {
    model = await modelOf();
    if (model === null) return;
    files = (await renderModel(model, { live: false }, silentContext())).files;
    const engine = await connectEngine();
    run = await Run.start(engine, silentContext(), { longestMs: 600_000 });
    database = await startDatabase(run, await ensureImage(engine, 'mariadb', silentContext()), databasePassword(model));
    asterisk = await run.container({
      role: 'pbx',
      image: await ensureImage(engine, 'asterisk', silentContext()),
      network: await run.network(),
      files: [{ path: '/', entries: [...treeFor(files), ...(await musicOf(model))] }],
    });
    await asterisk.waitFor(asteriskIsUp());
  });
  afterAll(() => run?.end());

  const cli = async (command: string): Promise<string> => (await asterisk.exec(['asterisk', '-rx', command])).out;

  test('starts without a warning, an error or a notice that nobody can explain', async () => {
    if (model === null) return;
    const log = (await asterisk.exec(['cat', '/var/log/asterisk/messages'])).out
      .split('\n')
      .filter((l) => /(NOTICE|WARNING|ERROR)\[/.test(l));
    expect(
      log.filter(
        (l) =>
          !/modules will be loaded|Queue members successfully reloaded|Registered ODBC class|CDR batch mode|cdr_custom\.conf|indication/.test(
            l,
          ),
      ),
    ).toEqual([]);
  });

  test('has every telephone, and reads names back as they are', async () => {
    if (model === null) return;
    for (const [id, device] of Object.entries(model.device).filter(([, d]) => d.technology === 'sip')) {
      const name = model.extension[device.extension ?? '']?.name;
      const shown = await cli(`pjsip show endpoint ${id}`);
      if (name !== undefined) expect(shown).toContain(`"${name.replace(/"/g, '\\"')}" <`);
      expect(await cli(`pjsip show auth ${id}-iauth`)).toContain(` password                 : ${model.secrets[`device/${id}/sip`]}\n`);
    }
  });

  test('knows every application and function of its dialplan, and every place that it sends calls to', async () => {
    if (model === null) return;
    const known = new Set(
      `${await cli('core show applications')}\n${await cli('core show functions')}`.split('\n').map((l) => /^\s*(\w+)/.exec(l)?.[1]),
    );
    const dialplan = files
      .filter((f) => f.path.includes('extensions'))
      .map((f) => String(f.content).replace(/^\s*;.*$/gm, ''))
      .join('\n');
    const used = [...Object.keys(APPLICATIONS), ...Object.keys(FUNCTIONS)].filter((name) => new RegExp(`\\b${name}\\(`).test(dialplan));
    expect(used.length).toBeGreaterThan(20);
    expect(used.filter((name) => !known.has(name))).toEqual([]);
    expect(danglingTargets(files)).toEqual([]);
  });

  test('has what the site wrote by hand beside its dialplan, and its functions ask the database', async () => {
    if (model === null || Object.keys(model['custom-configuration']).length === 0) return;
    const queue = await cli('queue show vip');
    expect(queue).toMatch(/'rrmemory' strategy/);
    expect(queue).toMatch(/Anna \(PJSIP\/101/);
    expect(queue).toContain('Local/102@from-internal/n');
    expect(await cli('queue show rules')).toContain('calm');
    const features = await cli('features show');
    for (const shown of [/^nway +no def +\*0/m, /^beep +no def +#9/m, /^Park Call +#72/m]) expect(features).toMatch(shown);
    expect(await cli('core show function ODBC_DEBTOR')).toContain('Debts; all of them');
    expect(await cli('odbc read CRM_NAME 1 exec')).toMatch(/^COUNT\(\*\)\s+0$/m);
  });

  test('finds the hook of the site at the end of a call, wherever that is', async () => {
    if (model?.['custom-dialplan']['macro-hangupcall-custom'] === undefined) return;
    for (const context of ['from-internal', 'ext-local', 'ext-group', 'from-trunk'])
      expect(await cli(`dialplan show h@${context}`)).toContain('Gosub(macro-hangupcall-custom,s,1)');
  });

  test('lamps of time conditions follow the hours without a call, which leaves no call record', async () => {
    if (model === null) return;
    const [id] = Object.keys(model['time-condition']);
    if (id === undefined) return;
    await cli(`devstate change Custom:TC${id} RINGING`);
    await cli('channel originate Local/s@tc-maint application Set CDR_PROP(disable)=1');
    await expect.poll(() => cli('devstate list')).not.toContain('RINGING');
    await expect.poll(() => cli('core show channels count')).toContain('0 active channels');
    await cli('cdr submit');
    const rows = await database.exec([
      'mariadb',
      '-N',
      '-e',
      "SELECT COUNT(*) FROM asteriskcdrdb.cdr WHERE channel LIKE 'Local/s@tc-maint%'",
    ]);
    expect(rows.out.trim()).toBe('0');
  });

  test('a caller name that is cut in the middle of a letter leaves a call record', async () => {
    if (model === null) return;
    // 41 letters of two bytes behind a quote: Asterisk cuts clid at 80 bytes
    await cli(`dialplan add extension 900,1,Set(CALLERID(name)=${'Я'.repeat(41)}) into lab`);
    await cli('dialplan add extension 900,2,Hangup into lab');
    await cli('channel originate Local/900@lab application Wait 1');
    await expect
      .poll(
        async () => {
          await cli('cdr submit');
          return (
            await database.exec([
              'mariadb',
              '--default-character-set=utf8mb4',
              '-N',
              '-e',
              "SELECT COUNT(*) FROM asteriskcdrdb.cdr WHERE dst = '900' AND clid LIKE '%Я%'",
            ])
          ).out.trim();
        },
        { timeout: 20_000 },
      )
      .not.toBe('0');
  });

  test('a call record that the database missed comes there by the file, as it would have been, and only once', async () => {
    if (model === null) return;
    const rows = async (): Promise<string> => {
      const sql = `SELECT calldate, answer, end, clid, src, dst, dcontext, channel, lastapp, lastdata, duration, billsec, disposition, amaflags, uniqueid, linkedid, sequence,
        userfield, did, cnum FROM asteriskcdrdb.cdr WHERE dst = '901'`;
      return (await database.exec(['mariadb', '--default-character-set=utf8mb4', '-N', '-e', sql])).out;
    };
    await cli('dialplan add extension 901,1,Set(CALLERID(name)=Приём,№2) into lab');
    await cli('dialplan add extension 901,2,Set(CDR(userfield)=a\\"b\\",c) into lab');
    await cli('dialplan add extension 901,3,Answer into lab');
    await cli('dialplan add extension 901,4,Hangup into lab');
    await cli('channel originate Local/901@lab application Wait 1');
    await expect
      .poll(
        async () => {
          await cli('cdr submit');
          return rows();
        },
        { timeout: 20_000 },
      )
      .toMatch(/Приём,№2[\s\S]*a"b",c/);
    const written = await rows();
    await database.exec(['mariadb', '-e', "DELETE FROM asteriskcdrdb.cdr WHERE dst = '901'"]);
    expect(await take()).toBe('');
    expect(await rows()).toBe(written);
    expect(await take()).toBe('');
    expect(await rows()).toBe(written);
  });

  /** The file of Asterisk, put into the database as its timer does; what went wrong. */
  async function take(): Promise<string> {
    const own = files.filter((f) => f.path.startsWith('etc/migrate/call-records'));
    const { out } = await asterisk.exec(['cat', '/var/log/asterisk/cdr-custom/spool.csv']);
    await database.put('/', [
      ...own.map((f) => ({ path: f.path, content: Buffer.from(f.content), mode: f.mode })),
      { path: 'srv/spool/spool.csv', content: Buffer.from(out), mode: 0o644 },
    ]);
    const { code, err } = await database.exec(['sh', '/etc/migrate/call-records.sh', '/srv/spool']);
    return code === 0 ? '' : err || String(code);
  }
});

/** What the lab must change: where the database is. */
function treeFor(files: readonly RenderedFile[]): TarEntry[] {
  return files.map((f) => ({
    path: f.path,
    mode: f.mode,
    content: Buffer.from(
      f.path === 'etc/odbc.ini'
        ? String(f.content).replace('127.0.0.1', 'db')
        : f.path.includes('pjsip')
          ? withoutNames(String(f.content))
          : f.content,
    ),
  }));
}

/** Pieces of music lie beside the model: only the clinic has some. */
function musicOf(model: Model): Promise<TarEntry[]> {
  return Promise.all(
    musicFiles(model).map(async ([path, inModel]) => ({
      path,
      mode: 0o644,
      content: await readFile(new URL(`clinic-model/${inModel}`, CLINIC)),
    })),
  );
}

/** No carrier can be asked for its address here. */
function withoutNames(text: string): string {
  return text.replace(/\b[\w.-]+\.example\b/g, '192.0.2.99');
}

async function startDatabase(run: Run, image: string, password: string): Promise<Container> {
  const accounts = `CREATE DATABASE IF NOT EXISTS asteriskcdrdb;\nCREATE USER IF NOT EXISTS asterisk@'%' IDENTIFIED BY '${password}';\nGRANT SELECT, INSERT ON asteriskcdrdb.* TO asterisk@'%';\n`;
  const container = await run.container({
    role: 'db',
    image,
    network: await run.network(),
    tmpfs: { '/var/lib/mysql': 'size=1g' },
    environment: { MARIADB_THROWAWAY: '1' },
    files: [{ path: '/', entries: [{ path: 'run/secrets-migrate/init.sql', content: Buffer.from(accounts), mode: 0o600 }] }],
  });
  await container.waitFor(mariadbIsUp());
  const applied = await container.exec(['mariadb'], { stdin: await readFile(new URL('../../migrations/0001-cdr.sql', import.meta.url)) });
  if (applied.code !== 0) throw new Error(applied.err);
  return container;
}
