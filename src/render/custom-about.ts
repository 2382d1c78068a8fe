import type { AboutBox, Peer } from '../asterisk/translate/translation.ts';
import { functionOf, sectionsOf } from '../model/custom-configuration.ts';
import type { Model } from '../model/kinds.ts';
import { renderedDialplan } from './custom-hook.ts';
import { offeredRoutines } from './custom-routine.ts';
import { carried } from './trunk.ts';

/** What the translation must know of the new box: who is called by which name, and which contexts are there. */
export function aboutBox(model: Model, rendered: ReadonlyMap<string, string>): AboutBox {
  const rest = renderedDialplan(rendered);
  return {
    ...aboutPeers(model),
    rest,
    end: 'app-blackhole,hangup,1',
    contexts: new Set([...rest.contexts.map((c) => c.name), ...offeredRoutines(model)]),
    functions: new Set(sectionsOf(model, 'func_odbc.conf').map(({ name, section }) => functionOf(name, section))),
    release: null,
    jumps: false,
  };
}

/** Who is called by which name. */
export function aboutPeers(model: Model): Pick<AboutBox, 'peers' | 'hosts' | 'lines'> {
  const trunks = Object.entries(model.trunk)
    .filter(([id]) => carried(model, id))
    .map(([, trunk]) => trunk);
  const hosts = trunks.flatMap((t): [string, string][] =>
    'peer' in t && t.technology === 'sip' && t.host !== null ? [[t.host, t.peer]] : [],
  );
  return {
    peers: new Map([...telephones(model), ...trunks.flatMap((t): [string, Peer][] => peerOf(t))]),
    hosts: new Map(hosts),
    lines: new Map(),
  };
}

function telephones(model: Model): [string, Peer][] {
  return Object.entries(model.device).flatMap(([name, { technology }]): [string, Peer][] =>
    technology === 'sip' ? [[name, { technology: 'PJSIP', name }]] : technology === 'iax2' ? [[name, { technology: 'IAX2', name }]] : [],
  );
}

function peerOf(trunk: Model['trunk'][string]): [string, Peer][] {
  if (trunk.technology === 'sip') return [[trunk.peer, { technology: 'PJSIP', name: trunk.peer }]];
  return trunk.technology === 'iax2' ? [[trunk.peer, { technology: 'IAX2', name: trunk.peer }]] : [];
}

/** Names that are others on the new box: trunks' variables, and the folders of prompts and scripts. */
export function forNewBox(model: Model, text: string): string {
  return withTrunks(model, text)
    .replaceAll('/var/lib/asterisk/agi-bin/', '')
    .replace(/\/var\/lib\/asterisk\/sounds\/(?=[\w-])/g, '');
}

/** `${OUT_3}/number`: FreePBX's global variables for its trunks, which hold a channel driver and a peer. */
function withTrunks(model: Model, text: string): string {
  return text.replace(/\$\{OUT_(\d+)\}(?=\/)/g, (variable, id: string) => {
    const trunk = model.trunk[id];
    if (trunk?.technology === 'sip') return `SIP/${trunk.peer}`;
    return trunk?.technology === 'iax2' ? `IAX2/${trunk.peer}` : variable;
  });
}
