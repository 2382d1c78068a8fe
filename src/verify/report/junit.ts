import { type CallResult, whatWasWrong } from '../calls/calls.ts';
import type { Report, Skipped } from './report.ts';

/** JUnit XML: a suite for the static checks, one for each kind of call; the scenario's id is the name of the test. */
export function junit(report: Report): string {
  const suites = [...staticSuite(report), ...callSuites(report), ...loadSuite(report)];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('\n')}\n</testsuites>\n`;
}

function staticSuite({ static: checked }: Report): string[] {
  if (checked === null) return [];
  const cases = [
    ...checked.lines.map((l) =>
      testCase('log', `${l.level} ${l.source}`, 0, l.because === null ? `<failure message="${xml(l.text)}"/>` : ''),
    ),
    ...checked.mismatches.map((m) =>
      testCase(
        'asked back',
        `${m.about.kind}/${m.about.id} ${m.what}`,
        0,
        `<failure message="${xml(`expected ${m.expected}, held ${m.held}`)}"/>`,
      ),
    ),
  ];
  if (cases.length === 0) cases.push(testCase('static', 'Asterisk starts clean and holds what the model says', 0, ''));
  return [suite('static', cases)];
}

function callSuites({ calls }: Report): string[] {
  if (calls === null) return [];
  const kinds = new Map<string, string[]>();
  const add = (kind: string, text: string): void => void kinds.set(kind, [...(kinds.get(kind) ?? []), text]);
  for (const call of calls.results) add(call.scenario.kind, callCase(call));
  for (const call of calls.skipped) add(call.kind, skippedCase(call));
  return [...kinds].map(([kind, cases]) => suite(kind, cases));
}

function callCase(c: CallResult): string {
  const why = whatWasWrong(c);
  const body = c.passed ? again(c) : `<failure message="${xml(why.split('\n')[0] ?? '')}">${xml([why, '', ...c.way].join('\n'))}</failure>`;
  return testCase(c.scenario.kind, c.scenario.id, c.ms / 1000, body);
}

function again({ atFirst }: CallResult): string {
  return atFirst === null ? '' : `<system-out>${xml(`passed when placed once more; at first: ${atFirst}`)}</system-out>`;
}

function skippedCase(s: Skipped): string {
  return testCase(s.kind, s.id, 0, `<skipped message="${xml(s.why)}"/>`);
}

function loadSuite({ load }: Report): string[] {
  if (load === null) return [];
  const name = 'the PBX bears the storms of a dialler';
  if (load.trouble !== null) return [suite('load', [skippedCase({ id: name, kind: 'load', why: load.trouble })])];
  const failed = load.failed.map((line) => testCase('load', line, 0, `<failure message="${xml(line)}"/>`));
  return [suite('load', failed.length === 0 ? [testCase('load', name, 0, '')] : failed)];
}

function testCase(className: string, name: string, seconds: number, body: string): string {
  return `    <testcase classname="${xml(className)}" name="${xml(name)}" time="${seconds.toFixed(3)}">${body}</testcase>`;
}

function suite(name: string, cases: readonly string[]): string {
  const count = (mark: string): number => cases.filter((c) => c.includes(mark)).length;
  return `  <testsuite name="${xml(name)}" tests="${cases.length}" failures="${count('<failure')}" skipped="${count('<skipped')}">\n${cases.join('\n')}\n  </testsuite>`;
}

/** Control characters that no XML may hold are shown as a question mark. */
function xml(text: string): string {
  const marks: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
  return text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '?').replaceAll(/[&<>"]/g, (c) => marks[c] ?? c);
}
