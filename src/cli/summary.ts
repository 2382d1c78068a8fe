import { allFindings, type ResultDocument } from './result.ts';

/** The result for people: a line a part that ran. */
export function summary(r: ResultDocument): string {
  const lines: [string, string][] = [];
  if (r.model !== null) lines.push(['model', listed(r.model.objects)]);
  if (r.ledger !== null) {
    const { rows, carried, approximated, dropped, unknown, unaccounted } = r.ledger;
    lines.push(['ledger', `${rows} rows: ${listed({ carried, approximated, dropped, unknown, unaccounted })}`]);
  }
  if (r.render !== null) lines.push(['build', `${r.render.files} files`]);
  const findings = allFindings(r);
  if (findings.length > 0) {
    const sum = (severity: 'error' | 'warning' | 'info'): number => findings.reduce((n, f) => n + f[severity], 0);
    lines.push(['findings', listed({ errors: sum('error'), warnings: sum('warning'), info: sum('info') })]);
  }
  if (r.static !== null) {
    const { unexplained, explained, mismatches } = r.static;
    const found = listed({ 'unexplained warnings': unexplained, explained, mismatches });
    lines.push(['static', unexplained + mismatches === 0 ? `clean (explained warnings: ${explained})` : found]);
  }
  if (r.calls !== null) lines.push(['calls', callsText(r.calls)]);
  if (r.against !== null) lines.push(['old PBX', againstText(r.against)]);
  if (r.notCompared !== null) lines.push(['old PBX', `not called: ${r.notCompared}`]);
  if (r.load !== null) lines.push(['load', loadText(r.load)]);
  if (r.cdr !== null) lines.push(...cdrLines(r.cdr));
  if (r.recordings !== null) lines.push(['recordings', recordingsText(r.recordings)]);
  if (r.package !== null) lines.push(['package', `${r.package.package} (${r.package.files} files); secrets: ${r.package.secrets}`]);
  if (r.cutover !== null) lines.push(...stepLines(r.cutover));
  for (const { about, health, says, cure } of r.doctor?.symptoms ?? [])
    lines.push([health, `${about}: ${says}${cure === '' ? '' : `\n          ${cure}`}`]);
  if (r.plan !== null) {
    const { isReady, telephones, carriers, toDecide } = r.plan;
    lines.push(['plan', `${isReady ? 'ready' : 'NOT ready'}; ${listed({ telephones, carriers, 'findings to decide about': toDecide })}`]);
  }
  return lines.map(([name, text]) => `${name.padEnd(9)} ${text}\n`).join('');
}

function againstText({ same, expected, differs, newAlone, trouble }: NonNullable<ResultDocument['against']>): string {
  if (trouble !== null) return 'not compared';
  const counts = { same, 'otherwise for a known reason': expected, otherwise: differs };
  return `${same + expected + differs} calls into both: ${listed(counts)}${newAlone === 0 ? '' : `; ${newAlone} into the new one alone`}`;
}

function loadText({ capacity, cpuMsPerCall, failed, trouble }: NonNullable<ResultDocument['load']>): string {
  if (capacity === null) return `not measured: ${trouble}`;
  const cost = cpuMsPerCall === null ? '' : `, ${cpuMsPerCall.toFixed(1)} ms of CPU each`;
  return `bears ${capacity.toFixed(1)} originates a second${cost}${failed.length === 0 ? '' : '; a threshold is broken'}`;
}

function cdrLines(c: NonNullable<ResultDocument['cdr']>): [string, string][] {
  const { rows, copied, rejected, proved, unproved } = c;
  const months = c.months.map((m): [string, string] => {
    const both = `old ${m.source}, new ${m.target}`;
    return [`${m.table} ${m.month === '' ? '(no date)' : m.month}`, m.same ? `${both}: the same` : `${both}: THEY DIFFER`];
  });
  return [['records', `${rows} rows: ${listed({ copied, rejected })}; months: ${listed({ proved, unproved })}`], ...months];
}

function recordingsText(r: NonNullable<ResultDocument['recordings']>): string {
  const [before, after] = [r.bytesBefore, r.bytesAfter].map((bytes) => (bytes / 2 ** 20).toFixed(1));
  const counts = {
    [r.dryRun ? 'to be archived' : 'archived']: r.archived,
    'without a call': r.orphans,
    'calls without a recording': r.ghosts,
  };
  return `${listed(counts)}; ${before} MiB before, ${after} MiB after; left: ${listed(r.left)}`;
}

function callsText(c: NonNullable<ResultDocument['calls']>): string {
  const { planned, passed, failed, skipped, seconds } = c;
  return `${planned} planned: ${listed({ passed, failed, skipped })}, in ${seconds.toFixed(1)} s`;
}

/** '37 extension, 7 trunk'; nothing of what there is none of. */
function listed(counts: Readonly<Record<string, unknown>>): string {
  const some = Object.entries(counts).filter(([, n]) => typeof n === 'number' && n !== 0);
  return some.length === 0 ? 'none' : some.map(([name, n]) => `${n} ${name}`).join(', ');
}

function stepLines({ dryRun, steps }: NonNullable<ResultDocument['cutover']>): [string, string][] {
  // a command may hold several lines: each step stands as it would be typed
  if (dryRun) return steps.map((s): [string, string] => ['#', `${s.says}\n${s.result}`]);
  return steps.map((s): [string, string] => [`${s.seconds.toFixed(1)} s`, `${s.says}: ${s.result}`]);
}
