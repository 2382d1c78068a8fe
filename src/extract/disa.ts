import { finding } from '../finding.ts';
import type { Disa } from '../model/disa.ts';
import { ref } from '../model/ref.ts';
import { passingReader } from './passing.ts';
import type { Notes, Row } from './reader.ts';
import { positive } from './source.ts';

/**
 * DISA (disa of FreePBX 2.8 to 2.11, IssabelPBX). PINs stand in one column, parted by commas. Until 2.10 the caller id always stayed; keepcid of 2.11 is 0 where it
 * does (disa_get_config).
 */
export default passingReader({
  kind: 'disa',
  module: 'disa',
  table: 'disa',
  id: 'disa_id',
  one: (_source, row, id, notes): Disa => ({
    name: row.text('displayname'),
    asksPin: pins(notes, row, id),
    confirms: row.flag('needconf'),
    callerId: callerIdOf(notes, row, id),
    keepsCallerId: !row.flag('keepcid'),
    context: row.text('context').trim() || 'from-internal',
    firstDigitSeconds: positive(row.int('resptimeout')) ?? 10,
    digitSeconds: positive(row.int('digittimeout')) ?? 5,
    dialsAgain: row.flag('hangup'),
  }),
});

function pins(notes: Notes, row: Row, id: string): boolean {
  const text = row.text('pin').trim();
  const all = /^(?:no-password)?$/i.test(text) ? [] : text.split(',').map((pin) => pin.trim());
  const held = [...new Set(all.filter((pin) => pin !== ''))];
  held.forEach((pin, i) => {
    notes.secret(`disa/${id}/pin/${i}`, pin);
  });
  if (held.length === 0) {
    const means = 'Whoever reaches it dials wherever the house may, at the cost of the house: it asks for no PIN.';
    notes.finding(finding('DISA_WITHOUT_PIN', { about: ref('disa', id), where: `disa ${row.key}`, means }));
  }
  return held.length > 0;
}

/** What is filled in for each call is left out: FreePBX offers a plain text. */
function callerIdOf(notes: Notes, row: Row, id: string): string {
  const text = row.text('cid').trim();
  if (!text.includes('$')) return text;
  notes.approximated(row, ref('disa', id), 'the caller id is one that is worked out for each call, and is not set');
  return '';
}
