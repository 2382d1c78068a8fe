import type { Ami, AmiEvent } from '../../asterisk/ami.ts';
import type { Container } from '../../engine/container.ts';
import type { Model } from '../../model/kinds.ts';
import { settingsOf } from '../../model/kinds.ts';
import type { Nameable } from './dialplan.ts';
import { heldSounds, isThere } from './sounds.ts';

/** A list that is empty, or whose module is not loaded, answers with an error or not at all. */
const NONE_MS = 3000;

/** The events of a list action; none where there is nothing of the kind. */
export async function listOf(ami: Ami, fields: Record<string, string>): Promise<AmiEvent[]> {
  return ami.list(fields, { timeoutMs: NONE_MS }).catch(() => []);
}

/** What a CLI command prints; '' where the module that knows it is not loaded. */
export async function printed(ami: Ami, command: string): Promise<string> {
  return ami.command(command).catch(() => '');
}

/** Asks a running PBX for all that its dialplan may name. */
export async function nameable(ami: Ami, container: Container, model: Model): Promise<Nameable> {
  const sounds = await heldSounds(container);
  const languages = languagesOf(model);
  const objects = async (action: string, field: string): Promise<Set<string>> =>
    new Set((await listOf(ami, { Action: action })).map((e) => e[field] ?? ''));
  return {
    applications: firstWords(await printed(ami, 'core show applications'), /^\s*(\w+): /gm),
    functions: firstWords(await printed(ami, 'core show functions'), /^([A-Z_0-9]+) /gm),
    endpoint: await objects('PJSIPShowEndpoints', 'ObjectName'),
    'IAX peer': await objects('IAXpeerlist', 'ObjectName'),
    queue: new Set((await listOf(ami, { Action: 'QueueSummary' })).map((e) => e['Queue'] ?? '')),
    mailbox: new Set((await listOf(ami, { Action: 'VoicemailUsersList' })).map((e) => `${e['VoiceMailbox']}@${e['VMContext']}`)),
    'music class': new Set([...(await printed(ami, 'moh show classes')).matchAll(/^Class: (.*)$/gm)].map((m) => m[1] as string)),
    hasSound: (name) => isThere(sounds, languages, name),
  };
}

function firstWords(text: string, pattern: RegExp): Set<string> {
  return new Set([...text.matchAll(pattern)].map((m) => (m[1] as string).toLowerCase()));
}

function languagesOf(model: Model): string[] {
  const own = Object.values(model.extension).map((x) => x.language);
  return [...new Set([settingsOf(model).language, ...own])].filter((language) => language !== '');
}
