import { finding } from '../finding.ts';
import type { CallFlow } from '../model/call-flow.ts';
import { naturalOrder } from '../model/kinds.ts';
import { type Ref, ref } from '../model/ref.ts';
import { rowsById } from './keyword-rows.ts';
import { droppedWithModule } from './module-off.ts';
import { defineReader, type Notes, type Row, type Source } from './reader.ts';
import { recordingNamed } from './recording-of.ts';

/**
 * Day/night modes (ELASTIX.md, section 10): rows of one table for everything, and the state in AstDB. One without a row `fc_description` is left
 * out by the old dialplan, since its list is made of those (daynight_list).
 */
export default defineReader({
  kind: 'call-flow',
  tables: ['daynight'],
  astdb: ['DAYNIGHT'],
  files: [],
  read: (source, notes) => {
    const flows: Record<string, CallFlow> = {};
    if (droppedWithModule(source, notes, 'daynight', { tables: ['daynight'], astdb: ['DAYNIGHT'] })) return flows;
    const byId = rowsById(source.rows('daynight'), 'ext');
    for (const [id, rows] of [...byId].sort(([a], [b]) => naturalOrder(a, b))) {
      if (rows.some((row) => row.text('dmode') === 'fc_description')) flows[id] = readFlow(source, notes, id, rows);
      else for (const row of rows) notes.dropped(row, 'it has no description row, without which the old dialplan leaves the call flow out');
    }
    for (const entry of source.astdb('DAYNIGHT')) {
      if (flows[entry.key.replace(/^C/, '')] === undefined) notes.ownerless(entry, ref('call-flow', entry.key.replace(/^C/, '')));
    }
    return flows;
  },
});

function readFlow(source: Source, notes: Notes, id: string, rows: readonly Row[]): CallFlow {
  const about = ref('call-flow', id);
  const held = (mode: string) => {
    const row = rows.findLast((r) => r.text('dmode') === mode);
    if (row !== undefined) notes.carried(row, about);
    return row ?? null;
  };
  const where = (mode: 'day' | 'night') => {
    const row = held(mode);
    if (row !== null) return source.destination(row.text('dest'), row, about);
    notes.finding(
      finding('DESTINATION_MISSING', {
        about,
        where: `daynight ${id}`,
        means: `Calls that come here by ${mode} are sent nowhere and end.`,
      }),
    );
    return { to: 'end', how: 'hangup' } as const;
  };
  const recording = (mode: string) => {
    const row = held(mode);
    return row === null ? null : recordingNamed(source, notes, row, row.text('dest'), about);
  };
  const flow: CallFlow = {
    name: held('fc_description')?.text('dest') ?? '',
    day: where('day'),
    night: where('night'),
    state: state(source, notes, id),
    asksPassword: password(notes, rows, id),
    dayRecording: recording('day_recording_id'),
    nightRecording: recording('night_recording_id'),
    dayForces: forces(source, notes, rows, 'timeday', about),
    nightForces: forces(source, notes, rows, 'timenight', about),
  };
  for (const row of rows.filter((r) => !KNOWN.has(r.text('dmode')))) notes.dropped(row, 'no dialplan of FreePBX reads it');
  return flow;
}

const KNOWN = new Set(['day', 'night', 'fc_description', 'password', 'day_recording_id', 'night_recording_id', 'timeday', 'timenight']);

/** What is not NIGHT is day for the dialplan. */
function state(source: Source, notes: Notes, id: string): 'day' | 'night' {
  const entry = source.astdbEntry('DAYNIGHT', `C${id}`);
  const about = ref('call-flow', id);
  if (entry !== null) notes.carried(entry, about);
  else if (source.hasAstDb) {
    const means = "The old box's AstDB does not say whether it is day or night mode, and so calls go by day.";
    notes.finding(finding('CALL_FLOW_STATE_UNKNOWN', { about, where: `DAYNIGHT/C${id}`, means }));
  }
  return entry?.value.trim() === 'NIGHT' ? 'night' : 'day';
}

/** The dialplan asks for a password of digits only (daynight_toggle). */
function password(notes: Notes, rows: readonly Row[], id: string): boolean {
  let asks = false;
  for (const row of rows.filter((r) => r.text('dmode') === 'password')) {
    const text = row.text('dest').trim();
    if (/^\d+$/.test(text)) {
      notes.secret(`call-flow/${id}/password`, text);
      notes.carried(row, ref('call-flow', id));
      asks = true;
    } else notes.dropped(row, 'only passwords of digits are asked for');
  }
  return asks;
}

/** timeday and timenight: the mode in which a time condition goes as if matched, or as if not. */
function forces(source: Source, notes: Notes, rows: readonly Row[], mode: 'timeday' | 'timenight', about: Ref): string[] {
  const conditions = new Set(source.rows('timeconditions').map((row) => row.text('timeconditions_id')));
  return rows
    .filter((row) => row.text('dmode') === mode)
    .flatMap((row) => {
      const id = row.text('dest').trim();
      if (!source.moduleOff('timeconditions') && conditions.has(id)) {
        notes.carried(row, about);
        return [id];
      }
      notes.dropped(row, 'there is no such time condition');
      if (id !== 'add') {
        const means = `It is meant to force time condition ${id}, which does not exist.`;
        notes.finding(finding('TIME_CONDITION_MISSING', { about, where: `daynight ${row.key}`, means }));
      }
      return [];
    })
    .sort(naturalOrder);
}
