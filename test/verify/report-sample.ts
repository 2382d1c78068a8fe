import { type Finding, type FindingCode, finding } from '../../src/finding.ts';
import type { Ledger } from '../../src/model/ledger.ts';
import { type Ref, ref } from '../../src/model/ref.ts';
import type { CallResult } from '../../src/verify/calls/calls.ts';
import { compare } from '../../src/verify/calls/compare.ts';
import { stepText } from '../../src/verify/calls/trace.ts';
import type { Report } from '../../src/verify/report/report.ts';
import type { Leg, Scenario, Trace } from '../../src/verify/scenario.ts';

const NAMES = [
  'Анна Петрова',
  'Пётр Ильич Сидоров',
  'Reception',
  'Dr. "Bones" McCoy',
  'שלום כהן',
  'Ольга & сын',
  'Бухгалтерия <2 этаж>',
  'Склад',
];

const nameOf = (i: number): string => NAMES[i % NAMES.length] ?? '';

export function leg(to: Ref, o: Partial<Leg> = {}): Leg {
  return { to, dialled: to.id, order: 1, rangMs: 2000, shown: { number: '101', name: 'Анна Петрова' }, answered: true, ...o };
}

export function trace(o: Partial<Trace> = {}): Trace {
  return {
    legs: [],
    heard: [],
    keys: '',
    musicClass: null,
    end: { at: 'caller', cause: 16 },
    recorded: false,
    cdr: [],
    stepsToDial: 9,
    ...o,
  };
}

export function scenario(id: string, o: Partial<Scenario> = {}): Scenario {
  return {
    id,
    kind: id.split('/')[0] ?? '',
    about: [],
    at: null,
    dial: '102',
    acts: [],
    before: { astdb: {} },
    claims: [],
    longestMs: 20_000,
    expect: trace(),
    caller: { as: 'extension', ref: ref('device', '101'), number: '101', name: 'Анна Петрова' },
    ...o,
  };
}

/** The call, judged as verify does it. */
export function call(s: Scenario, seen: Partial<Trace> = {}, o: Partial<CallResult> = {}): CallResult {
  const all: Trace = { ...s.expect, ...seen };
  const differences = compare(s, all);
  return { scenario: s, trace: all, differences, trouble: null, passed: differences.length === 0, atFirst: null, ms: 3210, way: [], ...o };
}

function internalCalls(): CallResult[] {
  return Array.from({ length: 24 }, (_, i) => {
    const id = String(102 + i);
    const cdr = [{ src: '101', dst: id, disposition: 'ANSWERED', did: '', billsec: 3, recordingfile: '' }];
    return call(scenario(`extension/${id}/answered`, { dial: id, expect: trace({ legs: [leg(ref('device', id))], cdr }) }), {
      stepsToDial: 8 + (i % 4),
    });
  });
}

function carrierCalls(): CallResult[] {
  const caller = { as: 'carrier', ref: ref('trunk', '1'), number: '+79161234567', name: 'МОСКВА' } as const;
  const shown = { number: '+79161234567', name: 'МОСКВА' };
  return Array.from({ length: 12 }, (_, i) =>
    call(
      scenario(`did/7495123456${i % 6}/${i < 6 ? 'day' : 'night'}`, {
        caller,
        dial: `7495123456${i % 6}`,
        at: i < 6 ? '2026-03-02 11:00' : '2026-03-02 22:00',
        expect: trace({
          heard: i < 6 ? ['welcome', 'press-1-for-sales'] : ['closed-now'],
          legs: i < 6 ? [leg(ref('device', '103'), { shown })] : [],
          stepsToDial: i < 6 ? 17 : null,
        }),
      }),
    ),
  );
}

const WAY = [
  'from-internal,600,1 Goto(ring-group,600,1)',
  'ring-group,600,1 Set(CALLERID(name)=Продажи:Анна Петрова)',
  'ring-group,600,2 Dial(PJSIP/103&PJSIP/104,20,trM(confirm))',
  'ring-group,600,3 Hangup(17)',
];

