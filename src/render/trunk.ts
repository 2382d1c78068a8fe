import { finding } from '../finding.ts';
import { isReadable, patternLength } from '../model/dial-pattern.ts';
import type { Model } from '../model/kinds.ts';
import { entryOf, leadsInto, type Trunk } from '../model/trunk.ts';
import { hookAt } from './custom-hook.ts';
import { place } from './place.ts';
import { routePrompts } from './route-message.ts';
import { defineView, type Notes } from './view.ts';

/** extensions.d/trunk.conf: how a number goes out through each trunk. */
export const trunkView = defineView({
  file: 'etc/asterisk/extensions.d/trunk.conf',
  data: (model, notes) => {
    const ids = Object.keys(model.trunk);
    notes.from(...ids.map((id) => ({ kind: 'trunk' as const, id })));
    for (const id of ids) report(model, id, model.trunk[id] as Trunk, notes);
    const company = Object.values(model['outbound-route'])
      .filter((r) => r.intraCompany)
      .flatMap((r) => r.trunks);
    return {
      trunks: ids.filter((id) => carried(model, id)).map((id) => section(model, id, company.includes(id))),
      unanswered: routePrompts(model, 'unanswered'),
      incomplete: routePrompts(model, 'incomplete'),
      ends: [...new Set([...ids, ...destinationTrunks(model)])].map((id) => ({
        id,
        carried: carried(model, id),
        why: carried(model, id) ? '' : whyNot(model, id),
      })),
      behind: ids.flatMap((id) => linesBehind(model, id, notes)),
      ownCallerIds: Object.entries(model.extension)
        .filter(([, e]) => e.outboundCallerId !== null && e.outboundCallerId !== '')
        .map(([id, e]) => ({ id, callerId: e.outboundCallerId })),
    };
  },
});

function destinationTrunks(model: Model): string[] {
  return Object.values(model['inbound-route']).flatMap((r) => (r.destination.to === 'trunk' ? [r.destination.id] : []));
}

/** Whether calls can go out through a trunk: it is switched on and this Asterisk has the driver for it. */
export function carried(model: Model, id: string): boolean {
  const trunk = model.trunk[id];
  return trunk !== undefined && !trunk.disabled && dialOf(model, trunk) !== null;
}

/** Why a route passes a trunk by, for its comment. */
export function whyNot(model: Model, id: string): string {
  const trunk = model.trunk[id];
  if (trunk === undefined) return 'there is no such trunk';
  if (trunk.disabled) return 'switched off';
  return trunk.technology === 'custom' ? `no such peer or driver here: ${trunk.dial}` : `no driver for ${trunk.technology} here`;
}

/** Dial's argument in two parts, around the number; null where there is no driver or no peer. */
function dialOf(model: Model, trunk: Trunk): { before: string; after: string } | null {
  const name = 'peer' in trunk && /^[\w.-]+$/.test(trunk.peer) ? trunk.peer : null;
  if (trunk.technology === 'sip' && name !== null && (trunk.host !== null || trunk.technology === 'sip'))
    return { before: `PJSIP/${trunk.dialPrefix}`, after: `@${name}` };
  if (trunk.technology === 'iax2' && name !== null && trunk.host !== null) return { before: `IAX2/${name}/${trunk.dialPrefix}`, after: '' };
  return trunk.technology === 'custom' ? customDial(model, trunk.dial, trunk.dialPrefix) : null;
}

/** 'SIP/$OUTNUM$@gsmgate' where some trunk of the model is the peer gsmgate; Local goes on in the dialplan. */
function customDial(model: Model, dial: string, prefix: string): { before: string; after: string } | null {
  const parts = dial.split('$OUTNUM$');
  if (parts.length !== 2 || !/^[\w/@.+-]*$/.test(parts.join(''))) return null;
  const [before = '', after = ''] = parts;
  const local = /^local\/(\d*)$/i.exec(before);
  if (local !== null && leadsInto(dial, (context) => context in model['custom-dialplan']) !== null)
    return { before: `Local/${local[1]}${prefix}`, after };
  const iax = /^IAX2\/([\w.-]+)\/(\d*)$/i.exec(before);
  if (iax !== null && after === '') return iaxDial(model, iax[1] ?? '', `${iax[2]}${prefix}`);
  const byAt = /^SIP\/(\d*)$/i.exec(before);
  const peer = byAt === null ? /^SIP\/([\w.-]+)\/(\d*)$/i.exec(before) : /^@([\w.-]+)$/.exec(after);
  const name = peer?.[1] ?? '';
  const digits = byAt === null ? (peer?.[2] ?? '') : (byAt[1] ?? '');
  const exists = Object.values(model.trunk).some((t) => t.technology === 'sip' && !t.disabled && t.peer === name);
  return exists && (byAt !== null || after === '') ? { before: `PJSIP/${digits}${prefix}`, after: `@${name}` } : null;
}

