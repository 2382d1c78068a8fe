import { parseExtensionLine } from '../asterisk/dialplan-line.ts';
import { finding } from '../finding.ts';
import { ref } from '../model/ref.ts';
import { readConfTree, type TreeEntry } from './conf-tree.ts';
import { customFiles } from './custom-file.ts';
import type { Notes, Source } from './reader.ts';

const FILE = 'extensions.conf';

/** Names that FreePBX's own contexts begin with, and Asterisk's own sections. Source: amp_conf/astetc/extensions.conf of FreePBX 2.x, and what its modules write. */
const STOCK =
  /^(?:general|globals|default|bad-number|(?:macro|sub|app|ext|from|func|outbound|outrt|ivr|timeconditions?|park|parkedcalls|findmefollow|fmgrps|grps|vmblast|disa|callback|directory|queuedial|privacy|splice|tone|trunk)(?:[-_].*)?)$/;

/** Contexts in which numbers of the house and of carriers are looked up. FreePBX's own have includes there, and extensions of one letter or word. */
const LOOKED_UP = /^from-(?:internal(?:-xfer|-noxfer)?|did-direct|trunk|pstn|zaptel|dahdi|analog|digital)$/;

/** What FreePBX includes there itself. */
const INCLUDED =
  /^(?:from-[a-z-]+|ext-(?:did|local|findmefollow|fax|group|queues|meetme|test)[a-z0-9-]*|bad-number|parkedcalls|park-dial|outbound-allroutes|app-[a-z-]+|.+-custom)$/;

/**
 * Says what somebody wrote by hand into extensions.conf, which is FreePBX's own and not to be touched: the kit has its own in its place, and carries what stands in
 * files that are meant for it.
 */
export function tellOwnDialplan(source: Source, notes: Notes): void {
  const custom = customFiles(source);
  const handMade = new Set(custom.sections.map((s) => s.name));
  const files = new Set(custom.files.map((f) => f.path));
  const { sections } = readConfTree(source, FILE, (path) => path !== FILE || files.has(path));
  for (const { name, entries } of sections) {
    const own = entries.filter((e) => e.path === FILE);
    const isStock = STOCK.test(name);
    const strange = isStock ? (LOOKED_UP.test(name) ? own.filter((e) => isAdded(e, handMade)) : []) : own;
    const [first] = strange;
    if (first === undefined || (!isStock && handMade.has(name))) continue;
    const about = ref('custom-dialplan', name);
    const means = isStock
      ? `Somebody wrote ${strange.length === 1 ? 'a line' : `${strange.length} lines`} of his own into '${name}' of the old PBX's ${FILE}. The new box does not have them: who dials what they served hears that there is no such number.`
      : `The context '${name}' was written by hand into the old PBX's ${FILE}, where the kit expects nothing of the site's. The new box does not have it.`;
    notes.finding(finding('OWN_DIALPLAN_CHANGED', { about, where: first.where, means }));
  }
}

/** A number or pattern of its own, or a context that neither FreePBX nor the hand-made files have there. */
function isAdded({ name, value }: TreeEntry, handMade: ReadonlySet<string>): boolean {
  const keyword = name.toLowerCase();
  if (keyword === 'include') {
    const context = value.split(/[,|]/)[0]?.trim() ?? '';
    return !INCLUDED.test(context) && !handMade.has(context);
  }
  const extension = keyword === 'exten' ? (parseExtensionLine(value, 'exten').extension ?? '') : '';
  return /^_?[+*#0-9XNZ[]/.test(extension) && !/^_[X.]?\.?$/.test(extension);
}
