import type { Extension } from '../model/extension.ts';
import { ref } from '../model/ref.ts';
import { keysOf } from './extension-keys.ts';
import type { LiveKeys } from './live-keys.ts';
import { MODULE_OFF } from './module-off.ts';
import type { Notes, Source } from './reader.ts';

/** AMPUSER/<x>/intercom = enabled|disabled, /intercom/<from> = allow|deny, /intercom/block = blocked (paging_get_config). */
export function intercomOf(source: Source, notes: Notes, live: LiveKeys, extension: string): Extension['intercom'] {
  const from: Record<string, 'allow' | 'deny'> = {};
  let calls = true;
  for (const entry of keysOf(source, extension, 'intercom')) {
    const who = entry.key.slice(`${extension}/intercom/`.length);
    const value = entry.value.trim();
    if (source.moduleOff('paging')) notes.dropped(entry, MODULE_OFF);
    else if (who === 'block') {
      calls = value !== 'blocked';
      notes.carried(entry, ref('extension', extension));
    } else if (value === 'allow' || value === 'deny') {
      from[who] = value;
      notes.carried(entry, ref('extension', extension));
    } else notes.dropped(entry, 'it says nothing');
  }
  return { takes: source.moduleOff('paging') || live.text('intercom') !== 'disabled', from, calls };
}
