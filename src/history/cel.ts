import { type HistoryTable, INTEGER, text } from './table.ts';

/**
 * Channel events: one row each time that a channel begins, answers, is bridged, ends. Columns as FreePBX 2.11 and Issabel make the table;
 * `src`, `dst`, `channel` and `dstchannel`, which it has by mistake and nothing fills, go into `extra` where they hold anything.
 */
export const cel: HistoryTable = {
  name: 'cel',
  time: 'eventtime',
  columns: {
    eventtype: text(30),
    eventtime: { is: 'time' },
    cid_name: text(80),
    cid_num: text(80),
    cid_ani: text(80),
    cid_rdnis: text(80),
    cid_dnid: text(80),
    exten: text(80),
    context: text(80),
    channame: text(255),
    appname: text(80),
    appdata: text(512),
    amaflags: INTEGER,
    accountcode: text(80),
    peeraccount: text(80),
    uniqueid: text(150),
    linkedid: text(150),
    peer: text(255),
    userdeftype: text(255),
    userfield: text(255),
    eventextra: text(512),
  },
  derived: [],
  left: ['id'],
  key: ['eventtime', 'eventtype', 'uniqueid', 'channame'],
  compared: { plain: ['eventtime', 'amaflags'], texts: ['eventtype', 'uniqueid', 'linkedid'] },
  lateKeys: { uniqueid: ['uniqueid'], linkedid: ['linkedid'] },
  arrange: () => undefined,
};
