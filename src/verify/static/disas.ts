import { split } from '../../asterisk/arguments.ts';
import { parseCallerId } from '../../model/caller-id.ts';
import { ref } from '../../model/ref.ts';
import { defineCheck, differing, type Mismatch, yes } from './mismatch.ts';
import { setTo } from './step-data.ts';

/** As long as any call to the outside rings (the old box's Dial in macro-dialout-trunk). */
const DIAL_SECONDS = 300;

/** DISA: what is asked before somebody may dial on, where he dials, under whose number, and the PINs that open it. */
export const disaCheck = defineCheck(async ({ dialplan }, model) =>
  Object.entries(model.disa).flatMap(([id, held]): Mismatch[] => {
    const about = ref('disa', id);
    const steps = dialplan.stepsOf('disa', id);
    if (steps.length === 0) return [];
    const applications = steps.map((s) => s.application.toLowerCase());
    const { number } = parseCallerId(held.callerId);
    const shown = parseCallerId(setTo(steps, 'CALLERID(all)') ?? '').number;
    const dials = setTo(steps, 'DISA_DIALS');
    return differing(about, {
      'asks for a key': [held.confirms, yes(applications.includes('read'))],
      'asks for a PIN': [held.asksPin, yes(applications.includes('gosub'))],
      'keeps the caller id on trunks': [held.keepsCallerId, yes(setTo(steps, 'KEEP_CALLER_ID') === 'yes')],
      'calls are from': [model.extension[number]?.callerIdNumber ?? number, shown],
      'seconds for the first digit': [held.firstDigitSeconds, setTo(steps, 'TIMEOUT(response)')],
      'seconds for further digits': [held.digitSeconds, setTo(steps, 'TIMEOUT(digit)')],
      // a context that is not known lets nobody dial, which is a finding of render
      ...(dials === null
        ? {}
        : {
            'dials in': [held.context, dials.replace(/^.*@/, '')] as const,
            'seconds that it calls': [
              DIAL_SECONDS,
              split(dialplan.stepsIn('disa-call').find((s) => s.application === 'Dial')?.data ?? '', ',')[1],
            ] as const,
            'dials again': [held.dialsAgain, yes(setTo(steps, 'DISA_OPTIONS')?.includes('H') === true)] as const,
          }),
    });
  }),
);