function failedCalls(): CallResult[] {
  const group = scenario('ring-group/600/second-round', {
    dial: '600',
    before: { astdb: { 'CF/103': '104', 'DND/104': null } },
    acts: [
      { who: ref('device', '103'), when: 'rings', afterMs: 0, do: 'busy' },
      { who: ref('device', '105'), when: 'rings', afterMs: 2000, do: 'answer' },
      { who: 'caller', when: 'answered', afterMs: 500, do: { keys: '1' } },
    ],
    expect: trace({
      legs: [
        leg(ref('device', '103'), { answered: false, rangMs: 0 }),
        leg(ref('device', '104'), { answered: false, rangMs: 20_000 }),
        leg(ref('device', '105'), { order: 2 }),
      ],
      keys: '1',
      recorded: true,
      cdr: [{ src: '101', dst: '600', disposition: 'ANSWERED', did: '', billsec: 4, recordingfile: 'a.wav' }],
    }),
  });
  const night = scenario('did/74951234569/night/1', {
    caller: { as: 'carrier', ref: ref('trunk', '2'), number: '84950000000', name: '' },
    dial: '74951234569',
    at: '2026-03-02 22:30',
    expect: trace({ heard: ['closed-now', 'vm-intro'], end: { at: 'hangup', cause: 16 } }),
  });
  const page = scenario('page-group/700/all', { dial: '700' });
  return [
    call(
      group,
      {
        legs: [leg(ref('device', '103'), { answered: false, rangMs: 0 }), leg(ref('device', '104'), { answered: false, rangMs: 12_000 })],
        recorded: false,
        end: { at: 'hangup', cause: 17 },
        keys: '',
        cdr: [],
      },
      { way: WAY },
    ),
    call(
      night,
      { heard: ['closed-now'], end: { at: 'hangup', cause: 34 } },
      { way: [stepText({ context: 'from-carrier-2', extension: '74951234569', priority: 1, application: 'Answer', data: '' } as never)] },
    ),
    call(page, {}, { trace: null, trouble: 'the call did not reach the PBX within 10 s', passed: false }),
  ];
}

function findings(): Finding[] {
  const many = (code: FindingCode, n: number, means: (i: number) => string, about: (i: number) => Ref): Finding[] =>
    Array.from({ length: n }, (_, i) => finding(code, { about: about(i), where: `${code.toLowerCase()} ${i}`, means: means(i) }));
  return [
    ...many(
      'ENCODING_REPAIRED',
      3,
      (i) => `The name '${nameOf(i)}' was read as cp1251.`,
      (i) => ref('extension', String(101 + i)),
    ),
    ...many(
      'COLUMN_UNREAD',
      14,
      (i) => `ringgroups.progress holds a value in ${i + 1} rows that nothing reads.`,
      (i) => ref('ring-group', String(600 + i)),
    ),
    ...many(
      'EMERGENCY_ROUTE_SWALLOWED',
      1,
      () => "Who dials 112 is led to 'Long distance' and reaches nobody.",
      () => ref('outbound-route', '3'),
    ),
    ...many(
      'ROUTE_HOURS_MISSING',
      2,
      () => 'Calls abroad are refused: the route has no hours.',
      (i) => ref('outbound-route', String(4 + i)),
    ),
    finding('SIP_GUESTS_ALLOWED', {
      means: 'Callers without an account reached the old box, and do not reach the new one.',
      where: 'sip_general_custom.conf:12',
      hint: 'Make a trunk for the carrier at 203.0.113.7.',
    }),
  ];
}

const sum = (
  space: Ledger['sums'][number]['space'],
  name: string,
  carried: number,
  approximated = 0,
  dropped = 0,
  unknown = 0,
): Ledger['sums'][number] => ({ space, name, rows: carried + approximated + dropped + unknown, carried, approximated, dropped, unknown });

