import { createHash, randomUUID } from 'node:crypto';
import type { Container } from '../../src/engine/container.ts';

/** What a carrier hears that never answers: all that comes to its port. */
export const LISTENER = ['socat', '-u', 'UDP-RECV:5060', 'STDOUT'];

/** Sends what comes on stdin, and prints the answer to it: a NOTIFY about the mailbox may come before. */
const ASK = `exec 3<> /dev/udp/"$1"/5060; dd bs=64k count=1 iflag=fullblock status=none >&3
for n in 1 2 3 4 5; do
  packet=$(timeout 5 dd bs=64k count=1 status=none <&3) || exit 0
  case $packet in SIP/2.0*) printf %s "$packet"; exit ;; esac
done`;

function aRegister(name: string, more: readonly string[]): string {
  const id = randomUUID();
  const lines = [
    'REGISTER sip:pbx SIP/2.0',
    `Via: SIP/2.0/UDP 127.0.0.1:5099;rport;branch=z9hG4bK${id}`,
    `From: <sip:${name}@pbx>;tag=${id}`,
    `To: <sip:${name}@pbx>`,
    `Call-ID: ${id}`,
    'CSeq: 1 REGISTER',
    `Contact: <sip:${name}@127.0.0.1:5099>`,
    'Max-Forwards: 70',
    ...more,
    'Content-Length: 0',
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** Answers a challenge, as RFC 2617 has it. */
function authorization(name: string, password: string, challenge: string): string {
  const asked = /^WWW-Authenticate: Digest (.*algorithm=MD5.*)$/im.exec(challenge)?.[1] ?? '';
  const given = (key: string): string => new RegExp(`${key}="([^"]*)"`).exec(asked)?.[1] ?? '';
  const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
  const proof = [md5(`${name}:${given('realm')}:${password}`), given('nonce'), '00000001', 'c', 'auth', md5('REGISTER:sip:pbx')];
  const fields = {
    username: name,
    realm: given('realm'),
    nonce: given('nonce'),
    opaque: given('opaque'),
    uri: 'sip:pbx',
    cnonce: 'c',
    response: md5(proof.join(':')),
  };
  const text = Object.entries(fields).map(([key, value]) => `${key}="${value}"`);
  return `Authorization: Digest ${text.join(', ')}, algorithm=MD5, qop=auth, nc=00000001`;
}

/** Status of a REGISTER that a telephone sends from a container with its password, after it was asked for it; '' where nobody answers. */
export async function registering(from: Container, pbx: string, name: string, password: string): Promise<string> {
  const send = async (more: string[]): Promise<string> => {
    const stdin = Buffer.from(aRegister(name, more));
    return (await from.exec(['bash', '-c', ASK, 'ask', pbx], { stdin })).out;
  };
  return (await send([authorization(name, password, await send([]))])).split('\r\n')[0] ?? '';
}
