import { extensionsOf } from '../../model/custom-steps.ts';
import { example, matches } from '../../model/dial-pattern.ts';
import { claimFor } from '../../model/numbering.ts';
import { type Ref, ref, refText } from '../../model/ref.ts';
import { joinedBy } from '../../model/routing.ts';
import { dialInto } from '../calls/into.ts';
import { stranger } from './callers.ts';
import { type Draft, only, type PlanContext } from './define.ts';
import { ringOrder, stepsOf } from './draft.ts';
import { callsOfEach, type Drafted } from './each-object.ts';
import { byWay, keysBefore, OUTSIDE_NAME, type Way } from './ways.ts';

/**
 * Every context that the site wrote by hand: each of its numbers is dialled, or the way taken that leads to it; where walk() does not know what its lines do, the call
 * must come there. One that only a dialler or a script enters is entered as they do.
 */
export const customDialplanScenarios = callsOfEach('custom-dialplan', (context) => (id) => drafts(context, id));

function drafts(context: PlanContext, id: string): Drafted {
  const about = ref('custom-dialplan', id);
  if ((context.model['custom-dialplan'][id]?.lines ?? []).length === 0 || id === 'globals') return { drafts: [], skipped: [] };
  const ways = [...inside(context, id), ...fromCarriers(context, id)];
  const other = ways.length === 0 ? byWay(context, about) : null;
  const all = ways.length > 0 ? ways : other === null ? sentInto(context, id) : [{ ...other, name: 'reached' }];
  if (all.length === 0) {
    const why = 'no call begins there: other dialplan enters it, or the end of a call does';
    return { drafts: [], skipped: [{ id: refText(about), why }] };
  }
  return { drafts: all.flatMap((way) => callsOf(context, about, way)), skipped: [] };
}

type Named = Way & Pick<Draft, 'into'> & { readonly name: string };

/** Numbers of this very context that telephones reach, a pattern by an example. */
function inside(context: PlanContext, id: string): Named[] {
  const { model, phones } = context;
  if (phones.length === 0) return [];
  const joined = Object.keys(model['custom-dialplan']).filter((c) =>
    model['custom-dialplan'][c]?.joins.some((j) => j.startsWith('from-internal')),
  );
  return joined.flatMap((outer) => numbersOf(context, outer, id)).map((dial) => ({ name: dial, dial, from: { inside: phones } }));
}

