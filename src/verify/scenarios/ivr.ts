import { keyedDirectly } from '../../model/directory.ts';
import type { Ivr } from '../../model/ivr.ts';
import type { Model } from '../../model/kinds.ts';
import { naturalOrder } from '../../model/kinds.ts';
import { ref } from '../../model/ref.ts';
import { entered } from '../../model/walk/timeline.ts';
import type { Draft, PlanContext } from './define.ts';
import { stepsOf } from './draft.ts';
import { callsOfEach, type Drafted } from './each-object.ts';
import { byWay, keysOnTheWay } from './ways.ts';

/** Every voice menu: each of its keys, nothing keyed, a wrong key until it gives up, an extension keyed, and one that does not exist. */
export const ivrScenarios = callsOfEach('ivr', (context) => (id) => drafts(context, id));

function drafts(context: PlanContext, id: string): Drafted {
  const menu = context.model.ivr[id] as Ivr;
  const about = ref('ivr', id);
  const way = byWay(context, about);
  if (way === null) return { drafts: [], skipped: [{ id: `ivr/${id}`, why: 'no call that the lab places reaches this menu' }] };
  const call = (what: string, keys: readonly string[], o: Partial<Draft> = {}): Draft => ({
    ...way,
    id: `ivr/${id}/${what}`,
    about: [about],
    keys: [...before, ...keys],
    does: () => 'answer',
    impatient: true,
    ...o,
  });
  const before = keysOnTheWay(context, way, about);
  const wrong = wrongKey(context.model, menu);
  const list = menu.entries.map((entry) => call(`key-${entry.keys}`, [entry.keys], { does: () => 'ignore', goes: 'noticed' }));
  const out: Partial<Draft> = { does: () => 'ignore', goes: { beyond: about } };
  list.push(call('timeout', [], out));
  const tries = (menu.invalid.retries ?? 0) + 1;
  if (wrong !== null) list.push(call('invalid', Array<string>(tries).fill(wrong), out));
  if (menu.directDial) {
    const direct = context.phones.map(({ extension }) => call('direct-dial', [extension])).find((draft) => reaches(context, draft));
    const missing = wrongExtension(context.model, menu);
    if (direct !== undefined) list.push(direct);
    if (missing !== null) list.push(call('wrong-extension', [missing]));
  }
  return { drafts: list, skipped: [] };
}

/** A longer key of the menu, or the line by which the call came, may be in the way. */
function reaches(context: PlanContext, draft: Draft): boolean {
  const extension = draft.keys?.at(-1);
  return entered(stepsOf(context, draft) ?? []).some((r) => r.kind === 'extension' && r.id === extension);
}

/** A key that is none of the menu's, and with which nothing begins where that can be had; null: every key is one. */
function wrongKey(model: Model, menu: Ivr): string | null {
  const others = numbersOf(model, menu);
  const free = [...'7890123456*#'].filter((key) => !menu.entries.some((e) => e.keys === key));
  return free.find((key) => !others.some((n) => n.startsWith(key))) ?? free[0] ?? null;
}

/** The beginning of an extension's number with a digit after it that fits no number; null: there is none. */
function wrongExtension(model: Model, menu: Ivr): string | null {
  const numbers = numbersOf(model, menu);
  const begins = (text: string): boolean => numbers.some((n) => n.startsWith(text));
  for (const extension of keyedDirectly(model, menu).sort(naturalOrder)) {
    for (let length = extension.length - 1; length > 0; length--) {
      const begun = extension.slice(0, length);
      const wrong = [...'9876543210'].map((digit) => begun + digit).find((text) => !begins(text));
      // a beginning that is a key of its own would be taken for it
      if (wrong !== undefined && !menu.entries.some((e) => begun.startsWith(e.keys) && !begins(`${e.keys}0`) && e.keys === begun))
        return wrong;
    }
  }
  return null;
}

function numbersOf(model: Model, menu: Ivr): string[] {
  return [...menu.entries.map((e) => e.keys), ...keyedDirectly(model, menu)];
}
