import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRegistration } from '../../src/extract/registration-line.ts';

const plain = { port: null, transport: 'udp', domain: null, authUser: null, contactUser: 's', expirySeconds: null };

describe('a register line', () => {
  it.each([
    [
      'clinic01:Tr;unk#1@sip.mango.example/74951234500',
      { ...plain, host: 'sip.mango.example', user: 'clinic01', contactUser: '74951234500' },
      'Tr;unk#1',
    ],
    ['user:pw@host', { ...plain, host: 'host', user: 'user' }, 'pw'],
    ['user@host', { ...plain, host: 'host', user: 'user' }, ''],
    [
      'user:pw:auth@host:5070/ext~300',
      { ...plain, host: 'host', port: 5070, user: 'user', authUser: 'auth', contactUser: 'ext', expirySeconds: 300 },
      'pw',
    ],
    [
      'user@domain:pw:auth@host/ext',
      { ...plain, host: 'host', user: 'user', domain: 'domain', authUser: 'auth', contactUser: 'ext' },
      'pw',
    ],
    ['peer?user:pw@host', { ...plain, host: 'host', user: 'user' }, 'pw'],
    ['tls://user:pw@host:5061', { ...plain, host: 'host', port: 5061, transport: 'tls', user: 'user' }, 'pw'],
    ['peer?tcp://user:pw@host', { ...plain, host: 'host', transport: 'tcp', user: 'user' }, 'pw'],
    ['user:a:b@c@host', { ...plain, host: 'host', user: 'user' }, 'a:b@c'],
    ['user:a@b:auth@host', { ...plain, host: 'host', user: 'user', authUser: 'auth' }, 'a@b'],
    ['user:p/w@[2001:db8::1]:5060/s', { ...plain, host: '[2001:db8::1]', port: 5060, user: 'user' }, 'p/w'],
  ])('reads %s', (line, registration, secret) => {
    expect(parseRegistration(line)).toEqual({ registration, secret });
  });

  it.each(['', 'user', '@host', 'user:pw@', ':pw@host'])('is unreadable as %s', (line) => {
    expect(parseRegistration(line)).toBeNull();
  });

  it('gives back any secret that the trunk also has', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }).filter((s) => s === s.trim()),
        (secret) => {
          const line = parseRegistration(`user:${secret}@sip.example/100`, secret);
          expect(line?.secret).toBe(secret);
          expect(line?.registration).toEqual({ ...plain, host: 'sip.example', user: 'user', contactUser: '100' });
        },
      ),
    );
  });
});
