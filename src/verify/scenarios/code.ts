import { disturbCodes, followMeCodes, forwardCodes } from './code-extension.ts';
import { intercomCodes } from './code-intercom.ts';
import { blacklistCodes, speedDialCodes } from './code-list.ts';
import { agentCodes, otherCallsCodes, otherCodes, promptCodes } from './code-service.ts';
import { switchCodes } from './code-switch.ts';
import { wakeUpCodes } from './code-wake-up.ts';
import { Codes } from './codes.ts';
import { defineScenarios } from './define.ts';
import { scenarios } from './draft.ts';

/** Feature codes: what each says, asks and changes, and that calls obey it afterwards. */
export const codeScenarios = defineScenarios({
  kind: 'code',
  plan: (context) => {
    if (Object.keys(context.model['feature-code']).length === 0) return { scenarios: [], skipped: [] };
    const codes = new Codes(context);
    if (codes.pair() === null)
      return { scenarios: [], skipped: [{ id: 'code', why: 'there are no two extensions without forwards to try them on' }] };
    const drafts = [
      ...forwardCodes(codes),
      ...disturbCodes(codes),
      ...followMeCodes(codes),
      ...switchCodes(codes),
      ...blacklistCodes(codes),
      ...speedDialCodes(codes),
      ...otherCallsCodes(codes),
      ...agentCodes(codes),
      ...promptCodes(codes),
      ...wakeUpCodes(codes),
      ...intercomCodes(codes),
    ].filter((d) => d !== null);
    const tried = new Set(drafts.flatMap((d) => d.about.filter((r) => r.kind === 'feature-code').map((r) => r.id)));
    return scenarios(context, 'code', [...drafts, ...otherCodes(codes, tried)]);
  },
});
