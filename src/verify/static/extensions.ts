import type { Extension } from '../../model/extension.ts';
import { type Model, settingsOf } from '../../model/kinds.ts';
import { ref } from '../../model/ref.ts';
import type { Config } from './asked.ts';
import type { HeldStep } from './held-dialplan.ts';
import { defineCheck, differing, type Mismatch } from './mismatch.ts';
import { routineArguments, setTo } from './step-data.ts';

/** For how long an extension and its forwards ring, and which of its calls are recorded, by whom it is called and by itself. */
export const extensionCheck = defineCheck(async ({ dialplan, config }, model) => {
  const files = { sip: await config('pjsip_wizard.conf'), iax2: await config('iax.conf') };
  const { recordingAllowed } = settingsOf(model);
  return Object.entries(model.extension).flatMap(([id, x]) => {
    const steps = dialplan.stepsOf('ext-local', id);
    if (steps.length === 0) return [];
    const recorded = recordingAllowed
      ? [...called(id, x, steps), ...calling(model, id, x, files), ...dialledFor(model, id, x, dialplan.stepsOf('callers', id))]
      : [];
    return [...ringing(model, id, x, steps), ...recorded];
  });
});

function ringing(model: Model, id: string, x: Extension, steps: readonly HeldStep[]): Mismatch[] {
  const [[seconds = '', , forwarded = ''] = []] = routineArguments(steps, 'before-ringing');
  const own = x.ringSeconds !== null && x.ringSeconds > 0 ? x.ringSeconds : settingsOf(model).ringSeconds;
  return differing(ref('extension', id), {
    'seconds that it rings': [String(own), seconds],
    'seconds that a forward rings': [String(x.forwardRingSeconds), forwarded === '' ? '0' : forwarded],
  });
}

function called(id: string, { recording }: Extension, steps: readonly HeldStep[]): Mismatch[] {
  const { inExternal, inInternal, priority } = recording;
  const [[outside = 'dontcare', inside = 'dontcare', held = String(priority)] = []] = routineArguments(steps, 'record-called');
  const told = (a: string, b: string, n: string | number): string => `from outside ${a}, from inside ${b}, priority ${n}`;
  return differing(ref('extension', id), {
    'calls to it are recorded': [told(inExternal, inInternal, priority), told(outside, inside, held)],
  });
}

/** A telephone brings along what its owner wants of the calls that he makes: RECORD_OUTSIDE, RECORD_INSIDE. */
function calling(model: Model, id: string, x: Extension, files: { sip: Config; iax2: Config }): Mismatch[] {
  const wanted = anybodyRecords(model) ? x.recording : { outExternal: 'dontcare', outInternal: 'dontcare' };
  return x.devices.flatMap((device) => {
    const technology = model.device[device]?.technology;
    if (technology !== 'sip' && technology !== 'iax2') return [];
    const variables = (files[technology].get(device) ?? []).filter(([name]) => /(^|\/)set_?var$/i.test(name)).map(([, value]) => value);
    const held = (name: string): string =>
      variables.find((v) => v.replace(/^_+/, '').startsWith(`${name}=`))?.replace(/^[^=]*=/, '') ?? 'dontcare';
    return differing(ref('extension', id), {
      'calls that it makes to the outside are recorded': [wanted.outExternal, held('RECORD_OUTSIDE')],
      'calls that it makes inside are recorded': [wanted.outInternal, held('RECORD_INSIDE')],
    });
  });
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
