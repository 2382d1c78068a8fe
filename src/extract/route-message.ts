import { ref } from '../model/ref.ts';
import { type RouteMessage, type RouteMessages, USUAL_MESSAGES } from '../model/route-message.ts';
import { droppedWithModule } from './module-off.ts';
import type { Notes, Row, Source } from './reader.ts';
import { recordingNamed } from './recording-of.ts';
import { wholeNumber } from './source.ts';

const PBX = ref('settings', 'pbx');
const KEYWORDS: Readonly<Record<string, keyof RouteMessages>> = {
  default_msg_id: 'busy',
  intracompany_msg_id: 'company',
  emergency_msg_id: 'emergency',
  no_answer_msg_id: 'unanswered',
  invalidnmbr_msg_id: 'incomplete',
  unallocated_msg_id: 'wrongNumber',
};

/**
 * Table outroutemsg: what is said where no trunk took a call. Rows come when somebody saves the page; until then the PBX's own words hold. IssabelPBX alone says of
 * a number that does not exist something else (outroutemsg_get_config; FreePBX never did).
 */
export function routeMessagesOf(source: Source, notes: Notes): RouteMessages {
  if (droppedWithModule(source, notes, 'outroutemsg', { tables: ['outroutemsg'] })) return USUAL_MESSAGES;
  const isIssabel = source.hasTable('issabelpbx_settings') && source.hasTable('outroutemsg');
  const messages: RouteMessages = { ...USUAL_MESSAGES, wrongNumber: isIssabel ? 'usual' : null };
  for (const row of source.rows('outroutemsg')) {
    const what = KEYWORDS[row.text('keyword').trim()];
    if (what === undefined) continue;
    if (what === 'wrongNumber' && !isIssabel) notes.dropped(row, 'this generation of the web pages does not look at it');
    else messages[what] = messageOf(source, notes, row);
  }
  return messages;
}

/** -1 the PBX's own words, -2 the congestion tone; -3 the tones of a wrong number, which the congestion tone at once takes the place of. */
function messageOf(source: Source, notes: Notes, row: Row): RouteMessage {
  const id = wholeNumber(row.text('data')) ?? -1;
  if (id === -3) notes.approximated(row, PBX, 'of the two tones the first was never heard');
  else notes.carried(row, PBX);
  if (id === -2 || id === -3) return 'tone';
  const recording = id < 0 ? null : recordingNamed(source, notes, row, String(id), PBX);
  return recording === null ? 'usual' : { recording };
}
