import type { BoxOptions } from '../../box/box.ts';
import type { Context } from '../../context.ts';
import { Interrupted, MigrateError } from '../../error.ts';
import type { Model } from '../../model/kinds.ts';
import type { CallResult } from '../calls/calls.ts';
import { shortWaitKey } from '../calls/short-wait.ts';
import type { Lab } from '../lab/lab.ts';
import type { Against } from '../report/report.ts';
import type { Scenario } from '../scenario.ts';
import { type Again, judge, placeInto } from './against.ts';
import { type ClientDifference, clientDialogue, clientDifferences, replay } from './client-dialogue.ts';
import { type Clone, startClone } from './clone.ts';
import { missingIncludes } from './missing-include.ts';
import { type OldBox, readOldBox } from './old-box.ts';

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
  #old: CallResult[] = [];
  #trouble: string | null = null;
  readonly #box: OldBox | null;
  readonly #model: Model;
  readonly #c: Context;

  private constructor(box: OldBox | null, trouble: string | null, model: Model, c: Context) {
    this.#box = box;
    this.#trouble = trouble;
    this.#model = model;
    this.#c = c;
  }

  /**
   * @returns text where nobody asked and the source does not hold enough of the old PBX: what it lacks
   * @throws MigrateError E_SOURCE where there is no such source; Interrupted
   */
  static async read(o: AgainstOptions, model: Model, c: Context): Promise<OldPbx | string> {
    try {
      const box = await readOldBox(o.source, o.reading, c);
      const missing = box === null ? ['extensions.conf'] : missingIncludes(box.files);
      if (box !== null && missing.length === 0) return new OldPbx(box, null, model, c);
      const lacks = `the source lacks ${missing.slice(0, 5).join(', ')} of its /etc/asterisk, without which Asterisk reads no dialplan`;
      return o.asked ? new OldPbx(null, lacks, model, c) : lacks;
    } catch (error) {
      if (error instanceof Interrupted || !(error instanceof MigrateError) || error.code === 'E_SOURCE') throw error;
      return new OldPbx(null, error.message, model, c);
    }
  }

  /** Begins to bring the clone up. */
  start(lab: Lab): void {
    const box = this.#box;
    if (box !== null) this.#clone = this.#told(() => startClone(lab, box));
  }

  /** Places the calls, once the clone is up. Not those that forwards lead in a circle: the old dialplan runs at full speed there, and every other call stands still (tried). */
  async place(scenarios: readonly Scenario[]): Promise<void> {
    const clone = await this.#clone;
    if (clone === null) return;
    const both = scenarios.filter((s) => !isShortened(s) && s.expect.circles !== true);
    this.#old = (await this.#told(() => placeInto(clone, both, { ...this.#c, progress: () => undefined }))) ?? [];
  }

  /** What came of it, beside what the new side did. The clone is done with. */
  async compared(results: readonly CallResult[], lab: Lab, placeNew: Again['placeNew']): Promise<Against> {
    const clone = await this.#clone;
    this.#c.progress({ step: 'calls that differ from the old PBX' });
    const comparison =
      clone === null || this.#trouble !== null
        ? null
        : await this.#told(() => judge(clone, { old: this.#old, new: results }, { context: this.#c, model: this.#model, placeNew }));
    const clients = clone === null ? null : await this.#told(() => this.#clients(clone, lab));
    await clone?.close();
    return {
      trouble: this.#trouble,
      comparison,
      clients: clients ?? [],
      changes: (clone?.changes ?? []).map(({ file, because }) => ({ file, because })),
      missing: clone?.missing ?? [],
      seconds: (performance.now() - this.#startedAt) / 1000,
    };
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

/** A wait that the lab cuts short in the rendered dialplan alone: the old one sits it out. */
function isShortened({ before }: Scenario): boolean {
  return Object.keys(before.astdb).some((key) => key.startsWith(shortWaitKey('')));
}

/** Asterisk's last words may hold a line of its configuration. */
function withoutSecrets(text: string, secrets: Model['secrets']): string {
  return Object.values(secrets).reduce((all, secret) => (secret.length < 4 ? all : all.replaceAll(secret, '****')), text);
}
