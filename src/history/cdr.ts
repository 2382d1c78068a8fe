import { type HistoryTable, INTEGER, text } from './table.ts';

const AUDIO = 'audio:';

/**
 * Call records. 16 columns in Elastix 2.0 to 2.3; 2.4 adds recordingfile, cnum, cnam, outbound_cnum, outbound_cnam and dst_cnam, 2.5 adds
 * did; later ones of FreePBX have linkedid, sequence and peeraccount. Widths are those of migrations/0001-cdr.sql.
 */
export const cdr: HistoryTable = {
  name: 'cdr',
  time: 'calldate',
  columns: {
    calldate: { is: 'time' },
    clid: text(255),
    src: text(80),
    dst: text(80),
    dcontext: text(80),
    channel: text(80),
    dstchannel: text(80),
    lastapp: text(80),
    lastdata: text(255),
    duration: INTEGER,
    billsec: INTEGER,
    disposition: text(45),
    amaflags: INTEGER,
    accountcode: text(80),
    peeraccount: text(80),
    uniqueid: text(150),
    linkedid: text(150),
    sequence: INTEGER,
    userfield: text(255),
    did: text(50),
    recordingfile: text(255),
    cnum: text(80),
    cnam: text(80),
    outbound_cnum: text(80),
    outbound_cnam: text(80),
    dst_cnam: text(80),
  },
  derived: ['linkedid', 'recordingfile'],
  left: ['id'],
  key: ['calldate', 'uniqueid', 'channel', 'dstchannel'],
  compared: { plain: ['calldate', 'duration', 'billsec'], texts: ['src', 'dst', 'uniqueid'] },
  lateKeys: {
    uniqueid: ['uniqueid'],
    linkedid: ['linkedid'],
    recordingfile: ['recordingfile'],
    src_time: ['src', 'calldate'],
    dst_time: ['dst', 'calldate'],
    caller_device_time: ['caller_device', 'calldate'],
    called_device_time: ['called_device', 'calldate'],
    disposition_time: ['disposition', 'calldate'],
  },
  arrange(cells, { at }) {
    const [userfield, recordingfile] = [at.get('userfield'), at.get('recordingfile')];
    if (userfield === undefined || recordingfile === undefined) return;
    // FreePBX to 2.10 (macro-record-enable): CDR(userfield)=audio:NAME
    const value = cells[userfield] ?? '';
    if (!value.startsWith(AUDIO)) return;
    const name = value.slice(AUDIO.length);
    const named = cells[recordingfile] ?? '';
    // two different names: both are kept
    if (named !== '' && named !== name) return;
    cells[recordingfile] = name;
    cells[userfield] = '';
  },
};
