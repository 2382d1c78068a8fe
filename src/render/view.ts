import type { Finding } from '../finding.ts';
import type { Model } from '../model/kinds.ts';
import type { Ref } from '../model/ref.ts';

/** What a view says beside its data. */
export interface Notes {
  /** Objects that stand in the file: they become `from` in the manifest. */
  from(...refs: readonly Ref[]): void;
  /** Said once, however many views say it. */
  finding(f: Finding): void;
}

/** How the build is meant to be used. */
export interface RenderOptions {
  /** True: the build registers with carriers and sends mail. False until the cutover: whoever registers last gets the carrier's calls. */
  readonly live: boolean;
}

export interface Seen {
  readonly options: RenderOptions;
  /** Text of the files rendered so far, by path. Only for a view that must know what the others use, as modules.conf does. */
  readonly rendered: ReadonlyMap<string, string>;
}

/** One output file: its path is the template's too (`templates/<file>.hbs`). */
export interface View {
  readonly file: string;
  /** It holds a secret: mode 0640, shown to nobody. */
  readonly secret: boolean;
  /** The template's data; null: this PBX has no such file. */
  readonly data: (model: Model, notes: Notes, seen: Seen) => object | null;
}

/**
 * @example defineView({ file: 'etc/asterisk/rtp.conf', data: (model) => ({ first: settingsOf(model).rtp.first }) })
 */
export function defineView(o: { file: string; secret?: boolean; data: View['data'] }): View {
  return { file: o.file, secret: o.secret ?? false, data: o.data };
}

/** Notes that only collect. */
export class Collected implements Notes {
  readonly refs: Ref[] = [];
  readonly findings: Finding[] = [];

  from(...refs: readonly Ref[]): void {
    this.refs.push(...refs);
  }

  finding(f: Finding): void {
    this.findings.push(f);
  }
}
