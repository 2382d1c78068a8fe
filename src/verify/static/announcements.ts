import { promptsOf } from '../../model/recording.ts';
import { ref } from '../../model/ref.ts';
import { defineCheck, differing, yes } from './mismatch.ts';
import { answeredUnless } from './step-data.ts';

/** Announcements: whether the call is answered for them, which keys do something, and whether a caller goes back to the menu that sent him. */
export const announcementCheck = defineCheck(async ({ dialplan }, model) =>
  Object.entries(model.announcement).flatMap(([id, a]) => {
    const context = `app-announcement-${id}`;
    const steps = dialplan.stepsIn(context);
    if (steps.length === 0) return [];
    const begins = dialplan.stepsOf(context, 's');
    const takes = (key: string): boolean => dialplan.extensionsFor(context, key).length > 0;
    const others = [...'0123456789*#'].filter((key) => key !== a.repeatKey);
    const again = a.repeatKey === '' ? [] : dialplan.stepsOf(context, a.repeatKey);
    const played = promptsOf(model, a.recording).length > 0;
    return differing(ref('announcement', id), {
      'answers the call': [!a.withoutAnswer, yes(begins.some((s) => s.application.toLowerCase() === 'answer'))],
      ...(a.withoutAnswer ? {} : { 'answers, but whoever is connected already': ['= "Up"', answeredUnless(begins)] as const }),
      'goes back to the menu before': [a.returnsToIvr, yes(steps.some((s) => s.data.includes('IVR_CONTEXT')))],
      ...(played ? { 'any key ends it': [a.allowsSkip, yes(others.every(takes))] as const } : {}),
      ...(played && /^[0-9*#]$/.test(a.repeatKey)
        ? { [`key ${a.repeatKey} plays it once more`]: [true, yes(again.some((s) => /^(s,)?\w+$/.test(s.data)))] as const }
        : {}),
      ...(played && a.repeatKey === '' && !a.allowsSkip ? { 'takes keys': [false, yes(others.some(takes))] as const } : {}),
    });
  }),
);
