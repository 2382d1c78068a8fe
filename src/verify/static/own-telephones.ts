import { collapse } from '../../asterisk/arguments.ts';
import type { Model } from '../../model/kinds.ts';
import { ref } from '../../model/ref.ts';
import type { HeldDialplan, HeldStep } from './held-dialplan.ts';
import { defineCheck, differing, type Mismatch } from './mismatch.ts';

/** A context that has most extensions has something for each of them. */
const MOST = 0.6;
/** Where every extension has a line of its own (listening in). */
const FOR_ALL = new Set(['targeted-chanspy']);
/** Fewer rows say nothing about what the context is for. */
const FEW = 3;

/**
 * Whatever the dialplan does for each extension, it does with that extension's own telephones: ringing, listening in, ringing as an agent or as a group's
 * member. Contexts that name telephones for most extensions must name the right ones for every extension.
 */
export const ownTelephoneCheck = defineCheck(async ({ dialplan, config }, model) => {
  // a telephone that is missing altogether is another check's
  const kept = new Set([...(await config('pjsip_wizard.conf')).keys(), ...(await config('iax.conf')).keys()]);
  const telephones = (id: string): string[] => telephonesOf(model, id).filter((d) => kept.has(d));
  const extensions = Object.keys(model.extension).filter((id) => telephones(id).length > 0);
  return dialplan.names().flatMap((context) => {
    const there = extensions.filter((id) => dialplan.stepsOf(context, id).length > 0);
    const naming = there.filter((id) => named(model, dialplan.stepsOf(context, id)).length > 0);
    if (FOR_ALL.has(context)) return extensions.flatMap((id) => compare(model, dialplan, context, { id, telephones: telephones(id) }));
    if (there.length < Math.max(FEW, extensions.length * MOST) || naming.length < there.length * MOST) return [];
    return there.flatMap((id) => compare(model, dialplan, context, { id, telephones: telephones(id) }));
  });
});

function compare(
  model: Model,
  dialplan: HeldDialplan,
  context: string,
  { id, telephones }: { id: string; telephones: readonly string[] },
): Mismatch[] {
  const held = named(model, dialplan.stepsOf(context, id));
  return differing(ref('extension', id), { [`telephones in ${context}`]: [telephones.join(', '), held.join(', ')] });
}

/** Those that Asterisk can ring, in order, each once. */
function telephonesOf(model: Model, id: string): string[] {
  const devices = model.extension[id]?.devices ?? [];
  return [...new Set(devices)].filter((d) => ['sip', 'iax2'].includes(model.device[d]?.technology ?? ''));
}

function named(model: Model, steps: readonly HeldStep[]): string[] {
  const names = steps.flatMap((s) =>
    [...collapse(s.data, { EXTEN: s.extension }).matchAll(/(?:PJSIP|IAX2)\/([^&,()@\s]+)/g)].map((m) => m[1] as string),
  );
  return [...new Set(names)].filter((name) => name in model.device);
}
