import type { Callback } from '../model/callback.ts';
import { ref } from '../model/ref.ts';
import { onwards } from './onwards.ts';
import { passingReader } from './passing.ts';

/** Callbacks (callback of FreePBX; the same columns in all generations). `deptname` is for accounts of the web pages. */
export default passingReader({
  kind: 'callback',
  module: 'callback',
  table: 'callback',
  id: 'callback_id',
  dead: ['deptname'],
  one: (source, row, id, notes): Callback => ({
    description: row.text('description'),
    number: row.text('callbacknum').trim(),
    waitSeconds: Math.max(0, row.int('sleep') ?? 0),
    next: onwards(source, notes, row, 'destination', ref('callback', id)),
  }),
});
