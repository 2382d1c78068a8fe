import type { Callback } from '../callback.ts';
import { ref } from '../ref.ts';
import { type Call, hangUp, type Run } from './call.ts';
import { passes } from './passing.ts';
import type { Ending } from './step.ts';

/** The caller is hung up on without an answer; that he is called back is another call, which begins when this one is over. */
export function callBack(run: Run, call: Call, id: string, _held: Callback): Ending {
  return passes(run, call, ref('callback', id)) ? hangUp(call) : 'congestion';
}
