import { finding } from '../finding.ts';
import { type CustomDialplan, type CustomLine, isStep } from '../model/custom-dialplan.ts';
import type { Ref } from '../model/ref.ts';
import type { BoxSection } from './box-section.ts';
import { readConfTree } from './conf-tree.ts';
import { customFiles } from './custom-file.ts';
import type { Notes, Source } from './reader.ts';

/** Where a context of the site takes part in calls. */
type Hook = Pick<CustomDialplan, 'joins' | 'runs' | 'overrides'>;

/** Contexts that FreePBX enters as macros of its own, at which point of a call (core: macro-dialout-trunk, macro-dial-one, macro-dial; hangupcall). */
const RUNS: Readonly<Record<string, CustomDialplan['runs']>> = {
  'macro-hangupcall-custom': 'at-hangup',
  'macro-dialout-trunk-predial-hook': 'before-trunk',
  'macro-dialout-one-predial-hook': 'before-telephone',
  'macro-dial-ringall-predial-hook': 'before-group',
  'macro-dial-hunt-predial-hook': 'before-hunt',
};

/** Contexts of Elastix that are part of another one on the new box. */
const PART_OF: Readonly<Record<string, string>> = {
  'from-internal-noxfer': 'from-internal',
  'from-internal-noxfer-additional': 'from-internal',
  'from-internal-additional': 'from-internal-xfer',
  'from-zaptel': 'from-pstn',
  'from-dahdi': 'from-pstn',
  'from-analog': 'from-pstn',
  'from-digital': 'from-pstn',
};

/** Included not by the context of its name but by another, behind what that includes else. */
const ELSEWHERE: Readonly<Record<string, string>> = { 'ext-did-post-custom': 'from-pstn' };

export function hookOf(source: Source, name: string, sections: readonly BoxSection[]): Hook {
  const runs = RUNS[name] ?? null;
  const joins = runs === null ? [...new Set(includedBy(source, name).map((context) => PART_OF[context] ?? context))] : [];
  return { joins, runs, overrides: sections.some((s) => /^extensions_override_/.test(s.file)) };
}

/**
 * Contexts of the PBX itself that include one of the site's. The fixed ones stand in extensions.conf, and the generated ones in extensions_additional.conf; where the
 * source lacks either, FreePBX's rule holds, by which every context X of its own includes X-custom before anything else.
 */
function includedBy(source: Source, name: string): string[] {
  const { contexts, hasFixed, hasGenerated } = ownContexts(source);
  const found = [...contexts].flatMap(([context, includes]) => (includes.has(name) ? [context] : []));
  const parent = ELSEWHERE[name] ?? /^(.+)-custom$/.exec(name)?.[1];
  if (found.length > 0 || parent === undefined || parent.startsWith('macro-')) return found;
  const isKnown = contexts.has(parent) || (hasFixed && FIXED.test(parent)) || (hasFixed && hasGenerated);
  return isKnown ? [] : [parent];
}

/** Contexts that stand in extensions.conf as it comes. */
const FIXED = /^(?:from-(?:trunk|pstn|zaptel|dahdi|analog|digital|sip-external|did-direct|internal(?:-noxfer|-xfer)?)|bad-number|default)$/;

interface OwnContexts {
  readonly contexts: ReadonlyMap<string, ReadonlySet<string>>;
  readonly hasFixed: boolean;
  readonly hasGenerated: boolean;
}

const own = new WeakMap<Source, OwnContexts>();

function ownContexts(source: Source): OwnContexts {
  const known = own.get(source);
  if (known !== undefined) return known;
  const custom = new Set(customFiles(source).files.map((f) => f.path));
  const contexts = new Map<string, Set<string>>();
  for (const path of ['extensions.conf', 'extensions_additional.conf']) {
    for (const section of readConfTree(source, path, (one) => custom.has(one)).sections) {
      const includes = section.entries.filter((e) => e.name.toLowerCase() === 'include').map((e) => e.value.split(/[,|]/)[0]?.trim() ?? '');
      contexts.set(section.name, new Set([...(contexts.get(section.name) ?? []), ...includes]));
    }
  }
  const found = {
    contexts,
    hasFixed: source.file('extensions.conf') !== null,
    hasGenerated: source.file('extensions_additional.conf') !== null,
  };
  own.set(source, found);
  return found;
}

/** Macros and routines of FreePBX itself: a site that writes one anew takes its place. */
const OWN_ROUTINES =
  /^(?:macro-(?:hangupcall|dialout-trunk|dialout-enum|dialout-dundi|dialout|dial-one|dial|exten-vm|vm|record-enable|user-callerid|outbound-callerid|outisbusy|rg-group|agent-add|agent-del|get-vmcontext|auto-blkvm|blkvm-.*)|sub-record-(?:check|cancel)|sub-pincheck)$/;

/** Says of a hook or an override what will not be as its author meant it. */
export function tellHook(source: Source, notes: Notes, about: Ref, lines: readonly CustomLine[]): void {
  const name = about.id;
  const where = lines[0]?.at ?? name;
  if (OWN_ROUTINES.test(name) && lines.length > 0) {
    const means = `The site put '${name}' in the place of FreePBX's own, which every call went through. The new box has no such step in a call: it runs only where hand-made dialplan calls it.`;
    notes.finding(finding('OVERRIDE_NOT_ENTERED', { about, where, means }));
  }
  if (name === 'macro-hangupcall-custom' && lines.some((l) => isStep(l) && l.extension === 's')) {
    const means =
      "It runs at the end of every call. The old box only included it in macro-hangupcall, whose own 's' came first, so that it may never have run there.";
    notes.finding(finding('HOOK_SHADOWED', { about, where, means }));
  }
  if (/^(?:from-|ext-).*-custom$/.test(name) && lines.length > 0 && hookOf(source, name, []).joins.length === 0) {
    const means = `Nothing on the old box includes '${name}', so no call came in by it, and so it is on the new one.`;
    notes.finding(finding('HOOK_NOT_INCLUDED', { about, where, means }));
  }
}
