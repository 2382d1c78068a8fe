import { parseAstDbText } from '../../box/astdb.ts';
import { MigrateError } from '../../error.ts';
import { hasOwnClass } from '../own-class.ts';
import { quoted, said } from './machine.ts';
import type { Sides } from './sides.ts';
import { type Step, scriptStep } from './step.ts';
import { consoleScript } from './user-state.ts';

/** By which addresses the two PBXs reach each other while some telephones are on the one and the rest is on the other. */
export interface Between {
  readonly old: string;
  readonly new: string;
}

/** The new PBX, as chan_sip of the old one knows it: by its address alone. Its calls come in as those of telephones do, under the number that the new PBX tells. */
const PEER = 'new-pbx';
const PEER_FILE = '/etc/asterisk/sip_custom.conf';

/**
 * Telephones that are served by the new PBX, by name; without any the new PBX serves none. With `between` they and the rest reach each other.
 * The old PBX rings a telephone by what its AstDB has under DEVICE/NAME/dial, so calls of queues, groups and numbers there reach a pilot as well.
 * Source: FreePBX 2.3 to 2.11, core/functions.inc.php, core_devices_add; dialparties.agi.
 */
export function pilotSteps(s: Sides, pilots: readonly string[], between: Between | null): Step[] {
  const served = ['pbx-config pilot', ...pilots.map(quoted)].join(' ');
  const says = 'these telephones are served by the new PBX';
  if (between !== null) refuseOwnClass(s, pilots);
  const trunk = `pbx-config trunk ${between?.old ?? ''}`.trim();
  return [
    ...(between === null ? [] : [peer(s, between)]),
    ...(between === null && Object.keys(s.journal.state.pilotDials).length === 0 ? [] : [dials(s, between === null ? [] : pilots)]),
    scriptStep({ id: 'trunk', says: 'the new PBX knows the old one', on: s.new, script: trunk, result: between?.old ?? 'it does not' }),
    scriptStep({ id: 'pilots', says, on: s.new, script: served, result: `${pilots.length} telephones` }),
  ];
}

/** Where the old PBX takes all calls of the new one as those of telephones that may dial everything, one that may not would. */
function refuseOwnClass({ build }: Sides, pilots: readonly string[]): void {
  const own = pilots.find((name) => hasOwnClass(build.model, name));
  if (own === undefined) return;
  throw new MigrateError({
    code: 'E_PILOT',
    where: `device/${own}`,
    why: 'it has a class of service of its own, which the old PBX would not apply to what comes by way of the new one',
    hint: 'Leave this telephone for the cutover, or serve it without --between.',
  });
}

/** What an administrator would add to the old box. Given once more, it stays as it is. */
function peer(s: Sides, between: Between): Step {
  const lines = [
    `[${PEER}]`,
    'type=peer',
    `host=${between.new}`,
    'context=from-internal',
    'insecure=port,invite',
    'deny=0.0.0.0/0.0.0.0',
    `permit=${between.new}/255.255.255.255`,
    'fromuser=old-pbx',
    'sendrpid=yes',
    'trustrpid=yes',
    'disallow=all',
    'allow=alaw',
    'allow=ulaw',
  ];
  const add = `printf '%s\\n' '' ${lines.map(quoted).join(' ')} >> ${PEER_FILE}`;
  const script = `grep -qs '^\\[${PEER}\\]' ${PEER_FILE} || ${add}\nasterisk -rx 'sip reload' > /dev/null`;
  const says = `the old PBX knows the new one (${PEER_FILE})`;
  return scriptStep({ id: 'peer', says, on: s.old, script, writesOld: true, result: between.new });
}

/** Pilots are rung by way of the new PBX; who is none any more, as before. */
function dials(s: Sides, pilots: readonly string[]): Step {
  const show = "asterisk -rx 'database show DEVICE'";
  return {
    id: 'dials',
    says: 'the old PBX rings pilots by way of the new one',
    writesOld: true,
    lines: [
      { on: s.old, script: show },
      { on: s.old, script: `asterisk -rx 'database put DEVICE NAME/dial SIP/${PEER}/NUMBER'` },
    ],
    run: async () => {
      const held = dialsOf(await said(s.old, show));
      const before = s.journal.state.pilotDials;
      const back = Object.entries(before).filter(([name]) => !pilots.includes(name));
      const there = pilots.map((name) => ({ name, number: numberOf(s, name), dial: before[name] ?? held.get(name) }));
      const unknown = there.find(({ dial }) => dial === undefined);
      if (unknown !== undefined) throw notThere(s, unknown.name);
      // known on the disc before anything is changed: the way back
      await s.journal.keep({ pilotDials: { ...before, ...Object.fromEntries(there.map(({ name, dial }) => [name, dial ?? ''])) } });
      const puts = [...back, ...there.map(({ name, number }) => [name, `SIP/${PEER}/${number}`] as const)];
      await said(s.old, 'sh -s', consoleScript(puts.map(([name, dial]) => `database put DEVICE ${name}/dial ${dial}`)));
      await s.journal.keep({ pilotDials: Object.fromEntries(there.map(({ name, dial }) => [name, dial ?? ''])) });
      return `${pilots.length} by way of the new PBX, ${back.length} as before`;
    },
  };
}

/** Dial strings by name of the telephone, from what `database show DEVICE` prints: '/DEVICE/101/dial : SIP/101'. */
export function dialsOf(text: string): ReadonlyMap<string, string> {
  const rows = parseAstDbText(Buffer.from(text)).flatMap(({ family, key, value }) => {
    const name = family === 'DEVICE' ? /^([\w.-]+)\/dial$/.exec(key)?.[1] : undefined;
    return name === undefined || !/^[\w./@+-]+$/.test(value) ? [] : [[name, value] as const];
  });
  return new Map(rows);
}

function numberOf({ build }: Sides, name: string): string {
  return build.model.device[name]?.extension ?? name;
}

function notThere({ old }: Sides, name: string): MigrateError {
  return new MigrateError({
    code: 'E_PILOT',
    where: old.name,
    why: `the old PBX has no telephone '${name}' in its AstDB (DEVICE/${name}/dial)`,
    hint: 'Name telephones that the old PBX rings, as `database show DEVICE` has them.',
  });
}
