import { describe, expect, it } from 'vitest';
import { emptyModel, modelKinds } from '../../src/model/kinds.ts';
import { ref } from '../../src/model/ref.ts';
import type { SipTrunk } from '../../src/model/trunk.ts';
import { withoutShortWait } from '../../src/verify/calls/short-wait.ts';
import { carrierNames } from '../../src/verify/lab/carriers.ts';
import { iaxParties } from '../../src/verify/lab/iax.ts';
import { applyOverlay, overlay } from '../../src/verify/lab/overlay.ts';

const trunk = (host: string, addresses: string[] = []): SipTrunk =>
  modelKinds.trunk.decode({ technology: 'sip', name: host, peer: 'p', host, addresses }) as SipTrunk;
const carrier = (id: string, host: string, address: string, further: string[] = []) => ({
  trunk: ref('trunk', id),
  model: trunk(host, further),
  endpoint: `carrier-${id}`,
  address,
  port: 5060,
  further: further.map((host, i) => ({ host, address: `198.18.0.${140 + i}` })),
});
const files = new Map([
  ['etc/asterisk/manager.conf', '[general]\nbindaddr = 127.0.0.1\n'],
  ['etc/asterisk/extensions.conf', '[from-internal]\nexten = 1,1,Hangup()\n'],
  ['etc/asterisk/voicemail.conf', 'mailcmd = /bin/sh /etc/migrate/mail.sh\n'],
  ['etc/msmtprc', 'account relay\nhost localhost\n'],
  ['etc/odbc.ini', '[cdr]\nSERVER = 127.0.0.1\n'],
  ['etc/asterisk/iax.conf', '[branch]\nhost = 192.0.2.77\npermit = 10.0.0.0/8\n'],
  [
    'etc/asterisk/pjsip_wizard.conf',
    'remote_hosts = 198.51.100.20\naor/contact = sip:198.51.100.20:5062\nmatch = 198.51.100.203\nremote_hosts = sip.mango.example,203.0.113.9\nendpoint/permit = 10.0.0.0/8\nendpoint/permit = 0.0.0.0/0\n[shut]\nendpoint/deny = 0.0.0.0/0.0.0.0\nendpoint/deny = 10.0.0.0/8\n\n[open]\nendpoint/deny = 0.0.0.0/0\nendpoint/permit = 0.0.0.0/0\n',
  ],
]);
const input = {
  files,
  subnet: '198.18.0.0/24',
  database: '198.18.0.2',
  ami: { user: 'lab', secret: 'x' },
  world: '198.18.0.128',
  mail: '198.18.0.132',
  contexts: new Set(['from-internal', 'from-nowhere']),
  iax: iaxParties({
    ...emptyModel(),
    trunk: { '3': modelKinds.trunk.decode({ technology: 'iax2', name: 'Branch', peer: 'branch', host: '192.0.2.77' }) },
  }),
  carriers: [carrier('1', 'sip.mango.example', '198.18.0.130', ['203.0.113.9']), carrier('2', '198.51.100.20', '198.18.0.131')],
};
const entries = [...files].map(([path, text]) => ({ path, content: Buffer.from(text), mode: 0o640 }));
const text = (list: readonly { path: string; content: Uint8Array | null }[], path: string) =>
  Buffer.from(list.find((e) => e.path === path)?.content ?? '').toString();

