import { ref } from '../../model/ref.ts';
import { whereOf } from './dialplan.ts';
import { isHandMade } from './held-dialplan.ts';
import { defineCheck } from './mismatch.ts';

const ROUTINE = /\bwho-calls,/;
const UNKNOWN_CALLER = '$["${CALLER}${FROM_DID}" = ""]?who-calls,';

/** Whose call it is gets asked of every call that neither a telephone nor a carrier has named, and of no other: a program begins few of those that are placed here. */
export const whoCallsCheck = defineCheck(async ({ dialplan }, model) =>
  dialplan
    .steps()
    .flatMap((s) =>
      isHandMade(model, s) || !ROUTINE.test(s.data) || s.data.startsWith(UNKNOWN_CALLER)
        ? []
        : [{ about: ref('settings', 'pbx'), what: `who calls, asked at ${whereOf(s)}`, expected: 'where nobody is known', held: s.data }],
    ),
);
