import type { Ami, AmiEvent } from '../../asterisk/ami.ts';
import type { Model } from '../../model/kinds.ts';
import { type Ref, ref } from '../../model/ref.ts';
import type { Mismatch } from './mismatch.ts';

/** Asks Asterisk for what it holds (endpoints, names, secrets, mailboxes) and compares it with the model. */
export async function askBack(ami: Ami, model: Model): Promise<Mismatch[]> {
  return [...(await endpoints(ami, model)), ...(await mailboxes(ami, model))];
}

async function endpoints(ami: Ami, model: Model): Promise<Mismatch[]> {
  const found: Mismatch[] = [];
  const listed = await ami.list({ Action: 'PJSIPShowEndpoints' }).catch(() => []);
  const names = new Set(listed.map((e) => e['ObjectName'] ?? ''));
  for (const [id, device] of Object.entries(model.device)) {
    if (device.technology !== 'sip') continue;
    const about = ref('device', id);
    if (!names.delete(id)) {
      found.push({ about, what: 'endpoint', expected: 'is there', held: 'is missing' });
      continue;
    }
    const detail = await ami.list({ Action: 'PJSIPShowEndpoint', Endpoint: id });
    const owner = device.extension === null ? undefined : model.extension[device.extension];
    if (owner !== undefined) found.push(...callerId(about, detail, owner.name, owner.callerIdNumber ?? device.extension ?? ''));
    found.push(...secret(about, detail, model.secrets[`device/${id}/sip`]));
  }
  for (const [id, trunk] of Object.entries(model.trunk)) {
    if (trunk.technology !== 'sip') continue;
    const there = names.delete(trunk.peer);
    // calls that come in under a name of their own have an endpoint for it, where they have a password too
    if (trunk.inboundUser !== null && `trunk/${id}/inbound` in model.secrets) names.delete(trunk.inboundUser);
    if (there === trunk.disabled) {
      found.push({
        about: ref('trunk', id),
        what: 'endpoint',
        expected: trunk.disabled ? 'is not there' : 'is there',
        held: there ? 'is there' : 'is missing',
      });
    }
  }
  for (const name of names)
    found.push({ about: ref('settings', 'pbx'), what: `endpoint ${name}`, expected: 'not in the model', held: 'is there' });
  return found;
}

function callerId(about: Ref, detail: readonly AmiEvent[], name: string, number: string): Mismatch[] {
  const held = detail.find((e) => e['Event'] === 'EndpointDetail')?.['Callerid'] ?? '';
  const [, heldName, heldNumber] = /^"?(.*?)"? <([^<>]*)>$/s.exec(held) ?? [];
  const unescaped = heldName?.replaceAll(/\\(["\\])/g, '$1');
  return unescaped === name && heldNumber === number ? [] : [{ about, what: 'caller id', expected: `"${name}" <${number}>`, held }];
}

function secret(about: Ref, detail: readonly AmiEvent[], expected: string | undefined): Mismatch[] {
  const auth = detail.find((e) => e['Event'] === 'AuthDetail');
  if (expected === undefined || auth === undefined) return [];
  return auth['Password'] === expected ? [] : [{ about, what: 'secret', expected: 'the one of the model', held: 'another' }];
}

/** Without a single mailbox the list says so in its reply and never ends. */
const NONE_MS = 3000;

async function mailboxes(ami: Ami, model: Model): Promise<Mismatch[]> {
  const found: Mismatch[] = [];
  const listed = await ami.list({ Action: 'VoicemailUsersList' }, { timeoutMs: NONE_MS }).catch(() => []);
  const held = new Map(listed.map((e) => [`${e['VoiceMailbox']}@${e['VMContext']}`, e]));
  for (const [id, mailbox] of Object.entries(model.mailbox)) {
    const there = held.get(id);
    held.delete(id);
    const about = ref('mailbox', id);
    if (there === undefined) found.push({ about, what: 'mailbox', expected: 'is there', held: 'is missing' });
    else if (there['Fullname'] !== inVoicemailConf(mailbox.name))
      found.push({ about, what: 'name', expected: mailbox.name, held: there['Fullname'] ?? '' });
  }
  for (const id of held.keys()) found.push({ about: ref('mailbox', id), what: 'mailbox', expected: 'not in the model', held: 'is there' });
  return found;
}

/** A comma ends the name in voicemail.conf and nothing escapes it: render writes a space, and says so in a finding. */
function inVoicemailConf(name: string): string {
  return name.replaceAll(',', ' ').trim();
}
