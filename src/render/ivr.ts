import { finding } from '../finding.ts';
import { destinationText } from '../model/destination.ts';
import { keyedDirectly } from '../model/directory.ts';
import type { Ivr } from '../model/ivr.ts';
import { type Model, settingsOf } from '../model/kinds.ts';
import { promptsOf } from '../model/recording.ts';
import { ref } from '../model/ref.ts';
import { playable } from '../model/sounds.ts';
import { idsOf, type Place, place, placeOf } from './place.ts';
import { defineView, type Notes } from './view.ts';

/** Seconds that Asterisk waits for a further digit where nobody says otherwise (main/pbx.c, dtimeoutms). */
const DIGIT_TIMEOUT_SECONDS = 5;
/** No time at all: WaitExten(0) would wait for ten seconds. */
const NO_TIME_SECONDS = 0.1;

/** extensions.d/ivr.conf: voice menus. */
export const ivrView = defineView({
  file: 'etc/asterisk/extensions.d/ivr.conf',
  data: (model, notes) => {
    const ids = idsOf(model, 'ivr');
    if (ids.length === 0) return null;
    notes.from(...ids.map((id) => ref('ivr', id)));
    return {
      menus: ids.map((id) => menu(model, id, model.ivr[id] as Ivr, notes)),
      directDial: ids.some((id) => dialsDirectly(model.ivr[id] as Ivr)),
      directories: directoriesOf(model, ids),
      takesBack: menusTakeBack(model),
      nobody: playable(['beep', 'line-busy-transfer-menu', 'silence/1'], settingsOf(model).language),
      extensions: idsOf(model, 'extension').filter((id) => KEYS.test(id)),
    };
  },
});

/** Whether callers behind some menu come back to it from a mailbox: only then does leaving one look for a menu. */
export function menusTakeBack(model: Model): boolean {
  return idsOf(model, 'ivr').some((id) => model.ivr[id]?.returnsFromVoicemail === true);
}

