import type { Model } from '../../model/kinds.ts';
import { ref } from '../../model/ref.ts';
import { parties } from '../../model/walk/timeline.ts';
import { type Draft, defineScenarios, type PlanContext } from './define.ts';
import { scenarios, stepsOf } from './draft.ts';
import { outsideNumber } from './outbound-route.ts';

/** What extensions switch by themselves: forwards of every shape, and do not disturb. Set for the call and put back afterwards. */
export const extensionStateScenarios = defineScenarios({
  kind: 'ext-state',
  plan: (context) => {
    const plain = plainExtensions(context.model, context);
    if (plain.length < 2)
      return { scenarios: [], skipped: [{ id: 'ext-state', why: 'there are no two extensions without forwards to try them on' }] };
    const made = shapes(context, plain).map((make, i) =>
      make(plain[(2 * i) % plain.length] as string, plain[(2 * i + 1) % plain.length] as string),
    );
    const drafts = made.filter((d) => d !== null);
    const planned = scenarios(context, 'ext-state', drafts);
    const noOutside =
      outsideNumber(context) === null ? [{ id: 'ext-state/forward-always-outside', why: 'no outbound route leads out' }] : [];
    return { scenarios: planned.scenarios, skipped: [...planned.skipped, ...noOutside] };
  },
});

type Shape = (x: string, y: string) => Draft | null;

function shapes(context: PlanContext, plain: readonly string[]): Shape[] {
  const outside = outsideNumber(context);
  const first = (id: string): string => context.model.extension[id]?.devices[0] ?? '';
  const call = (what: string, x: string, y: string, o: Pick<Draft, 'state' | 'does'>): Draft => ({
    id: `ext-state/${what}`,
    about: [ref('extension', x)],
    dial: x,
    from: { inside: context.phones },
    notCalling: [x, y],
    ...o,
  });
  const own =
    (x: string, does: 'busy' | 'ignore'): Draft['does'] =>
    (leg) =>
      leg.id === first(x) && leg.kind === 'device' ? does : 'answer';
  const answer = (): 'answer' => 'answer';
  const shapes: Shape[] = [
    (x, y) => call('forward-always-inside', x, y, { state: { [x]: { forwardAlways: y } }, does: answer }),
    (x, y) =>
      outside === null ? null : call('forward-always-outside', x, y, { state: { [x]: { forwardAlways: outside } }, does: answer }),
    (x, y) => call('forward-always-to-itself', x, y, { state: { [x]: { forwardAlways: x } }, does: answer }),
    (x, y) => call('forward-always-loop', x, y, { state: { [x]: { forwardAlways: y }, [y]: { forwardAlways: x } }, does: answer }),
    (x, y) => call('do-not-disturb', x, y, { state: { [x]: { doNotDisturb: true } }, does: answer }),
    (x, y) => call('do-not-disturb-forward-busy', x, y, { state: { [x]: { doNotDisturb: true, forwardBusy: y } }, does: answer }),
    (x, y) => call('forward-busy', x, y, { state: { [x]: { forwardBusy: y } }, does: own(x, 'busy') }),
    (x, y) => call('forward-busy-outside', x, y, { state: { [x]: { forwardBusy: outside } }, does: own(x, 'busy') }),
    (x, y) =>
      call('forward-busy-unanswered', x, y, {
        state: { [x]: { forwardBusy: y } },
        does: (leg) => (leg.id === first(x) ? 'busy' : 'ignore'),
      }),
    (x, y) => call('forward-unavailable', x, y, { state: { [x]: { forwardUnavailable: y } }, does: own(x, 'ignore') }),
    (x, y) =>
      call('forward-unavailable-and-busy', x, y, { state: { [x]: { forwardUnavailable: y, forwardBusy: y } }, does: own(x, 'busy') }),
  ];
  return outside === null ? shapes.filter((_, i) => i !== 7) : [...shapes, callerIsTarget(context, plain, call)];
}

/** A forward to the one who calls is not followed: he would ring himself. */
function callerIsTarget(
  context: PlanContext,
  plain: readonly string[],
  call: (what: string, x: string, y: string, o: Pick<Draft, 'state' | 'does'>) => Draft,
): Shape {
  return (x) => {
    const phone = context.phones.find((p) => p.extension !== x && plain.includes(p.extension));
    if (phone === undefined) return null;
    const draft = call('forward-always-to-caller', x, x, { state: { [x]: { forwardAlways: phone.extension } }, does: () => 'answer' });
    return { ...draft, from: { inside: [phone] } };
  };
}

/** Extensions with one telephone that the lab plays, call waiting, and nothing switched on; those with nowhere else to go first. */
function plainExtensions(model: Model, context: PlanContext): string[] {
  const fitting = context.phones
    .filter(({ extension, device }) => {
      const x = model.extension[extension];
      const s = x?.state;
      if (x === undefined || s === undefined || s === null || x.devices.length !== 1 || x.devices[0] !== device) return false;
      return s.callWaiting && !s.doNotDisturb && s.forwardAlways === null && s.forwardBusy === null && s.forwardUnavailable === null;
    })
    .filter(({ extension }) => rings(context, extension))
    .map(({ extension }) => extension);
  const onward = (id: string): number => (model.extension[id]?.voicemail === null ? 0 : 1);
  return fitting.sort((a, b) => onward(a) - onward(b));
}

/** A number that two objects claim may lead elsewhere. */
function rings(context: PlanContext, extension: string): boolean {
  const steps = stepsOf(context, {
    id: `plain/${extension}`,
    about: [],
    dial: extension,
    from: { inside: context.phones },
    notCalling: [extension],
    does: () => 'answer',
  });
  return steps !== null && parties(steps).length === 1;
}
