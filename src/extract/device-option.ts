import { finding } from '../finding.ts';
import { ref } from '../model/ref.ts';
import type { KeywordRows } from './keyword-rows.ts';
import type { Notes, Row } from './reader.ts';

/** FreePBX's own, or said elsewhere: no option of a channel driver to copy (ELASTIX.md, section 1). */
const NOT_OPTIONS: Readonly<Record<string, string>> = {
  account: 'the section name, which is the id',
  dial: "FreePBX's own: the device's technology and id say it",
  callerid: "the extension's name and number take its place (AMPUSER cidname and cidnum)",
  record_in: "the extension's recording takes its place",
  record_out: "the extension's recording takes its place",
  type: 'what it is follows from its kind',
  port: 'a telephone that registers says its port',
  vmexten: 'one number for all: the feature code of the own mailbox',
  setvar: "FreePBX's REALCALLERIDNUM, which the new dialplan does not need",
};

/** Values that an option may have and still change nothing, by option; and of every technology '' . */
const NOTHING: Readonly<Record<string, readonly string[]>> = {
  avpf: ['no'],
  icesupport: ['no'],
  namedcallgroup: [''],
  namedpickupgroup: [''],
  videosupport: ['inherit', 'no'],
  faxdetect: ['no'],
  callcounter: ['yes'],
  immediate: ['no'],
  echocancel: ['yes'],
  echocancelwhenbridged: ['no'],
  echotraining: ['800', 'yes'],
  busydetect: ['no'],
  busycount: ['7'],
  callprogress: ['no'],
  sendrpid: ['no'],
  trustrpid: ['yes', 'no'],
  rtcp_mux: ['no'],
  dtlsenable: ['no'],
  sipdriver: ['chan_sip'],
  namedcallgroups: [''],
  force_avp: ['no'],
  rtptimeout: ['0'],
  ice_support: ['no'],
  use_avpf: ['no'],
  dtls_verify: ['no'],
  dtls_setup: ['actpass'],
  allow_subscribe: ['yes'],
  stir_shaken: ['off'],
  max_contacts: ['1'],
  remove_existing: ['no', 'yes'],
  authenticate_qualify: ['no'],
  media_use_received_transport: ['no'],
};

/** Options of devices that have no place in the model, gathered: one finding an option, not one a telephone. */
export class DeviceOptions {
  private readonly devices = new Map<string, string[]>();

  /** Says of every row of a device what became of it. */
  account(notes: Notes, id: string, o: KeywordRows): void {
    for (const row of o.rows) {
      const keyword = row.text('keyword').toLowerCase();
      const data = row.text('data').trim();
      if (o.wasUsed(row)) notes.carried(row, ref('device', id));
      else if (isHarmlessSetvar(keyword, data) || (keyword !== 'setvar' && NOT_OPTIONS[keyword] !== undefined))
        notes.dropped(row, NOT_OPTIONS[keyword] ?? '');
      else if (data === '') notes.dropped(row, 'empty');
      else if (NOTHING[keyword]?.includes(data.toLowerCase()) === true)
        notes.dropped(row, 'it holds its default, which is how the new box behaves');
      else this.add(row, keyword, id);
    }
  }

  tell(notes: Notes): void {
    for (const [option, ids] of [...this.devices].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const [, table = '', keyword = ''] = /^(.*) (\S+)$/.exec(option) ?? [];
      const named = ids.length > 8 ? `${ids.slice(0, 8).join(', ')} and ${ids.length - 8} more` : ids.join(', ');
      notes.finding(
        finding('OPTION_NOT_CARRIED', {
          where: `${table} ${ids[0]}/${keyword}`,
          means: `The option '${keyword}' of telephones ${named} has no place in the model: the new box does not set it.`,
        }),
      );
    }
  }

  private add(row: Row, keyword: string, id: string): void {
    const option = `${row.table} ${keyword}`;
    this.devices.set(option, [...(this.devices.get(option) ?? []), id]);
  }
}

function isHarmlessSetvar(keyword: string, data: string): boolean {
  return keyword === 'setvar' && /^REALCALLERIDNUM=\d*$/.test(data);
}
