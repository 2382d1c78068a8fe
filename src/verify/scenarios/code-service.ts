import { mayPickUp } from '../../model/device.ts';
import { naturalOrder } from '../../model/kinds.ts';
import { ref } from '../../model/ref.ts';
import type { Phone } from './callers.ts';
import { GENERAL_PICKUP } from './claims.ts';
import { type Codes, dials } from './codes.ts';
import type { Draft } from './define.ts';
import { stepsOf } from './draft.ts';

type Drafts = readonly Draft[];

/** Calls that ring or are up, taken over and listened in to. */
export function otherCallsCodes(codes: Codes): Drafts {
  const [pickup, spy] = ['core/pickup', 'core/chanspy'];
  const [code, spyCode] = [codes.code(pickup), codes.code(spy)];
  const list: Draft[] = [];
  const rung = codes.pair();
  const third = codes.pair();
  if (code !== null && rung !== null && third !== null) {
    const { own, other } = rung;
    list.push(
      codes.uses(pickup, 'takes-a-call', third.own, {
        dial: `${code}${own.extension}`,
        earlier: [dials(other, own.extension, { until: 'rings', afterMs: 500 })],
        given: { ringing: { [own.extension]: other.extension } },
        owns: [ref('device', own.device), ref('extension', own.extension)],
      }),
    );
  }
  list.push(...generalPickup(codes));
  const talking = codes.pair();
  const listener = codes.pair();
  if (spyCode !== null && talking !== null && listener !== null) {
    const { own, other } = talking;
    list.push(
      codes.uses(spy, 'listens', listener.own, {
        dial: `${spyCode}${own.extension}`,
        earlier: [dials(other, own.extension, { does: () => 'answer', until: 'answered', afterMs: 500 })],
        inCall: [own.extension, other.extension],
        owns: [ref('device', own.device), ref('extension', own.extension)],
      }),
    );
  }
  return list;
}

/** Takes a call that rings in his own pickup group. No other may ring meanwhile: it would be taken as well. */
function generalPickup(codes: Codes): Drafts {
  const { model, trying } = codes.context;
  const may = (third: Phone, own: Phone): boolean =>
    third.extension !== own.extension && mayPickUp(model.device[third.device], model.device[own.device]);
  const third = trying.find((p) => model.device[p.device]?.technology === 'sip' && trying.some((own) => may(p, own)));
  const own = third === undefined ? undefined : trying.find((p) => may(third, p));
  const other = trying.find((p) => p !== own && p !== third);
  if (codes.code(GENERAL_PICKUP) === null || third === undefined || own === undefined || other === undefined) return [];
  return [
    codes.uses(GENERAL_PICKUP, 'takes-a-call', third, {
      earlier: [dials(other, own.extension, { until: 'rings', afterMs: 500 })],
      given: { ringing: { [own.extension]: other.extension } },
      owns: [ref('device', own.device), ref('extension', own.extension), ref('feature-code', GENERAL_PICKUP)],
    }),
  ];
}

/** Agents by the codes of all queues: in, and paused. */
export function agentCodes(codes: Codes): Drafts {
  const [toggle, pause] = ['queues/que_toggle', 'queues/que_pause_toggle'];
  const queues = Object.keys(codes.context.model.queue).sort(naturalOrder);
  return queues.slice(0, 1).flatMap((queue) =>
    [toggle, pause].flatMap((id) => {
      const code = codes.code(id);
      const pair = code === null ? null : codes.pair();
      if (code === null || pair === null) return [];
      const dial = `${code}${queue}`;
      return [
        { ...undone(codes, codes.uses(id, `queue-${queue}`, pair.own, { dial }), dials(pair.own, dial)), about: [ref('queue', queue)] },
      ];
    }),
  );
}

/** Who was an agent, and not paused, is so afterwards: those codes are switches, and what they switch is in no AstDB that the lab could put back. */
function undone(codes: Codes, draft: Draft, again: ReturnType<typeof dials>): Draft {
  const changes = (stepsOf(codes.context, draft) ?? []).some((s) => s.do === 'agent');
  return changes ? { ...draft, after: [again] } : draft;
}

/** Prompts of the house that are recorded anew by who knows a password. */
export function promptCodes(codes: Codes): Drafts {
  const { recording, secrets } = codes.context.model;
  return Object.keys(recording).flatMap((id) => {
    const code = `recordings/edit-recording-${id}`;
    const pair = recording[id]?.asksPassword === true && codes.code(code) !== null ? codes.pair() : null;
    if (pair === null) return [];
    const asked = (what: string, keys: readonly string[]): Draft => codes.uses(code, what, pair.own, { keys });
    return [asked('password', [`${secrets[`recording/${id}/password`] ?? ''}#`]), asked('asks-password', [])];
  });
}

/** Codes that lead to other calls, or that are keyed during one, or that only work with a number behind them. */
const NOT_ALONE: ReadonlySet<string> = new Set([
  'core/atxfer',
  'core/automon',
  'core/blindxfer',
  'core/disconnect',
  'core/pickup',
  GENERAL_PICKUP,
  'core/simu_pstn',
  'core/zapbarge',
  'speeddial/callspeeddial',
  'paging/intercom-prefix',
  'voicemail/directdialvoicemail',
]);

/** Every code that nothing else tries and that is carried, dialled by itself: what it says, and asks. */
export function otherCodes(codes: Codes, tried: ReadonlySet<string>): Drafts {
  return Object.keys(codes.context.model['feature-code'])
    .sort(naturalOrder)
    .filter((id) => !tried.has(id) && !NOT_ALONE.has(id) && codes.code(id) !== null)
    .flatMap((id) => {
      const pair = codes.pair();
      const draft = pair === null ? null : undone(codes, codes.uses(id, 'dialled', pair.own), dials(pair.own, codes.code(id) ?? ''));
      const steps = draft === null ? null : stepsOf(codes.context, draft);
      return draft === null || steps?.some((s) => s.do === 'not-carried') === true ? [] : [draft];
    });
}
