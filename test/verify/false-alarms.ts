import { parseConf } from '../../src/asterisk/conf.ts';
import type { Model, ModelKind } from '../../src/model/kinds.ts';
import { type Ref, refText } from '../../src/model/ref.ts';
import type { RenderedFile, renderModel } from '../../src/render/render.ts';
import { announcementCheck } from '../../src/verify/static/announcements.ts';
import type { Asked } from '../../src/verify/static/asked.ts';
import { autoAnswerCheck } from '../../src/verify/static/auto-answer.ts';
import { callbackCheck } from '../../src/verify/static/callbacks.ts';
import { codeLampCheck } from '../../src/verify/static/code-lamps.ts';
import { conferenceCheck } from '../../src/verify/static/conferences.ts';
import { destinationCheck } from '../../src/verify/static/destinations.ts';
import { directoryCheck } from '../../src/verify/static/directories.ts';
import { disaCheck } from '../../src/verify/static/disas.ts';
import { extensionCheck } from '../../src/verify/static/extensions.ts';
import { flagCheck } from '../../src/verify/static/flags.ts';
import { handMadeCheck } from '../../src/verify/static/hand-made.ts';
import { hookCheck } from '../../src/verify/static/hooks.ts';
import { hoursCheck } from '../../src/verify/static/hours.ts';
import { alertCheck, inboundRouteCheck } from '../../src/verify/static/inbound-routes.ts';
import { memberCheck } from '../../src/verify/static/members.ts';
import { menuCheck } from '../../src/verify/static/menus.ts';
import { nameLookupCheck } from '../../src/verify/static/name-lookups.ts';
import { notCarriedCheck } from '../../src/verify/static/not-carried.ts';
import { objectCheck } from '../../src/verify/static/objects.ts';
import { outboundRouteCheck } from '../../src/verify/static/outbound-routes.ts';
import { ownTelephoneCheck } from '../../src/verify/static/own-telephones.ts';
import { pageGroupCheck } from '../../src/verify/static/page-groups.ts';
import { passingCheck } from '../../src/verify/static/passing.ts';
import { passwordCheck } from '../../src/verify/static/passwords.ts';
import { promptCheck } from '../../src/verify/static/prompts.ts';
import { fixedAgentCheck, queueCallCheck, queueCodeCheck } from '../../src/verify/static/queue-calls.ts';
import { recordingNameCheck } from '../../src/verify/static/recordings.ts';
import { trunkCheck } from '../../src/verify/static/trunks.ts';
import { voicemailBlastCheck } from '../../src/verify/static/voicemail-blasts.ts';
import { whoCallsCheck } from '../../src/verify/static/who-calls.ts';
import { answering } from './asked.ts';

/** Those that ask for nothing but the dialplan and files. */
const CHECKS = [
  alertCheck,
  announcementCheck,
  autoAnswerCheck,
  callbackCheck,
  directoryCheck,
  disaCheck,
  passingCheck,
  voicemailBlastCheck,
  codeLampCheck,
  conferenceCheck,
  destinationCheck,
  extensionCheck,
  flagCheck,
  handMadeCheck,
  hookCheck,
  hoursCheck,
  inboundRouteCheck,
  memberCheck,
  menuCheck,
  nameLookupCheck,
  notCarriedCheck,
  pageGroupCheck,
  objectCheck,
  outboundRouteCheck,
  ownTelephoneCheck,
  passwordCheck,
  promptCheck,
  queueCallCheck,
  queueCodeCheck,
  fixedAgentCheck,
  recordingNameCheck,
  trunkCheck,
  whoCallsCheck,
];

const FILES = ['confbridge', 'iax', 'pjsip_wizard', 'res_parking', 'voicemail'];

/**
 * What the checks say that need no more than dialplan and files, of an Asterisk that holds what was rendered for this very model. An object that no file can
 * hold is missing for good, and a finding.
 */
export async function falseAlarms(model: Model, { files, findings }: Awaited<ReturnType<typeof renderModel>>): Promise<string[]> {
  const written = findings.reduce((left, f) => (f.code === 'OBJECT_UNWRITABLE' && f.about !== null ? without(left, f.about) : left), model);
  const asked = holding(written, files);
  const found = await Promise.all(CHECKS.map((check) => check(asked, written)));
  return found.flat().map((m) => `${refText(m.about)} ${m.what}: expected ${m.expected}, held ${m.held}`);
}

function without(model: Model, { kind, id }: Ref): Model {
  const { [id]: _, ...others } = model[kind as ModelKind] as Record<string, unknown>;
  return { ...model, [kind]: others };
}

/** What an Asterisk with these files would answer. */
export function holding(model: Model, files: readonly RenderedFile[]): Asked {
  const text = new Map(files.map((f) => [f.path, String(f.content)]));
  const dialplan = text.get('etc/asterisk/extensions.conf') ?? '';
  // Asterisk itself puts in the number that parks a call
  const parks = Object.values(model.parking).map((lot) => `exten = ${lot.extension},1,Park()\n`);
  text.set('etc/asterisk/extensions.conf', `${dialplan}\n[parkedcalls](+)\n${parks.join('')}`);
  return answering({
    dialplan: text.get('etc/asterisk/extensions.conf') ?? '',
    tree: Object.fromEntries(text),
    prints: { 'dialplan show globals': globalsOf(text) },
    files: Object.fromEntries(FILES.map((name) => [`${name}.conf`, confOf(text, name)])),
  });
}

/** As Asterisk prints them. */
function globalsOf(files: ReadonlyMap<string, string>): string {
  const { sections } = parseConf(files.get('etc/asterisk/extensions.conf') ?? '', 'extensions.conf');
  return sections.flatMap((s) => (s.name === 'globals' ? s.entries.map((e) => `   ${e.name}=${e.value}`) : [])).join('\n');
}

function confOf(files: ReadonlyMap<string, string>, name: string): Record<string, [string, string][]> {
  const { sections } = parseConf(files.get(`etc/asterisk/${name}.conf`) ?? '', name);
  return Object.fromEntries(sections.map((s) => [s.name, s.entries.map((e): [string, string] => [e.name, e.value])]));
}
