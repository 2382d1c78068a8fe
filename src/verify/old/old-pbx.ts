import type { BoxOptions } from '../../box/box.ts';
import type { Context } from '../../context.ts';
import { Interrupted, MigrateError } from '../../error.ts';
import type { Model } from '../../model/kinds.ts';
import type { CallRow } from '../call-row.ts';
import type { CallResult } from '../calls/calls.ts';
import type { Lab } from '../lab/lab.ts';
import type { Against } from '../report/report.ts';
import type { Scenario } from '../scenario.ts';
import { type Again, comparisonOf, judge, placeInto } from './against.ts';
import { type ClientDifference, clientDialogue, clientDifferences, replay } from './client-dialogue.ts';
import { type Clone, startClone } from './clone.ts';
import { type Divided, divide, type LeftOut } from './divide.ts';
import { whatLacks } from './missing-include.ts';
import { type OldBox, readOldBox } from './old-box.ts';
import { recordsOf } from './record-shape.ts';
import { readRecordedCalls } from './recorded-calls.ts';
import type { Judged } from './verdict.ts';

const NOTHING: { readonly judged: readonly Judged[]; readonly left: readonly LeftOut[] } = { judged: [], left: [] };

/** The old PBX that calls are placed into as well. */
export interface AgainstOptions {
  readonly source: string;
  readonly reading: BoxOptions;
  /** A person asked for it: a source that does not hold enough of the old PBX is trouble then. */
  readonly asked: boolean;
}

/**
 * The old side of one run, beside a lab. Whatever goes wrong with it is told and does not touch the new side: none of its methods throws but
 * for Interrupted.
 */
export class OldPbx {
  readonly #startedAt = performance.now();
  #clone: Promise<Clone | null> = Promise.resolve(null);
  #divided: Divided = divide([]);
  #old: CallResult[] = [];
  #trouble: string | null = null;
  readonly #box: OldBox | null;
  readonly #source: AgainstOptions;
  #recorded: Promise<CallRow[] | string> = Promise.resolve('it was not started');
  readonly #model: Model;
  readonly #c: Context;

  private constructor(source: AgainstOptions, box: OldBox | null, trouble: string | null, o: { model: Model; context: Context }) {
    this.#source = source;
    this.#box = box;
    this.#trouble = trouble;
    this.#model = o.model;
    this.#c = o.context;
  }

  /**
   * @returns text where nobody asked and the source does not hold enough of the old PBX: what it lacks
   * @throws MigrateError E_SOURCE where there is no such source; Interrupted
   */
  static async read(o: AgainstOptions, model: Model, c: Context): Promise<OldPbx | string> {
    try {
      const box = await readOldBox(o.source, o.reading, c);
      const lacks = whatLacks(box);
      if (lacks === null) return new OldPbx(o, box, null, { model, context: c });
      return o.asked ? new OldPbx(o, null, lacks, { model, context: c }) : lacks;
    } catch (error) {
      if (error instanceof Interrupted || !(error instanceof MigrateError) || error.code === 'E_SOURCE') throw error;
      return new OldPbx(o, null, error.message, { model, context: c });
    }
  }

  /** Begins to bring the clone up, and to read what the box itself has written of its calls. */
  start(lab: Lab): void {
    const box = this.#box;
    if (box === null) return;
    this.#clone = this.#told(() => startClone(lab, box));
    const { source, reading } = this.#source;
    this.#recorded = readRecordedCalls(source, reading, this.#c).catch((error: unknown) => String(error));
  }

  /** Places the calls, once the clone is up, but for those that must have its clock at their time. */
  async place(scenarios: readonly Scenario[]): Promise<void> {
    const clone = await this.#clone;
    this.#divided = divide(scenarios);
    const { now } = this.#divided;
    if (clone !== null) this.#old = (await this.#told(() => placeInto(clone, now, this.#quiet))) ?? [];
  }

