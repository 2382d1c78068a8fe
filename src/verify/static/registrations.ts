import { ref } from '../../model/ref.ts';
import { defineCheck, type Mismatch, tooMuch } from './mismatch.ts';

/**
 * What the PBX registers with: nothing before the cutover, else every registration of the model. Whoever registers last gets the carrier's calls, so one
 * that the model does not have is an error in any case.
 */
export const registrationCheck = defineCheck(async ({ list }, model) => {
  const held = (await list('PJSIPShowRegistrationsOutbound')).map((e) => e['ClientUri'] ?? '');
  const expected = Object.entries(model.trunk).flatMap(([id, trunk]) =>
    trunk.technology !== 'sip' || trunk.disabled ? [] : trunk.registrations.map((r) => ({ id, user: `sip:${r.user}@` })),
  );
  const foreign = held.filter((uri) => !expected.some((e) => uri.startsWith(e.user)));
  const lacking: Mismatch[] =
    held.length === 0
      ? []
      : expected
          .filter((e) => !held.some((uri) => uri.startsWith(e.user)))
          .map((e) => ({ about: ref('trunk', e.id), what: 'registration', expected: 'is there', held: 'is missing' }));
  return [...lacking, ...foreign.map((uri) => tooMuch(ref('settings', 'pbx'), `registration ${uri}`))];
});
