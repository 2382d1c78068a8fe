import { announcementView } from './announcement.ts';
import { callFlowView } from './call-flow.ts';
import { callbackView } from './callback.ts';
import { classOfServiceView } from './class-of-service.ts';
import { confbridgeView, conferencePinView, conferenceView } from './conference.ts';
import { customOverrideView, customView } from './custom-dialplan.ts';
import { customHookView } from './custom-hook.ts';
import { customFunctionView } from './custom-odbc.ts';
import { customQueueView } from './custom-queue.ts';
import { customRoutineView } from './custom-routine.ts';
import { dialplanView, notCarriedView } from './dialplan.ts';
import { directoryView } from './directory.ts';
import { disaView } from './disa.ts';
import { dynamicRouteView } from './dynamic-route.ts';
import { extensionView } from './extension.ts';
import { featureView } from './feature.ts';
import { featureCodeView } from './feature-code.ts';
import { followMeView } from './follow-me.ts';
import { forwardCodeView } from './forward-code.ts';
import { frameViews } from './frame.ts';
import { greetingKeysView } from './greeting-keys.ts';
import { iaxProvisioningView, iaxRegistrationView, iaxView } from './iax.ts';
import { inboundRouteView } from './inbound-route.ts';
import { ivrView } from './ivr.ts';
import { languageView } from './language.ts';
import { listCodeView } from './list-code.ts';
import { machineViews } from './machine.ts';
import { voicemailView } from './mailbox.ts';
import { managerUsersView, managerView } from './manager.ts';
import { miscApplicationView } from './misc-application.ts';
import { miscDestinationView } from './misc-destination.ts';
import { modulesView } from './modules.ts';
import { musicView } from './music.ts';
import { nameLookupView } from './name-lookup.ts';
import { outboundRouteView } from './outbound-route.ts';
import { pageGroupView } from './page-group.ts';
import { parkingLotView, parkingView } from './parking.ts';
import { passwordView } from './password.ts';
import { pjsipView, registrationView } from './pjsip.ts';
import { pjsipWizardView } from './pjsip-wizard.ts';
import { queueView } from './queue.ts';
import { queueCodeView } from './queue-code.ts';
import { queuePriorityView } from './queue-priority.ts';
import { agentsView, queueRulesView, queuesConfView } from './queues-conf.ts';
import { recordingRuleView } from './recording-rule.ts';
import { ringGroupView } from './ring-group.ts';
import { ringMembersView } from './ring-members.ts';
import { routineView } from './routine.ts';
import { setCidView } from './set-cid.ts';
import { switchCodeView } from './switch-code.ts';
import { timeConditionView } from './time-condition.ts';
import { trunkView } from './trunk.ts';
import type { View } from './view.ts';
import { voicemailBlastView } from './voicemail-blast.ts';
import { voicemailCodeView } from './voicemail-code.ts';
import { wakeUpProgramView, wakeUpView } from './wake-up.ts';

/** Every file of the target tree that a template makes. A new kind of object is its view and one line here; modules.conf comes last, as it looks at the others. */
export const views: readonly View[] = [
  ...frameViews,
  ...machineViews,
  managerView,
  managerUsersView,
  musicView,
  voicemailView,
  pjsipView,
  pjsipWizardView,
  registrationView,
  iaxView,
  iaxProvisioningView,
  iaxRegistrationView,
  dialplanView,
  routineView,
  extensionView,
  ringGroupView,
  followMeView,
  ringMembersView,
  featureCodeView,
  forwardCodeView,
  switchCodeView,
  listCodeView,
  queueCodeView,
  voicemailCodeView,
  wakeUpView,
  wakeUpProgramView,
  passwordView,
  pageGroupView,
  parkingLotView,
  parkingView,
  announcementView,
  greetingKeysView,
  timeConditionView,
  callFlowView,
  languageView,
  setCidView,
  classOfServiceView,
  queuePriorityView,
  recordingRuleView,
  miscDestinationView,
  miscApplicationView,
  directoryView,
  dynamicRouteView,
  disaView,
  callbackView,
  voicemailBlastView,
  ivrView,
  queuesConfView,
  queueRulesView,
  agentsView,
  queueView,
  confbridgeView,
  conferencePinView,
  conferenceView,
  inboundRouteView,
  nameLookupView,
  outboundRouteView,
  trunkView,
  customOverrideView,
  customView,
  customQueueView,
  customFunctionView,
  featureView,
  customRoutineView,
  notCarriedView,
  customHookView,
  modulesView,
];
