import { naturalOrder } from '../../model/kinds.ts';
import { type Ref, ref } from '../../model/ref.ts';
import { type Codes, dials } from './codes.ts';
import type { Draft } from './define.ts';
import { byWay } from './ways.ts';

type Drafts = readonly Draft[];

/** Call flows and time conditions by their codes: switched, with the right password and a wrong one, and obeyed by the calls that pass them. */
export function switchCodes(codes: Codes): Drafts {
  const { model } = codes.context;
  const each = (kind: 'call-flow' | 'time-condition', module: string): Drafts =>
    Object.keys(model[kind])
      .sort(naturalOrder)
      .slice(0, codes.context.limit)
      .flatMap((id) => switched(codes, ref(kind, id), `${module}/toggle-mode-${id}`));
  return [...each('call-flow', 'daynight'), ...each('time-condition', 'timeconditions'), ...all(codes)];
}

function switched(codes: Codes, object: Ref, id: string): Drafts {
  const code = codes.code(id);
  const pair = code === null ? null : codes.pair();
  if (code === null || pair === null) return [];
  const { model } = codes.context;
  const password = model.secrets[`${object.kind}/${object.id}/password`];
  const asks = object.kind === 'call-flow' && model['call-flow'][object.id]?.asksPassword === true && password !== undefined;
  const keys = asks ? [`${password}#`] : [];
  const about = [ref('feature-code', id), object];
  const list: Draft[] = [{ ...codes.uses(id, 'switched', pair.own, { keys }), about }];
  if (asks) list.push({ ...codes.uses(id, 'wrong-password', pair.own, { keys: wrong(password) }), about });
  const way = byWay(codes.context, object);
  if (way !== null) {
    const first = dials(pair.own, code, { keys, ...(way.time === undefined ? {} : { time: way.time }) });
    list.push({ ...way, id: `code/${id}/obeyed`, about, does: () => 'answer', impatient: true, earlier: [first] });
  }
  return list;
}

/** Wrong as often as one is asked. */
function wrong(password: string): string[] {
  const digits = password === '0000' ? '1111#' : '0000#';
  return [digits, digits, digits];
}

function all(codes: Codes): Drafts {
  return ['daynight/toggle-mode-all', 'timeconditions/toggle-mode-all'].flatMap((id) => {
    const pair = codes.code(id) === null ? null : codes.pair();
    return pair === null ? [] : [codes.uses(id, 'switched', pair.own)];
  });
}
