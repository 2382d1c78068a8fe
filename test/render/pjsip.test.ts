import { describe, expect, test } from 'vitest';
import { contextOf, houseWith, smallHouse, treeOf } from './some-pbx.ts';

const wizard = 'pjsip_wizard.conf';
/** The lines of a wizard's section, whatever its templates. */
async function section(some: Parameters<typeof treeOf>[0], name: string): Promise<string[]> {
  const text = (await treeOf(some)).text(wizard);
  return contextOf(text.replace(/^\[([^\]]+)\]\([^)]*\)$/gm, '[$1]'), name);
}

describe('telephones', () => {
  test('one name and number with inner quotes, and a secret with every sign, stand as Asterisk reads them back', async () => {
    const lines = await section(smallHouse, '102');
    expect(lines).toContain('endpoint/callerid = "Dr. \\"Bones\\" McCoy" <102>');
    expect(lines).toContain('inbound_auth/password = quo"te,com ma');
    expect(await section(smallHouse, '101')).toContain('inbound_auth/password = p\\;w#1=a\\b');
  });

  test('the mailbox of a telephone is the one that exists, whatever alias Elastix gave it', async () => {
    expect(await section(smallHouse, '102')).toContain('endpoint/mailboxes = 102@default');
  });

  test('a carrier that went away is asked every ten seconds, as chan_sip did; telephones as often as before', async () => {
    const asked = async (seconds: string): Promise<string[]> =>
      (await section(houseWith('trunk', '1', { qualifySeconds: seconds }), 'carrier')).filter((l) => l.includes('qualify'));
    expect(await asked('60')).toEqual(['aor/qualify_frequency = 10']);
    expect(await asked('5')).toEqual(['aor/qualify_frequency = 5']);
    expect(await asked('0')).toEqual([]);
    expect(await section(houseWith('device', '101', { qualifySeconds: '60' }), '101')).toContain('aor/qualify_frequency = 60');
  });

  test("one whose calls come in as a carrier's is believed who calls, where the old box believed it; any other is its extension, whatever it says", async () => {
    const believed = async (context: string, trusts: string): Promise<boolean> =>
      (await section(houseWith('device', '101', { context, trustsRemotePartyId: trusts }), '101')).includes(
        'endpoint/trust_id_inbound = yes',
      );
    expect([await believed('from-pstn', 'yes'), await believed('from-pstn', 'no'), await believed('from-internal', 'yes')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('addresses are checked only where somebody set them', async () => {
    const everybody = houseWith('device', '101', { deny: ['0.0.0.0/0.0.0.0'], permit: ['0.0.0.0/0.0.0.0'] });
    expect((await section(everybody, '101')).join()).not.toContain('permit');
    const office = houseWith('device', '101', { deny: ['0.0.0.0/0.0.0.0'], permit: ['192.168.0.0/255.255.0.0'] });
    expect(await section(office, '101')).toEqual(
      expect.arrayContaining(['endpoint/deny = 0.0.0.0/0.0.0.0', 'endpoint/permit = 192.168.0.0/255.255.0.0']),
    );
  });

  test('one that is denied from everywhere and permitted from nowhere stays shut', async () => {
    const shut = houseWith('device', '101', { deny: ['0.0.0.0/0.0.0.0'], permit: [] });
    const lines = await section(shut, '101');
    expect(lines).toContain('endpoint/deny = 0.0.0.0/0.0.0.0');
    expect(lines.join()).not.toContain('permit');
  });

  test('a network that cannot be read shuts the door, and is told', async () => {
    const odd = houseWith('device', '101', { deny: ['office'], permit: ['300.1.1.1/99', '10.0.0.0/8'] });
    const networks = (await section(odd, '101')).filter((line) => /permit|deny/.test(line));
    expect(networks).toEqual(['endpoint/deny = 0.0.0.0/0.0.0.0', 'endpoint/permit = 10.0.0.0/8']);
    expect((await treeOf(odd)).codes()).toContain('OPTION_NOT_CARRIED');
  });

  test('one without a password can be registered by nobody, and keeps its section', async () => {
    const lines = await section(houseWith('device', '109', { technology: 'sip', extension: '101' }), '109');
    expect(lines).toContain(`inbound_auth/password_digest = MD5:${'0'.repeat(32)}`);
    expect(lines.join()).not.toContain('inbound_auth/password =');
  });

  test('one whose extension is gone is shown as FreePBX named every telephone', async () => {
    expect(await section(houseWith('device', '101', { extension: '999' }), '101')).toContain('endpoint/callerid = "device" <101>');
  });

  test('one with only codecs that cannot be translated gets alaw, and that is said', async () => {
    const some = houseWith('device', '101', { codecs: ['g729'] });
    expect(await section(some, '101')).toContain('endpoint/allow = !all,g729,alaw');
    expect((await treeOf(some)).codes()).toContain('CODEC_NOT_TRANSLATED');
  });

  test('a codec that Asterisk does not know is left out instead of dropping the telephone', async () => {
    const some = houseWith('device', '101', { codecs: ['alaw', 'g7221c'] });
    expect(await section(some, '101')).toContain('endpoint/allow = !all,alaw');
    expect((await treeOf(some)).codes()).toContain('CODEC_UNKNOWN');
  });
});

describe('trunks', () => {
  test('calls of a carrier are known by its address from any port, and go to its port', async () => {
    const lines = await section(houseWith('trunk', '1', { addresses: ['192.0.2.11'] }), 'carrier');
    expect(lines).toEqual(
      expect.arrayContaining(['aor/contact = sip:192.0.2.10:5062', 'identify/match = 192.0.2.10', 'identify/match = 192.0.2.11']),
    );
    expect(lines).toContain('outbound_auth/password = Tr\\;unk#1');
  });

  test('one that is switched off has no endpoint', async () => {
    expect(await section(houseWith('trunk', '1', { disabled: 'yes' }), 'carrier')).toEqual([]);
  });

  test('one that registers with us is asked for its password', async () => {
    const lines = await section(houseWith('trunk', '1', { host: undefined }), 'carrier');
    expect(lines).toEqual(expect.arrayContaining(['accepts_registrations = yes', 'accepts_auth = yes', 'inbound_auth/username = carrier']));
  });

  test('one whose name a telephone has is left out, and that is an error', async () => {
    const tree = await treeOf(houseWith('trunk', '1', { peer: '101' }));
    expect(tree.findings.find((f) => f.code === 'NAME_TAKEN')?.severity).toBe('error');
  });
});

describe('a build is quiet until the cutover', () => {
  test('it holds the registrations and does not include them', async () => {
    const tree = await treeOf(smallHouse);
    expect(tree.text('pjsip_registration.conf')).toContain('client_uri = sip:house@sip.carrier.example');
    expect(tree.text('pjsip_registration.conf')).toContain('auth_rejection_permanent = no');
    const lines = tree.text('pjsip.conf').split('\n');
    expect(lines).not.toContain('#include "pjsip_registration.conf"');
    expect(lines).toContain('#tryinclude "live.d/pjsip.conf"');
    expect(tree.text('voicemail.conf')).toContain('mailcmd = /bin/sh /etc/migrate/mail.sh');
  });

  test('it registers and sends mail once it is told to', async () => {
    const tree = await treeOf(smallHouse, true);
    expect(tree.text('pjsip.conf').split('\n')).toContain('#include "pjsip_registration.conf"');
    expect(tree.text('voicemail.conf')).toContain('mailcmd = /usr/bin/msmtp --file=/etc/msmtprc --read-recipients');
  });
});

test('no mailbox deletes a message, also where the old one did', async () => {
  const tree = await treeOf(houseWith('mailbox', '102@default', { deleteAfterMail: 'yes' }));
  expect(tree.text('voicemail.conf')).toContain('delete=no');
  expect(tree.text('voicemail.conf')).not.toContain('delete=yes');
  expect(tree.findings.find((f) => f.code === 'MAIL_DELETES_MESSAGE')?.severity).toBe('error');
});

test('tones of a country that is not known are those of the United States, and that is said', async () => {
  const tree = await treeOf({ ...smallHouse, settings: { pbx: { toneZone: 'zz' } } });
  expect(tree.text('indications.conf')).toContain('country = us');
  expect(tree.codes()).toContain('TONE_ZONE_UNKNOWN');
});

test('IAX2 is there only where the house has it', async () => {
  expect((await treeOf(smallHouse)).has('iax.conf')).toBe(false);
  const tree = await treeOf(houseWith('device', '101', { technology: 'iax2' }));
  expect(tree.text('modules.conf')).toContain('load = chan_iax2.so');
  expect(contextOf(tree.text('extensions.d/extension.conf'), 'ext-local')).toContain(
    'same = n,Dial(IAX2/101,${RING_SECONDS},${DIAL_OPTIONS})',
  );
});

describe('a gateway that registers here', () => {
  const trunk = { technology: 'sip', name: 'GSM', peer: 'gsm1' };
  const house = houseWith('trunk', '7', trunk);

  test('is known by the name that it authenticates with, since From has the number of its caller', async () => {
    const some = { ...house, secrets: { ...smallHouse.secrets, 'trunk/7/outbound': 'Kq9vTzbLwAm' } };
    expect(await section(some, 'gsm1')).toContain('endpoint/identify_by = username,auth_username');
    expect((await treeOf(some)).text('pjsip.conf')).toContain('endpoint_identifier_order = username,ip,auth_username,anonymous');
  });

  test('without a password is known by its name alone', async () => {
    expect((await section(house, 'gsm1')).join()).not.toContain('auth_username');
    expect((await treeOf(house)).text('pjsip.conf')).toContain('endpoint_identifier_order = username,ip,anonymous');
  });
});
