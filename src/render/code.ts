import { finding } from '../finding.ts';
import { isKeyable } from '../model/feature-code.ts';
import { type Model, settingsOf } from '../model/kinds.ts';
import { ref } from '../model/ref.ts';
import { playable } from '../model/sounds.ts';
import type { Notes } from './view.ts';

/** A feature code as templates take it. */
export interface Code {
  /** As it is dialled: '*72'. */
  readonly code: string;
  /** It and at least one more: '_*72.'. */
  readonly more: string;
  /** How many digits it has: what comes behind them is what it is about. */
  readonly cut: number;
}

/** The feature code of a module and name of FreePBX ('callforward/cfon'); null where the PBX has none, or none that a dialplan line can hold. */
export function codeOf(model: Model, id: string): Code | null {
  const held = model['feature-code'][id];
  if (held === undefined || !held.enabled || !isKeyable(held.code)) return null;
  return { code: held.code, more: `_${held.code}.`, cut: held.code.length };
}

/** The codes of one module that end in an object's id: 'daynight/toggle-mode-0' gives '0'. */
export function codesFor(model: Model, prefix: string): { id: string; code: string }[] {
  return Object.keys(model['feature-code'])
    .filter((id) => id.startsWith(prefix) && id !== `${prefix}all`)
    .flatMap((id) => {
      const code = codeOf(model, id);
      return code === null ? [] : [{ id: id.slice(prefix.length), code: code.code }];
    });
}

/** Says which codes a dialplan line cannot hold. */
export function reportCodes(model: Model, notes: Notes): void {
  for (const [id, c] of Object.entries(model['feature-code'])) {
    if (!c.enabled || isKeyable(c.code)) continue;
    notes.finding(
      finding('NUMBER_NOT_RENDERED', {
        about: ref('feature-code', id),
        where: c.code,
        means: `the code for '${c.description}' cannot be dialled: a dialplan line cannot hold it`,
      }),
    );
  }
}

/** Prompts of the old box as this one has them, joined for Playback and Read: what it lacks is left out. */
export function prompts(model: Model, ...names: string[]): string[] {
  return playable(names, settingsOf(model).language);
}

/** Whether some code needs to know who called an extension last: *69, and *32 of the blacklist. */
export function tracesCalls(model: Model): boolean {
  return ['infoservices/calltrace', 'blacklist/blacklist_last'].some((id) => codeOf(model, id) !== null);
}

/** What the codes of these files do; `core` also has those that are keyed during a call, which stand in features.conf. */
const CARRIED =
  /^(callforward|callwaiting|donotdisturb|findmefollow|daynight|timeconditions|voicemail|infoservices|speeddial|blacklist|queues|parking|paging|conferences|hotelwakeup|pbdirectory)\/|^recordings\/(record_|edit-recording-)|^core\/(atxfer|automon|blindxfer|disconnect|pickup|pickupexten|chanspy|simu_pstn)$/;
/** Those that have a number behind them. */
const WITH_NUMBER = ['core/userlogon'];

/** Codes of the old box that lead to not-carried. */
export function notCarriedCodes(model: Model): { id: string; code: string; more: string | null; name: string; what: string }[] {
  return Object.keys(model['feature-code']).flatMap((id) => {
    const code = CARRIED.test(id) ? null : codeOf(model, id);
    if (code === null) return [];
    const what = model['feature-code'][id]?.description || id;
    return [{ id, code: code.code, more: WITH_NUMBER.includes(id) ? code.more : null, name: `feature-code-${code.code}`, what }];
  });
}
