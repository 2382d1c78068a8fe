import type { Ami } from '../../asterisk/ami.ts';
import type { Dialplan } from '../../asterisk/dialplan.ts';
import type { Container } from '../../engine/container.ts';
import { type Finding, finding } from '../../finding.ts';
import type { Build } from '../../model/build.ts';
import type { Model } from '../../model/kinds.ts';
import { pathCheck } from '../paths/path-check.ts';
import { agentCheck } from './agents.ts';
import { amiUserCheck } from './ami-users.ts';
import { announcementCheck } from './announcements.ts';
import { type Asked, ask } from './asked.ts';
import { autoAnswerCheck } from './auto-answer.ts';
import { callbackCheck } from './callbacks.ts';
import { classOfServiceCheck } from './classes.ts';
import { codeLampCheck } from './code-lamps.ts';
import { conferenceCheck } from './conferences.ts';
import { customConfigurationCheck } from './custom-configuration.ts';
import { destinationCheck } from './destinations.ts';
import { dialOptionCheck } from './dial-options.ts';
import { checkIncludes, checkLoaded, checkNames } from './dialplan.ts';
import { dialplanOf } from './dialplan-files.ts';
import { directoryCheck } from './directories.ts';
import { disaCheck } from './disas.ts';
import { endpointCheck } from './endpoints.ts';
import { extensionCheck } from './extensions.ts';
import { featureKeyCheck } from './feature-keys.ts';
import { flagCheck } from './flags.ts';
import { frameCheck } from './frame.ts';
import { greetingKeyCheck } from './greeting-keys.ts';
import { handMadeCheck } from './hand-made.ts';
import { HeldDialplan } from './held-dialplan.ts';
import { hintCheck } from './hints.ts';
import { hookCheck } from './hooks.ts';
import { hoursCheck } from './hours.ts';
import { iaxCheck } from './iax.ts';
import { alertCheck, inboundRouteCheck } from './inbound-routes.ts';
import { mailboxCheck } from './mailboxes.ts';
import { memberCheck } from './members.ts';
import { menuCheck } from './menus.ts';
import type { Check, Mismatch } from './mismatch.ts';
import { musicCheck } from './music.ts';
import { nameLookupCheck } from './name-lookups.ts';
import { nameable } from './nameable.ts';
import { notCarriedCheck } from './not-carried.ts';
import { numberCheck } from './numbers.ts';
import { objectCheck } from './objects.ts';
import { outboundRouteCheck } from './outbound-routes.ts';
import { ownTelephoneCheck } from './own-telephones.ts';
import { pageGroupCheck } from './page-groups.ts';
import { parkingCheck } from './parkings.ts';
import { passingCheck } from './passing.ts';
import { passwordCheck } from './passwords.ts';
import { promptCheck } from './prompts.ts';
import { fixedAgentCheck, queueCallCheck, queueCodeCheck } from './queue-calls.ts';
import { queueCheck } from './queues.ts';
import { recordingNameCheck } from './recordings.ts';
import { registrationCheck } from './registrations.ts';
import { recordingCheck } from './sounds.ts';
import { stateCheck } from './state.ts';
import { trunkCheck } from './trunks.ts';
import { unreached } from './unreached.ts';
import { voicemailBlastCheck } from './voicemail-blasts.ts';
import { wakeUpCheck } from './wake-ups.ts';
import { whoCallsCheck } from './who-calls.ts';

/** What is compared with the model. A new kind is its file and one line here. */
const CHECKS: readonly Check[] = [
  frameCheck,
  endpointCheck,
  registrationCheck,
  iaxCheck,
  mailboxCheck,
  greetingKeyCheck,
  hintCheck,
  codeLampCheck,
  featureKeyCheck,
  dialOptionCheck,
  numberCheck,
  objectCheck,
  passwordCheck,
  trunkCheck,
  recordingNameCheck,
  inboundRouteCheck,
  outboundRouteCheck,
  alertCheck,
  hoursCheck,
  destinationCheck,
  promptCheck,
  extensionCheck,
  ownTelephoneCheck,
  memberCheck,
  announcementCheck,
  passingCheck,
  directoryCheck,
  disaCheck,
  callbackCheck,
  voicemailBlastCheck,
  menuCheck,
  queueCheck,
  agentCheck,
  queueCallCheck,
  queueCodeCheck,
  fixedAgentCheck,
  classOfServiceCheck,
  conferenceCheck,
  parkingCheck,
  musicCheck,
  recordingCheck,
  amiUserCheck,
  stateCheck,
  customConfigurationCheck,
  hookCheck,
  handMadeCheck,
  autoAnswerCheck,
  nameLookupCheck,
  notCarriedCheck,
  pageGroupCheck,
  wakeUpCheck,
  whoCallsCheck,
  flagCheck,
];

