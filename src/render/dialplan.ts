import { type Model, settingsOf } from '../model/kinds.ts';
import { classesOf } from './class-of-service.ts';
import { asksPins } from './conference.ts';
import { hasCustom } from './custom-dialplan.ts';
import { hasHooks, joining, LAST_HOOK } from './custom-hook.ts';
import { callsRoutines } from './custom-routine.ts';
import { oldGlobals } from './custom-variable.ts';
import { dialContexts, reportContexts } from './dial-context.ts';
import { featureContexts } from './feature-code.ts';
import { followed } from './follow-me.ts';
import { forwardContexts } from './forward-code.ts';
import { hasGreetingKeys } from './greeting-keys.ts';
import { callerContexts, speedDialContexts } from './list-code.ts';
import { applicationContexts } from './misc-application.ts';
import { lookupsOf } from './name-lookup.ts';
import { routeOrder } from './outbound-route.ts';
import { hasPages } from './page-group.ts';
import { parkingLots } from './parking.ts';
import { passwords } from './password.ts';
import { idsOf, notCarriedDestinations, reportUnheld } from './place.ts';
import { queueCodeContexts } from './queue-code.ts';
import { ringsMembers } from './ring-members.ts';
import { switchContexts } from './switch-code.ts';
import { defineView } from './view.ts';
import { voicemailContexts } from './voicemail-code.ts';
import { wakeUpContexts } from './wake-up.ts';

/** extensions.conf: globals, and the contexts that a call may enter. */
export const dialplanView = defineView({
  file: 'etc/asterisk/extensions.conf',
  data: (model, notes) => {
    const s = settingsOf(model);
    const contexts = dialContexts(model);
    reportContexts(contexts, notes);
    reportUnheld(model, notes);
    const numbers = dialledKinds(model);
    const users = (list: readonly { id: string }[]): string => list.map((u) => u.id).join(', ');
    return {
      dialOptions: s.dialOptions,
      trunkOptions: s.trunkDialOptions,
      trunkRingSeconds: s.trunkRingSeconds,
      ...numbers,
      ringsMembers: ringsMembers(model),
      featureCodes: featureContexts(model).length > 0,
      forwardCodes: forwardContexts(model).length > 0,
      switchCodes: switchContexts(model).length > 0,
      listCodes: speedDialContexts(model).length + callerContexts(model).length > 0,
      queueCodes: queueCodeContexts(model).length > 0,
      voicemailCodes: voicemailContexts(model).length > 0,
      wakeUps: wakeUpContexts(model).length > 0,
      passwords: passwords(model).length > 0,
      greetingKeys: hasGreetingKeys(model),
      announcements: Object.keys(model.announcement).length > 0,
      timeConditions: idsOf(model, 'time-condition').length > 0,
      callFlows: idsOf(model, 'call-flow').length > 0,
      callbacks: idsOf(model, 'callback').length > 0,
      dynamicRoutes: idsOf(model, 'dynamic-route').length > 0,
      directories: idsOf(model, 'directory').length > 0,
      disas: idsOf(model, 'disa').length > 0,
      languages: idsOf(model, 'language').length > 0,
      setCids: idsOf(model, 'set-cid').length > 0,
      classesOfService: classesOf(model).length > 0,
      recordingRules: idsOf(model, 'recording-rule').length > 0,
      queuePriorities: idsOf(model, 'queue-priority').length > 0,
      miscDestinations: idsOf(model, 'misc-destination').length > 0,
      pins: asksPins(model),
      nameLookups: lookupsOf(model).length > 0,
      pages: hasPages(model),
      pageGroups: idsOf(model, 'page-group').length > 0,
      ivrs: idsOf(model, 'ivr').length > 0,
      notCarried: hasNotCarried(model),
      oldGlobals: oldGlobals(model),
      hooks: hasHooks(model),
      overrides: hasCustom(model, true),
      custom: hasCustom(model, false),
      routines: callsRoutines(model),
      lastHook: joining(model, 'from-pstn').includes(LAST_HOOK),
      routes: routeOrder(model),
      classes: contexts.filter((c) => c.is === 'class').map((c) => ({ name: c.name, users: users(c.users), ...numbers })),
      trunkContexts: contexts
        .filter((c) => c.is === 'trunk' || c.is === 'foreign')
        .map((c) => ({ name: c.name, users: users(c.users), trunk: c.trunk })),
    };
  },
});

/** Which kinds of number there are to dial inside, beside extensions. */
function dialledKinds(model: Model): Record<string, boolean> {
  return {
    parking: parkingLots(model).length > 0,
    ringGroups: Object.keys(model['ring-group']).length > 0,
    followMe: followed(model).length > 0,
    queues: idsOf(model, 'queue').length > 0,
    conferences: idsOf(model, 'conference').length > 0,
    voicemailBlasts: idsOf(model, 'voicemail-blast').length > 0,
    miscApplications: applicationContexts(model).length > 0,
  };
}

/** extensions.d/not-carried.conf, where the dialplan lacks something. */
export const notCarriedView = defineView({
  file: 'etc/asterisk/extensions.d/not-carried.conf',
  data: (model, notes) => {
    const destinations = notCarriedDestinations(model, notes);
    return destinations.length === 0 ? null : { destinations };
  },
});

function hasNotCarried(model: Model): boolean {
  return notCarriedDestinations(model, { from: () => undefined, finding: () => undefined }).length > 0;
}
