import { asksPin } from '../../model/class-of-service.ts';
import type { Model } from '../../model/kinds.ts';
import { isKeyed, pinsUnder } from '../../model/pin-set.ts';
import { type Ref, ref, refText } from '../../model/ref.ts';
import type { HeldDialplan } from './held-dialplan.ts';
import { defineCheck, type Mismatch } from './mismatch.ts';

/** What callers key before a code or route does anything: each object that asks has its own, where the dialplan compares it with what was keyed. */
export const passwordCheck = defineCheck(async ({ dialplan }, model) =>
  askers(model).flatMap(({ about, secret, extension }): Mismatch[] => {
    // any that no telephone can key nobody passes, which is a finding of render
    const expected = pinsUnder(model, secret).filter(isKeyed).sort();
    if (expected.length === 0 || !/^[\w-]+$/.test(about.id)) return [];
    const held = heldFor(dialplan, extension ?? `${about.kind}-${about.id}`);
    if (held?.join() === expected.join()) return [];
    return [{ about, what: 'password', expected: 'the one of the model', held: held === null ? 'none' : 'another' }];
  }),
);

/** PINs of classes of service; one for codes stands beside it under a name of its own. */
function classPins(model: Model): Asker[] {
  return Object.entries(model['class-of-service']).flatMap(([id, held]) => {
    const about = ref('class-of-service', id);
    return [
      ...(asksPin(held) ? [{ about, secret: `class-of-service/${id}/pin` }] : []),
      ...(held.asksPinOnFailedCode
        ? [{ about, secret: `class-of-service/${id}/code-pin`, extension: `class-of-service-${id}-codes` }]
        : []),
    ];
  });
}

interface Asker {
  readonly about: Ref;
  readonly secret: string;
  /** In [password], where it is not the object's name. */
  readonly extension?: string;
}

function askers(model: Model): Asker[] {
  const asking = (['call-flow', 'queue', 'recording', 'outbound-route', 'voicemail-blast'] as const).flatMap((kind) =>
    Object.entries(model[kind]).flatMap(([id, { asksPassword }]) => (asksPassword ? [ref(kind, id)] : [])),
  );
  const sets = Object.keys(model['pin-set']).filter((id) => Object.values(model['outbound-route']).some((r) => r.pinSet === id));
  return [
    ...asking.map((about) => ({ about, secret: `${refText(about)}/password` })),
    ...Object.entries(model.disa).flatMap(([id, { asksPin }]) => (asksPin ? [{ about: ref('disa', id), secret: `disa/${id}/pin` }] : [])),
    ...classPins(model),
    ...(Object.keys(model.queue).length === 0
      ? []
      : Object.keys(model.agent).map((id) => ({ about: ref('agent', id), secret: `agent/${id}/password` }))),
    ...sets.map((id) => ({ about: ref('pin-set', id), secret: `pin-set/${id}/pin` })),
  ];
}

/** What passes, in order; null: the dialplan compares it with nothing. */
function heldFor(dialplan: HeldDialplan, extension: string): string[] | null {
  const [compares] = dialplan.stepsOf('password', extension);
  const data = compares?.application === 'Return' ? compares.data.replaceAll(' ', '') : '';
  const one = /^\$\["\$\{KEYED\}"="([^"]*)"\]$/.exec(data)?.[1];
  if (one !== undefined) return [one];
  const several = /^\$\{DIALPLAN_EXISTS\(([^,]+),\$\{KEYED\},1\)\}$/.exec(data)?.[1];
  return several === undefined ? null : [...new Set(dialplan.stepsIn(several).map((s) => s.extension))].sort();
}