/** What the static checks found, the log apart: that is read once the calls are over. */
export interface StaticChecks {
  readonly mismatches: readonly Mismatch[];
  readonly findings: readonly Finding[];
  /** What was looked at, and the contexts by which calls come in. */
  readonly dialplan: HeldDialplan;
  readonly entries: readonly string[];
}

/** Asks a running PBX for all that it holds, and compares it with the model; then whether its dialplan leads anywhere. */
export async function checkStatic(pbx: { ami: Ami; container: Container }, build: Pick<Build, 'entries' | 'model'>): Promise<StaticChecks> {
  const files = dialplanOf(build.entries);
  return checkHeld(await ask(pbx, (listed) => new HeldDialplan(listed, files)), files, build.model);
}

/** The same of a PBX that was asked already. `files`: the dialplan as its files have it. */
export async function checkHeld(asked: Asked, files: Dialplan, model: Model): Promise<StaticChecks> {
  const { dialplan } = asked;
  const mismatches: Mismatch[] = [];
  for (const check of CHECKS) mismatches.push(...(await check(asked, model)));
  mismatches.push(
    ...checkLoaded(dialplan, files),
    ...checkIncludes(dialplan, files),
    ...checkNames(dialplan, await nameable(asked, model)),
  );
  // what the site wrote may be entered by diallers, call files and scripts
  const entries = [...(await entriesOf(asked)), ...Object.keys(model['custom-dialplan'])];
  const findings = [...contextsWithoutEntry(dialplan, entries), ...(await waysThatDiffer(asked, model))];
  return { mismatches, findings, dialplan, entries };
}

/** Calls by chance, in simulated time. No mismatch: what Asterisk does with such a call nobody has seen. */
async function waysThatDiffer(asked: Asked, model: Model): Promise<Finding[]> {
  return (await pathCheck(asked, model)).map(({ about, what, expected, held }) =>
    finding('CALL_WAY_DIFFERS', { about, where: what, means: `The model says ${expected}; the dialplan comes to ${held}.` }),
  );
}

/** Names by which telephones, carriers and programs enter (the old box's own), and call files of the new one. */
const ENTRIES = ['from-internal', 'from-trunk', 'default', 'wake-up', 'wake-up-ring'];

async function entriesOf(asked: Asked): Promise<string[]> {
  const globals = [...(await asked.print('dialplan show globals')).matchAll(/^\s*\w*CONTEXT=(\S+)$/gm)].map((m) => m[1] as string);
  return [...ENTRIES, ...globals, ...(await entryContexts(asked))];
}

function contextsWithoutEntry(dialplan: HeldDialplan, entries: readonly string[]): Finding[] {
  return unreached(dialplan, entries).map((context) =>
    finding('CONTEXT_UNREACHED', { where: context, means: 'No telephone, carrier or step of the dialplan leads to this context.' }),
  );
}

/** Contexts of endpoints and IAX2 peers, of menus in queues and of voicemail. */
async function entryContexts(asked: Asked): Promise<string[]> {
  const endpoints = await asked.list('PJSIPShowEndpoints');
  const details = await Promise.all(endpoints.map((e) => asked.list('PJSIPShowEndpoint', { Endpoint: e['ObjectName'] ?? '' })));
  const sip = details.flat().flatMap((e) => [e['Context'], e['SubscribeContext'], e['MessageContext']]);
  const files = await Promise.all(
    ['iax.conf', 'queues.conf', 'voicemail.conf', 'res_parking.conf', 'features.conf'].map((f) => asked.config(f)),
  );
  const set = files.flatMap((file) =>
    [...file.values()].flat().flatMap(([key, value]) => {
      if (/context$/i.test(key)) return [value];
      // members of queues are called through a context of their own
      return [...value.matchAll(/Local\/[^@,]*@([^/,]+)/g)].map((m) => m[1]);
    }),
  );
  return [...sip, ...set].filter((name) => name !== undefined && name !== '') as string[];
}
