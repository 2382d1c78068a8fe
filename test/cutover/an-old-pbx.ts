import type { TarEntry } from '../../src/engine/container.ts';

const file = (path: string, text: string): TarEntry => ({ path, content: Buffer.from(text), mode: 0o644 });

/** An old PBX with two telephones of chan_sip, whose names and passwords are those of the house. */
export function oldPbxFiles(passwords: Readonly<Record<string, string>>): TarEntry[] {
  const phones = Object.entries(passwords).map(
    ([name, secret]) => `[${name}]\ntype=friend\nhost=dynamic\nsecret=${secret.replaceAll(';', '\\;')}\ncontext=from-internal\n`,
  );
  return [
    file('etc/asterisk/asterisk.conf', '[directories]\n'),
    file('etc/asterisk/modules.conf', '[modules]\nautoload=yes\n'),
    file('etc/asterisk/sip.conf', `[general]\nbindport=5060\n${phones.join('')}`),
    file('etc/asterisk/extensions.conf', '[from-internal]\nexten => _1XX,1,Dial(SIP/${EXTEN})\n'),
    file('etc/asterisk/logger.conf', '[logfiles]\nmessages => notice,warning,error\n'),
  ];
}

/** The telephones: they register at one address for an hour, and take every call. Each call that comes is a line of /tmp/rang. */
export function telephoneFiles(passwords: Readonly<Record<string, string>>, server: string): TarEntry[] {
  const one = ([name, secret]: [string, string]): string =>
    [
      `[${name}-registration]\ntype=registration\nserver_uri=sip:${server}\nclient_uri=sip:${name}@${server}\ncontact_user=${name}`,
      `outbound_auth=${name}-auth\nexpiration=3600\nretry_interval=2\n[${name}-auth]\ntype=auth\nauth_type=userpass\nusername=${name}`,
      `password=${secret.replaceAll(';', '\\;')}\n`,
    ].join('\n');
  return [
    file('etc/asterisk/asterisk.conf', '[directories]\n'),
    file('etc/asterisk/modules.conf', '[modules]\nautoload=yes\nnoload=chan_iax2.so\nnoload=app_voicemail_odbc.so\n'),
    file(
      'etc/asterisk/pjsip.conf',
      `[transport]\ntype=transport\nprotocol=udp\nbind=0.0.0.0:5060\n[anonymous]\ntype=endpoint\ncontext=rings\nallow=!all,ulaw,alaw\n${Object.entries(passwords).map(one).join('')}`,
    ),
    file(
      'etc/asterisk/extensions.conf',
      '[rings]\nexten => _X.,1,System(echo ${EXTEN} >> /tmp/rang)\n same => n,Answer()\n same => n,Wait(200)\n',
    ),
  ];
}

/** A message of voicemail as Asterisk leaves one. */
export function message(mailbox: string, number: string, from: string): TarEntry[] {
  const stem = `var/spool/asterisk/voicemail/default/${mailbox}/INBOX/msg${number}`;
  return [
    file(`${stem}.txt`, `[message]\ncallerid=${from}\norigtime=17959${number}\nduration=9\n`),
    file(`${stem}.wav`, `RIFF of ${from}`),
  ];
}
