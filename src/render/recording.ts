import { type Model, settingsOf } from '../model/kinds.ts';
import { onceFor } from '../model/once.ts';
import type { RecordingMode } from '../model/recording-rule.ts';

/** Whether any call of this PBX is recorded by a policy: only then do its calls pay for the question. */
export const recordsCalls = onceFor((model: Model): boolean => {
  if (!settingsOf(model).recordingAllowed) return false;
  const wanted = Object.values(model.extension).some((e) =>
    [e.recording.inExternal, e.recording.inInternal, e.recording.outExternal, e.recording.outInternal].includes('always'),
  );
  return (
    wanted ||
    Object.values(model['ring-group']).some((g) => g.recording === 'always') ||
    Object.values(model.queue).some((q) => q.recordingFormat !== null) ||
    recordsByRule(model)
  );
});

/** Whether a rule has calls recorded that nobody else asks for. */
function recordsByRule(model: Model): boolean {
  return modesOf(model).some((mode) => mode === 'at-once' || mode === 'when-joined');
}

function modesOf(model: Model): RecordingMode[] {
  const routes = [...Object.values(model['inbound-route']), ...Object.values(model['outbound-route'])];
  return [...Object.values(model['recording-rule']).map((r) => r.mode), ...routes.map((r) => r.recording)];
}

/** Whether a rule has calls recorded from when somebody is called: then whoever may be called looks at what it has left. */
export const recordsLater = onceFor((model: Model): boolean => recordsCalls(model) && modesOf(model).includes('when-joined'));

/** Whether there are rules that go before what extensions, groups and queues say. */
export const hasRecordingRules = onceFor(
  (model: Model): boolean =>
    recordsCalls(model) &&
    (Object.keys(model['recording-rule']).length > 0 ||
      [...Object.values(model['inbound-route']), ...Object.values(model['outbound-route'])].some((r) => r.recording !== 'as-usual')),
);

/** Whether some extension records the calls that it makes inside the house: then every internal call must look at its caller. */
export const recordsByCaller = onceFor(
  (model: Model): boolean => recordsCalls(model) && Object.values(model.extension).some((e) => e.recording.outInternal === 'always'),
);

/** Whether some extension records the calls that it makes to the outside. */
export const recordsOutside = onceFor(
  (model: Model): boolean => recordsCalls(model) && Object.values(model.extension).some((e) => e.recording.outExternal === 'always'),
);

/** Variables that a calling telephone brings along, so that its policy costs no look-up: `RECORD_OUTSIDE=always`. */
export function callerPolicy(model: Model, extension: string): { name: string; value: string }[] {
  const e = model.extension[extension];
  if (e === undefined || !recordsCalls(model)) return [];
  const { outExternal, outInternal, priority } = e.recording;
  return [
    ...(outExternal === 'dontcare' ? [] : [{ name: 'RECORD_OUTSIDE', value: outExternal }]),
    ...(outInternal === 'dontcare'
      ? []
      : [
          { name: 'RECORD_INSIDE', value: outInternal },
          { name: 'RECORD_PRIORITY', value: String(priority) },
        ]),
  ];
}

/** The ending of a recording's name: Asterisk writes format wav49 into .WAV. */
export function recordingSuffix(model: Model): string {
  const format = settingsOf(model).recordingFormat;
  return format === 'wav49' ? 'WAV' : format;
}
