import type { Extension } from '../model/extension.ts';
import type { LiveKeys } from './live-keys.ts';
import { wholeNumber } from './source.ts';

type Recording = NonNullable<Extension['recording']>;
type Policy = Recording['inExternal'];

/**
 * Which calls of an extension are recorded. 2.11 keeps it in AstDB, for each direction and for calls inside and outside; 2.8 to 2.10 in
 * users.recording and AMPUSER/<x>/recording, 'out=Always|in=Adhoc', where Adhoc means on demand and thus nothing by itself (ELASTIX.md, section 1). Their
 * recordingcheck asks AstDB.
 */
export function readRecording(live: LiveKeys, column: string): Recording {
  const old = oldPolicies(live.text('recording') || column);
  const policy = (direction: 'in' | 'out', side: 'external' | 'internal') =>
    policyOf(live.text(`recording/${direction}/${side}`)) ?? old[direction];
  return {
    inExternal: policy('in', 'external'),
    inInternal: policy('in', 'internal'),
    outExternal: policy('out', 'external'),
    outInternal: policy('out', 'internal'),
    priority: wholeNumber(live.text('recording/priority')) ?? 10,
  };
}

function oldPolicies(column: string): { in: Policy; out: Policy } {
  const found: { in: Policy; out: Policy } = { in: 'dontcare', out: 'dontcare' };
  for (const part of column.split('|')) {
    const [direction = '', word = ''] = part.split('=').map((side) => side.trim().toLowerCase());
    if (direction === 'in' || direction === 'out') found[direction] = policyOf(word) ?? 'dontcare';
  }
  return found;
}

function policyOf(word: string): Policy | null {
  const bare = word.toLowerCase();
  return bare === 'always' || bare === 'never' || bare === 'dontcare' ? bare : null;
}
