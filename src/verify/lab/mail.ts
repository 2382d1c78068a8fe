import type { Container, TarEntry } from '../../engine/container.ts';

/** A mail that the PBX sent. */
export interface Mail {
  /** Addresses that the envelope names. */
  readonly to: readonly string[];
  readonly from: string;
  /** As it came, headers and all. */
  readonly text: string;
}

const FOLDER = 'var/mail-lab';
const SERVER = 'usr/local/bin/mail-sink';

/** One session of a mail server that takes everything and passes nothing on. A file a mail: the envelope's lines, an empty one, the mail. */
const SESSION = `#!/bin/bash
say() { printf '%s\\r\\n' "$1"; }
say '220 lab ESMTP'
envelope=
while IFS= read -r line; do
  line=\${line%$'\\r'}
  case \${line^^} in
    MAIL\\ FROM:*) envelope="from \${line:10}"; say '250 OK' ;;
    RCPT\\ TO:*) envelope+=$'\\n'"to \${line:8}"; say '250 OK' ;;
    DATA)
      say '354 go on'
      file=$(mktemp /${FOLDER}/.XXXXXXXX)
      printf '%s\\n\\n' "$envelope" > "$file"
      while IFS= read -r line && [ "\${line%$'\\r'}" != . ]; do printf '%s\\n' "\${line%$'\\r'}"; done >> "$file"
      mv "$file" "/${FOLDER}/$(basename "$file" | tr -d .).mail"
      say '250 kept' ;;
    QUIT) say '221 bye'; exit ;;
    *) say '250 OK' ;;
  esac
done
`;

/** What the container of the mail server needs, beside bash and socat. */
export const MAIL_FILES: readonly TarEntry[] = [
  { path: SERVER, content: Buffer.from(SESSION), mode: 0o755 },
  { path: FOLDER, content: null, mode: 0o755 },
];

/** Its program. */
export const MAIL_SERVER = ['socat', 'TCP-LISTEN:25,fork,reuseaddr', `EXEC:/${SERVER}`];

/** All mail that has arrived, in no order. */
export async function arrived(server: Container): Promise<Mail[]> {
  const mails: Mail[] = [];
  for await (const { path, content } of server.get(`/${FOLDER}`)) {
    if (path.endsWith('.mail') && content !== null) mails.push(parseMail(Buffer.from(content).toString('utf8')));
  }
  return mails;
}

export function parseMail(kept: string): Mail {
  const end = kept.indexOf('\n\n');
  const envelope = kept.slice(0, end).split('\n');
  const addresses = (name: string): string[] =>
    envelope.flatMap((line) => (line.startsWith(`${name} `) ? [/<([^>]*)>/.exec(line)?.[1] ?? line.slice(name.length + 1).trim()] : []));
  return { to: addresses('to'), from: addresses('from')[0] ?? '', text: kept.slice(end + 2) };
}
