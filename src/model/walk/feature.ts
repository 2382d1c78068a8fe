import { PHONE_BOOK, PHONE_BOOK_CODE } from '../directory.ts';
import type { FeatureUse } from '../feature-claims.ts';
import { recordedAnew } from '../recording.ts';
import { ref } from '../ref.ts';
import { saidAll } from './ask.ts';
import type { Call, Run } from './call.ts';
import type { Feature } from './feature-call.ts';
import { forwardAsked, forwardOff, forwardOffAsked, forwardOn, forwardToggle } from './feature-forward.ts';
import { addToBlacklist, blacklistLast, dialShort, removeFromBlacklist, setShort } from './feature-list.ts';
import { logIn, logInAndOut, logInAndOutOfAll, logOut, pause, pauseAll } from './feature-queue.ts';
import {
  clock,
  echo,
  lastCaller,
  listenIn,
  ownNumber,
  pickUp,
  pickUpInGroup,
  recordAnew,
  recordPrompt,
  simulate,
} from './feature-service.ts';
import {
  switchAllConditions,
  switchAllFlows,
  switchCallWaiting,
  switchCondition,
  switchDisturb,
  switchFlow,
  switchFollowMe,
} from './feature-switch.ts';
import { anyMailbox, ownMailbox, straightToMailbox } from './feature-voicemail.ts';
import { orderWakeUp } from './feature-wake-up.ts';
import { allowIntercom, intercom } from './page.ts';
import { retrieve } from './parking.ts';
import type { Ending } from './step.ts';

const FEATURES: Readonly<Record<string, Feature>> = {
  'callforward/cfon': forwardOn('CF'),
  'callforward/cfbon': forwardOn('CFB'),
  'callforward/cfuon': forwardOn('CFU'),
  'callforward/cfpon': forwardAsked('CF'),
  'callforward/cfbpon': forwardAsked('CFB'),
  'callforward/cfupon': forwardAsked('CFU'),
  'callforward/cfoff': forwardOff('CF'),
  'callforward/cfboff': forwardOff('CFB'),
  'callforward/cfuoff': forwardOff('CFU'),
  'callforward/cfoff_any': forwardOffAsked('CF'),
  'callforward/cfboff_any': forwardOffAsked('CFB'),
  'callforward/cf_toggle': forwardToggle,
  'callwaiting/cwon': switchCallWaiting(true),
  'callwaiting/cwoff': switchCallWaiting(false),
  'donotdisturb/dnd_on': switchDisturb('on'),
  'donotdisturb/dnd_off': switchDisturb('off'),
  'donotdisturb/dnd_toggle': switchDisturb('toggle'),
  'findmefollow/fmf_toggle': switchFollowMe,
  'daynight/toggle-mode-all': switchAllFlows,
  'timeconditions/toggle-mode-all': switchAllConditions,
  'blacklist/blacklist_add': addToBlacklist,
  'blacklist/blacklist_remove': removeFromBlacklist,
  'blacklist/blacklist_last': blacklistLast,
  'speeddial/callspeeddial': dialShort,
  'speeddial/setspeeddial': setShort,
  'infoservices/echotest': echo,
  'infoservices/speakingclock': clock,
  'infoservices/speakextennum': ownNumber,
  'infoservices/calltrace': lastCaller,
  'recordings/record_save': recordPrompt('record'),
  'recordings/record_check': recordPrompt('check'),
  'core/pickup': pickUp,
  'core/pickupexten': pickUpInGroup,
  'core/chanspy': listenIn,
  'core/simu_pstn': simulate,
  'conferences/conf_status': (_run, call) => saidAll(call),
  'voicemail/myvoicemail': ownMailbox,
  'voicemail/dialvoicemail': anyMailbox,
  'voicemail/directdialvoicemail': straightToMailbox,
  'hotelwakeup/hotelwakeup': orderWakeUp,
  [PHONE_BOOK_CODE]: (run, call) => run.follow({ to: 'directory', id: PHONE_BOOK }, call),
  'paging/intercom-prefix': intercom,
  'paging/intercom-on': allowIntercom(true),
  'paging/intercom-off': allowIntercom(false),
  'parking/parkedcall': retrieve,
  'queue/login': logIn,
  'queue/logout': logOut,
  'queues/que_toggle': (run, call, use) => (use.given === null ? logInAndOutOfAll : logInAndOut)(run, call, use),
  'queues/que_pause_toggle': (run, call, use) => (use.given === null ? pauseAll : pause)(run, call, use),
};

/** What a feature code does; null: the kit does not carry it. */
export function featureOf(run: Run, use: FeatureUse): Feature | null {
  const object = /^(daynight|timeconditions)\/toggle-mode-(.+)$/.exec(use.id);
  if (object !== null && object[2] !== 'all') {
    const [, module, id = ''] = object;
    if (module === 'daynight') return id in run.model['call-flow'] ? switchFlow(id) : null;
    return id in run.model['time-condition'] ? switchCondition(id) : null;
  }
  const recording = /^recordings\/edit-recording-(.+)$/.exec(use.id)?.[1];
  if (recording !== undefined) return recordedAnew(run.model.recording[recording]) === null ? null : recordAnew(recording);
  return FEATURES[use.id] ?? null;
}

/** Somebody uses a feature code. */
export function callFeature(run: Run, call: Call, use: FeatureUse, feature: Feature): Ending {
  if (use.id in run.model['feature-code']) call.steps.push({ do: 'enter', ref: ref('feature-code', use.id) });
  return feature(run, call, use);
}
