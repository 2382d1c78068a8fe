import { describe, expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { boxOf } from './box-of.ts';

const device = { id: '101', tech: 'sip', dial: 'SIP/101', devicetype: 'fixed', user: '101', description: 'One', emergency_cid: '' };
const option = (keyword: string, data: string) => ({ id: '101', keyword, data, flags: '2' });
const reading = readBox(
  boxOf({
    tables: {
      users: [{ extension: '101', name: 'One' }],
      devices: [device],
      sip: [option('secret', 'table-secret'), option('nat', 'no'), option('context', 'from-internal')],
      trunks: [],
    },
    etc: {
      'sip_custom.conf':
        '[101](+)\nnat=yes\n[door]\ntype=friend\nhost=dynamic\nsecret=geheim1\ncontext=door-calls\ndisallow=all\nallow=alaw\nallow=ulaw\nodd=1\n[gsm]\ntype=peer\nhost=192.0.2.7\nsecret=geheim2\n',
      'iax_custom.conf': '[branch]\ntype=friend\nhost=192.0.2.8\n',
      'sip_registrations_custom.conf': 'register => user:geheim3@192.0.2.7/123\nregister => user:geheim4@nowhere.example/1\n',
      'dongle.conf': 'rxgain=>900\n',
      'sip_custom_post.conf': '[late]\ntype=friend\nhost=dynamic\n',
    },
  }),
);
const { model, findings, ledger } = reading;

describe('a peer that was written by hand', () => {
  it('and registers is a telephone without an extension', () => {
    expect(model.device['door']).toMatchObject({ technology: 'sip', extension: null, context: 'door-calls', codecs: ['alaw', 'ulaw'] });
    expect(model.secrets['device/door/sip']).toBe('geheim1');
    expect(model.device['late']).toMatchObject({ context: 'from-sip-external' });
    expect(findings.some((f) => f.code === 'PEER_BY_HAND' && f.where === 'sip_custom.conf:4')).toBe(true);
  });

  it('at a fixed address is a trunk, with the line by which it registers', () => {
    expect(model.trunk['custom-gsm']).toMatchObject({ technology: 'sip', peer: 'gsm', host: '192.0.2.7' });
    expect(model.trunk['custom-gsm']).toMatchObject({ registrations: [{ user: 'user' }] });
    expect(model.trunk['custom-branch']).toMatchObject({ technology: 'iax2', host: '192.0.2.8' });
    expect(findings.find((f) => f.code === 'TRUNK_REGISTRATION_UNREADABLE')?.where).toBe('sip_registrations_custom.conf:2');
  });

  it('may only add to what the tables say', () => {
    expect(model.device['101']).toMatchObject({ nat: 'yes' });
    expect(model.secrets['device/101/sip']).toBe('table-secret');
  });

  it('is never lost silently, and its passwords are told nobody', () => {
    const fates = ledger.entries.filter((e) => e.space === 'file').map((e) => `${e.key} ${e.fate}`);
    expect(fates).toEqual(expect.arrayContaining(['sip_custom.conf carried', 'iax_custom.conf carried', 'dongle.conf unknown']));
    expect(findings.find((f) => f.where === 'dongle.conf')?.means).toContain('line 1 rxgain');
    expect(JSON.stringify([model.device, model.trunk, findings, ledger])).not.toMatch(/geheim|table-secret/);
  });
});
