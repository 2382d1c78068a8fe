import {
  featureCode,
  followMe,
  group,
  incoming,
  ivr,
  menuKey,
  queue,
  queueOptions,
  route,
  timeCondition,
  timeGroup,
  trunk,
  user,
  wakeUp,
} from '../extract/planted-rows.ts';
import { keywords, telephone } from '../extract/sound-box.ts';
import { Random } from '../mutation/random.ts';
import { askedCallers } from './asked-callers.ts';
import { FAULTS } from './faults.ts';
import { inShape, type Shape } from './shape.ts';

export type Rows = Record<string, string | null>[];

/** A box in memory, as test/extract/box-of.ts takes it. */
export interface Invented {
  readonly tables: Record<string, Rows>;
  readonly astdb: Record<string, string>;
  readonly etc: Record<string, string>;
}

/** Names as people have and type them. */
const NAMES = [
  'Ольга Петрова',
  'Jean-Luc Ö.',
  'Sales; 2nd floor',
  '"Bob" O\'Neil',
  'Reception [main]',
  '李雷',
  'Ware, house',
  'Lab\\3',
  'x'.repeat(60),
  'Zoë #1',
];

/**
 * A box of so many extensions that nobody has seen: people, groups, queues, menus in menus, hours, routes, all leading to each other by chance; with `faults` also
 * what is broken on old boxes. The same seed gives the same box.
 */
export function inventBox(o: { shape: Shape; extensions: number; seed: number; faults: boolean }): Invented {
  const random = new Random(o.seed);
  const first = oneOf(random, [101, 201, 2001, 7010]);
  const people = Array.from({ length: o.extensions }, (_, i) => String(first + i));
  const sizes = {
    groups: Math.ceil(o.extensions / 12),
    queues: Math.ceil(o.extensions / 25),
    menus: Math.ceil(o.extensions / 26),
    conditions: Math.ceil(o.extensions / 20),
    dids: Math.ceil(o.extensions / 2),
  };
  const box = new Growing();
  const where = () => destination(random, people, sizes);
  addPeople(box, people, random);
  addGroups(box, people, sizes, random, where);
  addHours(box, sizes, random, where);
  addMenus(box, sizes, random, where);
  addWaysOut(box, random);
  box.add(
    'incoming',
    Array.from({ length: sizes.dids }, (_, i) => incoming(`4420${7000 + i}`, where())),
  );
  box.add('incoming', [incoming('', where())]);
  addClassOfService(box, people);
  box.add('incoming', [incoming('44208100', `from-did-direct,${people[1]},1`, { privacyman: '1', pmmaxretries: '2', pmminlength: '7' })]);
  box.merge({ tables: askedCallers(people) });
  // the module came with 2.11
  if (o.shape !== '2.8') addRecordingRules(box, people);
  if (o.faults) for (const fault of FAULTS) box.merge(fault);
  return { tables: inShape(box.tables, o.shape), astdb: box.astdb, etc: box.etc };
}

/** What the last two people may dial. */
const CLASS = 'guests';

function addClassOfService(box: Growing, people: readonly string[]): void {
  const class_ = {
    context: CLASS,
    description: 'Guests',
    dialrules: '7|.\n88X',
    featurefaildestination: 'app-blackhole,busy,1',
    failpin: '83920',
    featurefailpin: '',
  };
  box.add('customcontexts_contexts', [{ ...class_, faildestination: `from-did-direct,${people[0]},1` }]);
  const parts = ['ext-findmefollow', 'ext-local', 'app-dnd-on', 'app-dnd-off', 'ext-cf-hints', 'outrt-2', 'outrt-4'];
  box.add(
    'customcontexts_includes',
    parts.map((include, i) => ({ context: CLASS, include, timegroupid: null, sort: String(i), userules: i === 5 ? 'allowmatch' : null })),
  );
}

/** Rules for recording: each as a place on the way, one of a DID and one of a route. */
function addRecordingRules(box: Growing, people: readonly string[]): void {
  const modes = ['force', 'delayed', 'never', ''];
  const rule = (mode: string, i: number) => ({
    callrecording_id: String(i + 1),
    callrecording_mode: mode,
    description: `Rule ${mode}`,
    dest: mode === 'never' ? 'ext-callrecording,4,1' : `from-did-direct,${people[i]},1`,
  });
  box.add('callrecording', modes.map(rule));
  box.add(
    'incoming',
    modes.map((_, i) => incoming(`4420800${i}`, `ext-callrecording,${i + 1},1`)),
  );
  box.add('callrecording_module', [
    { extension: '44207000', cidnum: '', callrecording: 'never', display: 'did' },
    { extension: '44207001', cidnum: '', callrecording: 'delayed', display: 'did' },
    { extension: '1', cidnum: '', callrecording: 'force', display: 'routing' },
  ]);
}

function oneOf<T>(random: Random, list: readonly T[]): T {
  const picked = random.pick(list);
  if (picked === undefined) throw new Error('nothing to choose from');
  return picked;
}

