import agent from './agent.ts';
import agiScript from './agi-script.ts';
import amiUser from './ami-user.ts';
import announcement from './announcement.ts';
import blacklist from './blacklist.ts';
import bossSecretary from './boss-secretary.ts';
import callFlow from './call-flow.ts';
import callback from './callback.ts';
import classOfService from './class-of-service.ts';
import conference from './conference.ts';
import customConfiguration from './custom-configuration.ts';
import customDialplan from './custom-dialplan.ts';
import dahdiLine from './dahdi-line.ts';
import device from './device.ts';
import directory from './directory.ts';
import disa from './disa.ts';
import dynamicRoute from './dynamic-route.ts';
import extension from './extension.ts';
import fax from './fax.ts';
import featureCode from './feature-code.ts';
import followMe from './follow-me.ts';
import inboundRoute from './inbound-route.ts';
import ivr from './ivr.ts';
import language from './language.ts';
import mailbox from './mailbox.ts';
import miscApplication from './misc-application.ts';
import miscDestination from './misc-destination.ts';
import moduleUnknown from './module-unknown.ts';
import musicClass from './music-class.ts';
import nameLookup from './name-lookup.ts';
import notMigrated from './not-migrated.ts';
import otherSetting from './other-setting.ts';
import outboundRoute from './outbound-route.ts';
import pageGroup from './page-group.ts';
import parking from './parking.ts';
import phonebook from './phonebook.ts';
import pinSet from './pin-set.ts';
import queue from './queue.ts';
import queuePriority from './queue-priority.ts';
import type { Reader } from './reader.ts';
import recording from './recording.ts';
import recordingRule from './recording-rule.ts';
import ringGroup from './ring-group.ts';
import service from './service.ts';
import setCid from './set-cid.ts';
import settings from './settings.ts';
import speedDial from './speed-dial.ts';
import timeCondition from './time-condition.ts';
import timeGroup from './time-group.ts';
import trunk from './trunk.ts';
import voicemailBlast from './voicemail-blast.ts';
import wakeUp from './wake-up.ts';

/** What is read from a box. A new kind is its file and one line here. notMigrated comes last: it takes what nobody wanted. */
export const READERS: readonly Reader[] = [
  settings,
  extension,
  device,
  mailbox,
  trunk,
  outboundRoute,
  pinSet,
  inboundRoute,
  nameLookup,
  phonebook,
  ringGroup,
  recording,
  announcement,
  language,
  setCid,
  classOfService,
  queuePriority,
  recordingRule,
  miscDestination,
  miscApplication,
  directory,
  dynamicRoute,
  disa,
  callback,
  voicemailBlast,
  timeGroup,
  timeCondition,
  callFlow,
  ivr,
  queue,
  followMe,
  conference,
  pageGroup,
  parking,
  featureCode,
  musicClass,
  amiUser,
  blacklist,
  speedDial,
  agent,
  customDialplan,
  customConfiguration,
  agiScript,
  dahdiLine,
  bossSecretary,
  fax,
  wakeUp,
  service,
  otherSetting,
  moduleUnknown,
  notMigrated,
];
