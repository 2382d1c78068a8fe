import type { Sides } from './sides.ts';
import { type Step, scriptStep } from './step.ts';

/** The web server of CentOS and of Debian; a box without one has nothing to stop. */
const web = (what: 'stop' | 'start'): string =>
  `for name in httpd apache2; do if [ -x /etc/init.d/$name ]; then /etc/init.d/$name ${what} > /dev/null && echo "$name: ${what}"; fi; done; true`;
export const WEB_STARTS = web('start');

/** Nobody changes the old PBX by its web pages any more, so that what was verified stays what it is. Calls go on. */
export function freezeSteps(s: Sides): Step[] {
  const says = 'the web pages of the old PBX are closed';
  return [scriptStep({ id: 'web-stops', says, on: s.old, script: web('stop'), writesOld: true, result: 'there was no web server' })];
}
