import { settingsOf } from '../kinds.ts';
import type { RecordingMode } from '../recording-rule.ts';
import { type Ref, ref } from '../ref.ts';
import type { Call, Run } from './call.ts';

// Old box: sub-record-check. The first word that is not empty decides for the rest of the call; 'dontcare' of a group is such a word.

/** An extension is called: its own policy, or the caller's where it does not care; where both care, the higher priority, the caller's on a tie. */
export function recordExtension(run: Run, call: Call, id: string): void {
  if (call.recording.policy !== '') {
    if (call.recording.policy === 'always') start(run, call, 'extension', id);
    return;
  }
  const callee = run.model.extension[id]?.recording;
  const caller = call.from.extension === null ? undefined : run.model.extension[call.from.extension]?.recording;
  if (callee === undefined || callee === null) return;
  const own = call.did === null ? callee.inInternal : callee.inExternal;
  const callers = caller?.outInternal ?? '';
  const asCaller = own === 'dontcare' || (callers !== 'dontcare' && call.did === null && (caller?.priority ?? 0) >= callee.priority);
  take(run, call, asCaller ? callers : own, 'extension', asCaller && call.from.extension !== null ? call.from.extension : id);
}

/** A ring group is called. Returns what ends its recording when nobody answered. */
export function recordGroup(run: Run, call: Call, id: string): () => void {
  return recordUnder(run, call, 'ring-group', id, run.model['ring-group'][id]?.recording ?? '');
}

/** A queue is called. Returns what ends its recording when nobody answered. */
export function recordQueue(run: Run, call: Call, id: string, records: boolean): () => void {
  return recordUnder(run, call, 'queue', id, records ? 'always' : 'dontcare');
}

/** A room is entered. */
export function recordConference(run: Run, call: Call, id: string, records: boolean): void {
  recordUnder(run, call, 'conference', id, records ? 'always' : 'never');
}

function recordUnder(run: Run, call: Call, kind: Recorded, id: string, own: string): () => void {
  const before = call.recording;
  take(run, call, before.policy === '' ? own : before.policy, kind, id);
  return () => {
    call.recording = { policy: before.policy, on: false };
  };
}

/** The call goes out through a route: the caller's policy for calls to the outside. */
export function recordOutside(run: Run, call: Call): void {
  const { extension } = call.from;
  const policy =
    call.recording.policy === '' && extension !== null
      ? (run.model.extension[extension]?.recording?.outExternal ?? '')
      : call.recording.policy;
  take(run, call, policy, 'extension', extension ?? '');
}

/** A rule goes before what anybody else says of the call, and before the rules that it passed (sub-record-check with force, sub-record-cancel, REC_POLICY_MODE). */
export function ruleRecording(run: Run, call: Call, by: Ref, mode: RecordingMode): void {
  if (mode === 'never') call.recording = { policy: 'never', on: false };
  else if (mode !== 'as-usual') {
    call.recording = { ...call.recording, policy: 'always' };
    // else whoever is called next begins it
    if (mode === 'at-once') begin(run, call, by);
  } else if (call.recording.policy === 'never') call.recording = { ...call.recording, policy: '' };
}

type Recorded = 'extension' | 'ring-group' | 'queue' | 'conference';

function take(run: Run, call: Call, policy: string, kind: Recorded, id: string): void {
  call.recording = { ...call.recording, policy };
  if (policy === 'always') start(run, call, kind, id);
}

function start(run: Run, call: Call, kind: Recorded, id: string): void {
  begin(run, call, ref(kind, id));
}

function begin(run: Run, call: Call, because: Ref): void {
  if (call.recording.on || !settingsOf(run.model).recordingAllowed) return;
  call.recording = { ...call.recording, on: true };
  call.steps.push({ do: 'record', because });
}
