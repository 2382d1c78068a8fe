/** Before the number of a call that the lab sends into a context of the site which a dialler or a script enters; then four digits for its name, and again a star. */
const INTO = 'at*';
const STEP = /^at\*\d{4}\*/;
const MOST = 10_000;

/** What to dial so that the call is at this number in a context: the lab's dialplan takes the rest off. */
export function dialInto(context: string, number: string): string {
  return `${INTO}${code(context)}*${number}`;
}

/** Whether an extension is the lab's own, by which a call is sent into a context. */
export function isInto(extension: string): boolean {
  return STEP.test(extension);
}

/** Extensions for from-internal, one a context. Two names with one code would be one: the second is left out. */
export function intoDialplan(contexts: readonly string[]): string {
  const byCode = new Map([...contexts].reverse().map((name) => [code(name), name]));
  const cut = INTO.length + 5;
  return [...byCode].map(([digits, name]) => `exten = _${INTO}${digits}*.,1,Goto(${name},\${EXTEN:${cut}},1)\n`).join('');
}

/** File of a build that holds the site's own dialplan. */
export const CUSTOM_DIALPLAN = 'etc/asterisk/extensions.d/custom.conf';

/** Contexts of the site, by the text of that file: those that diallers and scripts may enter. */
export function contextsOfSite(text: string): string[] {
  return [...text.matchAll(/^\[([\w-]+)\]$/gm)].map((m) => m[1] ?? '');
}

function code(name: string): string {
  let hash = 0;
  for (const c of name) hash = (Math.imul(hash, 31) + (c.codePointAt(0) ?? 0)) >>> 0;
  return String(hash % MOST).padStart(4, '0');
}
