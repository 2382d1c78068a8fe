import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ami } from '../../src/asterisk/ami.ts';
import { parseConf } from '../../src/asterisk/conf.ts';
import { readDialplan } from '../../src/asterisk/dialplan.ts';
import { example, isPattern, matches, moreSpecific } from '../../src/model/dial-pattern.ts';
import { type OneAsterisk, startAsterisk } from './one-asterisk.ts';

const seed = Math.floor(Math.random() * 2 ** 31);

// Raw text, good and bad, as hands write it.
const token = fc.constantFrom(
  ';',
  ';--',
  '--;',
  '\\',
  '\\;',
  '--',
  '-',
  '=',
  '=>',
  '+=',
  '>',
  ' ',
  '\t',
  'a',
  'b',
  'k',
  '"',
  '[s]',
  '[',
  ']',
  '(',
  ')',
  '#',
  '\r',
  '\u00a0',
  '\u0451',
  '(!)',
  '(+)',
);
const line = fc.oneof(
  fc.array(token, { maxLength: 9 }).map((t) => t.join('')),
  fc
    .tuple(fc.constantFrom('a', 'b', 'k '), fc.constantFrom('=', ' = ', '=>', ' += '), fc.array(token, { maxLength: 7 }))
    .map(([n, o, v]) => n + o + v.join('')),
);
const confFiles = fc
  .sample(fc.array(line, { minLength: 1, maxLength: 8 }), { numRuns: 250, seed })
  .map((lines) => `[first]\n${lines.join('\n')}\n`);

const element = fc.constantFrom(
  'X',
  'Z',
  'N',
  'x',
  'z',
  'n',
  '0',
  '1',
  '9',
  '*',
  '#',
  '+',
  '-',
  '[13-5]',
  '[2-9]',
  '[24-6]',
  '[1-4]',
  '[0-9]',
  '[a-c]',
  '[12-4]',
);
const patterns = [
  ...new Map(
    fc
      .sample(fc.tuple(fc.array(element, { minLength: 1, maxLength: 5 }), fc.constantFrom('', '', '.', '!')), { numRuns: 250, seed })
      .map(([e, end]) => e.join('') + end)
      .filter((p) => p.replaceAll('-', '') !== '')
      .map((p) => [p, p]),
  ).values(),
].filter((p, i, all) => all.findIndex((q) => moreSpecific(p, q) === 0) === i);
const digits = fc.sample(fc.string({ unit: fc.constantFrom(...'0123459*#+ab-'), minLength: 1, maxLength: 6 }), { numRuns: 10, seed });
const asked = patterns
  .slice(0, 80)
  .flatMap((p, i) => [example(p), ...digits].flatMap((n) => (n === null ? [] : [{ pattern: p, context: `p${i}`, number: n }])));

const HAND_MADE = `
[c1]
exten => 1,1(top),NoOp(a(b),"c,d") ; note
same => n+1(late),Set(X=\\;y)
 SAME = n,Hangup
exten=>1,top+101,Busy()
exten => 1,1,NoOp(second)
exten => 1,n(top),NoOp(label twice)
EXTEN => _[1,2]X.,1,Goto(c2,s,1)tail
exten => _[1,2]X.,n,Dial(PJSIP/x,20
exten => 2,n,NoOp(unreachable)
exten => 3,N,NoOp(dropped)
exten => ,n,NoOp(lost)
exten => 4,NoOp(no priority)
exten => 5,1,,NoOp(doubled comma)
exten => 6,1,Wait,5
exten => 7/(495) 12-3,1,NoOp(cid)
exten => 8,0,NoOp(zero)
exten => 9,1 ,Answer
exten => 10,hint,PJSIP/10
exten => 10,n,NoOp(after a hint)
exten => 10,1,NoOp(real)
exten => 10,s(lab),NoOp(same priority)
exten => 10,3x,NoOp(three)
exten => s,1,NoOp
exten => s,n,Verbose(1,\${IF($["\${A}" = "b"]?x:y)})
foo => bar
include => c2
include => c3,9:00-17:00,mon-fri,*,*
ignorepat => 9
[c2]
same => n,NoOp(nothing before)
exten => s,n,NoOp(first is n)
exten => s,1,NoOp(ok)
[c3]
[c1](+)
exten => 99,1,NoOp(more)
`;

