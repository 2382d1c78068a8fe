import { type HistoryTable, text } from './table.ts';

const DATA = ['data1', 'data2', 'data3', 'data4', 'data5'] as const;

/**
 * What queues log: one row for each caller who comes, each agent who is rung, answers, pauses. The table as Asterisk writes it in real time: with `data1` to `data5`, or (to
 * 1.6, and later without queue_adaptive_realtime) with one `data`, its parts separated by '|'. Source: main/logger.c, ast_queue_log.
 */
export const queueLog: HistoryTable = {
  name: 'queue_log',
  time: 'time',
  columns: {
    time: { is: 'time' },
    callid: text(150),
    queuename: text(128),
    agent: text(128),
    event: text(32),
    data1: text(255),
    data2: text(255),
    data3: text(255),
    data4: text(255),
    data5: text(255),
  },
  derived: DATA,
  left: ['id'],
  key: ['time', 'callid', 'agent', 'event'],
  compared: { plain: ['time'], texts: ['callid', 'queuename', 'event'] },
  lateKeys: { callid: ['callid'], queue_time: ['queuename', 'time'], agent_time: ['agent', 'time'] },
  arrange(cells, { at }, extra) {
    const { data } = extra;
    if (data === undefined) return;
    const places = DATA.map((name) => at.get(name) as number);
    if (places.some((place) => cells[place] !== '')) return;
    const parts = partsOf(data);
    for (const [i, place] of places.entries()) cells[place] = parts[i] ?? '';
    delete extra['data'];
  },
};

/** 'a|b|c' as at most five; the last one keeps what is left. */
export function partsOf(data: string): string[] {
  const parts = data.split('|');
  return [...parts.slice(0, DATA.length - 1), ...(parts.length < DATA.length ? [] : [parts.slice(DATA.length - 1).join('|')])];
}
