import { finding } from '../finding.ts';
import type { Ref } from '../model/ref.ts';
import type { RingGroup } from '../model/ring-group.ts';
import type { Notes, Row, Source } from './reader.ts';
import { recordingOf } from './recording-of.ts';

/** Members are joined by '-'; '#' at the end marks an outside number and is not dialled. One that stands there twice rings once (dialparties). */
export function memberList(text: string): { number: string; outside: boolean }[] {
  return text
    .split('-')
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== '#')
    .map((part) => ({ number: part.replace(/#$/, ''), outside: part.endsWith('#') }))
    .filter((member, i, all) => all.findIndex((other) => other.number === member.number) === i);
}

const MODES = ['default', 'fixed', 'extern', 'did', 'forcedid'] as const;

/** Which number outside members see: changecid and fixedcid of AstDB. */
export function callerIdMode(mode: string, fixed: string): NonNullable<RingGroup['callerId']> {
  const word = mode.trim().toLowerCase();
  return { mode: MODES.find((one) => one === word) ?? 'default', fixed: fixed.trim() };
}

/** Music class that the caller hears; null: he hears it ring. */
function musicOrRinging(text: string): string | null {
  const music = text.trim();
  return music === '' || music === 'Ring' ? null : music;
}

type Alike = 'announcement' | 'noAnswer' | 'callerNamePrefix' | 'confirmPrompt' | 'tooLatePrompt' | 'musicClass';

/** What `ringgroups` and `findmefollow` have under the same columns. */
export function ringListOf(source: Source, notes: Notes, row: Row, about: Ref): Pick<RingGroup, Alike> {
  tellCut(notes, row, about);
  return {
    announcement: recordingOf(source, notes, row, 'annmsg_id', about),
    noAnswer: source.destination(row.text('postdest'), row, about),
    callerNamePrefix: row.text('grppre'),
    confirmPrompt: recordingOf(source, notes, row, 'remotealert_id', about),
    tooLatePrompt: recordingOf(source, notes, row, 'toolate_id', about),
    musicClass: musicOrRinging(row.text('ringing')),
  };
}

/** Width of `grplist` in every generation: MySQL cuts a longer list without a word. */
const LIST_WIDTH = 255;

function tellCut(notes: Notes, row: Row, about: Ref): void {
  if (row.text('grplist').length < LIST_WIDTH) return;
  const means = `Its list of members fills the ${LIST_WIDTH} characters of its column: what was longer was cut there, and the last member may be half a number.`;
  notes.finding(finding('MEMBERS_CUT', { about, where: `${row.table} ${row.key}`, means }));
}

/** How members ring, and what was not kept of how they did. */
export interface HowTheyRing<S extends string> {
  readonly strategy: S | 'ringall';
  readonly primary: boolean;
  readonly approximated: string | null;
}

/** Strategies by which members can be asked to press a key (dialparties.agi of FreePBX). */
const CAN_CONFIRM: ReadonlySet<string> = new Set(['ringall', 'ringallv2', 'hunt']);

/** 'hunt-prim' and so on; what the old macro does not know it rings all at once. */
export function ringStrategy<S extends string>(text: string, confirms: boolean, strategies: readonly S[]): HowTheyRing<S> {
  const word = text.trim().toLowerCase();
  const bare = word.replace(/-prim$/, '');
  const primary = word.endsWith('-prim');
  const known = strategies.find((one) => one === bare);
  if (known !== undefined && confirms && !CAN_CONFIRM.has(known)) {
    const approximated = `${known} with a key to confirm rings all members at once on the old box, and so it does here`;
    return { strategy: 'ringall', primary, approximated };
  }
  if (known !== undefined) return { strategy: known, primary, approximated: null };
  return {
    strategy: 'ringall',
    primary,
    approximated: `the old box does not know the strategy '${word}' and rings all members at once, and so it does here`,
  };
}
