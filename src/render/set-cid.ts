import { finding } from '../finding.ts';
import { destinationText } from '../model/destination.ts';
import type { Model } from '../model/kinds.ts';
import { ref } from '../model/ref.ts';
import type { SetCid } from '../model/set-cid.ts';
import { setsAlert } from './extension.ts';
import { passingView } from './passing.ts';
import { placeOf } from './place.ts';
import { translatedSteps } from './translated-steps.ts';
import type { Notes } from './view.ts';

/** extensions.d/set-cid.conf: under which name and number a call is shown from here on. */
export const setCidView = passingView({
  kind: 'set-cid',
  file: 'set-cid.conf',
  one: (model, id, held, notes) => ({
    description: held.description,
    sets: setsOf(model, id, held, notes),
    next: placeOf(model, held.next),
    nextText: destinationText(held.next),
  }),
});

/** What is set, in the order of the old box, said in the language of Asterisk 22. */
function setsOf(model: Model, id: string, held: SetCid, notes: Notes): string[] {
  const about = ref('set-cid', id);
  const set = { 'CALLERID(name)': held.callerName, 'CALLERID(num)': held.callerNumber, ...held.variables };
  const sets = translatedSteps(
    model,
    Object.entries(set).map(([name, value]) => `Set(${name}=${value})`),
    about,
    notes,
  );
  if (Object.values(set).some((value) => /\$\{SHELL\(/i.test(value)))
    notes.finding(
      finding('DIALPLAN_RUNS_PROGRAM', {
        about,
        where: `set-cid ${id}`,
        means: 'Each call that comes here runs a program of the machine by SHELL().',
      }),
    );
  // a ring tone is asked of telephones on the way to them (routines.conf)
  return setsAlert(held) ? [...sets, 'Set(__ALERT=b(alert^s^1))'] : sets;
}
