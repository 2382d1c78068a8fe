import { describe, expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { boxOf } from './box-of.ts';

const read = (tables: NonNullable<Parameters<typeof boxOf>[0]['tables']>) =>
  readBox(boxOf({ tables: { recordings: [{ id: '4', displayname: 'x', filename: 'beep' }], ...tables } }));
const sum = (reading: ReturnType<typeof readBox>, name: string) => reading.ledger.sums.find((s) => s.name === name);

describe('a parking lot of FreePBX 2.11', () => {
  const lot = (id: string, more: Record<string, string | null> = {}) => ({
    id,
    defaultlot: 'no',
    type: 'public',
    name: 'Lot',
    parkext: '70',
    parkpos: '71',
    numslots: '8',
    parkingtime: '60',
    parkedmusicclass: 'jazz',
    generatefc: 'yes',
    generatehints: 'no',
    findslot: 'next',
    parkedplay: 'both',
    parkedcalltransfers: 'caller',
    parkedcallreparking: 'no',
    alertinfo: 'ring1',
    cidpp: 'P:',
    autocidpp: 'none',
    announcement_id: '4',
    comebacktoorigin: 'no',
    dest: 'app-blackhole,busy,1',
    ...more,
  });
  const reading = read({
    parkplus: [
      lot('1', { defaultlot: 'yes' }),
      lot('2', { parkext: '80', parkpos: '81', autocidpp: 'slot', dest: '' }),
      lot('3', { parkpos: 'x' }),
    ],
    parkinglot: [{ id: '1', keyword: 'parkingenabled', data: 's' }],
    incoming: [
      { extension: '1', cidnum: '', destination: 'park-dial,80,1' },
      { extension: '2', cidnum: '', destination: 'parkedcalls,72,1' },
      { extension: '3', cidnum: '', destination: 'parkedcalls,99,1' },
    ],
  });

  it('is read whole', () => {
    expect(reading.model.parking['1']).toEqual({
      name: 'Lot',
      extension: '70',
      firstSlot: '71',
      slots: 8,
      seconds: 60,
      isDefault: true,
      musicClass: 'jazz',
      findSlot: 'next',
      hasHints: false,
      slotsAreDialled: true,
      returnsToParker: false,
      next: { to: 'end', how: 'busy' },
      announcement: '4',
      alertInfo: 'ring1',
      callerNamePrefix: 'P:',
      tone: 'both',
      transfers: 'caller',
      reparking: 'no',
    });
    expect(reading.model.parking['2']).toMatchObject({ isDefault: false, next: null });
  });

  it('whose numbers nobody can read is an error, and what an update left behind is dropped', () => {
    expect(reading.findings).toContainEqual(
      expect.objectContaining({ code: 'PARKING_UNREADABLE', severity: 'error', about: { kind: 'parking', id: '3' } }),
    );
    expect(sum(reading, 'parkplus')).toMatchObject({ rows: 3, carried: 1, approximated: 1, dropped: 1 });
    expect(sum(reading, 'parkinglot')).toMatchObject({ dropped: 1 });
  });

  it('is a destination by its number, and a slot a number that is dialled', () => {
    const to = (id: string) => reading.model['inbound-route'][`${id}/any`]?.destination;
    expect([to('1'), to('2'), to('3')]).toEqual([
      { to: 'parking', id: '2' },
      { to: 'number', context: 'from-internal', number: '72' },
      { to: 'missing', was: 'parkedcalls,99,1', because: 'no-such-object' },
    ]);
  });
});

describe('the parking lot of FreePBX 2.8', () => {
  const rows = (held: Record<string, string>) => Object.entries(held).map(([keyword, data]) => ({ id: '1', keyword, data, seq: '0' }));
  const held = {
    parkingenabled: 's',
    parkext: '070',
    numslots: '4',
    parkingtime: '',
    parkingcontext: 'parkedcalls',
    goto: 'from-pstn,s,1',
  };

  it('is where it is switched on', () => {
    const reading = read({
      parkinglot: [
        ...rows({
          ...held,
          parkcid: 'P:',
          parkalertinfo: 'ring1',
          parkingannmsg_id: '4',
          parking_dest: 'dest',
          adsipark: 'yes',
          parkedcallhangup: 'no',
        }),
        { id: '2', keyword: 'parkext', data: '90', seq: '0' },
      ],
    });
    expect(reading.model.parking).toEqual({
      1: {
        name: '',
        extension: '070',
        firstSlot: '071',
        slots: 4,
        seconds: 45,
        isDefault: true,
        musicClass: 'default',
        findSlot: 'first',
        hasHints: true,
        slotsAreDialled: true,
        returnsToParker: false,
        next: { to: 'number', context: 'from-pstn', number: 's' },
        announcement: '4',
        alertInfo: 'ring1',
        callerNamePrefix: 'P:',
        tone: 'no',
        transfers: 'no',
        reparking: 'no',
      },
    });
    expect(sum(reading, 'parkinglot')).toMatchObject({ rows: 13, carried: 9, dropped: 4, unknown: 0 });
    expect(reading.findings).toContainEqual(
      expect.objectContaining({ code: 'OPTION_NOT_CARRIED', where: expect.stringMatching(/^parkinglot/) }),
    );
  });

  it('is none where it is switched off, whatever else is set', () => {
    const reading = read({ parkinglot: rows({ ...held, parkingenabled: '' }) });
    expect(reading.model.parking).toEqual({});
    expect(sum(reading, 'parkinglot')).toMatchObject({ rows: 6, dropped: 6 });
  });
});
