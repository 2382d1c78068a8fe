import type { Model } from '../../model/kinds.ts';
import { ref } from '../../model/ref.ts';
import { entryOf, type SipTrunk } from '../../model/trunk.ts';
import type { HeldDialplan, HeldStep } from './held-dialplan.ts';
import { defineCheck, differing, type Mismatch } from './mismatch.ts';
import { onOneLine, setTo } from './step-data.ts';

/** How a call goes out by a trunk: at most so many at a time, under which number, and whether the next trunk is tried whatever the carrier says. */
export const trunkCheck = defineCheck(async ({ dialplan }, model) =>
  Object.entries(model.trunk).flatMap(([id, trunk]) => {
    const dial = dialplan.stepsIn(`trunk-${id}`).find((s) => s.application.toLowerCase() === 'dial');
    const behind = trunk.technology === 'sip' && !trunk.disabled ? lines(dialplan, id, trunk) : [];
    return dial === undefined ? behind : [...compare(model, id, dialplan.stepsOf(dial.context, dial.extension)), ...behind];
  }),
);

/** Analog lines behind a gateway; one whose name or number cannot stand in the dialplan is a finding of render. */
function lines(dialplan: HeldDialplan, id: string, trunk: SipTrunk): Mismatch[] {
  const entry = entryOf(id, trunk);
  const first = trunk.lines.filter((l, i) => trunk.lines.findIndex((o) => o.line === l.line) === i);
  return first
    .filter((l) => /^[0-9A-Za-z+*#]+$/.test(l.line + l.number) && l.number !== '')
    .flatMap(({ line, number }) => {
      const goto = dialplan.stepsOf(entry, line).find((s) => s.application.toLowerCase() === 'goto');
      return differing(ref('trunk', id), { [`a call on line ${line}`]: [`${trunk.context},${number},1`, goto?.data ?? 'nothing'] });
    });
}

function compare(model: Model, id: string, steps: readonly HeldStep[]): Mismatch[] {
  const trunk = model.trunk[id];
  if (trunk === undefined) return [];
  const dialled = steps.findIndex((s) => s.application.toLowerCase() === 'dial');
  const judged = steps.slice(dialled + 1).some((s) => /^gosub$/i.test(s.application) && s.data.startsWith('trunk-failed,'));
  const most = steps.slice(0, dialled).flatMap((s) => />= *(\d+)\]/.exec(s.data.includes('GROUP_COUNT') ? s.data : '')?.[1] ?? []);
  const counted = steps.slice(0, dialled).some((s) => /^(set|execif)$/i.test(s.application) && s.data.includes('OUTBOUND_GROUP='));
  return differing(ref('trunk', id), {
    'the next trunk is tried whatever this one says': [trunk.continueOnFailure, judged ? 'no' : 'yes'],
    'calls at a time': [trunk.maxChannels ?? 'any', most[0] ?? 'any'],
    ...(trunk.maxChannels === null ? {} : { 'counts its calls': [true, counted ? 'yes' : 'no'] as const }),
    'caller id': [onOneLine(trunk.callerId), onOneLine(setTo(steps, 'TRUNK_CALLER_ID') ?? '')],
  });
}