  /** What came of it, beside what the new side did. The clone is done with. */
  async compared(results: readonly CallResult[], labs: readonly [Lab, ...Lab[]], placeNew: Again['placeNew']): Promise<Against> {
    const clone = await this.#clone;
    this.#c.progress({ step: 'calls that differ from the old PBX' });
    const again: Again = { context: this.#c, model: this.#model, placeNew };
    const judged =
      clone === null || this.#trouble !== null ? null : await this.#told(() => judge(clone, { old: this.#old, new: results }, again));
    const clients = clone === null ? null : await this.#told(() => this.#clients(clone, labs[0]));
    const clocked = clone === null || judged === null ? NOTHING : await this.#atTheirTimes(clone, results, again);
    await clone?.close();
    return {
      trouble: this.#trouble,
      comparison: judged === null ? null : comparisonOf([...judged, ...clocked.judged]),
      left: [...this.#divided.left, ...clocked.left],
      clients: clients ?? [],
      records: recordsOf(await this.#recorded, await writtenIn(labs), this.#model),
      changes: (clone?.changes ?? []).map(({ file, because }) => ({ file, because })),
      missing: clone?.missing ?? [],
      seconds: (performance.now() - this.#startedAt) / 1000,
    };
  }

  /** Calls on which the clone's own clock decides: for each time it is started anew. One that does not start then leaves those out. */
  async #atTheirTimes(clone: Clone, results: readonly CallResult[], again: Again): Promise<typeof NOTHING> {
    let told = NOTHING;
    for (const [clock, scenarios] of this.#divided.atClock) {
      const place = (clocked: Clone): Promise<CallResult[]> => placeInto(clocked, scenarios, this.#quiet);
      const use = async (clocked: Clone): Promise<Judged[]> => judge(clocked, { old: await place(clocked), new: results }, again);
      const of = await clone.atClock(clock, use).catch((error: unknown) => this.#whyNot(error));
      const left = typeof of === 'string' ? scenarios.map(({ id }) => ({ id, why: of })) : [];
      told = { judged: [...told.judged, ...(typeof of === 'string' ? [] : of)], left: [...told.left, ...left] };
    }
    return told;
  }

  /** @throws Interrupted */
  #whyNot(error: unknown): string {
    if (error instanceof Interrupted || this.#c.signal.aborted) throw new Interrupted();
    const why = withoutSecrets(error instanceof Error ? error.message : String(error), this.#model.secrets);
    return `the old PBX could not be called with its clock there: ${why}`;
  }

  /** The new side tells how far it is. */
  get #quiet(): Context {
    return { ...this.#c, progress: () => undefined };
  }

  /** What programs get of both over AMI; nothing where the box has no account for any. */
  async #clients(clone: Clone, lab: Lab): Promise<ClientDifference[]> {
    if (Object.keys(this.#model['ami-user']).length === 0) return [];
    const steps = clientDialogue(this.#model);
    const [was, is] = await Promise.all([replay(clone.pbx.ami, steps), replay(lab.pbx.ami, steps)]);
    return clientDifferences(steps, was, is);
  }

  /** Runs a part; null where it fails, and then why is kept. */
  async #told<T>(part: () => Promise<T>): Promise<T | null> {
    try {
      return await part();
    } catch (error) {
      if (error instanceof Interrupted || this.#c.signal.aborted) throw new Interrupted();
      this.#c.log('info', 'the old PBX fails', { error: String(error) });
      this.#trouble ??= withoutSecrets(error instanceof Error ? error.message : String(error), this.#model.secrets);
      return null;
    }
  }
}

/** Rows of all of them; each numbers its calls by itself. */
async function writtenIn(labs: readonly Lab[]): Promise<CallRow[]> {
  const rows = await Promise.all(labs.map((lab) => lab.database.callRows()));
  return rows.flatMap((of, i) => of.map((row) => ({ ...row, linkedid: `${i}-${row.linkedid}`, uniqueid: `${i}-${row.uniqueid}` })));
}

/** Asterisk's last words may hold a line of its configuration. */
function withoutSecrets(text: string, secrets: Model['secrets']): string {
  return Object.values(secrets).reduce((all, secret) => (secret.length < 4 ? all : all.replaceAll(secret, '****')), text);
}
