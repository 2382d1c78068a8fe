/**
 * A step that leads where nothing is, with the end of the call in the place of what is not there; where the place is not written out, a step that ends, or that says that
 * nobody was reached.
 * @param place As it is written; null where it is known only when a call comes.
 * @param end `context,extension,priority` at which a call ends without a line in Asterisk's log.
 */
export function ended(text: string, place: string | null, end: string): string {
  const literal = (place ?? '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const led = new RegExp(`(?<=[(?:])\\s*${literal}\\s*(?=[):]|\\(|$)`);
  // the end takes no arguments of a Gosub
  if (literal !== '' && led.test(text)) return text.replace(led, end).replace(new RegExp(`(?<=Gosub\\(${end})\\([^)]*\\)`), '');
  const [, step = ''] = /^(\s*(?:exten\s*=>?\s*(?:\[[^\]]*\]|[^,[])+,|same\s*=>?\s*)\s*[^,]+,)/.exec(text) ?? [];
  if (step === '') return text;
  return `${step}${/,\s*Dial\(/i.test(text) ? 'Set(DIALSTATUS=CHANUNAVAIL)' : 'Hangup()'}`;
}
