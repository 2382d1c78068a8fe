import { ref } from '../../model/ref.ts';
import { ENTERED, entryName } from './entry.ts';
import { defineCheck, missing } from './mismatch.ts';

/** What the dialplan can hold as a part of a name; any other id is a finding of render. */
const NAMEABLE = /^[0-9A-Za-z_]+$/;

/** What other checks look at: numbers that are dialled, and the ways out. */
const ELSEWHERE: ReadonlySet<string> = new Set(['misc-application', 'trunk']);

/** Each object that calls may be sent to is there, whether or not anything on this box sends one. */
export const objectCheck = defineCheck(async ({ dialplan }, model) =>
  ENTERED.filter((kind) => !ELSEWHERE.has(kind)).flatMap((kind) =>
    Object.keys(model[kind]).flatMap((id) => {
      const [context = '', extension = ''] = entryName(model, { to: kind, id }) ?? [];
      return !NAMEABLE.test(id) || dialplan.stepsOf(context, extension).length > 0
        ? []
        : [missing(ref(kind, id), `${context},${extension},1`)];
    }),
  ),
);
