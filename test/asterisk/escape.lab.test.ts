import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ami } from '../../src/asterisk/ami.ts';
import {
  escapeConf,
  escapeDialplan,
  escapeDialplanArgument,
  escapeDialplanValue,
  escapeGlobal,
  escapeGosubArgument,
  escapeSection,
} from '../../src/asterisk/escape.ts';
import { type OneAsterisk, startAsterisk } from './one-asterisk.ts';

const COUNT = 200;
const seed = Math.floor(Math.random() * 2 ** 31);

/** Random text of what has a meaning somewhere in Asterisk, and of what has none. */
const piece = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ';',
      ';--',
      '--;',
      '\\',
      '\\;',
      '"',
      "'",
      ',',
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      '${',
      '$[',
      '$',
      '${EXTEN}',
      '$[1+1]',
      '=>',
      '=',
      '+',
      '>',
      '|',
      '^',
      '&',
      '#',
      '_',
      '@',
      '/',
      ':',
      '~',
      '%',
      '!',
      '.',
      ' ',
      '\t',
    ),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4 }) },
  { weight: 1, arbitrary: fc.constantFrom('\u001b[1m', '\u0001', '\u007f', '\u00a0', '\u0085', '\u2028', '\ufeff', 'Иванов', '李') },
);
const text = fc
  .array(piece, { maxLength: 12 })
  .map((p) => p.join(''))
  .filter((t) => Buffer.byteLength(t) < 300);

/** Of `COUNT` texts those that `write` lets through. */
function samples(write: (t: string) => string, count: number, salt: number, from = text): { value: string; written: string }[] {
  const kept: { value: string; written: string }[] = [];
  for (const value of fc.sample(from, { numRuns: count * 40, seed: seed + salt })) {
    if (kept.length === count) break;
    try {
      kept.push({ value, written: write(value) });
    } catch {
      // refused: not representable
    }
  }
  expect(kept.length).toBeGreaterThan(count / 2);
  return kept;
}

const conf = samples(escapeConf, COUNT, 1);
const sections = [...new Map(samples(escapeSection, 50, 2).map((s) => [s.value, s])).values()];
const codes = samples(escapeConf, 40, 3);
const globals = samples(escapeGlobal, COUNT, 4);
const values = samples(escapeDialplanValue, COUNT, 5);
const argumentsOf = samples(escapeDialplanArgument, COUNT, 6);
const gosubs = samples(escapeGosubArgument, COUNT, 7);
const anywhere = samples(escapeDialplan, COUNT, 8);

function extensions(): string {
  const lines = values.map((v, i) => ` same = n,Set(V=${v.written})\n same = n,Set(GLOBAL(V${i})=\${V})\n`);
  for (const [i, a] of argumentsOf.entries()) {
    const next = argumentsOf[(i + 1) % argumentsOf.length]?.written;
    lines.push(
      ` same = n,Set(ARRAY(A,B,C)=${a.written},${next},end)\n same = n,Set(GLOBAL(A${i})=\${A})\n same = n,Set(GLOBAL(B${i})=\${B})\n same = n,Set(GLOBAL(C${i})=\${C})\n`,
    );
  }
  for (const [i, g] of gosubs.entries()) lines.push(` same = n,Set(I=G${i})\n same = n,Gosub(sub,s,1(${g.written},end,${g.written}))\n`);
  for (const [i, w] of anywhere.entries()) {
    lines.push(` same = n,Set(GLOBAL(W${i})=${w.written})\n same = n,Set(ARRAY(A)=${w.written})\n same = n,Set(GLOBAL(X${i})=\${A})\n`);
    lines.push(` same = n,Set(I=Y${i})\n same = n,Gosub(sub,s,1(${w.written},end,${w.written}))\n`);
  }
  const sub =
    'exten = s,1,Set(GLOBAL(${I})=${ARG1})\n same = n,Set(GLOBAL(${I}-end)=${ARGC} ${ARG2})\n same = n,Set(GLOBAL(${I}-3)=${ARG3})\n same = n,Return()\n';
  const event = argumentsOf
    .slice(0, 50)
    .map((a, i) => ` same = n,UserEvent(Text,I: ${i},Text: <${a.written}>)\n`)
    .join('');
  const head = globals.map((g, i) => `S${i} = ${g.written} ; comment\n`).join('');
  return `[general]\n[globals]\n${head}[go]\nexten = s,1,Answer()\n${lines.join('')}${event} same = n,UserEvent(Done)\n same = n,Hangup()\n[sub]\n${sub}`;
}

