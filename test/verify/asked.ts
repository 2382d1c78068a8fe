import type { AmiEvent } from '../../src/asterisk/ami.ts';
import type { Dialplan } from '../../src/asterisk/dialplan.ts';
import type { Model } from '../../src/model/kinds.ts';
import type { Asked } from '../../src/verify/static/asked.ts';
import { dialplanOf } from '../../src/verify/static/dialplan-files.ts';
import { HeldDialplan } from '../../src/verify/static/held-dialplan.ts';
import type { Check } from '../../src/verify/static/mismatch.ts';

export type Answers = Parameters<typeof answering>[0];

/** What a check says, a line each: 'device/101 context: internal-only, held from-internal'. */
export async function said(check: Check, answers: Answers, model: Model): Promise<string[]> {
  return (await check(answering(answers), model)).map((m) => `${m.about.kind}/${m.about.id} ${m.what}: ${m.expected}, held ${m.held}`);
}

type Fields = Readonly<Record<string, string>>;

/** An Asterisk that answers what it is told to: list actions by name (with the endpoint's, where one is asked for), CLI commands, files. */
export function answering(o: {
  readonly lists?: Readonly<Record<string, readonly Fields[]>>;
  readonly prints?: Fields;
  readonly files?: Readonly<Record<string, Readonly<Record<string, readonly (readonly [string, string])[]>>>>;
  readonly sounds?: readonly string[];
  readonly dialplan?: string;
  readonly texts?: Fields;
  /** Files that the dialplan includes. */
  readonly tree?: Fields;
}): Asked {
  return {
    list: async (action, more = {}) => (o.lists?.[[action, ...Object.values(more)].join(' ')] ?? []) as unknown as AmiEvent[],
    print: async (command) => o.prints?.[command] ?? '',
    config: async (file) => new Map(Object.entries(o.files?.[file] ?? {})),
    text: async (file) => o.texts?.[file] ?? '',
    sounds: new Set(o.sounds ?? []),
    dialplan: heldDialplan(o.dialplan ?? '', o.tree),
  };
}

/** What Asterisk lists of an extensions.conf, as it would hold it. */
export function heldDialplan(text: string, more: Fields = {}): HeldDialplan {
  const files = dialplanFiles(text, more);
  return new HeldDialplan(listed(files), files);
}

/** The dialplan of files as Asterisk would list it. */
export function listed({ contexts }: Dialplan): AmiEvent[] {
  return contexts.flatMap(({ name: Context, steps, hints, includes }) => [
    ...steps.map((s) => ({
      Context,
      Extension: s.extension,
      Priority: String(s.priority),
      Application: s.application,
      AppData: s.arguments,
    })),
    ...hints.map((h) => ({ Context, Extension: h.extension, Priority: 'hint', Application: h.devices })),
    ...includes.map((i) => ({ Context, IncludeContext: i.timing === null ? i.context : `${i.context},${i.timing}` })),
  ]) as unknown as AmiEvent[];
}

export function dialplanFiles(text: string, more: Fields = {}): ReturnType<typeof dialplanOf> {
  const all = { 'etc/asterisk/extensions.conf': text, ...more };
  return dialplanOf(Object.entries(all).map(([path, content]) => ({ path, content: Buffer.from(content), mode: 0o640 })));
}