function numbersOf(context: PlanContext, outer: string, id: string): string[] {
  const own = extensionsOf(context.model, outer).filter((e) => e.context === id && !/^[a-zA-Z]$/.test(e.extension));
  const dialled = own.flatMap(({ extension }) => {
    const number = extension.startsWith('_') ? telling(context, outer, extension.slice(1)) : extension;
    return number === null || !/^[\d*#+]+$/.test(number) ? [] : [number];
  });
  return [...new Set(dialled)].filter((number) => claimFor(context.inside, number)?.by.kind === 'custom-dialplan');
}

/** Patterns often end with somebody's number (`_77XX`, Dial(SIP/1${EXTEN:2})): an example that rings somebody or reaches a mailbox tells more. */
function telling(context: PlanContext, outer: string, pattern: string): string | null {
  const begin = /^[\d*#+]*/.exec(pattern)?.[0] ?? '';
  const length = /[.!]$/.test(pattern) ? null : pattern.replace(/\[[^\]]*\]/g, 'X').length;
  const ids = Object.keys(context.model.extension).slice(0, MOST_EXAMPLES);
  const numbers = ids.map((id) =>
    length === null ? `${begin}${id}` : `${begin}${begin.length >= length ? '' : id.slice(begin.length - length)}`,
  );
  const found = numbers.find((number) => matches(pattern, number) && isTelling(context, outer, number));
  return found ?? example(pattern);
}
const MOST_EXAMPLES = 50;

function isTelling(context: PlanContext, outer: string, dial: string): boolean {
  const draft: Draft = {
    id: 'example',
    about: [ref('custom-dialplan', outer)],
    dial,
    from: { inside: context.phones },
    does: () => 'ignore',
    goes: 'through',
  };
  return (stepsOf(context, draft) ?? []).some((s) => ['ring', 'dial-out', 'voicemail', 'queue', 'conference'].includes(s.do));
}

/** As a dialler, a call file or a script does: at each number of a context that is no routine. */
function sentInto({ model, phones }: PlanContext, id: string): Named[] {
  const context = model['custom-dialplan'][id];
  if (phones.length === 0 || context === undefined || context.runs !== null || /^(?:macro|sub|func)-/.test(id) || isRoutine(model, id))
    return [];
  const own = extensionsOf(model, id).filter((e) => e.context === id);
  const numbers = own.flatMap(({ extension }) => {
    const outside = stranger(model);
    if (!extension.startsWith('_')) return /^[\w*#+]+$/.test(extension) && !/^[ihteoaT]$/.test(extension) ? [extension] : [];
    return matches(extension.slice(1), outside) ? [outside] : [example(extension.slice(1))].filter((n) => n !== null);
  });
  return [...new Set(numbers)].map((number) => ({
    name: number,
    dial: dialInto(id, number),
    into: { context: id, number },
    from: { inside: phones },
  }));
}

/** Other lines enter it by Gosub, Macro or on the way of a Dial: it returns to them. */
function isRoutine(model: PlanContext['model'], id: string): boolean {
  const entered = new RegExp(`(?:Gosub(?:If)?\\(|[MUG]\\(|hangup_handler_push\\)=|[?:])\\s*${id.replace(/[^\w-]/g, '.')}(?![\\w-])`);
  const all = Object.values(model['custom-dialplan']).flatMap((c) => c.lines);
  return all.some((l) => 'application' in l && entered.test(`${l.application}(${l.arguments})`));
}

function fromCarriers({ model, carriers }: PlanContext, id: string): Named[] {
  const [carrier] = carriers;
  if (carrier === undefined || !joinedBy(model, 'first').includes(id)) return [];
  return extensionsOf(model, id).flatMap(({ context, extension }) => {
    const dial = extension.startsWith('_') ? example(extension.slice(1)) : extension;
    if (context !== id || dial === null || !/^\+?\d+$/.test(dial)) return [];
    return [{ name: dial, dial, from: { carrier, number: stranger(model), name: OUTSIDE_NAME } }];
  });
}

/** Queues that the lines name: their agents are rung in ways that walk() may not know, while nobody else waits there. */
function namedQueues({ model }: PlanContext, id: string): Ref[] {
  const named = (model['custom-dialplan'][id]?.lines ?? []).flatMap((l) =>
    'application' in l && /^queue$/i.test(l.application) ? [l.arguments.split(/[,|]/)[0]?.trim() ?? ''] : [],
  );
  return [...new Set(named)].filter((name) => model.queue[name] !== undefined).map((name) => ref('queue', name));
}

/** Nobody answers, the first does, the first is busy; what is asked for is keyed. */
function callsOf(context: PlanContext, about: Ref, { name, ...way }: Named): Draft[] {
  const call = (what: string, does: Draft['does'], more: Partial<Draft> = {}): Draft => ({
    ...way,
    id: `${refText(about)}/${name}/${what}`,
    about: [about],
    does,
    goes: 'through',
    impatient: true,
    owns: namedQueues(context, about.id),
    ...more,
  });
  const patient = call('nobody', () => 'ignore');
  const steps = stepsOf(context, patient) ?? [];
  const line = steps.find((s) => s.do === 'queue');
  const nobody = line === undefined ? patient : { ...patient, about: [about, line.by], goes: { to: line.by } };
  const list = [nobody];
  const asks = steps.find((s) => s.do === 'ask' && s.by.kind === 'custom-dialplan');
  if (asks?.do === 'ask') list.push(call('keyed', () => 'ignore', { keys: [...keysBefore(steps, asks.by), '1'] }));
  const [first] = ringOrder(context, nobody);
  if (first !== undefined) list.push(call('first-answers', only(first, 'answer')), call('first-busy', only(first, 'busy')));
  return list;
}
