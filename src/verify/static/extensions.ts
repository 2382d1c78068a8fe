import type { Extension } from '../../model/extension.ts';
import { type Model, settingsOf } from '../../model/kinds.ts';
import { ref } from '../../model/ref.ts';
import type { Config } from './asked.ts';
import type { HeldDialplan, HeldStep } from './held-dialplan.ts';
import { defineCheck, differing, type Mismatch, missing } from './mismatch.ts';
import { argumentOf, onOneLine, routineArguments, setTo } from './step-data.ts';

/** For how long an extension and its forwards ring, and which of its calls are recorded, by whom it is called and by itself. */
export const extensionCheck = defineCheck(async ({ dialplan, config }, model) => {
  const files = { sip: await config('pjsip_wizard.conf'), iax2: await config('iax.conf') };
  const { recordingAllowed } = settingsOf(model);
  return Object.entries(model.extension).flatMap(([id, x]) => {
    const steps = dialplan.stepsOf('ext-local', id);
    if (steps.length === 0) return [];
    const recorded = recordingAllowed
      ? [
          ...waysTo(model, dialplan, id, steps).flatMap((way) => called(model, id, x, way)),
          ...calling(model, id, x, files),
          ...dialledFor(model, id, x, dialplan.stepsOf('callers', id)),
        ]
      : [];
    const own = setTo(dialplan.stepsOf('own-caller-id', id), 'OWN_CALLER_ID') ?? '';
    return [
      ...ringing(model, id, x, steps),
      ...differing(ref('extension', id), { 'caller id outside': [onOneLine(x.outboundCallerId ?? ''), onOneLine(own)] }),
      ...owned(model, id, x, files, dialplan),
      ...lastCaller(model, id, steps),
      ...recorded,
    ];
  });
});

const LAST_CALLER = ['infoservices/calltrace', 'blacklist/blacklist_last'];

/** By technology: what stands in its file. */
interface Files {
  readonly sip: Config;
  readonly iax2: Config;
}

function ringing(model: Model, id: string, x: Extension, steps: readonly HeldStep[]): Mismatch[] {
  const [[seconds = '', , forwarded = ''] = []] = routineArguments(steps, 'before-ringing');
  const own = x.ringSeconds !== null && x.ringSeconds > 0 ? x.ringSeconds : settingsOf(model).ringSeconds;
  return differing(ref('extension', id), {
    'seconds that it rings': [String(own), seconds],
    'seconds that a forward rings': [String(x.forwardRingSeconds), forwarded === '' ? '0' : forwarded],
  });
}

/** Calls from its telephones, and calls under its number that a program begins, are its own. */
function owned(model: Model, id: string, x: Extension, files: Files, dialplan: HeldDialplan): Mismatch[] {
  const shared = Object.entries(model.extension).some(([other, { callerIdNumber }]) => other !== id && callerIdNumber === id);
  const callers = dialplan.stepsOf('callers', id);
  const devices = x.devices.filter(
    (d) => ['sip', 'iax2'].includes(model.device[d]?.technology ?? '') && model.device[d]?.extension === id && isHeld(files, d),
  );
  const agent = argumentOf(dialplan.stepsOf('agent-name', id), 'return');
  return differing(ref('extension', id), {
    ...Object.fromEntries(devices.map((d) => [`calls from ${d} are its own`, [id, variableOf(model, files, d, 'CALLER') ?? ''] as const])),
    ...(shared || callers.length === 0 ? {} : { 'calls under its number are its own': [id, setTo(callers, 'CALLER') ?? ''] as const }),
    // signs that a line of the dialplan cannot hold are left out of a name
    ...(agent === null ? {} : { 'name as an agent': [letters(x.name), letters(agent)] as const }),
  });
}

