import { ref } from '../../model/ref.ts';
import { defineCheck, type Mismatch } from './mismatch.ts';

/** What a telephone can key; any other password nobody passes, which is a finding of render. */
const KEYED = /^[0-9*]+$/;

/** Passwords that callers key before a code does anything: each object that asks has its own, where the dialplan compares it with what was keyed. */
export const passwordCheck = defineCheck(async ({ dialplan }, model) =>
  (['call-flow', 'queue', 'recording'] as const).flatMap((kind) =>
    Object.entries(model[kind]).flatMap(([id, { asksPassword }]): Mismatch[] => {
      const secret = model.secrets[`${kind}/${id}/password`] ?? '';
      const [compares] = dialplan.stepsOf('password', `${kind}-${id}`);
      if (!asksPassword || !KEYED.test(secret) || !/^[\w-]+$/.test(id)) return [];
      if (compares?.application === 'Return' && compares.data.replaceAll(' ', '') === `$["\${KEYED}"="${secret}"]`) return [];
      return [
        { about: ref(kind, id), what: 'password', expected: 'the one of the model', held: compares === undefined ? 'none' : 'another' },
      ];
    }),
  ),
);