describe('Asterisk 22 reads as our parsers do', () => {
  let asterisk: OneAsterisk;
  let ami: Ami;
  beforeAll(async () => {
    const ordered = `[order]\n${patterns.map((p) => `exten = ${isPattern(p) ? '_' : ''}${p},1,NoOp()\n`).join('')}`;
    const single = patterns
      .slice(0, 80)
      .map((p, i) => `[p${i}]\nexten = _${p},1,NoOp()\n`)
      .join('');
    const ask = asked.map((a, i) => ` same = n,Set(GLOBAL(M${i})=\${DIALPLAN_EXISTS(${a.context},${a.number},1)})\n`).join('');
    asterisk = await startAsterisk({
      'extensions.conf': `[general]\n${HAND_MADE}${ordered}${single}[ask]\nexten = s,1,Answer()\n${ask} same = n,UserEvent(Done)\n`,
      ...Object.fromEntries(confFiles.map((text, i) => [`raw${i}.conf`, text])),
    });
    ami = asterisk.ami;
  });
  afterAll(() => asterisk?.end());

  it('250 random files of raw lines: the same sections, names and values, or refused by both', async () => {
    const wrong: object[] = [];
    let refused = 0;
    for (const [i, text] of confFiles.entries()) {
      const theirs = await ami
        .action({ Action: 'GetConfig', Filename: `raw${i}.conf`, Filter: 'TEMPLATES=include' })
        .then(linesOf, () => null);
      const conf = parseConf(text, `raw${i}.conf`);
      if (conf.sections.some((s) => s.append || s.inherits.length > 0)) continue;
      const ours = conf.problems.some((p) => p.refused)
        ? null
        : conf.sections.map((s) => [s.name, ...s.entries.map((e) => `${e.name}=${e.value}`)]);
      if (theirs === null) refused++;
      if (JSON.stringify(theirs) !== JSON.stringify(ours)) wrong.push({ text, theirs, ours, seed });
    }
    expect(wrong).toEqual([]);
    expect(refused).toBeLessThan(confFiles.length / 2);
  });

  it('a hand-made dialplan with every habit and mistake: the same steps', async () => {
    const ours = readDialplan([parseConf(HAND_MADE, 'extensions.conf')]);
    for (const context of ours.contexts) {
      const theirs = (await ami.list({ Action: 'ShowDialPlan', Context: context.name })).filter(
        (e) => e['Priority'] !== undefined && e['Priority'] !== 'hint',
      );
      // 22 does not know the form App,args: it takes all up to a parenthesis for the name
      const call = (s: (typeof context.steps)[number]): string =>
        s.form === 'comma' ? `${s.application},${s.arguments}` : `${s.application}(${s.arguments})`;
      expect(
        context.steps.map((s) => `${s.extension} ${s.priority} ${s.label ?? ''} ${call(s).replace('()', '')}`).sort(),
        context.name,
      ).toEqual(
        theirs
          .map((e) =>
            `${e['Extension']} ${e['Priority']} ${e['ExtensionLabel'] ?? ''} ${e['Application']}(${e['AppData'] ?? ''})`.replace('()', ''),
          )
          .sort(),
      );
      const hints = (await ami.list({ Action: 'ShowDialPlan', Context: context.name })).filter((e) => e['Priority'] === 'hint');
      expect(context.hints.map((h) => `${h.extension} ${h.devices}`)).toEqual(hints.map((e) => `${e['Extension']} ${e['Application']}`));
    }
    expect(await ami.command('dialplan show c1')).toContain("'7' (CID match '495123')");
  });

  it('250 random patterns: the same order of trial', async () => {
    const shown = (await ami.command('dialplan show order')).split('\n').flatMap((l) => /^\s+'_?(\S+)' =>/.exec(l)?.[1] ?? []);
    expect(shown).toHaveLength(patterns.length);
    expect(shown, `seed ${seed}`).toEqual([...shown].sort(moreSpecific));
  });

  it('80 random patterns against eleven numbers: the same matches, and every example matches', async () => {
    const done = new Promise<void>((resolve) => void ami.on('UserEvent', (e) => (e['UserEvent'] === 'Done' ? resolve() : undefined)));
    await ami.action({ Action: 'Originate', Async: 'true', Channel: 'Local/s@ask/n', Application: 'Wait', Data: '30' });
    await done;
    const wrong: object[] = [];
    for (const [i, a] of asked.entries()) {
      const theirs = (await ami.action({ Action: 'Getvar', Variable: `M${i}` }))['Value'] === '1';
      if (theirs !== matches(a.pattern, a.number)) wrong.push({ ...a, theirs, seed });
      if (i % 11 === 0 && example(a.pattern) !== null) expect(matches(a.pattern, example(a.pattern) ?? '')).toBe(true);
    }
    expect(wrong).toEqual([]);
  });
});

function linesOf(reply: Readonly<Record<string, string>>): string[][] {
  const sections: string[][] = [];
  for (const [name, value] of Object.entries(reply)) {
    const [, kind, section] = /^(category|line)-(\d+)/.exec(name) ?? [];
    if (kind === 'category') sections[Number(section)] = [value, ...(sections[Number(section)] ?? [])];
    else if (kind === 'line') sections[Number(section)] = [...(sections[Number(section)] ?? []), value];
  }
  return sections;
}
