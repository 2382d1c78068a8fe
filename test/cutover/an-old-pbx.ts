import type { TarEntry } from '../../src/engine/container.ts';
import { DIALLER, DIDS, LINE, PASSWORDS, TELEPHONES } from './a-house.ts';

const file = (path: string, text: string): TarEntry => ({ path, content: Buffer.from(text), mode: 0o644 });
const escaped = (secret: string): string => secret.replaceAll(';', '\\;');
const each = (row: (name: string, secret: string) => string, names: readonly string[] = TELEPHONES): string =>
  Object.entries(PASSWORDS)
    .filter(([name]) => names.includes(name))
    .map(([name, secret]) => row(name, escaped(secret)))
    .join('');

/** The old PBX of the house, with chan_sip. @param carrier its address */
export function oldPbxFiles(carrier: string): TarEntry[] {
  const dids = Object.entries(DIDS).map(([did, rings]) => `exten => ${did},1,Dial(${rings.map((name) => `SIP/${name}`).join('&')})\n`);
  return [
    file('etc/asterisk/asterisk.conf', '[directories]\n'),
    file('etc/asterisk/modules.conf', '[modules]\nautoload=yes\n'),
    file(
      'etc/asterisk/sip.conf',
      [
        `[general]\nbindport=5060\nregister => ${LINE.user}:${escaped(LINE.secret)}@${carrier}/${Object.keys(DIDS)[0]}\n`,
        `[carrier]\ntype=peer\nhost=${carrier}\ncontext=from-trunk\ninsecure=port,invite\n`,
        '#include sip_custom.conf\n',
        each((name, secret) => `[${name}]\ntype=friend\nhost=dynamic\nsecret=${secret}\ncontext=from-internal\n`),
      ].join(''),
    ),
    file(
      'etc/asterisk/extensions.conf',
      `[from-internal]\nexten => _1XX,1,Dial(\${DB(DEVICE/\${EXTEN}/dial)})\nexten => _7XXXXXXXXXX,1,Dial(SIP/\${EXTEN}@carrier)\n[from-trunk]\n${dids.join('')}`,
    ),
    file('etc/asterisk/sip_custom.conf', '; for what the administrator adds\n'),
    file(
      'etc/asterisk/manager.conf',
      `[general]\nenabled=yes\nport=5038\nbindaddr=0.0.0.0\n[${DIALLER.user}]\nsecret=${escaped(DIALLER.secret)}\nread=call\nwrite=call,originate\n`,
    ),
    file('etc/asterisk/logger.conf', '[logfiles]\nmessages => notice,warning,error\n'),
  ];
}

/** What the far side of a call is: it takes every call, and each that came is a line of /tmp/rang, with who calls of /tmp/callers; each of its own that was answered is one of /tmp/answered. */
function farSide(pjsip: string): TarEntry[] {
  return [
    file('etc/asterisk/asterisk.conf', '[directories]\n'),
    file('etc/asterisk/modules.conf', '[modules]\nautoload=yes\nnoload=chan_iax2.so\nnoload=app_voicemail_odbc.so\n'),
    file(
      'etc/asterisk/pjsip.conf',
      `[transport]\ntype=transport\nprotocol=udp\nbind=0.0.0.0:5060\n[anonymous]\ntype=endpoint\ncontext=rings\nallow=!all,ulaw,alaw\n${pjsip}`,
    ),
    file(
      'etc/asterisk/extensions.conf',
      [
        '[rings]\nexten => _X.,1,System(echo ${EXTEN} ${CHANNEL(pjsip,remote_addr)} >> /tmp/rang && echo ${EXTEN} ${CALLERID(num)} >> /tmp/callers)\n same => n,Answer()\n same => n,Wait(200)\n',
        '[answered]\nexten => _X.,1,System(echo ${EXTEN} >> /tmp/answered)\n same => n,Wait(1)\n',
      ].join(''),
    ),
  ];
}

/** The telephones, or those that are named: they register at one address for an hour, and call by it. */
export function telephoneFiles(pbx: string, names: readonly string[] = TELEPHONES): TarEntry[] {
  return farSide(
    each(
      (name, secret) =>
        [
          `[${name}-registration]\ntype=registration\nserver_uri=sip:${pbx}\nclient_uri=sip:${name}@${pbx}\ncontact_user=${name}`,
          `outbound_auth=${name}-auth\nexpiration=3600\nretry_interval=2`,
          `[${name}-auth]\ntype=auth\nauth_type=userpass\nusername=${name}\npassword=${secret}`,
          `[calls-${name}]\ntype=endpoint\ncontext=rings\nallow=!all,ulaw,alaw\nfrom_user=${name}\noutbound_auth=${name}-auth\naors=calls-${name}`,
          `[calls-${name}]\ntype=aor\ncontact=sip:${pbx}\n`,
        ].join('\n'),
      names,
    ),
  );
}

/** The carrier: the house registers with it, and calls of the world come in to the address of the house. */
export function carrierFiles(pbx: string): TarEntry[] {
  return farSide(
    [
      `[${LINE.user}]\ntype=endpoint\ncontext=rings\nallow=!all,ulaw,alaw\nauth=${LINE.user}\naors=${LINE.user}`,
      `[${LINE.user}]\ntype=auth\nauth_type=userpass\nusername=${LINE.user}\npassword=${escaped(LINE.secret)}`,
      `[${LINE.user}]\ntype=aor\nmax_contacts=1\nremove_existing=yes`,
      `[world]\ntype=endpoint\ncontext=rings\nallow=!all,ulaw,alaw\nfrom_user=74957654321\naors=world`,
      `[world]\ntype=aor\ncontact=sip:${pbx}\n`,
    ].join('\n'),
  );
}

/** A message of voicemail as Asterisk leaves one. */
export function message(mailbox: string, number: string, from: string): TarEntry[] {
  const stem = `var/spool/asterisk/voicemail/default/${mailbox}/INBOX/msg${number}`;
  return [
    file(`${stem}.txt`, `[message]\ncallerid=${from}\norigtime=17959${number}\nduration=9\n`),
    file(`${stem}.wav`, `RIFF of ${from}`),
  ];
}