class Growing {
  readonly tables: Record<string, Rows> = {};
  readonly astdb: Record<string, string> = {};
  readonly etc: Record<string, string> = { 'extensions_custom.conf': '' };
  add(table: string, rows: Rows): void {
    this.tables[table] = [...(this.tables[table] ?? []), ...rows];
  }
  merge({ tables = {}, astdb = {}, etc = {} }: Partial<Invented>): void {
    for (const [table, rows] of Object.entries(tables)) this.add(table, rows);
    Object.assign(this.astdb, astdb);
    for (const [file, text] of Object.entries(etc)) this.etc[file] = `${this.etc[file] ?? ''}${text}`;
  }
}

type Sizes = Readonly<Record<'groups' | 'queues' | 'menus' | 'conditions' | 'dids', number>>;

function destination(random: Random, people: readonly string[], sizes: Sizes): string {
  const one = (count: number) => 1 + Math.floor(random.next() * count);
  return oneOf(random, [
    `from-did-direct,${oneOf(random, people)},1`,
    `ext-local,${oneOf(random, people)},1`,
    `ext-group,${600 + one(sizes.groups)},1`,
    `ext-queues,${8400 + one(sizes.queues)},1`,
    `ivr-${one(sizes.menus)},s,1`,
    `timeconditions,${one(sizes.conditions)},1`,
    'app-daynight,0,1',
    'app-blackhole,hangup,1',
    'app-blackhole,busy,1',
    `ext-local,vmu${oneOf(random, people)},1`,
  ]);
}

function addPeople(box: Growing, people: readonly string[], random: Random): void {
  const boxes: string[] = [];
  for (const id of people) {
    const hasMailbox = random.next() < 0.6;
    const name = random.next() < 0.5 ? oneOf(random, NAMES) : `Person ${id}`;
    box.add('users', [user(id, { name, voicemail: hasMailbox ? 'default' : 'novm', ringtimer: oneOf(random, ['0', '15', '25']) })]);
    box.add('devices', [{ id, tech: 'sip', dial: `SIP/${id}`, devicetype: 'fixed', user: id, description: name, emergency_cid: '' }]);
    const context = id === people.at(-1) || id === people.at(-2) ? CLASS : 'from-internal';
    const secret = `s${Math.floor(random.next() * 1e12).toString(36)}Kq`;
    box.add('sip', telephone(id, { secret, nat: oneOf(random, ['yes', 'no']), context }));
    if (hasMailbox)
      boxes.push(`${id} => ${10000 + Math.floor(random.next() * 89999)},Person ${id},,,attach=no|saycid=no|envelope=no|delete=no`);
    Object.assign(box.astdb, {
      [`AMPUSER/${id}/cidname`]: name,
      [`AMPUSER/${id}/cidnum`]: id,
      [`AMPUSER/${id}/device`]: id,
      [`AMPUSER/${id}/voicemail`]: hasMailbox ? 'default' : 'novm',
      [`DEVICE/${id}/user`]: id,
      [`DEVICE/${id}/type`]: 'fixed',
      [`DEVICE/${id}/dial`]: `SIP/${id}`,
      [`DEVICE/${id}/default_user`]: id,
    });
    if (hasMailbox && boxes.length <= 2) Object.assign(box.astdb, greetingKeys(id, people));
    if (random.next() < 0.4) box.astdb[`CW/${id}`] = 'ENABLED';
    if (random.next() < 0.05) box.astdb[`CFU/${id}`] = oneOf(random, people);
    if (random.next() < 0.1) {
      box.add('findmefollow', [followMe(id, random.shuffled(people).slice(0, 2).join('-'), `ext-local,${id},dest`)]);
      box.astdb[`AMPUSER/${id}/followme/ddial`] = 'DIRECT';
    }
  }
  box.merge({ etc: { 'voicemail.conf': `[general]\nformat=wav\n[default]\n${boxes.join('\n')}\n` } });
}

/** Keys that callers may press while they hear the greeting (VmX). */
function greetingKeys(id: string, people: readonly string[]): Record<string, string> {
  const vmx = `AMPUSER/${id}/vmx`;
  return {
    [`${vmx}/unavail/state`]: 'enabled',
    [`${vmx}/unavail/1/ext`]: people[0] ?? '',
    [`${vmx}/unavail/2/ext`]: '601',
    [`${vmx}/unavail/vmxopts/timeout`]: 's',
    [`${vmx}/busy/state`]: 'enabled',
    [`${vmx}/busy/0/ext`]: '8401',
    [`${vmx}/busy/repeat`]: '2',
  };
}

