import { type CustomLine, GLOBALS, isStep } from '../model/custom-dialplan.ts';
import { type Model, settingsOf } from '../model/kinds.ts';
import { onceFor } from '../model/once.ts';
import { debian } from './target.ts';

/** Names of variables in the site's dialplan. */
interface Named {
  readonly read: ReadonlySet<string>;
  readonly set: ReadonlySet<string>;
}

/** Looked for once, however many telephones ask: such dialplan may have thousands of lines. */
const variablesOf = onceFor((model: Model): Named => {
  const found = { read: new Set<string>(), set: new Set<string>() };
  for (const line of Object.values(model['custom-dialplan']).flatMap((c) => c.lines)) {
    if ('variable' in line) found.set.add(line.variable);
    if (!isStep(line)) continue;
    for (const name of readIn(line.arguments)) found.read.add(name);
    for (const [, name = ''] of line.arguments.matchAll(/(?:^|[(,?:])_{0,2}([A-Za-z]\w*)=/g)) found.set.add(name);
  }
  return found;
});

/** `${NAME}`, `${NAME:0:3}`; not `${NAME(...)}`, which is a function. */
function readIn(text: string): string[] {
  return [...text.matchAll(/\$\{(\w+)(?![\w(])/g)].map((m) => m[1] ?? '');
}

/** Whether a line of the site reads a variable: those of FreePBX are set only then. */
export function readsVariable(model: Model, name: string): boolean {
  return variablesOf(model).read.has(name);
}

/** The calling extension under the name that FreePBX gave it, for dialplan of the site that reads it. */
export function oldCallerVariable(model: Model, extension: string): { name: string; value: string }[] {
  return readsVariable(model, 'AMPUSER') ? [{ name: 'AMPUSER', value: extension }] : [];
}

/** Global variables of FreePBX with what they held, as far as the new box knows it (ELASTIX.md, section 12). */
const GLOBAL: Readonly<Record<string, (model: Model) => string>> = {
  RINGTIMER: (model) => String(settingsOf(model).ringSeconds),
  TONEZONE: (model) => settingsOf(model).toneZone,
  TRUNK_RING_TIMER: (model) => String(settingsOf(model).trunkRingSeconds),
  ASTETCDIR: () => debian.directories.etc,
  ASTVARLIBDIR: () => debian.directories.varlib,
  ASTAGIDIR: () => debian.directories.agi,
  ASTSPOOLDIR: () => debian.directories.spool,
  ASTLOGDIR: () => debian.directories.log,
  ASTRUNDIR: () => debian.directories.run,
  ASTMODDIR: () => debian.directories.modules,
  MIXMON_DIR: () => `${debian.directories.spool}/monitor/`,
  MIXMON_FORMAT: () => 'wav',
  RECORDING_STATE: (model) => (settingsOf(model).recordingAllowed ? 'ENABLED' : 'DISABLED'),
};

/** Those that the site's dialplan reads and does not set itself. */
export function oldGlobals(model: Model): { name: string; value: string }[] {
  const own = model['custom-dialplan'][GLOBALS]?.lines.flatMap((l) => ('variable' in l ? [l.variable] : [])) ?? [];
  return Object.entries(GLOBAL)
    .filter(([name]) => !own.includes(name) && readsVariable(model, name))
    .map(([name, value]) => ({ name, value: value(model) }));
}

/** Variables that FreePBX set on a call or for all, and that nothing sets on the new box (DIALPLAN.md, section 2). */
const GONE =
  /^(?:AMPUSERCIDNAME|AMPUSERCID|REALCALLERIDNUM|CALLFILENAME|MIXMONITOR_FILENAME|RECFILE|REC_STATUS|REC_POLICY_MODE|DIRECTION|FROMEXTEN|FROM_QUEUE|NODEST|TTL|BLKVM_OVERRIDE|VMCONTEXT|DSTRING|THISDIAL|DIALSTR|TIMESTR|MON_FMT|VQ_\w+|QAGENTANNC?|OUTCID_\d+|OUTPREFIX_\d+|OUTMAXCHANS_\d+|OUTDISABLE_\d+|OUT_\d+_SUFFIX|VM_\w+|OPERATOR_XTN|FAX_RX\w*|CWINUSEBUSY|AMPMGR\w*)$/;

/** Names of such variables that a line reads and no line of the site sets. */
export function variablesGone(model: Model, line: CustomLine): string[] {
  if (!isStep(line)) return [];
  return [...new Set(readIn(line.arguments))].filter((name) => GONE.test(name) && !setsVariable(model, name) && !setByHook(model, name));
}

function setsVariable(model: Model, name: string): boolean {
  return variablesOf(model).set.has(name);
}

function setByHook(model: Model, name: string): boolean {
  return (
    name === 'VMCONTEXT' &&
    Object.values(model['custom-dialplan']).some((c) => c.lines.some((l) => isStep(l) && /get-vmcontext/.test(l.arguments)))
  );
}