function letters(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** Where a code says who called last, or puts him on the blacklist, every extension that rings keeps it: CALLTRACE in AstDB, as on the old box. */
function lastCaller(model: Model, id: string, steps: readonly HeldStep[]): Mismatch[] {
  const asked = LAST_CALLER.some(
    (code) => model['feature-code'][code]?.enabled === true && /^[0-9*#+]+$/.test(model['feature-code'][code]?.code ?? ''),
  );
  const rings = steps.some((s) => s.application.toLowerCase() === 'dial');
  if (!asked || !rings || steps.some((s) => s.data.includes('CALLTRACE/'))) return [];
  return [missing(ref('extension', id), 'number of the last caller in AstDB')];
}

/** By what it is called: its number, its follow me, and the code that lets its telephone take the call at once. */
function waysTo(
  model: Model,
  dialplan: HeldDialplan,
  id: string,
  steps: readonly HeldStep[],
): { readonly by: string; readonly steps: readonly HeldStep[] }[] {
  const prefix = model['feature-code']['paging/intercom-prefix']?.code ?? '';
  const others = [
    { by: ' by follow me', steps: dialplan.stepsOf('ext-findmefollow', id) },
    { by: ' by intercom', steps: dialplan.stepsOf('ext-intercom', `${prefix}${id}`) },
  ];
  return [{ by: '', steps }, ...others.filter((way) => way.steps.length > 0)];
}

function called(model: Model, id: string, { recording }: Extension, way: ReturnType<typeof waysTo>[number]): Mismatch[] {
  // where nobody records, 'never' is nothing to write down
  if (!anybodyRecords(model)) return [];
  const { inExternal, inInternal, priority } = recording;
  const [[outside = 'dontcare', inside = 'dontcare', held = String(priority)] = []] = routineArguments(way.steps, 'record-called');
  const told = (a: string, b: string, n: string | number): string => `from outside ${a}, from inside ${b}, priority ${n}`;
  return differing(ref('extension', id), {
    [`calls to it${way.by} are recorded`]: [told(inExternal, inInternal, priority), told(outside, inside, held)],
  });
}

/** A telephone brings along what its owner wants of the calls that he makes: RECORD_OUTSIDE, RECORD_INSIDE. */
function calling(model: Model, id: string, x: Extension, files: Files): Mismatch[] {
  const wanted = anybodyRecords(model) ? x.recording : { outExternal: 'dontcare', outInternal: 'dontcare' };
  return x.devices.flatMap((device) => {
    if (
      !['sip', 'iax2'].includes(model.device[device]?.technology ?? '') ||
      model.device[device]?.extension !== id ||
      !isHeld(files, device)
    )
      return [];
    const held = (name: string): string => variableOf(model, files, device, name) ?? 'dontcare';
    return differing(ref('extension', id), {
      'calls that it makes to the outside are recorded': [wanted.outExternal, held('RECORD_OUTSIDE')],
      'calls that it makes inside are recorded': [wanted.outInternal, held('RECORD_INSIDE')],
    });
  });
}

/** A telephone that is missing altogether is another check's. */
function isHeld(files: Files, device: string): boolean {
  return files.sip.has(device) || files.iax2.has(device);
}

/** What calls from a telephone bring along; null: nothing of that name. */
function variableOf(model: Model, files: Files, device: string, name: string): string | null {
  const technology = model.device[device]?.technology;
  const entries = technology === 'sip' || technology === 'iax2' ? (files[technology].get(device) ?? []) : [];
  const set = entries.filter(([key]) => /(^|\/)set_?var$/i.test(key)).map(([, value]) => value.replace(/^_+/, ''));
  return set.find((value) => value.startsWith(`${name}=`))?.slice(name.length + 1) ?? null;
}

/** Of a call that a program begins (AMI), the caller's number says whose it is. A number that another shows as his own is that one's. */
function dialledFor(model: Model, id: string, x: Extension, steps: readonly HeldStep[]): Mismatch[] {
  if (setTo(steps, 'CALLER') !== id) return [];
  const wanted = anybodyRecords(model) ? x.recording.outExternal : 'dontcare';
  return differing(ref('extension', id), {
    'calls to the outside that a program begins are recorded': [wanted, setTo(steps, 'RECORD_OUTSIDE') ?? 'dontcare'],
  });
}

/** Where nobody wants anything recorded, nothing is asked for. */
function anybodyRecords(model: Model): boolean {
  const policies = Object.values(model.extension).flatMap(({ recording: r }) => [r.inExternal, r.inInternal, r.outExternal, r.outInternal]);
  return (
    policies.includes('always') ||
    Object.values(model['ring-group']).some((g) => g.recording === 'always') ||
    Object.values(model.queue).some((q) => q.recordingFormat !== null)
  );
}
