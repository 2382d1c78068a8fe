import { describe, expect, it } from 'vitest';
import { modelKinds } from '../../src/model/kinds.ts';
import { ref } from '../../src/model/ref.ts';
import type { SipTrunk } from '../../src/model/trunk.ts';
import { applyOverlay } from '../../src/verify/lab/overlay.ts';
import { adaptations } from '../../src/verify/old/adapt.ts';
import { whatLacks } from '../../src/verify/old/missing-include.ts';

const trunk = modelKinds.trunk.decode({ technology: 'sip', name: 'City', peer: 'city', host: '198.51.100.7' }) as SipTrunk;
const files = new Map([
  [
    'etc/asterisk/asterisk.conf',
    '[directories](!)\nastmoddir => /usr/lib64/asterisk/modules\nastdatadir => /var/lib/asterisk\n[options]\nmaxcalls = 30\nlanguageprefix = yes\n',
  ],
  ['etc/asterisk/modules.conf', '[modules]\nautoload=yes\nrequire = app_meetme.so\n'],
  ['etc/asterisk/manager.conf', '[general]\nenabled = no\nport = 5038\nbindaddr = 127.0.0.1\n[admin]\nsecret = s3cret\n'],
  ['etc/asterisk/sip.conf', '[general]\nbindaddr=192.168.5.2\n#include sip_additional.conf\n'],
  [
    'etc/asterisk/sip_additional.conf',
    '[21]\ncontext=from-internal\npermit=192.168.5.0/255.255.255.0\n[22]\ncontext=nowhere\npermit=0.0.0.0/0.0.0.0\n[city]\nhost=198.51.100.7\n[other]\nhost=198.51.100.77\n',
  ],
  ['etc/asterisk/extensions_additional.conf', '[from-queue]\nexten => _.,1,Set(QAGENT=${EXTEN})\nexten => _.,n,Goto(${NODEST},1)\n'],
  ['etc/asterisk/extensions.conf', '[from-internal]\nexten => 8,1,MeetMe(8,dM)\nexten => 9,1,MeetMeCount(8,N)\n'],
]);
const changed = (() => {
  const changes = adaptations({
    files,
    contexts: new Set(['from-internal', 'custom-dialler']),
    into: ['custom-dialler', 'gone'],
    carriers: [{ trunk: ref('trunk', '1'), model: trunk, endpoint: 'carrier-1', address: '198.18.0.140', port: 5060, further: [] }],
    iax: [],
    world: '198.18.0.136',
    subnet: '198.18.0.0/24',
    ami: { user: 'lab', secret: 'made-for-the-run' },
  });
  const all = new Map([...changes.map((c) => [c.file, ''] as const), ...files]);
  const entries = [...all].map(([path, text]) => ({ path, content: Buffer.from(text), mode: 0o640 }));
  const applied = applyOverlay(entries, changes);
  const text = (name: string): string =>
    Buffer.from(applied.entries.find((e) => e.path === `etc/asterisk/${name}`)?.content ?? '').toString('utf8');
  return { changes, unused: applied.unused, text };
})();

describe('the clone of an old box runs its own configuration, changed only where the lab must', () => {
  it('finds every place that it means to change, and gives a reason for each', () => {
    expect(changed.unused).toEqual([]);
    expect(changed.changes.every((c) => c.because.length > 10)).toBe(true);
  });

  it("keeps Debian's modules and the documentation without which Asterisk ends, and no limit of the old machine", () => {
    const text = changed.text('asterisk.conf');
    expect(text).toContain('\nastmoddir => /usr/lib/asterisk/modules\n');
    expect(text).not.toContain('lib64');
    expect(text).toContain('\n; maxcalls = 30\nlanguageprefix = yes\n');
  });

  it('has the tones of its country, without which a call that is to hear the busy tone ends', () => {
    expect(changed.text('indications.conf')).toMatch(/^\[general\]\ncountry = us\n\[us\]\ndescription = .+\n(?:.*\n)*busy = /m);
  });

  it('starts without a module that Asterisk 16 no longer has, even where the box requires it', () => {
    expect(changed.text('modules.conf')).toMatch(/^load = app_meetme\.so$/m);
  });

  it('lets the lab watch, and leaves the accounts of the box as they are', () => {
    const text = changed.text('manager.conf');
    expect(text).toMatch(/^\[general\]\nenabled = yes\nport = 5038\nbindaddr = 0\.0\.0\.0\n/);
    expect(text).toContain('\n; enabled = no\n');
    expect(text).toContain('[admin]\nsecret = s3cret\n');
    expect(text).toContain('[lab]\nsecret = made-for-the-run\n');
  });

  it('lets telephones of the lab register beside those of the site, and finds the carrier in the lab', () => {
    const text = changed.text('sip_additional.conf');
    expect(text).toContain('permit=192.168.5.0/255.255.255.0\npermit=198.18.0.0/24\n[22]');
    expect(text).toContain('permit=0.0.0.0/0.0.0.0\n[city]\nhost=198.18.0.140\n');
    expect(text).toContain('host=198.51.100.77\n');
    expect(changed.text('sip.conf')).toContain('bindaddr=0.0.0.0\n');
  });

  it('lets a call bring its time where telephones come in, and begin in a context of the site that is there', () => {
    const text = changed.text('extensions.conf');
    expect(text).toContain('\n[from-internal]\nexten = _time*XXXXXXXXXX*.,1,');
    expect(text).toContain('Goto(custom-dialler,');
    expect(text).not.toContain('nowhere');
    expect(text).not.toContain('Goto(gone,');
  });

  it("ends an agent's leg of a queue that was entered past its own entry, which would run in a circle", () => {
    expect(changed.text('extensions_additional.conf')).toContain(
      'Set(QAGENT=${EXTEN})\nexten => _.,n,ExecIf($["${NODEST}"=""]?Hangup())\nexten => _.,n,Goto(${NODEST},1)\n',
    );
  });

  it('answers for MeetMe, which Debian does not pack', () => {
    const text = changed.text('extensions.conf');
    expect(text).toContain('exten => 8,1,Macro(lab-meetme,8,dM)\n');
    expect(text).toContain('exten => 9,1,Macro(lab-meetmecount,8,N)\n');
    expect(text).toContain('[macro-lab-meetme]\n');
  });
});

describe('a box that cannot be called', () => {
  it('lacks a file that its dialplan includes, wherever the include stands', () => {
    const held = new Map([
      ['etc/asterisk/extensions.conf', '#include extensions_additional.conf\n#tryinclude maybe.conf\n#include custom/*.conf\n'],
      ['etc/asterisk/extensions_additional.conf', '[a]\n#include "/etc/asterisk/deep.conf"\n'],
    ]);
    expect(whatLacks({ files: held })).toContain('lacks deep.conf, sip.conf of its /etc/asterisk');
  });

  it('lacks a dialplan', () => {
    expect(whatLacks(null)).toContain('lacks extensions.conf of');
  });

  it('has all that is needed where only files that may be missing are', () => {
    expect(whatLacks({ files })).toBeNull();
  });
});
