import { finding } from '../finding.ts';
import { parseCallerId } from '../model/caller-id.ts';
import type { Disa } from '../model/disa.ts';
import type { Model } from '../model/kinds.ts';
import { ref } from '../model/ref.ts';
import { prompts } from './code.ts';
import { dialContexts } from './dial-context.ts';
import { passingView } from './passing.ts';
import { callerIdOf, insideNumber } from './routine.ts';
import type { Notes } from './view.ts';

/** extensions.d/disa.conf: callers from outside who dial on. Their PINs stand in password.conf. */
export const disaView = passingView({
  kind: 'disa',
  file: 'disa.conf',
  one: (model, id, held, notes) => ({
    name: held.name,
    pin: held.asksPin ? `disa-${id}` : '',
    press: held.confirms ? prompts(model, 'press-1') : [],
    confirms: held.confirms,
    keeps: held.keepsCallerId,
    caller: held.callerId === '' ? null : caller(model, held.callerId),
    context: contextOf(model, id, held, notes),
    firstDigitSeconds: held.firstDigitSeconds,
    digitSeconds: held.digitSeconds,
    // Dial: H the caller ends the call by a code, g he goes on here then
    again: held.dialsAgain ? 'Hg' : '',
  }),
});

/** The number of an extension is known as that extension. */
function caller(model: Model, callerId: string): { callerId: string; extension: string } {
  const { name, number } = parseCallerId(callerId);
  const held = model.extension[number];
  return held === undefined
    ? { callerId: callerIdOf(name, number), extension: '' }
    : { callerId: callerIdOf(held.name, insideNumber(model, number)), extension: number };
}

/** null: nobody knows what could be dialled there, and so nothing is. */
function contextOf(model: Model, id: string, { context }: Disa, notes: Notes): string | null {
  if (dialContexts(model).some((c) => c.name === context) || model['custom-dialplan'][context] !== undefined) return context;
  const means = `callers of DISA ${id} can dial nothing: it is not known what the context '${context}' let them dial`;
  notes.finding(finding('CONTEXT_NOT_CARRIED', { about: ref('disa', id), where: context, means }));
  return null;
}
