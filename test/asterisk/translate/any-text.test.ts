import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseConf } from '../../../src/asterisk/conf.ts';
import { readDialplan } from '../../../src/asterisk/dialplan.ts';
import { dialplanText } from '../dialplan-text.ts';
import { translated } from './translated.ts';

const complaints = (text: string): string[] => {
  const conf = parseConf(text, 'e.conf');
  return readDialplan([conf])
    .problems.map((p) => p.what)
    .filter((what) => !/no priority 1/.test(what));
};

/** Seconds of CPU: what else the machine is busy with does not count. */
function secondsOf(work: () => void): number {
  const began = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1e6;
}

describe('whatever hands wrote', () => {
  test('every line stands for itself, in its place, and what is written is read without a complaint', () => {
    fc.assert(
      fc.property(dialplanText, (text) => {
        const { lines, routines, problems } = translated(text);
        expect(lines.map((l) => l.text).join('\n')).toBe(text);
        expect(lines.flatMap((l) => l.problems)).toEqual(problems);
        const all = [...lines.flatMap((l) => l.written), ...routines.flatMap((r) => r.lines)].join('\n');
        expect(complaints(all)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  test('a variable whose name would end a comment is left out', () => {
    const [, line] = translated('[globals]\n--;A|B=1').lines;
    expect([line?.fate, line?.written]).toEqual(['comment', [';  --;A|B=1']]);
  });

  test('a line of any bytes ends nothing and throws nothing', () => {
    const bytes = fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 12 }).map((l) => l.join('\n'));
    fc.assert(
      fc.property(bytes, (text) => {
        expect(translated(text).lines).toHaveLength(text.split('\n').length);
      }),
      { numRuns: 400 },
    );
  });

  test.each([
    ['a line of ten megabytes', () => `[a]\nexten => 1,1,NoOp(${'x'.repeat(10_000_000)})`],
    ['brackets that nest without end', () => `[a]\nexten => 1,1,NoOp\n${`exten => 1,n,Set(A=${'${'.repeat(3900)})\n`.repeat(20)}`],
    [
      'parentheses that nest without end',
      () => `[a]\nexten => 1,1,NoOp\n${`exten => 1,n,ExecIf(1?${'ExecIf(1?'.repeat(800)})\n`.repeat(20)}`,
    ],
    [
      'applications that run one another without end',
      () => `[a]\nexten => 1,1,NoOp\n${`exten => 1,n,${'Exec('.repeat(1500)}\n`.repeat(20)}`,
    ],
    [
      'contexts that lead from one to the next',
      () =>
        Array.from({ length: 6_000 }, (_, i) => `[c${i}]\nexten => 1,1,SIPAddHeader(X: y)\nexten => 1,n,Goto(c${i + 1}|1|1)`).join('\n'),
    ],
    [
      'macros that include one another in a long row',
      () => Array.from({ length: 6_000 }, (_, i) => `[macro-${i}]\ninclude => macro-${i + 1}`).join('\n'),
    ],
    ['a macro that includes itself', () => '[macro-x]\ninclude => macro-x\nexten => s,1,Macro(x)'],
    ['a template that goes by itself', () => '[t](!,t)\nexten => 1,1,NoOp\n[a](t)\n[t](t)'],
  ])('%s is no trouble', (_, text) => {
    const lines = text();
    expect(secondsOf(() => translated(lines))).toBeLessThan(5);
  });

  // 0.8 s of CPU where it was written, the compiler's and the collector's included
  test('20,000 lines take less than a moment', () => {
    const extensions = Array.from(
      { length: 2000 },
      (_, i) =>
        `exten => ${i},1,Macro(user-callerid,)\nexten => ${i},n,Set(A=\${CUT(B|,|1)})\nexten => ${i},n,GotoIf($["\${A}" = "1"]?x)\nexten => ${i},n,Dial(SIP/mango/\${EXTEN}|20|tr)\nexten => ${i},n,Goto(s-\${DIALSTATUS},1)\nexten => ${i},n(x),VoiceMail(u${i})\nexten => ${i},n,SIPAddHeader(X: y)\nexten => ${i},n,Macro(x,a)\nexten => ${i},n,Hangup`,
    );
    const long = Array.from({ length: 2000 }, () => 'exten => s,n,Set(A=${SIP_HEADER(To)})').join('\n');
    const text = `[a]\n${extensions.join('\n')}\n[macro-x]\nexten => s,1,NoOp\n${long}`;
    expect(text.split('\n').length).toBeGreaterThan(20_000);
    expect(secondsOf(() => translated(text))).toBeLessThan(5);
  });
});
