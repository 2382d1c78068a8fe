import { type ConfFile, parseConf } from '../asterisk/conf.ts';
import { type Dialplan, readDialplan } from '../asterisk/dialplan.ts';
import { type CustomDialplan, isStep } from '../model/custom-dialplan.ts';
import type { Model } from '../model/kinds.ts';
import { ref } from '../model/ref.ts';
import { defineView } from './view.ts';

/** Context of the site that runs at a point of a call; null: there is none. */
export function hookAt(model: Model, point: NonNullable<CustomDialplan['runs']>): string | null {
  const found = Object.entries(model['custom-dialplan']).find(([, c]) => c.runs === point && c.lines.some(isStep));
  return found?.[0] ?? null;
}

/** Contexts of the site that are part of one of ours, in the order of the model. */
export function joining(model: Model, context: string): string[] {
  return Object.entries(model['custom-dialplan']).flatMap(([id, c]) => (c.joins.includes(context) ? [id] : []));
}

/** A hook that comes last in its context, not first: extensions.conf has its place. */
export const LAST_HOOK = 'ext-did-post-custom';

/** extensions.d/custom-hook.conf: where hand-made dialplan takes part in calls. It is read first, so that what it includes comes first. */
export const customHookView = defineView({
  file: 'etc/asterisk/extensions.d/custom-hook.conf',
  data: (model, notes, { rendered }) => {
    if (!hasHooks(model)) return null;
    notes.from(...Object.keys(model['custom-dialplan']).map((id) => ref('custom-dialplan', id)));
    const hangup = hookAt(model, 'at-hangup');
    const held = renderedDialplan(rendered).contexts;
    const names = new Set([...held.map((c) => c.name), ...Object.values(model['custom-dialplan']).flatMap((c) => c.joins)]);
    const entered = enteredContexts(rendered);
    const contexts = [...names].map((name) => {
      const includes = joining(model, name).filter((id) => id !== LAST_HOOK);
      const own = held.find((c) => c.name === name);
      const hasEnd = own?.steps.some((s) => s.extension === 'h') === true;
      // a routine: the call is at the context that entered it
      const returns = own?.steps.some((s) => /^Return$/i.test(s.application)) === true;
      const endsHere = hangup !== null && model['custom-dialplan'][name] === undefined && entered.has(name) && !hasEnd && !returns;
      return { name, includes, endsHere, endsAlone: !endsHere && !hasEnd && endsInvolved(model, includes) };
    });
    return {
      hangup,
      joined: contexts.filter((c) => c.includes.length > 0),
      ends: contexts.filter((c) => c.endsHere && c.includes.length === 0).map((c) => c.name),
    };
  },
});

export function hasHooks(model: Model): boolean {
  return hookAt(model, 'at-hangup') !== null || Object.values(model['custom-dialplan']).some((c) => c.joins.length > 0);
}

/** What a site writes for the end of its own calls would else run for every call of the context that it is part of: FreePBX's own `h` came first. */
function endsInvolved(model: Model, contexts: readonly string[], seen: readonly string[] = []): boolean {
  return contexts.some((id) => {
    const lines = model['custom-dialplan'][id]?.lines ?? [];
    const inner = lines.flatMap((l) => ('include' in l && !seen.includes(l.include) ? [l.include] : []));
    return lines.some((l) => isStep(l) && l.extension === 'h') || endsInvolved(model, inner, [...seen, id]);
  });
}

/** Contexts in which telephones, carriers, agents and programs begin. */
const BEGINNINGS = ['from-internal', 'from-internal-xfer', 'from-did-direct', 'from-trunk', 'from-pstn', 'from-queue', 'default'];

/** Where a call may be when it ends: where it began, or where a step has sent it. What is only included is not among them. */
function enteredContexts(rendered: ReadonlyMap<string, string>): Set<string> {
  const ours = [...rendered]
    .filter(([path]) => /\/extensions\.(?:conf$|d\/(?!custom))/.test(path))
    .map(([, text]) => text)
    .join('\n');
  const sent = ours.matchAll(/(?:Goto\(|[?:@])([A-Za-z][\w-]*)(?=,[^,()]+,|\/n|[,)])/g);
  return new Set([...BEGINNINGS, ...[...sent].map(([, name = '']) => name)]);
}

/** The dialplan as far as it is rendered. */
export function renderedDialplan(rendered: ReadonlyMap<string, string>): Dialplan {
  return readDialplan(renderedFiles(rendered));
}

/** The files that it stands in. */
export function renderedFiles(rendered: ReadonlyMap<string, string>): ConfFile[] {
  const files = [...rendered].filter(([path]) => /\/extensions\.(?:conf$|d\/)/.test(path));
  return files.map(([path, text]) => parseConf(text, path.split('/').at(-1) ?? path));
}
