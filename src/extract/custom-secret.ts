import { secretMark } from '../model/custom-dialplan.ts';

/** What comes before a secret in a line of hand-made dialplan, and the secret. */
const SECRETS: readonly RegExp[] = [
  // MYSQL(Connect id host user PASSWORD database): by blanks, in customs also by commas
  /(?<=\bMYSQL\(?\s*Connect[\s,|]+[^\s,|]+[\s,|]+[^\s,|]+[\s,|]+[^\s,|]+[\s,|]+)([^\s,|()]+)/gi,
  /(?<=^Connect[\s,|]+[^\s,|]+[\s,|]+[^\s,|]+[\s,|]+[^\s,|]+[\s,|]+)([^\s,|()]+)/gi,
  // IAX2/user:PASSWORD@host, http://user:PASSWORD@host
  /(?<=\b(?:IAX2?|SIP|PJSIP|H323)\/[^\s/:&,|@()]+:)([^\s/:&,|@()]+)(?=@)/gi,
  /(?<=\b[a-z][a-z+]*:\/\/[^\s/:@]+:)([^\s/@]+)(?=@)/gi,
  // curl -u user:PASSWORD, --user user:PASSWORD
  /(?<=\s(?:-u|--user)[\s=]+["']?[^\s:"']+:)([^\s"']+)/g,
  // mysql -pPASSWORD, sendEmail -xp PASSWORD, --password=PASSWORD
  /(?<=\bmysql\w*\s(?:.*\s)?-p)([^\s"')]+)/g,
  /(?<=\s-xp\s+["']?)([^\s"']+)/g,
  /(?<=--(?:password|passwd|secret|token|api-?key)[\s=]+["']?)([^\s"',)]+)/gi,
  // key=PASSWORD in addresses and in what is set
  /(?<=(?:^|[?&;\s,"'_(])[\w.-]*(?:passw(?:or)?d|pwd|passphrase|secret|token|api_?key|auth_?key|pin(?:_?code)?)=["']?)([^\s"'&,;()$|]+)/gi,
  /(?<=\b(?:Bearer|Basic)\s+)([\w.+/=~-]{6,})/g,
  // $["${PIN}" = "1234"]
  /(?<=\$\{[\w-]*(?:passw(?:or)?d|pwd|pin|secret|code)\w*\}"?\s*!?=\s*"?)([^\s"\]$?&|]+)/gi,
];

/** Applications whose first argument is a secret. */
const GUARDS = /^(?:authenticate|vmauthenticate|disa)$/i;

/** Takes the secrets out of the arguments of an application: marks stand for them, which `keep` numbers. */
export function maskSecrets(application: string, text: string, keep: (secret: string) => number): string {
  let masked = text;
  if (GUARDS.test(application) && !/^vm/i.test(application)) {
    // a path names a file with the codes in it, and `no-password` is none
    masked = masked.replace(/^(?!no-password)([^\s,|/$][^,|$]*)/i, (secret) => secretMark(keep(secret)));
  }
  for (const pattern of SECRETS) {
    masked = masked.replace(pattern, (secret) => (/^%secret\d+%$/.test(secret) ? secret : secretMark(keep(secret))));
  }
  return masked;
}
