import { join } from 'node:path';
import type { Context } from '../context.ts';
import { countFindings, type Severity } from '../finding.ts';
import type { LedgerTotals } from '../model/ledger.ts';
import type { Checking, Reading } from './arguments.ts';
import type { Moving, Phase } from './cutover-arguments.ts';
import type { Archiving, Copying, Serving } from './history-arguments.ts';
import type { ResultDocument } from './result.ts';

type Findings = Readonly<Record<Severity, number>>;

/** The stages as the door calls them, with the part of their results that it shows. */
export interface Stages {
  extract(
    source: string,
    out: string,
    o: Reading,
    c: Context,
  ): Promise<{ objects: Readonly<Record<string, number>>; ledger: LedgerTotals; findings: Findings }>;
  render(
    model: string,
    out: string,
    o: { readonly live: boolean; readonly strict: boolean },
    c: Context,
  ): Promise<{ files: number; findings: Findings }>;
  copyCdr(source: string, to: string, o: Copying, c: Context): Promise<NonNullable<ResultDocument['cdr']>>;
  archiveRecordings(folder: string, to: string, o: Archiving, c: Context): Promise<NonNullable<ResultDocument['recordings']>>;
  /** Until it is interrupted. */
  serveRecordings(folder: string, from: string, o: Serving, c: Context): Promise<void>;
  planCutover(build: string, o: { readonly report: string; readonly out: string }): Promise<NonNullable<ResultDocument['plan']>>;
  moveOver(phase: Phase, build: string, o: Moving, c: Context): Promise<NonNullable<ResultDocument['cutover']>>;
  doctor(build: string, machine: string, c: Context): Promise<NonNullable<ResultDocument['doctor']>>;
  packageBuild(build: string, out: string, c: Context): Promise<NonNullable<ResultDocument['package']>>;
  verify(
    build: string,
    report: string,
    o: Checking,
    c: Context,
  ): Promise<Pick<ResultDocument, 'static' | 'calls' | 'against' | 'notCompared' | 'load'>>;
}

/** The real ones. Each is loaded when it is needed: `--help` does not wait for Docker's client. */
export const stages: Stages = {
  async extract(source, out, o, c) {
    const stage = await import('../extract/extract.ts');
    // never an argument: everybody on the machine could read it
    const password = process.env['MIGRATE_MYSQL_PASSWORD'];
    const { objects, totals, findingCounts } = await stage.extract(source, out, password === undefined ? o : { ...o, password }, c);
    return { objects, ledger: totals, findings: findingCounts };
  },
  async render(...asked) {
    const stage = await import('../render/render.ts');
    const { files, findings } = await stage.render(...asked);
    return { files: files.length, findings: countFindings(findings) };
  },
  async copyCdr(source, to, o, c) {
    const stage = await import('../history/copy-cdr.ts');
    const [sourcePassword, targetPassword] = [process.env['MIGRATE_MYSQL_PASSWORD'] ?? '', process.env['MIGRATE_TARGET_PASSWORD'] ?? ''];
    const said = await stage.copyCdr(source, to, { ...o, sourcePassword, targetPassword }, c);
    return { ...said, months: said.months.map((m) => ({ ...m })), left: said.left.map((l) => ({ ...l })) };
  },
  async archiveRecordings(folder, to, o, c) {
    const stage = await import('../history/archive-recordings.ts');
    const said = await stage.archiveRecordings(folder, to, { ...o, targetPassword: process.env['MIGRATE_TARGET_PASSWORD'] ?? '' }, c);
    return { ...said, left: { ...said.left } };
  },
  async serveRecordings(folder, from, o, c) {
    const stage = await import('../history/serve/serve-recordings.ts');
    const [password, single] = [process.env['MIGRATE_TARGET_PASSWORD'] ?? '', process.env['MIGRATE_WEB_LOGIN']];
    const logins = { ...(o.logins === undefined ? {} : { file: o.logins }), ...(single === undefined ? {} : { single }) };
    await stage.serveRecordings(folder, from, { ...o, password, logins }, c);
  },
  async planCutover(build, o) {
    const stage = await import('../cutover/plan/write-plan.ts');
    const { verified, telephones, carriers, open } = await stage.writePlan(build, o);
    const { sip, iax2, others } = telephones;
    return { isReady: verified?.isGreen ?? false, telephones: sip + iax2 + others, carriers: carriers.length, toDecide: open.length };
  },
  async moveOver(phase, build, o, c) {
    const [{ cutover }, { machineNamed }] = await Promise.all([import('../cutover/move/cutover.ts'), import('../cutover/move/machine.ts')]);
    const machines = { old: machineNamed(o.old, c.signal), new: machineNamed(o.new, c.signal) };
    const { records } = o;
    const copyRecords = records === null ? null : (queueLog: string | null) => copyDelta(build, records, queueLog, c);
    const said = await cutover(phase, build, { ...o, ...machines, copyRecords }, c);
    return { ...said, steps: said.steps.map((step) => ({ ...step })) };
  },
  async doctor(build, machine, c) {
    const [{ doctor }, { machineNamed }] = await Promise.all([import('../cutover/doctor/doctor.ts'), import('../cutover/move/machine.ts')]);
    const symptoms = await doctor(build, machineNamed(machine, c.signal), c);
    return { symptoms: symptoms.map((symptom) => ({ ...symptom })) };
  },
  async packageBuild(...asked) {
    const stage = await import('../cutover/package/package.ts');
    return { ...(await stage.packageBuild(...asked)) };
  },
  async verify(...asked) {
    const stage = await import('../verify/verify.ts');
    const said = await stage.verify(...asked);
    return { ...said, load: said.load === null ? null : { ...said.load, failed: [...said.load.failed] } };
  },
};

/** Call records that came since the last copy. @returns a line for the journal */
async function copyDelta(build: string, records: NonNullable<Moving['records']>, queueLog: string | null, c: Context): Promise<string> {
  const { from, to, via } = records;
  const o = {
    out: join(build, '.cutover', 'records'),
    ...(via === undefined ? {} : { via }),
    ...(queueLog === null ? {} : { queueLog: [queueLog] }),
  };
  const { copied, rejected, unproved } = await stages.copyCdr(from, to, o, c);
  return `${copied} copied, ${rejected} rejected, ${unproved} months differ`;
}