describe('Asterisk 22 reads back what was written', () => {
  let asterisk: OneAsterisk;
  let ami: Ami;
  const said: string[] = [];

  beforeAll(async () => {
    const endpoints = codes.map((c, i) => `[e${i}]\ntype = endpoint\naccountcode = ${c.written} ; comment\n`).join('');
    asterisk = await startAsterisk({
      'values.conf': `[values]\n${conf.map((c, i) => `k${i} = ${c.written} ; comment\n`).join('')}`,
      'sections.conf': sections.map((s, i) => `[${s.written}] ; comment\ni = ${i}\n`).join(''),
      'pjsip.conf': `[udp]\ntype = transport\nprotocol = udp\nbind = 127.0.0.1\n${endpoints}`,
      'extensions.conf': extensions(),
    });
    ami = asterisk.ami;
    const done = new Promise<void>((resolve) => {
      ami.on('UserEvent', (e) => {
        if (e['UserEvent'] === 'Text') said[Number(e['I'])] = e['Text'] ?? '';
        if (e['UserEvent'] === 'Done') resolve();
      });
    });
    await ami.action({ Action: 'Originate', Async: 'true', Channel: 'Local/s@go/n', Application: 'Wait', Data: '60' });
    await done;
  });
  afterAll(() => asterisk?.end());

  const global = async (name: string): Promise<string> => (await ami.action({ Action: 'Getvar', Variable: name }))['Value'] ?? '(none)';
  const mismatches = async (of: readonly { value: string; written: string }[], read: (i: number) => Promise<string> | string) => {
    const wrong: object[] = [];
    for (const [i, s] of of.entries()) {
      const got = await read(i);
      if (got !== s.value) wrong.push({ ...s, got, seed });
    }
    return wrong;
  };

  it('as a value of any .conf file', async () => {
    const reply = await ami.action({ Action: 'GetConfig', Filename: 'values.conf' });
    expect(await mismatches(conf, (i) => (reply[`Line-000000-${String(i).padStart(6, '0')}`] ?? '').replace(/^k\d+=/, ''))).toEqual([]);
  });

  it('as a name of a section', async () => {
    const reply = await ami.action({ Action: 'GetConfig', Filename: 'sections.conf' });
    expect(await mismatches(sections, (i) => reply[`Category-${String(i).padStart(6, '0')}`] ?? '')).toEqual([]);
  });

  it('as an option of a PJSIP endpoint', async () => {
    expect(
      await mismatches(codes, async (i) => {
        const events = await ami.list({ Action: 'PJSIPShowEndpoint', Endpoint: `e${i}` });
        return events.find((e) => e['Event'] === 'EndpointDetail')?.['Accountcode'] ?? '(none)';
      }),
    ).toEqual([]);
  });

  it('as a global variable', async () => {
    expect(await mismatches(globals, (i) => global(`S${i}`))).toEqual([]);
  });

  it('as the value of Set', async () => {
    expect(await mismatches(values, (i) => global(`V${i}`))).toEqual([]);
  });

  it('as one of several arguments', async () => {
    expect(await mismatches(argumentsOf, (i) => global(`A${i}`))).toEqual([]);
    expect(await mismatches([...argumentsOf.slice(1), ...argumentsOf.slice(0, 1)], (i) => global(`B${i}`))).toEqual([]);
    for (const i of argumentsOf.keys()) expect(await global(`C${i}`)).toBe('end');
    expect(await mismatches(argumentsOf.slice(0, 50), (i) => (said[i] ?? '').replace(/^<|>$/g, ''))).toEqual([]);
  });

  it('as an argument of Gosub, and the arguments after it are not disturbed', async () => {
    expect(await mismatches(gosubs, (i) => global(`G${i}`))).toEqual([]);
    expect(await mismatches(gosubs, (i) => global(`G${i}-3`))).toEqual([]);
    for (const i of gosubs.keys()) expect(await global(`G${i}-end`)).toBe('3 end');
  });

  it('in every place alike, where escapeDialplan lets it through', async () => {
    for (const place of ['W', 'X', 'Y']) expect(await mismatches(anywhere, (i) => global(`${place}${i}`))).toEqual([]);
  });

  it('without a word of warning', async () => {
    const log = (await asterisk.container.logs())
      .split('\n')
      .filter((l) => /(WARNING|ERROR)\[/.test(l) && !/\.conf|ccss|pjproject|stasis|acl|geolocation/.test(l));
    expect(log).toEqual([]);
  });
});
