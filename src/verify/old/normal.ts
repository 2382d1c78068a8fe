import type { Trace } from '../scenario.ts';

/**
 * What differs between the traces of two sides without meaning anything, taken away: the one place for it. Channel names, unique ids, times of day and
 * dialplan steps are no part of a comparison at all (see compare-sides.ts).
 */
export function normal(trace: Trace): Trace {
  return {
    ...trace,
    heard: trace.heard.map(promptName).filter((name) => !SILENCE.test(name)),
    cdr: trace.cdr.map(row),
    wrote: (trace.wrote ?? []).filter(isState),
  };
}

/** Silence is played for its length: how it is cut into files says nothing. */
const SILENCE = /^silence\/\d+$/;

/** One file has several names: by its whole path, and with a folder of the language before it (`languageprefix`). */
export function promptName(name: string): string {
  return name.replace(/^.*\/sounds\//, '').replace(/^[a-z]{2}(?:_[A-Z]{2})?\//, '');
}

/** Where a recording lies is a matter of the folder's layout: that there is one is told. */
function row(r: Trace['cdr'][number]): Trace['cdr'][number] {
  return { ...r, recordingfile: r.recordingfile === '' ? '' : 'recorded' };
}

/** Marks that FreePBX's dialplan sets for the call that is under way alone: who rings in a group, whose mailbox is kept shut, which room is recorded. */
function isState(key: string): boolean {
  return !/^(?:RG|BLKVM|RECCONF)\//.test(key);
}
