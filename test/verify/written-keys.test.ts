import { describe, expect, it } from 'vitest';
import { writtenKeys } from '../../src/verify/calls/written-keys.ts';

const wrote = (application: string, data: string): string[] => writtenKeys([{ application, data }]);

describe('what a dialplan keeps in AstDB', () => {
  it('is what Set writes and deletes, and DBdel', () => {
    expect(wrote('Set', 'DB(DND/101)=YES')).toEqual(['DND/101']);
    expect(wrote('Set', 'DB_DELETE(CF/110)=')).toEqual(['CF/110']);
    expect(wrote('DBdel', 'CFU/110')).toEqual(['CFU/110']);
    expect(wrote('MSet', 'x=1,DB(AMPUSER/106/followme/ddial)=DIRECT')).toEqual(['AMPUSER/106/followme/ddial']);
  });

  it('is what ExecIf runs, and not what it passes by', () => {
    expect(wrote('ExecIf', '1?Set(DB(TC/1)=true)')).toEqual(['TC/1']);
    expect(wrote('ExecIf', '0?Set(DB(TC/1)=)')).toEqual([]);
    expect(wrote('ExecIf', '0?NoOp():Set(DB(TC/1)=)')).toEqual(['TC/1']);
    expect(wrote('ExecIf', '1?:Set(DB(TC/1)=)')).toEqual([]);
    expect(wrote('ExecIf', '?Set(DB(TC/1)=)')).toEqual([]);
  });

  it('is not what is read', () => {
    expect(wrote('Set', 'x=DB(DND/101)')).toEqual([]);
    expect(wrote('NoOp', 'DB(DND/101)=YES')).toEqual([]);
  });

  it('is told once', () => {
    const twice = { application: 'Set', data: '__DB(/DND/101)=YES' };
    expect(writtenKeys([twice, twice])).toEqual(['DND/101']);
  });
});
