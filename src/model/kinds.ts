import type { z } from 'zod';
import { agent } from './agent.ts';
import { agiScript } from './agi-script.ts';
import { amiUser } from './ami-user.ts';
import { announcement } from './announcement.ts';
import { blacklisted } from './blacklist.ts';
import { callFlow } from './call-flow.ts';
import { callback } from './callback.ts';
import { classOfService } from './class-of-service.ts';
import { conference } from './conference.ts';
import { customConfiguration } from './custom-configuration.ts';
import { customDialplan } from './custom-dialplan.ts';
import { device } from './device.ts';
import { directory } from './directory.ts';
import { disa } from './disa.ts';
import { dynamicRoute } from './dynamic-route.ts';
import { extension } from './extension.ts';
import { featureCode } from './feature-code.ts';
import { followMe } from './follow-me.ts';
import { inboundRoute } from './inbound-route.ts';
import { ivr } from './ivr.ts';
import { language } from './language.ts';
import { mailbox } from './mailbox.ts';
import { miscApplication } from './misc-application.ts';
import { miscDestination } from './misc-destination.ts';
import { musicClass } from './music-class.ts';
import { nameLookup, phonebookEntry } from './name-lookup.ts';
import { outboundRoute } from './outbound-route.ts';
import { pageGroup } from './page-group.ts';
import { parking } from './parking.ts';
import { pinSet } from './pin-set.ts';
import { queue } from './queue.ts';
import { queuePriority } from './queue-priority.ts';
import { recording } from './recording.ts';
import { recordingRule } from './recording-rule.ts';
import type { Kind } from './ref.ts';
import { ringGroup } from './ring-group.ts';
import { setCid } from './set-cid.ts';
import { type Settings, settings } from './settings.ts';
import { speedDial } from './speed-dial.ts';
import { timeCondition } from './time-condition.ts';
import { timeGroup } from './time-group.ts';
import { trunk } from './trunk.ts';
import { voicemailBlast } from './voicemail-blast.ts';
import { wakeUp } from './wake-up.ts';

/** The kinds that the model carries, each with its schema. A new kind is its file and one line here. */
export const modelKinds = {
  settings,
  extension,
  device,
  mailbox,
  trunk,
  'outbound-route': outboundRoute,
  'pin-set': pinSet,
  'inbound-route': inboundRoute,
  'name-lookup': nameLookup,
  phonebook: phonebookEntry,
  'ring-group': ringGroup,
  recording,
  announcement,
  language,
  'set-cid': setCid,
  'queue-priority': queuePriority,
  'recording-rule': recordingRule,
  'misc-destination': miscDestination,
  'misc-application': miscApplication,
  directory,
  'dynamic-route': dynamicRoute,
  disa,
  callback,
  'voicemail-blast': voicemailBlast,
  'time-group': timeGroup,
  'time-condition': timeCondition,
  'call-flow': callFlow,
  ivr,
  queue,
  agent,
  'follow-me': followMe,
  conference,
  'page-group': pageGroup,
  parking,
  'feature-code': featureCode,
  'music-class': musicClass,
  'ami-user': amiUser,
  blacklist: blacklisted,
  'speed-dial': speedDial,
  'wake-up': wakeUp,
  'class-of-service': classOfService,
  'custom-dialplan': customDialplan,
  'custom-configuration': customConfiguration,
  'agi-script': agiScript,
} as const satisfies Partial<Record<Kind, z.ZodType>>;

export type ModelKind = keyof typeof modelKinds;
export const MODEL_KINDS = Object.keys(modelKinds) as ModelKind[];
export type ObjectOf<K extends ModelKind> = z.output<(typeof modelKinds)[K]>;

/** A PBX: for each kind a map from the source's own id to the object, and the secrets apart. */
export type Model = { readonly [K in ModelKind]: Readonly<Record<string, ObjectOf<K>>> } & {
  /** From 'device/101/sip' to the secret. Never logged, reported or put on a command line. */
  readonly secrets: Readonly<Record<string, string>>;
};

/** The settings of the PBX. @throws Error where the model holds none: extract always writes them. */
export function settingsOf(model: Model): Settings {
  const held = model.settings['pbx'];
  if (held === undefined) throw new Error("the model has no settings 'pbx'");
  return held;
}

export function emptyModel(): Model {
  const none = Object.fromEntries(MODEL_KINDS.map((kind) => [kind, {}])) as Omit<Model, 'secrets'>;
  return { ...none, settings: { pbx: settings.decode({}) }, secrets: {} };
}

/** Ids in the order in which people read them: 9 before 10, text after numbers. */
export function naturalOrder(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}
const collator = new Intl.Collator('en', { numeric: true });