function addGroups(box: Growing, people: readonly string[], sizes: Sizes, random: Random, where: () => string): void {
  const some = (count: number) => random.shuffled(people).slice(0, 1 + Math.floor(random.next() * count));
  for (let i = 1; i <= sizes.groups; i++) {
    const strategy = oneOf(random, ['ringall', 'hunt', 'memoryhunt', 'firstavailable', 'ringall-prim']);
    box.add('ringgroups', [group(String(600 + i), some(4).join('-'), where(), { strategy, grptime: oneOf(random, ['12', '20']) })]);
  }
  for (let i = 1; i <= sizes.queues; i++) {
    const id = String(8400 + i);
    box.add('queues_config', [queue(id, where(), { maxwait: oneOf(random, ['20', '60', '']) })]);
    const options = queueOptions(
      id,
      ['strategy', oneOf(random, ['ringall', 'rrmemory', 'leastrecent', 'random'])],
      ['timeout', '10'],
      ['retry', '5'],
      ['joinempty', oneOf(random, ['yes', 'no', 'strict'])],
    );
    box.add('queues_details', [
      ...options,
      ...queueOptions(id, ...some(4).map((x): [string, string] => ['member', `Local/${x}@from-queue/n,0`])),
    ]);
  }
}

function addHours(box: Growing, sizes: Sizes, random: Random, where: () => string): void {
  for (let i = 1; i <= sizes.conditions; i++) {
    const id = String(i);
    box.merge({
      tables: {
        ...timeGroup(id, oneOf(random, ['09:00-18:00|mon-fri|*|*', '22:00-06:00|fri-mon|*|*', '*|*|1-8|jan', '10:00-15:00|sat|*|*'])),
        timeconditions: [timeCondition(id, id, where(), where())],
      },
    });
  }
  box.merge({
    tables: {
      daynight: [
        { ext: '0', dmode: 'day', dest: where() },
        { ext: '0', dmode: 'night', dest: where() },
        { ext: '0', dmode: 'fc_description', dest: 'Night' },
      ],
    },
    astdb: { 'DAYNIGHT/C0': oneOf(random, ['DAY', 'NIGHT']) },
  });
}

/** Each menu leads to the next by key 1. */
function addMenus(box: Growing, sizes: Sizes, random: Random, where: () => string): void {
  for (let i = 1; i <= sizes.menus; i++) {
    const id = String(i);
    box.add('ivr_details', [
      ivr(id, { timeout_destination: where(), invalid_destination: where(), directdial: oneOf(random, ['', 'ext-local']) }),
    ]);
    box.add('ivr_entries', [
      menuKey(id, '1', i < sizes.menus ? `ivr-${i + 1},s,1` : where()),
      ...['2', '3', '0', '*'].map((keys) => menuKey(id, keys, where())),
    ]);
  }
}

const CODES: readonly (readonly [string, string, string])[] = [
  ['callforward', 'cfon', '*72'],
  ['callforward', 'cfoff', '*73'],
  ['donotdisturb', 'dnd_on', '*78'],
  ['donotdisturb', 'dnd_off', '*79'],
  ['callwaiting', 'cwon', '*70'],
  ['voicemail', 'myvoicemail', '*97'],
  ['infoservices', 'echotest', '*43'],
  ['daynight', 'toggle-mode-0', '*280'],
  ['hotelwakeup', 'hotelwakeup', '*68'],
  ['pbdirectory', 'app-pbdirectory', '411'],
];

function addWaysOut(box: Growing, random: Random): void {
  box.add('admin', [{ variable: 'need_reload', value: 'false' }]);
  box.add('trunks', [trunk('1', { name: 'main' }), trunk('2', { tech: 'iax', name: 'branch', continue: oneOf(random, ['on', 'off']) })]);
  box.add(
    'sip',
    keywords('tr-peer-1', { host: 'sip.carrier.example', type: 'peer', username: 'acme', secret: 'Kq7vTz9LwAm', qualify: 'yes' }),
  );
  box.add('sip', keywords('tr-reg-1', { register: 'acme:Kq7vTz9LwAm@sip.carrier.example' }));
  box.add('iax', keywords('tr-peer-2', { host: '198.51.100.44', type: 'friend', username: 'branch', secret: 'Zz8vTz9LwBn' }));
  const patterns: readonly (readonly [string, string, string])[] = [
    ['1', '9', 'NXXXXXX'],
    ['2', '', '112'],
    ['3', '9', '1NXXNXXXXXX'],
    ['4', '', '55XX'],
  ];
  for (const [i, [id, prefix, pass]] of patterns.entries()) {
    box.add('outbound_routes', [route(id, { emergency_route: id === '2' ? 'YES' : '' })]);
    box.add('outbound_route_patterns', [
      { route_id: id, match_pattern_prefix: prefix, match_pattern_pass: pass, match_cid: '', prepend_digits: '' },
    ]);
    box.add('outbound_route_trunks', [
      { route_id: id, trunk_id: '1', seq: '0' },
      { route_id: id, trunk_id: '2', seq: '1' },
    ]);
    box.add('outbound_route_sequence', [{ route_id: id, seq: String(i) }]);
  }
  box.add(
    'featurecodes',
    CODES.map(([module, name, code]) => featureCode(module, name, code)),
  );
  box.add('hotelwakeup', [wakeUp({ operator_mode: '1', operator_extensions: '00 , 01' })]);
  Object.assign(box.astdb, { 'cidname/79161112233': '"Anna Smith"', 'cidname/79161112244': 'Travel Agency' });
}
