import type { Model } from '../../model/kinds.ts';
import { ref } from '../../model/ref.ts';
import { parties } from '../../model/walk/timeline.ts';
import type { Phone } from './callers.ts';
import type { Draft, EarlierDraft, PlanContext } from './define.ts';
import { stepsOf } from './draft.ts';

/** Who tries the codes: telephones that nothing is switched on for, in turn, so that few calls wait for one another. */
export class Codes {
  readonly context: PlanContext;
  private readonly plain: readonly Phone[];
  private turn = 0;

  constructor(context: PlanContext) {
    this.context = context;
    const plain = plainPhones(context);
    const withOthers = (p: Phone): boolean => isRungWithOthers(context.model, p.extension);
    const alone = plain.filter((p) => !withOthers(p));
    this.plain = [...alone, ...plain.filter(withOthers).slice(0, Math.max(0, ENOUGH - alone.length))];
  }

  /** Two of them; null: there are no two. */
  pair(): { own: Phone; other: Phone } | null {
    const { length } = this.plain;
    const [own, other] = [this.plain[this.turn % length], this.plain[(this.turn + Math.max(1, Math.floor(length / 2))) % length]];
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
const ENOUGH = 12;

/** A member of a group or queue: calls to all of them would wait for a telephone that somebody has for himself. */
function isRungWithOthers(model: Model, extension: string): boolean {
  const members = [...Object.values(model['ring-group']), ...Object.values(model.queue), ...Object.values(model['follow-me'])];
  return members.some((o) => o.members.some((m) => m.number === extension));
}

/** A call that is over when the next one is placed. */
export function dials(phone: Phone, dial: string, o: Partial<EarlierDraft> = {}): EarlierDraft {
  return { dial, from: { inside: [phone] }, does: () => 'ignore', goes: 'changed', until: 'over', ...o };
}

/** Telephones, one an extension, with call waiting and nothing switched on; those with nowhere else to go first. */
export function plainPhones(context: PlanContext): Phone[] {
  const { model } = context;
  const fitting = context.phones.filter(({ extension, device }) => {
    const x = model.extension[extension];
    if (x === undefined || x.devices.length !== 1 || x.devices[0] !== device) return false;
    const { callWaiting, doNotDisturb, forwardAlways, forwardBusy, forwardUnavailable } = x.state;
    const on = doNotDisturb || [forwardAlways, forwardBusy, forwardUnavailable].some((forward) => forward !== null);
    return callWaiting && !on && !(extension in model['follow-me']) && rings(context, extension);
  });
  const onward = ({ extension }: Phone): number => (model.extension[extension]?.voicemail === null ? 0 : 1);
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
