import { said } from './machine.ts';
import type { Sides } from './sides.ts';
import type { Step } from './step.ts';

/** The web server of CentOS and of Debian; a box without one has nothing to stop. */
const web = (what: 'stop' | 'start'): string =>
  `for name in httpd apache2; do if [ -x /etc/init.d/$name ]; then /etc/init.d/$name ${what} > /dev/null && echo "$name: ${what}"; fi; done; true`;
export const WEB_STARTS = web('start');

/** Nobody changes the old PBX by its web pages any more, so that what was verified stays what it is. Calls go on. */
export function freezeSteps(s: Sides): Step[] {
  const script = web('stop');
  return [
    {
      id: 'web-stops',
      says: 'the web pages of the old PBX are closed',
      writesOld: true,
      lines: [{ on: s.old, script }],
      run: async () => (await said(s.old, script)).trim() || 'there was no web server',
    },
  ];
}