/** 'IAX2/branch/$OUTNUM$' where some trunk of the model is the peer branch. */
function iaxDial(model: Model, peer: string, digits: string): { before: string; after: string } | null {
  const exists = Object.values(model.trunk).some((t) => t.technology === 'iax2' && !t.disabled && t.peer === peer);
  return exists ? { before: `IAX2/${peer}/${digits}`, after: '' } : null;
}

const POLICIES = { any: '', 'no-foreign': 'no-foreign', 'number-only': 'number-only', always: 'always' } as const;

function section(model: Model, id: string, company: boolean): object {
  const trunk = model.trunk[id] as Trunk;
  const dial = dialOf(model, trunk) as { before: string; after: string };
  return {
    id,
    name: trunk.name,
    callerId: trunk.callerId,
    policy: POLICIES[trunk.callerIdPolicy],
    policyText: trunk.callerIdPolicy === 'any' ? '' : trunk.callerIdPolicy,
    maxChannels: trunk.maxChannels !== null && trunk.maxChannels > 0 ? trunk.maxChannels : null,
    company,
    ...dial,
    dialsOn: dial.before.startsWith('Local/'),
    hook: hookAt(model, 'before-trunk'),
    prefix: trunk.dialPrefix,
    bare: dial.before.endsWith(trunk.dialPrefix) ? dial.before.slice(0, dial.before.length - trunk.dialPrefix.length) : dial.before,
    rules: trunk.dialRules
      .filter((r) => usable(r.prefix + r.match) && /^[\w+*#]*$/.test(r.prepend))
      .map((r, i) => ({
        number: i + 1,
        trunk: id,
        pattern: `_${r.prefix}${r.match}`,
        prepend: r.prepend,
        cut: patternLength(r.prefix),
        text: `${r.prefix}${r.match} is sent as ${r.prepend}${r.match}`,
      })),
    continues: trunk.continueOnFailure,
  };
}

function usable(pattern: string): boolean {
  return /^[0-9A-Za-z+*#.!\u005b\u005d-]+$/.test(pattern) && isReadable(pattern);
}

/** Calls of analog lines behind a gateway: a line's name stands for the number that is called on it. */
function linesBehind(model: Model, id: string, notes: Notes): object[] {
  const trunk = model.trunk[id];
  if (trunk?.technology !== 'sip' || trunk.disabled || trunk.lines.length === 0) return [];
  const held = trunk.lines.filter(
    (l, i, all) => WRITABLE.test(l.line) && WRITABLE.test(l.number) && all.findIndex((o) => o.line === l.line) === i,
  );
  for (const { line, number } of trunk.lines.filter((l) => !held.includes(l))) {
    const means = `calls on line '${line}' of trunk ${id} are not those of '${number}': a dialplan line cannot hold one of the two, or another line has that name`;
    notes.finding(finding('NUMBER_NOT_RENDERED', { about: { kind: 'trunk', id }, where: line, means }));
  }
  return [
    {
      id,
      name: trunk.name,
      context: trunk.context,
      entry: entryOf(id, trunk),
      lines: held.map((l) => ({ ...l, to: place(trunk.context, l.number) })),
    },
  ];
}

const WRITABLE = /^[0-9A-Za-z+*#]+$/;

function report(model: Model, id: string, trunk: Trunk, notes: Notes): void {
  const about = { kind: 'trunk' as const, id };
  if (trunk.disabled || carried(model, id)) return;
  const routes = Object.entries(model['outbound-route'])
    .filter(([, r]) => r.trunks.includes(id))
    .map(([, r]) => r.name);
  notes.finding(
    finding('TRUNK_NOT_CARRIED', {
      about,
      where: `technology ${trunk.technology}`,
      means: `no call goes out through '${trunk.name}' (${whyNot(model, id)})${routes.length === 0 ? '' : `; routes ${routes.join(', ')} go on to their next trunk`}`,
    }),
  );
}