describe('what the lab changes in the tree that will be installed', () => {
  it('moves a carrier given by address into the lab and leaves one given by name alone', () => {
    const { entries: changed, unused } = applyOverlay(entries, overlay(input));
    expect(unused).toEqual([]);
    expect(text(changed, 'etc/asterisk/pjsip_wizard.conf')).toContain(
      'remote_hosts = 198.18.0.131\naor/contact = sip:198.18.0.131:5062\nmatch = 198.51.100.203\nremote_hosts = sip.mango.example,198.18.0.140\n',
    );
    expect(carrierNames(input.carriers, input.iax, input.world)).toEqual({ 'sip.mango.example': '198.18.0.130' });
  });

  it('reads no call file where wake-up calls can be ordered, whose hour may be now', () => {
    const modules = ['etc/asterisk/modules.conf', 'load = pbx_config.so\nload = pbx_spool.so\n'] as const;
    const changed = (more: readonly (readonly [string, string])[]): string[] =>
      overlay({ ...input, files: new Map([...files, ...more]) }).flatMap((c) => (c.file === modules[0] ? [c.from ?? ''] : []));
    expect(changed([modules, ['etc/migrate/wake-up.sh', '#!/bin/sh\n']])).toEqual(['load = pbx_spool.so\n']);
    expect(changed([modules])).toEqual([]);
  });

  it('lets callers of a queue with a long wait wait for seconds, and the checks see what the build has', () => {
    const file = 'etc/asterisk/extensions.d/queue.conf';
    const build = ' same = n,Queue(400,t,,custom/x,180)\n same = n,Queue(401,t,,,20)\n same = n,Queue(40,t,,)\n';
    const { entries: changed } = applyOverlay(
      [...entries, { path: file, content: Buffer.from(build), mode: 0o640 }],
      overlay({ ...input, files: new Map(files).set(file, build) }),
    );
    const lines = text(changed, file).split('\n');
    expect(lines[0]).toBe(' same = n,Queue(400,t,,custom/x,${IF(${DB_EXISTS(lab/wait-400)}?${DB(lab/wait-400)}:180)})');
    expect(lines.map(withoutShortWait).join('\n')).toBe(build);
  });

  it('adds its own network where a telephone is tied to one of the site, and only there', () => {
    const { entries: changed } = applyOverlay(entries, overlay(input));
    expect(text(changed, 'etc/asterisk/pjsip_wizard.conf')).toContain(
      'endpoint/permit = 10.0.0.0/8,198.18.0.0/24\nendpoint/permit = 0.0.0.0/0\n',
    );
  });

  it('lets its own telephones in where all are denied and none is permitted', () => {
    const { entries: changed } = applyOverlay(entries, overlay(input));
    expect(text(changed, 'etc/asterisk/pjsip_wizard.conf')).toContain(
      '[shut]\nendpoint/deny = 0.0.0.0/0.0.0.0\nendpoint/deny = 10.0.0.0/8\nendpoint/permit = 198.18.0.0/24\n\n[open]\nendpoint/deny = 0.0.0.0/0\nendpoint/permit = 0.0.0.0/0\n',
    );
  });

  it('gives a telephone without a password one of the lab', () => {
    const wizard = new Map([...files, ['etc/asterisk/pjsip_wizard.conf', '[201]\ninbound_auth/password_digest = MD5:0\n']]);
    const change = overlay({ ...input, files: wizard }).find((c) => c.from?.includes('digest'));
    expect(change).toMatchObject({ from: 'inbound_auth/password_digest = MD5:0\n', to: 'inbound_auth/password = of-the-lab\n' });
  });

  it('has a quiet build send its mail, to the lab', () => {
    const { entries: changed } = applyOverlay(entries, overlay(input));
    expect(text(changed, 'etc/msmtprc')).toBe('account relay\nhost 198.18.0.132\n');
    expect(text(changed, 'etc/asterisk/voicemail.conf')).toBe('mailcmd = /usr/bin/msmtp --file=/etc/msmtprc --read-recipients\n');
  });

  it('takes the time of a call off the number in the contexts that there are', () => {
    const { entries: changed } = applyOverlay(entries, overlay(input));
    const dialplan = text(changed, 'etc/asterisk/extensions.conf');
    expect(dialplan).toContain('[from-internal](+)\nexten = _time*XXXXXXXXXX*.,1,Set(__TESTTIME=${EXTEN:5:10})');
    expect(dialplan).not.toContain('from-nowhere');
  });

  it('tells a change that found nothing to change', () => {
    const without = entries.filter((e) => e.path !== 'etc/odbc.ini');
    expect(applyOverlay(without, overlay(input)).unused.map((c) => c.file)).toEqual(['etc/odbc.ini']);
  });

  it('gives a reason for each change', () => {
    expect(overlay(input).every((c) => c.because.length > 20)).toBe(true);
  });
});
