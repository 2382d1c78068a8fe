import type { Rows } from './invented-box.ts';

/** How a generation of the web pages wrote its tables: FreePBX 2.8, 2.11, IssabelPBX. */
export type Shape = '2.8' | '2.11' | 'issabel';
export const SHAPES: readonly Shape[] = ['2.8', '2.11', 'issabel'];

type Tables = Record<string, Rows>;

/** Columns that 2.8 has not, by table (ELASTIX.md, section 15). */
const LATER: Readonly<Record<string, readonly string[]>> = {
  users: ['mohclass', 'noanswer_dest', 'busy_dest', 'chanunavail_dest'],
  trunks: ['continue'],
  outbound_routes: ['dest'],
  ringgroups: ['cpickup', 'recording'],
  queues_config: ['qnoanswer', 'callconfirm', 'callconfirm_id', 'monitor_type', 'monitor_heard', 'monitor_spoken', 'callback_id'],
  timeconditions: ['generate_hint', 'priority'],
  disa: ['keepcid'],
  featurecodes: ['providedest'],
};

/** Tables of 2.11 as another generation has them. */
export function inShape(tables: Tables, shape: Shape): Tables {
  const version = { '2.8': '2.8.1.4', '2.11': '2.11.0.38', issabel: '2.11.0.43' }[shape];
  const all: Tables = { ...tables, admin: [{ variable: 'version', value: version }, ...(tables['admin'] ?? [])] };
  if (shape === '2.11') return { ...all, freepbx_settings: settings() };
  if (shape === 'issabel')
    return {
      ...all,
      issabelpbx_settings: settings(),
      ivr_entries: withColumn(all['ivr_entries'] ?? [], 'spoken'),
      timegroups_details: withColumn(all['timegroups_details'] ?? [], 'name'),
      queues_config: withColumn(all['queues_config'] ?? [], 'destcontinue'),
    };
  const { ivr_details: menus = [], ivr_entries: keys = [], parkplus: lots = [], ...others } = all;
  const older = Object.fromEntries(
    Object.entries(others).map(([name, rows]) => [name, rows.map((row) => without(row, LATER[name] ?? []))]),
  );
  return {
    ...older,
    ...oldMenus(menus, keys),
    ...oldParking(lots),
    globals: [
      { variable: 'RINGTIMER', value: '15' },
      { variable: 'VM_PREFIX', value: '*' },
      { variable: 'ALLOW_SIP_ANON', value: 'no' },
    ],
  };
}

function settings(): Rows {
  return [{ keyword: 'RINGTIMER', value: '15', defaultval: '15' }];
}

function withColumn(rows: Rows, column: string): Rows {
  return rows.map((row) => ({ ...row, [column]: '' }));
}

function without(row: Rows[number], columns: readonly string[]): Rows[number] {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !columns.includes(name)));
}

/** Where nobody chooses, and where the choice is none, are rows among the keys. */
function oldMenus(menus: Rows, keys: Rows): Tables {
  return {
    ivr: menus.map((m) => ({
      ivr_id: m['id'] ?? '',
      displayname: m['name'] ?? '',
      deptname: '',
      enable_directory: '',
      enable_directdial: m['directdial'] === 'ext-local' ? 'CHECKED' : '',
      timeout: m['timeout_time'] ?? '10',
      announcement_id: m['announcement'] ?? '0',
      dircontext: 'default',
      alt_timeout: '',
      alt_invalid: 'CHECKED',
      loops: '2',
      timeout_id: '0',
      invalid_id: '0',
      retvm: '',
    })),
    ivr_dests: [
      ...keys.map((k) => ({ ivr_id: k['ivr_id'] ?? '', selection: k['selection'] ?? '', dest: k['dest'] ?? '', ivr_ret: '0' })),
      ...menus.flatMap((m) => [
        { ivr_id: m['id'] ?? '', selection: 't', dest: m['timeout_destination'] ?? '', ivr_ret: '0' },
        { ivr_id: m['id'] ?? '', selection: 'i', dest: m['invalid_destination'] ?? '', ivr_ret: '0' },
      ]),
    ],
  };
}

function oldParking(lots: Rows): Tables {
  const [lot] = lots;
  if (lot === undefined) return {};
  const held = {
    parkingenabled: 's',
    parkext: lot['parkext'] ?? '70',
    numslots: lot['numslots'] ?? '8',
    parkingtime: '45',
    parkingcontext: 'parkedcalls',
  };
  return { parkinglot: Object.entries(held).map(([keyword, data]) => ({ id: '1', keyword, data })) };
}
