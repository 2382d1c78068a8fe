import type { Model } from '../../model/kinds.ts';
import type { Asked } from './asked.ts';
import type { Nameable } from './dialplan.ts';
import { soundFinder } from './sounds.ts';

/** Asks a running PBX for all that its dialplan may name. */
export async function nameable({ list, print, sounds }: Asked, model: Model): Promise<Nameable> {
  const objects = async (action: string, field: string): Promise<Set<string>> => new Set((await list(action)).map((e) => e[field] ?? ''));
  return {
    applications: firstWords(await print('core show applications'), /^\s*(\w+): /gm),
    functions: firstWords(await print('core show functions'), /^([A-Z_0-9]+) /gm),
    endpoint: await objects('PJSIPShowEndpoints', 'ObjectName'),
    'IAX peer': await objects('IAXpeerlist', 'ObjectName'),
    queue: await objects('QueueSummary', 'Queue'),
    mailbox: new Set((await list('VoicemailUsersList')).map((e) => `${e['VoiceMailbox']}@${e['VMContext']}`)),
    'music class': new Set([...(await print('moh show classes')).matchAll(/^Class: (.*)$/gm)].map((m) => m[1] as string)),
    hasSound: orKnownMissing(model, soundFinder(sounds, model)),
  };
}

function firstWords(text: string, pattern: RegExp): Set<string> {
  return new Set([...text.matchAll(pattern)].map((m) => (m[1] as string).toLowerCase()));
}

/** The source lacks it as well: a finding says so where the model was read. */
function orKnownMissing(model: Model, hasSound: Nameable['hasSound']): Nameable['hasSound'] {
  const lacking = Object.values(model['custom-dialplan']).flatMap(({ sounds }) => sounds.filter((s) => s.formats.length === 0));
  const missing = new Set(lacking.map((s) => s.file));
  return (name) => missing.has(name) || hasSound(name);
}
