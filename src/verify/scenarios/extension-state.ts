import type { Extension } from '../../model/extension.ts';
import { ref } from '../../model/ref.ts';
import type { ExtensionState } from '../../model/walk/situation.ts';
import { canBeAway } from './away.ts';
import { Codes, dials } from './codes.ts';
import { type Draft, defineScenarios, type PlanContext } from './define.ts';
import { scenarios } from './draft.ts';
import { outsideNumber } from './outbound-route.ts';

/** What extensions switch by themselves: forwards of every shape, and do not disturb. Set for the call and put back afterwards. */
export const extensionStateScenarios = defineScenarios({
  kind: 'ext-state',
  plan: (context) => {
    const plain = context.trying.map((p) => p.extension);
    if (plain.length < 2)
      return { scenarios: [], skipped: [{ id: 'ext-state', why: 'there are no two extensions without forwards to try them on' }] };
    const made = shapes(context, plain).map((make, i) =>
      make(plain[(2 * i) % plain.length] as string, plain[(2 * i + 1) % plain.length] as string),
    );
    const drafts = made.filter((d) => d !== null);
    const planned = scenarios(context, 'ext-state', [...drafts, ...inCallDrafts(context), ...awayDrafts(context)]);
    const noOutside =
      outsideNumber(context) === null ? [{ id: 'ext-state/forward-always-outside', why: 'no outbound route leads out' }] : [];
    return { scenarios: planned.scenarios, skipped: [...planned.skipped, ...noOutside] };
  },
});

/** Somebody who is in a call is called: with call waiting, without, and with a forward for busy. */
function inCallDrafts(context: PlanContext): Draft[] {
  const codes = new Codes(context);
  const call = (what: string, state: Partial<ExtensionState>): Draft | null => {
    const pair = codes.pair();
    if (pair === null) return null;
    const { own, other } = pair;
    return {
      id: `ext-state/in-call-${what}`,
      about: [ref('extension', own.extension)],
      dial: own.extension,
      from: { inside: context.phones },
      notCalling: [own.extension, other.extension],
      does: () => 'answer',
      state: { [own.extension]: state },
      earlier: [dials(own, other.extension, { does: () => 'answer', until: 'answered', afterMs: 500 })],
      inCall: [own.extension, other.extension],
    };
  };
  const third = codes.pair()?.own.extension ?? null;
  return [
    call('call-waiting-on', { callWaiting: true }),
    call('call-waiting-off', { callWaiting: false }),
    third === null ? null : call('call-waiting-off-forward-busy', { callWaiting: false, forwardBusy: third }),
  ].filter((d) => d !== null);
}

/** Somebody whose telephone is not registered is called: where nothing is set, with a forward for no answer, and where there is a mailbox or a destination for it. */
function awayDrafts(context: PlanContext): Draft[] {
  const { model } = context;
  const call = (what: string, x: string, o: Partial<Draft> = {}): Draft => ({
    id: `ext-state/away${what}`,
    about: [ref('extension', x)],
    dial: x,
    from: { inside: context.phones },
    does: () => 'answer',
    away: [x],
    ...o,
  });
  const own = Object.keys(model.extension).filter((id) => canBeAway(model, id) && !(id in model['follow-me']));
  const first = (fits: (x: Extension) => boolean): string | undefined => own.find((id) => fits(model.extension[id] as Extension));
  const forwards = (x: Extension): boolean => x.state.forwardAlways !== null || x.state.forwardUnavailable !== null;
  const drafts: Draft[] = [];
  // the last of them have the fewest other calls to wait for
  const [x, other] = context.trying.filter((p) => canBeAway(model, p.extension)).reverse();
  if (x !== undefined && other !== undefined) {
    drafts.push(call('', x.extension));
    drafts.push(
      call('-forward-unavailable', x.extension, {
        state: { [x.extension]: { forwardUnavailable: other.extension } },
        notCalling: [other.extension],
      }),
    );
  }
  const mailbox = first((x) => !forwards(x) && x.voicemail !== null && x.unreachable === null);
  const destination = first((x) => !forwards(x) && x.unreachable !== null);
  if (mailbox !== undefined) drafts.push(call('-mailbox', mailbox));
  if (destination !== undefined) drafts.push(call('-destination', destination, { impatient: true }));
  return drafts;
}

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
    const phone = context.trying.find((p) => p.extension !== x && plain.includes(p.extension));
    if (phone === undefined) return null;
    const draft = call('forward-always-to-caller', x, x, { state: { [x]: { forwardAlways: phone.extension } }, does: () => 'answer' });
    return { ...draft, from: { inside: [phone] } };
  };
}
