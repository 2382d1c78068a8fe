import { describe, expect, test } from 'vitest';
import { type Contact, contactRow, contactsOf, contactsToGive } from '../../src/cutover/move/contacts.ts';

const line = (name: string, value: string): string => `/SIP/Registry/${name}`.padEnd(50).concat(`: ${value}`);

describe('where the telephones of the old PBX are', () => {
  test('is where their packets come from, not what they say of themselves', () => {
    const text = [
      line('101', '192.0.2.7:5061:3600:101:sip:101@10.0.0.3:5060'),
      line('102', '192.0.2.8:5060:120:102:sip:reception@192.0.2.8:5060;transport=TCP'),
      line('103', 'nonsense'),
      '3 results found.',
    ].join('\n');
    expect(contactsOf(text)).toEqual([
      { device: '101', uri: 'sip:101@192.0.2.7:5061', expirySeconds: 3600 },
      { device: '102', uri: 'sip:reception@192.0.2.8:5060;transport=TCP', expirySeconds: 120 },
    ]);
  });

  test('becomes a row of the new database under the name that Asterisk looks for', () => {
    const { family, key, value } = contactRow(
      { device: '101', uri: 'sip:101@192.0.2.7:5061', expirySeconds: 60 },
      new Date('2026-11-28T22:00:00Z'),
    );
    expect(family).toBe('registrar/contact');
    expect(key).toMatch(/^101;@[0-9a-f]{32}$/);
    expect(JSON.parse(value)).toMatchObject({ uri: 'sip:101@192.0.2.7:5061', endpoint: '101', expiration_time: '1795903200' });
  });

  test('are not given of a pilot who has registered with the new PBX', () => {
    const at = (device: string): Contact => ({ device, uri: `sip:${device}@192.0.2.7:5060`, expirySeconds: 3600 });
    const held =
      '/registrar/contact/101;@0f : {"uri":"sip:101@192.0.2.9"}\n/registrar/contact/103;@0f : {"uri":"sip:103@192.0.2.9"}\n2 results found.';
    const given = contactsToGive([at('101'), at('102'), at('103')], 'state: quiet\npilots: 101 102 \nbuild: 0', held);
    // 102 is a pilot and has not come yet; what is held of 103 is of an earlier cutover
    expect(given.map(({ device }) => device)).toEqual(['102', '103']);
  });
});