/** What a caller can key. */
const KEYS = /^[0-9*#]+$/;

/** Directories whose numbers may be keyed in some menu. */
function directoriesOf(model: Model, menus: readonly string[]): { id: string; numbers: string[] }[] {
  const named = new Set(menus.map((id) => model.ivr[id]).map((i) => (i?.directDial === true ? i.directDialDirectory : null)));
  return idsOf(model, 'directory')
    .filter((id) => named.has(id))
    .map((id) => ({ id, numbers: keyedDirectly(model, { directDial: true, directDialDirectory: id }) }));
}

/** Every extension may be keyed. */
function dialsDirectly(i: Ivr): boolean {
  return i.directDial && i.directDialDirectory === null;
}

function menu(model: Model, id: string, i: Ivr, notes: Notes): object {
  report(model, id, i, notes);
  const prompts = promptsOf(model, i.announcement);
  const counters = i.sharesRetries ? ['LOOPCOUNT', 'LOOPCOUNT'] : ['INVALID_LOOPCOUNT', 'TIMEOUT_LOOPCOUNT'];
  return {
    id,
    before: before(id),
    name: i.name,
    description: i.description,
    sound: prompts.join('&'),
    directDial: dialsDirectly(i),
    directory: idsOf(model, 'directory').find((d) => i.directDial && d === i.directDialDirectory) ?? null,
    counters: [...new Set(counters.filter((_, n) => ([i.invalid, i.timeout][n]?.retries ?? 0) > 0))],
    takesBack: i.returnsFromVoicemail,
    digitSeconds: i.digitTimeoutSeconds ?? DIGIT_TIMEOUT_SECONDS,
    seconds: i.timeoutSeconds || NO_TIME_SECONDS,
    entries: entriesOf(i).map((e) => ({
      keys: e.keys,
      before: before(id),
      returns: e.returns,
      to: placeOf(model, e.destination),
      toText: destinationText(e.destination),
    })),
    failures: [
      { exten: 'i', what: 'A key that is none of the menu’s', counter: counters[0], ...failure(model, id, i, i.invalid, prompts) },
      { exten: 't', what: 'No key', counter: counters[1], ...failure(model, id, i, i.timeout, prompts) },
    ],
  };
}

/** The variable that names the menu from which the caller came into this one. */
function before(id: string): string {
  return `IVR_CONTEXT_ivr-${id}`;
}

/** The first of two entries for the same keys is the one that counts. */
function entriesOf(i: Ivr): Ivr['entries'] {
  return i.entries.filter((e, n) => KEYS.test(e.keys) && i.entries.findIndex((other) => other.keys === e.keys) === n);
}

/** What the menu does about no key or a wrong one: so many further tries, then somewhere else. */
function failure(model: Model, id: string, i: Ivr, f: Ivr['invalid'], menuPrompts: readonly string[]): object {
  const words = i.sharesRetries ? 'invalid' : 'no-valid-responce-pls-try-again';
  const again = spoken(model, f.retryPrompt, words);
  const retry = again.length === 0 ? [] : [...again, ...(f.menuFollows ? menuPrompts : [])];
  const last = f.retries === null ? ['sorry-youre-having-problems'] : spoken(model, f.lastPrompt, 'no-valid-responce-transfering');
  const over = f.retries === null || f.next === null;
  return {
    retries: f.retries ?? 0,
    retry: retry.join('&'),
    last: [...last, ...(over ? ['vm-goodbye'] : [])].join('&'),
    returns: f.returns && f.retries !== null,
    next: nextPlace(model, f),
    nextText: f.retries === null || f.next === null ? 'the end of the call' : destinationText(f.next),
    before: before(id),
  };
}

function nextPlace(model: Model, f: Ivr['invalid']): Place {
  return f.retries === null || f.next === null ? place('app-blackhole', 'hangup') : placeOf(model, f.next);
}

/** Prompts of a recording, or Asterisk's own words where it is 'default'. */
function spoken(model: Model, prompt: string | null, words: string): string[] {
  return prompt === 'default' ? playable([words], settingsOf(model).language) : promptsOf(model, prompt);
}

function report(model: Model, id: string, i: Ivr, notes: Notes): void {
  const about = ref('ivr', id);
  const prompts = [i.announcement, i.timeout.retryPrompt, i.timeout.lastPrompt, i.invalid.retryPrompt, i.invalid.lastPrompt];
  for (const prompt of new Set(prompts)) {
    if (prompt === null || prompt === 'default' || promptsOf(model, prompt).length > 0) continue;
    notes.finding(
      finding('SOUND_MISSING', {
        about,
        where: `recording ${prompt}`,
        means: `callers of menu ${id} ${prompt === i.announcement ? 'are asked nothing and may key all the same' : 'do not hear it'}: there is no file of it`,
      }),
    );
  }
  const kept = entriesOf(i);
  for (const lost of i.entries.filter((e) => !kept.includes(e))) {
    notes.finding(
      finding('MENU_KEY_LOST', {
        about,
        where: lost.keys,
        means: KEYS.test(lost.keys)
          ? `keys ${lost.keys} stand twice in menu ${id}: ${destinationText(lost.destination)} is not reached`
          : `nobody can key '${lost.keys}' in menu ${id}: ${destinationText(lost.destination)} is not reached by it`,
      }),
    );
  }
  if (i.directDial && i.directDialDirectory !== null && model.directory[i.directDialDirectory] === undefined) {
    notes.finding(
      finding('MENU_MISSING', {
        about,
        where: `directory ${i.directDialDirectory}`,
        means: `callers of menu ${id} cannot key its numbers: there is no such directory`,
      }),
    );
  }
  if (kept.length === 0 && !dialsDirectly(i))
    notes.finding(finding('MENU_EMPTY', { about, means: `menu ${id} takes no key: every caller goes on as one who keyed nothing` }));
}
