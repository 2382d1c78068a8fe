import type { Model } from '../../model/kinds.ts';
import { ref } from '../../model/ref.ts';
import { parties } from '../../model/walk/timeline.ts';
import type { Phone } from './callers.ts';
import type { Draft, EarlierDraft, PlanContext } from './define.ts';
import { stepsOf } from './draft.ts';

/** Who tries the codes: telephones that nothing is switched on for, in turn, so that few calls wait for one another. */
export class Codes {
  readonly context: PlanContext;
  private turn = 0;

  constructor(context: PlanContext) {
    this.context = context;
  }

  /** Two of them; null: there are no two. */
  pair(): { own: Phone; other: Phone } | null {
    const { trying } = this.context;
    const { length } = trying;
    const [own, other] = [trying[this.turn % length], trying[(this.turn + Math.max(1, Math.floor(length / 2))) % length]];
    this.turn++;
    return own === undefined || other === undefined || own === other ? null : { own, other };
  }

  /** A code as it is dialled; null: the PBX has none of that name. */
  code(id: string): string | null {
    const held = this.context.model['feature-code'][id];
    return held === undefined || !held.enabled || held.code === '' ? null : held.code;
  }

  /** A call by which somebody uses a code. */
  uses(id: string, what: string, phone: Phone, o: Partial<Draft> = {}): Draft {
    return {
      id: `code/${id}/${what}`,
      about: [ref('feature-code', id)],
      dial: this.code(id) ?? '',
      from: { inside: [phone] },
      does: () => 'ignore',
      ...o,
    };
  }

  /** A call to an extension after somebody has used a code. */
  obeyed(id: string, to: string, first: EarlierDraft, o: Partial<Draft> = {}): Draft {
    return {
      id: `code/${id}/obeyed`,
      about: [ref('feature-code', id), ref('extension', to)],
      dial: to,
      from: { inside: this.context.phones },
      notCalling: [to],
      does: () => 'answer',
      earlier: [first],
      ...o,
    };
  }
}

/** So many telephones try the codes that no call waits long for another. */
const ENOUGH = 13;

/** A call that is over when the next one is placed. */
export function dials(phone: Phone, dial: string, o: Partial<EarlierDraft> = {}): EarlierDraft {
  return { dial, from: { inside: [phone] }, does: () => 'ignore', goes: 'changed', until: 'over', ...o };
}

/**
 * Telephones that try what can be switched: one an extension, with call waiting and nothing switched on. Those that ring with no others and have nowhere
 * else to go come first.
 */
export function tryingPhones(context: PlanContext): Phone[] {
  const { model, phones } = context;
  const fits = ({ extension, device }: Phone): boolean => {
    const x = model.extension[extension];
    if (x === undefined || x.devices.length !== 1 || x.devices[0] !== device || extension in model['follow-me']) return false;
    const { callWaiting, doNotDisturb, forwardAlways, forwardBusy, forwardUnavailable } = x.state;
    return callWaiting && !doNotDisturb && [forwardAlways, forwardBusy, forwardUnavailable].every((forward) => forward === null);
  };
  const members = membersOf(model);
  const rank = ({ extension }: Phone): number =>
    (members.has(extension) ? 2 : 0) + (model.extension[extension]?.voicemail === null ? 0 : 1);
  const found: Phone[] = [];
  for (const phone of phones.filter(fits).sort((a, b) => rank(a) - rank(b))) {
    if (found.length >= ENOUGH) break;
    if (rings(context, phone.extension)) found.push(phone);
  }
  return found;
}

/** Who is rung with others: calls to all of them would wait for a telephone that somebody has for himself. */
function membersOf(model: Model): ReadonlySet<string> {
  const all = [...Object.values(model['ring-group']), ...Object.values(model.queue), ...Object.values(model['follow-me'])];
  return new Set(all.flatMap((o) => o.members.map((m) => m.number)));
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
