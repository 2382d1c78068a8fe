import { expect, it } from 'vitest';
import type { Ami } from '../../src/asterisk/ami.ts';
import { refused } from '../../src/asterisk/ami-error.ts';
import { callIdOf } from '../../src/verify/calls/call-id.ts';

/** A PBX that answers so, one answer after the other. */
function answering(...answers: (string | Error)[]): Ami {
  const action = async (): Promise<Record<string, string>> => {
    const next = answers.shift() ?? new Error('asked too often');
    if (next instanceof Error) throw next;
    return { Response: 'Success', Value: next };
  };
  return { action } as unknown as Ami;
}

it('a channel that has only just come to be is asked for its Call-ID until it knows it', async () => {
  expect(await callIdOf(answering('', refused('pbx', 'Unable to read'), 'abc@10.0.0.2'), 'PJSIP/101-1')).toBe('abc@10.0.0.2');
});

it('a channel that is gone has no Call-ID', async () => {
  expect(await callIdOf(answering('', refused('pbx', 'No such channel'), 'abc@10.0.0.2'), 'PJSIP/101-1')).toBeNull();
});
