import { finding } from '../finding.ts';
import { type AgiScript, isRun } from '../model/agi-script.ts';
import { ref } from '../model/ref.ts';
import { neededFiles } from './agi-need.ts';
import { scriptTroubles } from './agi-trouble.ts';
import { handMadeSections } from './dialplan-page.ts';
import { defineReader, type Notes, type Source } from './reader.ts';

/** AGI(name,…), also within ExecIf; an address of FastAGI and a name in a variable are no scripts of the box. */
const RUNS = /\b(?:AGI|DeadAGI|EAGI)\s*\(\s*"?([\w./-](?:[\w ./-]*[\w./-])?)"?\s*(?=[,|)])/gi;

/** Scripts that hand-made dialplan runs. FreePBX's own, dialparties.agi and their like, are no part of the new box. */
export default defineReader({
  kind: 'agi-script',
  tables: [],
  astdb: [],
  files: [],
  read: (source, notes) => {
    const found: Record<string, AgiScript> = {};
    for (const { name, value, line, file } of handMadeSections(source).flatMap((s) => s.entries)) {
      if (!/^(?:exten|same)/i.test(name)) continue;
      for (const [, script = ''] of value.matchAll(RUNS)) {
        const known = found[script] ?? { calledBy: [], carried: source.script(script) !== null };
        found[script] = { ...known, calledBy: [...new Set([...known.calledBy, `${file}:${line}`])] };
      }
    }
    addNeeded(source, found);
    for (const [id, { calledBy, carried }] of Object.entries(found)) {
      const by = calledBy.join(', ');
      const text = source.script(id)?.text ?? null;
      for (const trouble of text === null ? [] : scriptTroubles(text, isRun(calledBy))) {
        const means = `${by} ${isRun(calledBy) ? 'runs' : 'needs'} it. ${trouble}`;
        notes.finding(finding('AGI_SCRIPT_OLD', { about: ref('agi-script', id), where: `agi-bin/${id}`, means }));
      }
      // what others need comes along without a word
      if (!isRun(calledBy)) continue;
      const means = carried
        ? `${by} runs it; it is carried as it is, with what it names of its folder. What else it needs of the old box (its language and modules, databases, files) must be there.`
        : `${by} runs the script, and the source lacks it: the call goes on without what it does.`;
      notes.finding(
        finding(carried ? 'AGI_SCRIPT' : 'AGI_SCRIPT_MISSING', { about: ref('agi-script', id), where: calledBy[0] ?? id, means }),
      );
    }
    tellHangupAgi(source, notes);
    return found;
  },
});

/** What scripts need of the folder that they lie in comes along. */
function addNeeded(source: Source, found: Record<string, AgiScript>): void {
  const waiting = Object.keys(found);
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    for (const needed of neededFiles(source, id, source.script(id)?.text ?? '')) {
      const known = found[needed];
      if (known === undefined) waiting.push(needed);
      found[needed] = { carried: true, calledBy: [...new Set([...(known?.calledBy ?? []), `agi-bin/${id}`])] };
    }
  }
}

/** Elastix starts PHP at every hang-up (ELASTIX.md, section 18): the new box does not. The collector lists what it ran. */
function tellHangupAgi(source: Source, notes: Notes): void {
  const file = (source.filePaths ?? []).find((path) => /^extensions/.test(path) && /\bhangup\.agi\b/.test(source.file(path)?.text ?? ''));
  if (file === undefined) return;
  const means =
    "The old box ran hangup.agi at the end of every call, and by it every script in /usr/local/elastix/addons_scripts with the call's data; the new box runs neither.";
  notes.finding(finding('HANGUP_AGI_GONE', { where: file, means }));
}
