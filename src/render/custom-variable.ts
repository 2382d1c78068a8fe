import { type CustomLine, GLOBALS, isStep } from '../model/custom-dialplan.ts';
import { type Model, settingsOf } from '../model/kinds.ts';
import { onceFor } from '../model/once.ts';
import { recordingSuffix } from './recording.ts';
import { debian } from './target.ts';

/** Names of variables in the site's dialplan. */
interface Named {
  readonly read: ReadonlySet<string>;
  readonly set: ReadonlySet<string>;
  /** Beginnings of names that end in what another variable holds: `OUTCID_` of `${OUTCID_${DIAL_TRUNK}}`. */
  readonly prefixes: ReadonlySet<string>;
}

/** Looked for once, however many telephones ask: such dialplan may have thousands of lines. */
const variablesOf = onceFor((model: Model): Named => {
  const found = { read: new Set<string>(), set: new Set<string>(), prefixes: new Set<string>() };
  for (const line of Object.values(model['custom-dialplan']).flatMap((c) => c.lines)) {
    if ('variable' in line) found.set.add(line.variable);
    if (!isStep(line)) continue;
    for (const name of readIn(line.arguments)) found.read.add(name);
    for (const [, prefix = ''] of line.arguments.matchAll(/\$\{(\w+)\$\{/g)) found.prefixes.add(prefix);
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

/** What FreePBX's user-callerid set for the extension that calls (core, macro-user-callerid; sub-record-check). */
const OF_THE_CALLER: Readonly<Record<string, (model: Model, extension: string) => string>> = {
  AMPUSER: (_, extension) => extension,
  FROMEXTEN: (_, extension) => extension,
  AMPUSERCID: (model, extension) => model.extension[extension]?.callerIdNumber ?? extension,
  AMPUSERCIDNAME: (model, extension) => model.extension[extension]?.name ?? '',
  REALCALLERIDNUM: (model, extension) => model.extension[extension]?.callerIdNumber ?? extension,
};

/** The calling extension under the names that FreePBX gave it, for dialplan of the site that reads them. */
export function oldCallerVariables(model: Model, extension: string): { name: string; value: string }[] {
  return Object.entries(OF_THE_CALLER).flatMap(([name, value]) => {
    const held = readsVariable(model, name) ? value(model, extension) : '';
    return held === '' ? [] : [{ name, value: held }];
  });
}

/** What FreePBX kept of each trunk in global variables, by their names' beginnings; they are read by number as well, `${OUTCID_${DIAL_TRUNK}}`. */
const OF_A_TRUNK: Readonly<Record<string, (trunk: Model['trunk'][string]) => string>> = {
  OUTCID_: (t) => t.callerId,
  OUTPREFIX_: (t) => t.dialPrefix,
  OUTMAXCHANS_: (t) => (t.maxChannels === null ? '' : String(t.maxChannels)),
  OUTDISABLE_: (t) => (t.disabled ? 'on' : 'off'),
};

function trunkGlobals(model: Model): { name: string; value: string }[] {
  const { read, prefixes } = variablesOf(model);
  return Object.entries(OF_A_TRUNK).flatMap(([prefix, value]) =>
    Object.entries(model.trunk)
      .map(([id, trunk]) => ({ name: `${prefix}${id}`, value: value(trunk) }))
      .filter(({ name, value: held }) => held !== '' && (prefixes.has(prefix) || read.has(name))),
  );
}

/** What FreePBX worked out for each call, and how the new box says it: the day, and the name of the recording without its ending (sub-record-check). */
const IN_PLACE: Readonly<Record<string, (model: Model) => string>> = {
  YEAR: () => '${STRFTIME(${EPOCH},,%Y)}',
  MONTH: () => '${STRFTIME(${EPOCH},,%m)}',
  DAY: () => '${STRFTIME(${EPOCH},,%d)}',
  TIMESTR: () => '${STRFTIME(${EPOCH},,%Y%m%d-%H%M%S)}',
  CALLFILENAME: (model) => `\${RECORDING:0:-${recordingSuffix(model).length + 1}}`,
};

/** A step of the site with such variables said otherwise, where no line of the site sets them. */
export function withOldNames(model: Model, line: string): string {
  if (/^\s*;/.test(line)) return line;
  return line.replace(/\$\{(\w+)\}/g, (held, name: string) => {
    const now = Object.hasOwn(IN_PLACE, name) ? IN_PLACE[name] : undefined;
    return now === undefined || setsVariable(model, name) ? held : now(model);
  });
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
  MIXMON_FORMAT: recordingSuffix,
  MON_FMT: recordingSuffix,
  VM_PREFIX: (model) => model['feature-code']['voicemail/directdialvoicemail']?.code ?? '',
  RECORDING_STATE: (model) => (settingsOf(model).recordingAllowed ? 'ENABLED' : 'DISABLED'),
};

/** Those that the site's dialplan reads and does not set itself. */
export function oldGlobals(model: Model): { name: string; value: string }[] {
  const own = model['custom-dialplan'][GLOBALS]?.lines.flatMap((l) => ('variable' in l ? [l.variable] : [])) ?? [];
  const usual = Object.entries(GLOBAL)
    .filter(([name]) => readsVariable(model, name))
    .map(([name, value]) => ({ name, value: value(model) }));
  return [...usual, ...trunkGlobals(model)].filter(({ name, value }) => value !== '' && !own.includes(name));
}

/** Variables that FreePBX set on a call or for all, and that nothing sets on the new box (DIALPLAN.md, section 2). */
const GONE =
  /^(?:RECFILE|REC_STATUS|REC_POLICY_MODE|DIRECTION|FROM_QUEUE|NODEST|TTL|BLKVM_OVERRIDE|VMCONTEXT|DSTRING|THISDIAL|DIALSTR|VQ_\w+|QAGENTANNC?|OUT_\d+_SUFFIX|VM_(?!PREFIX)\w+|OPERATOR_XTN|FAX_RX\w*|CWINUSEBUSY|AMPMGR\w*)$/;

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
