import type { Dialplan } from '../../src/asterisk/dialplan.ts';
import type { Build } from '../../src/model/build.ts';
import type { Model } from '../../src/model/kinds.ts';
import { ref } from '../../src/model/ref.ts';
import { type Asked, ask } from '../../src/verify/static/asked.ts';
import { dialplanOf } from '../../src/verify/static/dialplan-files.ts';
import { HeldDialplan } from '../../src/verify/static/held-dialplan.ts';
import { checkHeld, type StaticChecks } from '../../src/verify/static/static.ts';
import { listed } from '../verify/asked.ts';
import { type Truth, touched } from './judge.ts';
import type { Files, Mutant } from './mutant.ts';
import type { Workbench } from './workbench.ts';

/** What would notice a mutant, as far as one can tell without putting it into a PBX. */
export type Noticed = 'static' | 'calls' | 'same' | 'gap';

/**
 * Looks at mutants without starting anything: the PBX with the unchanged build is asked once. A change of the model counts as seen where the checks tell it from the
 * unchanged build, or the dialplan rendered from it from the unchanged model. Calls are not placed: one that must go otherwise is taken for one that fails.
 */
export class Survey {
  private readonly truth: Truth;
  private readonly files: Dialplan;
  private readonly asked: Asked;
  /** What the checks say of the unchanged build, whose dialplan is read from files as that of the mutants. */
  private readonly usual: ReadonlySet<string>;

  private constructor(truth: Truth, files: Dialplan, asked: Asked, usual: ReadonlySet<string>) {
    this.truth = truth;
    this.files = files;
    this.asked = asked;
    this.usual = usual;
  }

  static async of(bench: Workbench, truth: Truth, build: Build): Promise<Survey> {
    const files = dialplanOf(build.entries);
    const asked = remembering(await ask(bench.lab.pbx, (events) => new HeldDialplan(events, files)));
    return new Survey(truth, files, asked, new Set(said(await checkHeld(withDialplan(asked, files), files, truth.model))));
  }

  async look(mutant: Mutant, files: Files): Promise<Noticed> {
    const { truth } = this;
    const { made } = mutant;
    const changed = dialplanOf([...files].map(([path, content]) => ({ path, content, mode: 0 })));
    if (await this.differs(withDialplan(this.asked, changed), changed, truth.model)) return 'static';
    if (made.in === 'model' && (await this.differs(this.asked, this.files, made.model))) return 'static';
    if (touched(truth, mutant).length > 0) return 'calls';
    if (made.in === 'build') return made.place !== null && truth.neverEntered.has(made.place.context) ? 'same' : 'gap';
    return truth.meaning.isSame(made.model, made.kind, made.field, mutant.about ?? ref('settings', 'pbx')) ? 'same' : 'gap';
  }

  private async differs(asked: Asked, files: Dialplan, model: Model): Promise<boolean> {
    return said(await checkHeld(asked, files, model)).some((text) => !this.usual.has(text));
  }
}

/** Mismatches, and simulated calls that go another way. */
function said({ mismatches, findings }: StaticChecks): string[] {
  return [...mismatches, ...findings.filter((f) => f.code === 'CALL_WAY_DIFFERS')].map((one) => JSON.stringify(one));
}

function withDialplan(asked: Asked, files: Dialplan): Asked {
  return { ...asked, dialplan: new HeldDialplan(listed(files), files) };
}

/** Each question is asked once. */
function remembering(asked: Asked): Asked {
  const known = new Map<string, Promise<unknown>>();
  const once = <T>(key: unknown, get: () => Promise<T>): Promise<T> => {
    const text = JSON.stringify(key);
    const held = (known.get(text) as Promise<T> | undefined) ?? get();
    known.set(text, held);
    return held;
  };
  return {
    ...asked,
    list: (action, more) => once([action, more], () => asked.list(action, more)),
    print: (command) => once(['print', command], () => asked.print(command)),
    config: (file) => once(['config', file], () => asked.config(file)),
    text: (file) => once(['text', file], () => asked.text(file)),
  };
}
