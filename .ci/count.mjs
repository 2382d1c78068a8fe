// Adds up vitest's reports and what a run left behind, and prints `N passed, N failed`.
// Argument: the exit status of make. Ends with it, or with 1 where it was 0 and something failed all the same.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const made = Number(process.argv[2] ?? 0);
let passed = 0;
let failed = 0;

function failure(why) {
  failed++;
  console.error(`failed: ${why}`);
}

for (const project of ['unit', 'box', 'lab']) {
  const file = `.cache/test-${project}.json`;
  let report;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    failure(`no report of the ${project} tests (${error.code ?? error.message})`);
    continue;
  }
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  // a file that cannot even be loaded has no test that failed
  for (const { name, status, assertionResults } of report.testResults) {
    if (status === 'failed' && !assertionResults.some((test) => test.status === 'failed')) failure(name);
  }
  if (report.numPassedTests + report.numFailedTests === 0) failure(`no ${project} test ran`);
}

for (const [what, ...list] of [
  ['container', 'ps', '--all', '--format={{.Names}}'],
  ['network', 'network', 'ls', '--format={{.Name}}'],
  ['volume', 'volume', 'ls', '--format={{.Name}}'],
]) {
  try {
    const left = execFileSync('docker', [...list, '--filter=label=migrate.run'], { encoding: 'utf8', timeout: 60_000 });
    for (const name of left.split('\n').filter(Boolean)) failure(`${what} ${name} is left behind`);
  } catch (error) {
    failure(`cannot ask Docker for left ${what}s: ${error.message.split('\n')[0]}`);
  }
}

if (made !== 0 && failed === 0) failure(`make test ended with status ${made}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = made !== 0 ? made : failed > 0 ? 1 : 0;
