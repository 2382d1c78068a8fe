import { type Model, settingsOf } from '../model/kinds.ts';
import { countsPasses, hasMembers } from './circle.ts';
import { tracesCalls } from './code.ts';
import { oldCallerVariables } from './custom-variable.ts';
import { boxIsGone, hasAlerts } from './extension.ts';
import { hasGreetingKeys } from './greeting-keys.ts';
import { menusTakeBack } from './ivr.ts';
import { passwords } from './password.ts';
import { queuesSkipBusy } from './queue.ts';
import { callerPolicy, hasRecordingRules, recordingSuffix, recordsByCaller, recordsCalls, recordsLater } from './recording.ts';
import { defineView } from './view.ts';

/** extensions.d/routines.conf: what several kinds of call have in common. */
export const routineView = defineView({
  file: 'etc/asterisk/extensions.d/routines.conf',
  data: (model) => ({
    records: recordsCalls(model),
    recordsByCaller: recordsByCaller(model),
    recordingRules: hasRecordingRules(model),
    recordsLater: recordsLater(model),
    traces: tracesCalls(model),
    suffix: recordingSuffix(model),
    alerts: hasAlerts(model),
    callers: callers(model),
    prefixesStack: settingsOf(model).namePrefixes === 'stack',
    prefixesCancel: settingsOf(model).namePrefixes === 'cancel',
    takesBack: menusTakeBack(model),
    skipsBusy: queuesSkipBusy(model),
    failed: boxIsGone(model),
    accounts: Object.values(model['pin-set']).some((set) => set.recordsPin),
    circles: countsPasses(model),
    greetingKeys: hasGreetingKeys(model),
    groups: hasMembers(model),
    authenticates: passwords(model).length > 0,
    options: settingsOf(model).voicemailOptions,
    operator: settingsOf(model).voicemail.operator === 'yes',
  }),
});

/** '"Name" <number>' as Asterisk reads it, quotes in the name included. */
export function callerIdOf(name: string, number: string): string {
  return `"${name.replace(/\\/g, '\\\\').replace(/"/g, '\\"')}" <${number}>`;
}

/** The number that an extension shows inside the house. */
export function insideNumber(model: Model, extension: string): string {
  return model.extension[extension]?.callerIdNumber ?? extension;
}

/** By the number that an extension shows, and by its own where that is another; a number that two show is the first one's. */
function callers(model: Model): object[] {
  const found = new Map<string, object>();
  for (const [id, e] of Object.entries(model.extension)) {
    const number = insideNumber(model, id);
    for (const by of [number, id]) {
      if (!found.has(by))
        found.set(by, {
          number: by,
          extension: id,
          callerId: callerIdOf(e.name, number),
          policy: callerPolicy(model, id),
          oldNames: oldCallerVariables(model, id),
        });
    }
  }
  return [...found.values()];
}
