import { partOf } from '../../model/class-of-service.ts';
import { example } from '../../model/dial-pattern.ts';
import { type Model, naturalOrder } from '../../model/kinds.ts';
import { isKeyed, pinsUnder } from '../../model/pin-set.ts';
import { ref, refText } from '../../model/ref.ts';
import { routesInOrder, whole } from '../../model/routing.ts';
import { isPlayed, type Phone } from './callers.ts';
import type { Draft, PlanContext } from './define.ts';
import { stepsOf } from './draft.ts';
import { callsOfEach, type Drafted } from './each-object.ts';

/** Every class of service: its telephones call each other's kind of number, a number of every outbound route, whether they may or not. */
export const classOfServiceScenarios = callsOfEach('class-of-service', (context) => (id) => drafts(context, id));

function drafts(context: PlanContext, id: string): Drafted {
  const about = ref('class-of-service', id);
  const inside = telephonesOf(context.model, id);
  if (inside.length === 0) return { drafts: [], skipped: [{ id: refText(about), why: 'no telephone that the lab plays is in the class' }] };
  const call = (what: string, dial: string): Draft => ({
    id: `${refText(about)}/${what}`,
    about: [about],
    dial,
    from: { inside },
    does: () => 'answer',
    impatient: true,
  });
  const numbers = [...numbersOf(context, inside), ...numbersOfRules(context.model, id)];
  const plain = numbers.map(([what, dial]) => call(what, dial));
  return { drafts: [...plain, ...behindPin(context, id, plain)], skipped: [] };
}

function telephonesOf(model: Model, id: string): Phone[] {
  return Object.keys(model.extension)
    .sort(naturalOrder)
    .flatMap((extension) => (model.extension[extension]?.devices ?? []).map((device) => ({ device, extension })))
    .filter(({ device }) => {
      const held = model.device[device];
      return held !== undefined && 'context' in held && held.context === id && isPlayed(model, ref('device', device));
    });
}

/** One number of each kind that a class may name a part for, and one that nobody has. */
function numbersOf({ model, phones }: PlanContext, inside: readonly Phone[]): [what: string, dial: string][] {
  const first = (kind: 'ring-group' | 'queue' | 'conference'): string | undefined => Object.keys(model[kind]).sort(naturalOrder)[0];
  const other = phones.find((p) => !inside.some((own) => own.extension === p.extension))?.extension;
  const routes = routesInOrder(model).flatMap(([id, route]): [string, string][] => {
    const dial = route.patterns.filter((p) => p.callerId === '').map((p) => example(whole(p)))[0];
    return dial == null || partOf(model, `outrt-${id}`) === null ? [] : [[`route-${id}`, dial]];
  });
  const held: [string, string | undefined][] = [
    ['extension', other],
    ['group', first('ring-group')],
    ['queue', first('queue')],
    ['room', first('conference')],
  ];
  return [...held.flatMap(([what, dial]): [string, string][] => (dial === undefined ? [] : [[what, dial]])), ...routes];
}

/** A number of each dial rule. */
function numbersOfRules(model: Model, id: string): [what: string, dial: string][] {
  const rules = model['class-of-service'][id]?.dialRules ?? [];
  return rules.flatMap((rule, i): [string, string][] => {
    const dial = example(`${rule.prefix}${rule.match}`);
    return dial === null ? [] : [[`rule-${i + 1}`, dial]];
  });
}

/** The first number that is dialled for who knows the class's PIN: with it, and with a wrong one. */
function behindPin(context: PlanContext, id: string, drafts: readonly Draft[]): Draft[] {
  const by = refText(ref('class-of-service', id));
  const asking = drafts.find((draft) => (stepsOf(context, draft) ?? []).some((s) => s.do === 'ask' && refText(s.by) === by));
  const pin = pinsUnder(context.model, `${by}/pin`).find(isKeyed);
  if (asking === undefined || pin === undefined) return [];
  const wrong = pin === '0000' ? '1111#' : '0000#';
  return [
    { ...asking, id: `${by}/with-pin`, keys: [`${pin}#`], goes: 'through' },
    { ...asking, id: `${by}/wrong-pin`, keys: [wrong, wrong, wrong] },
  ];
}
