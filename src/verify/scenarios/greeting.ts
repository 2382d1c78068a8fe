import { greetingsWithKeys } from '../../model/greeting-keys.ts';
import { ref, refText } from '../../model/ref.ts';
import { isPlayed } from './callers.ts';
import { type Draft, defineScenarios, type PlanContext, sample } from './define.ts';
import { scenarios } from './draft.ts';

/** Every greeting that has keys: each of them, a wrong one, and none. */
export const greetingScenarios = defineScenarios({
  kind: 'greeting',
  plan: (context) => {
    const found = greetingsWithKeys(context.model);
    const { taken, skipped } = sample(found, context.limit, ({ extension, greeting }) => `greeting/${extension}/${greeting}`);
    const planned = scenarios(
      context,
      'greeting',
      taken.flatMap((one, i) => drafts(context, one, i < IN_FULL)),
    );
    return { scenarios: planned.scenarios, skipped: [...planned.skipped, ...skipped] };
  },
});

/** What comes after a wrong key, and after none, is the same for all: so many greetings are tried with both. */
const IN_FULL = 2;

type Held = ReturnType<typeof greetingsWithKeys>[number];

function drafts({ model, phones }: PlanContext, { extension, greeting, mailbox, menu }: Held, inFull: boolean): Draft[] {
  const own = new Set((model.extension[extension]?.devices ?? []).map((id) => refText(ref('device', id))));
  const played = [...own].length > 0 && (model.extension[extension]?.devices ?? []).every((id) => isPlayed(model, ref('device', id)));
  if (!played) return [];
  const call = (what: string, keys: readonly string[], goes: Draft['goes'] = 'through'): Draft => ({
    id: `greeting/${extension}/${greeting}/${what}`,
    about: [ref('extension', extension), ref('mailbox', mailbox)],
    dial: extension,
    from: { inside: phones },
    notCalling: [extension, ...keys.flatMap((key) => menu.numbers[key] ?? [])],
    does: (leg) => (!own.has(refText(leg)) ? 'answer' : greeting === 'busy' ? 'busy' : 'ignore'),
    keys,
    goes,
  });
  const keys = Object.keys(menu.numbers).map((key) => call(`key-${key}`, [key]));
  const unused = [...'987654321'].find((key) => !(key in menu.numbers));
  if (!inFull) return keys;
  return [
    ...keys,
    ...(unused === undefined ? [] : [call('wrong-key', [unused, ...Object.keys(menu.numbers).slice(0, 1)])]),
    call('no-key', ['']),
  ];
}