function ledger(): Ledger {
  const entry = (name: string, key: string, fate: 'approximated' | 'dropped' | 'unknown' | 'carried', because: string | null) => ({
    space: 'table' as const,
    name,
    key,
    fate,
    to: [],
    because,
  });
  return {
    schema: 1,
    generation: '2.8',
    sums: [
      sum('table', 'users', 120),
      sum('table', 'devices', 118, 2),
      sum('table', 'sip', 2310, 0, 404),
      sum('table', 'ringgroups', 9, 1),
      sum('table', 'dundi_peers', 0, 0, 0, 3),
      sum('table', 'pinsets', 0),
      sum('table', 'dialplaninjection', 0),
      sum('astdb', 'AMPUSER', 840),
      sum('astdb', 'CF', 3),
      sum('context', 'from-internal-custom', 0, 4, 0, 2),
      sum('file', 'extensions_custom.conf', 1),
      sum('service', 'iptables', 0, 0, 1),
    ],
    entries: [
      entry('users', '101', 'carried', null),
      ...Array.from({ length: 404 }, (_, i) => entry('sip', `${101 + i} callgroup`, 'dropped', 'the default of Asterisk 22 is the same')),
      entry('devices', '117', 'approximated', 'a DAHDI telephone became a SIP one'),
      entry('devices', '118', 'approximated', 'a DAHDI telephone became a SIP one'),
      ...['Заречный', '00:11:22', 'c'].map((k) => entry('dundi_peers', k, 'unknown', null)),
    ],
  };
}

/** 39 calls of which 3 fail, findings of every severity, names as people write them. */
export function sampleReport(o: Partial<Report> = {}): Report {
  return {
    at: '2026-03-02T14:05:09.000Z',
    asterisk: 'Asterisk 22.6.0~dfsg+~cs6.15.60671435-1 built by nobody @ buildd.debian.org',
    modelSha256: 'f3'.repeat(32),
    objects: { extension: 120, device: 120, trunk: 2, 'ring-group': 10, queue: 0 },
    ledger: ledger(),
    findings: findings(),
    editedFiles: ['etc/asterisk/queues.conf'],
    changes: [
      { file: 'etc/asterisk/manager.conf', because: 'an AMI user of the lab, whose secret is made for the run' },
      { file: 'etc/asterisk/pjsip.conf', because: "the lab plays the carrier 'Ростелеком' at an address of its own" },
      { file: 'etc/asterisk/pjsip.d/trunks.conf', because: "the lab plays the carrier 'Ростелеком' at an address of its own" },
    ],
    ways: [
      {
        title: '74951234567',
        width: 120,
        height: 80,
        boxes: [{ x: 4, y: 4, width: 100, height: 30 }],
        arrows: [{ line: 'M10,40 C10,50 10,60 10,70', tip: '10,70 8,66 12,66' }],
        texts: [{ x: 8, y: 20, anchor: 'start', text: 'queue 400 "Продажи"' }],
      },
    ],
    against: null,
    notCompared: null,
    load: null,
    static: {
      lines: [
        { level: 'WARNING', source: 'res_pjsip_config_wizard.c', text: "Unable to load config file 'pjsip_wizard.conf'", because: null },
        { level: 'WARNING', source: 'loader.c', text: 'Module is deprecated', because: 'Debian builds it so' },
      ],
      mismatches: [{ about: ref('mailbox', '101'), what: 'name', expected: 'Анна Петрова', held: '???? ???????' }],
    },
    calls: {
      results: [...internalCalls(), ...carrierCalls(), ...failedCalls()],
      skipped: [
        { id: 'queue/400/timeout', kind: 'queue', why: 'takes 300 s: run with --patient' },
        { id: 'queue/401/timeout', kind: 'queue', why: 'takes 300 s: run with --patient' },
      ],
      seconds: 203.4,
    },
    ...o,
  };
}

/** The smallest report: no layer ran. */
export function emptyReport(): Report {
  return sampleReport({
    asterisk: null,
    ledger: null,
    findings: [],
    editedFiles: [],
    changes: [],
    static: null,
    calls: null,
    objects: {},
    ways: [],
  });
}

/** Fields that hold a word of ours rather than a text of the box. */
const OURS = new Set(['anchor', 'as', 'at', 'code', 'severity', 'do', 'when', 'who', 'space', 'fate', 'level', 'generation']);

/** The same report with `text` in every text that may come from the box; equal texts stay equal. */
export function poisoned<T>(value: T, text: string, field = ''): T {
  if (typeof value === 'string') return (value === '' || OURS.has(field) ? value : `${text}${value}${text}`) as T;
  if (Array.isArray(value)) return value.map((item) => poisoned(item, text, field)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, poisoned(held, text, key)])) as T;
}
