import { parseConf } from '../../asterisk/conf.ts';
import { escapeSection } from '../../asterisk/escape.ts';
import type { Build } from '../../model/build.ts';
import type { Installed } from './installed.ts';

/** What turns a telephone away, whatever its section says before: the last word of a list of networks counts. */
const TURNED_AWAY = {
  pjsip_wizard: 'endpoint/deny = 0.0.0.0/0.0.0.0',
  iax: 'deny = 0.0.0.0/0.0.0.0',
} as const;

/** Telephones by name, each with the number by which it is reached: `pbx-config` tells by it which numbers are the pilots'. */
export function telephonesFile({ model }: Pick<Build, 'model'>): Installed {
  const lines = Object.entries(model.device).flatMap(([name, { extension }]) => (extension === null ? [] : [`${name} ${extension}\n`]));
  return { path: 'usr/share/pbx-config/telephones', content: Buffer.from(lines.join('')), mode: 0o644 };
}

/**
 * Files that turn away each telephone of the build, a section each, until the cutover: `pbx-config` leaves out the pilots' and includes the rest at the end of
 * pjsip_wizard.conf and iax.conf. Source: res_pjsip_acl.c and acl.c, where the last rule that matches decides.
 */
export function quietFiles(build: Pick<Build, 'entries' | 'model'>): Installed[] {
  const kinds = { pjsip_wizard: 'sip', iax: 'iax2' } as const;
  return (['pjsip_wizard', 'iax'] as const).flatMap((name) => {
    const file = build.entries.find((e) => e.path === `etc/asterisk/${name}.conf`);
    if (file === undefined) return [];
    const text = Buffer.from(file.content ?? '').toString('utf8');
    const held = parseConf(text, `${name}.conf`).sections.filter((s) => !s.template);
    const telephones = held.map((s) => s.name).filter((id) => build.model.device[id]?.technology === kinds[name]);
    const sections = telephones.map((id) => `[${escapeSection(id)}](+)\n${TURNED_AWAY[name]}\n`);
    return [{ path: `usr/share/pbx-config/quiet/${name}.conf`, content: Buffer.from(sections.join('')), mode: 0o644 }];
  });
}
