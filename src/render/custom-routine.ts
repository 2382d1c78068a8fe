import { readFeature } from '../asterisk/translate/configuration.ts';
import { isStep } from '../model/custom-dialplan.ts';
import type { Model } from '../model/kinds.ts';
import { hookAt } from './custom-hook.ts';
import { recordsCalls } from './recording.ts';
import { defineView } from './view.ts';

/** Macros and routines of FreePBX that hand-made dialplan calls, by the name of their context: the template has them, each where it is called. */
const ROUTINES = {
  userCallerId: 'macro-user-callerid',
  hangupCall: 'macro-hangupcall',
  outIsBusy: 'macro-outisbusy',
  dialoutTrunk: 'macro-dialout-trunk',
  outboundCallerId: 'macro-outbound-callerid',
  extenVm: 'macro-exten-vm',
  dialOne: 'macro-dial-one',
  dial: 'macro-dial',
  vm: 'macro-vm',
  getVmContext: 'macro-get-vmcontext',
  recordEnable: 'macro-record-enable',
  recordCheck: 'sub-record-check',
} as const;

/** Those that there are, less those that the site has written itself. */
export function offeredRoutines(model: Model): string[] {
  return Object.values(ROUTINES).filter((name) => !hasLines(model, name));
}

function hasLines(model: Model, context: string): boolean {
  return (model['custom-dialplan'][context]?.lines ?? []).length > 0;
}

/** extensions.d/custom-routine.conf: the routines that hand-made dialplan enters. */
export const customRoutineView = defineView({
  file: 'etc/asterisk/extensions.d/custom-routine.conf',
  data: (model) => {
    if (!callsRoutines(model)) return null;
    const used = Object.fromEntries(Object.entries(ROUTINES).map(([key, name]) => [key, calls(model, name)]));
    return { ...used, hangup: hookAt(model, 'at-hangup'), records: recordsCalls(model) };
  },
});

export function callsRoutines(model: Model): boolean {
  return Object.values(ROUTINES).some((name) => calls(model, name));
}

/** As `Macro(user-callerid,)`, by ExecIf, as Dial's M(), or as a context. */
function calls(model: Model, name: string): boolean {
  if (hasLines(model, name)) return false;
  const bare = name.replace(/^macro-/, '');
  const called = new RegExp(`(?:^|[^\\w-])(?:Macro\\(|MacroIf\\(.*[?:]|M\\()${bare}(?![\\w-])|(?<![\\w-])${name}(?![\\w-])`, 'i');
  const steps = Object.values(model['custom-dialplan']).some((c) =>
    c.lines.some((l) => isStep(l) && called.test(`${l.application}(${l.arguments})`)),
  );
  return steps || featureCalls(model).some((call) => called.test(call));
}

/** What the site lets people key in a call. */
function featureCalls(model: Model): string[] {
  const lines = model['custom-configuration']['features.conf/applicationmap']?.options ?? [];
  return lines.flatMap((o) => {
    const feature = readFeature(o.value);
    return feature === null ? [] : [`${feature.application}(${feature.args})`];
  });
}
