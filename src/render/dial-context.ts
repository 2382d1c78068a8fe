import { finding } from '../finding.ts';
import type { Model } from '../model/kinds.ts';
import { type Ref, ref } from '../model/ref.ts';
import type { Notes } from './view.ts';

/** A context that telephones or carriers may enter, by the name that Elastix gave it. */
export interface DialContext {
  readonly name: string;
  /** inside: reaches everything. known: a class of service of the model. class: a class of service that the model does not know. trunk: a carrier's own, which counts its calls. foreign: a trunk's, unknown. custom: the site's own dialplan. */
  readonly is: 'fixed' | 'known' | 'class' | 'trunk' | 'foreign' | 'custom';
  /** The trunk, where it is a carrier's own. */
  readonly trunk: string | null;
  readonly users: readonly Ref[];
}

/** Contexts that are always there (templates/etc/asterisk/extensions.conf.hbs and extensions.d). */
export const FIXED_CONTEXTS: readonly string[] = [
  'from-internal',
  'from-internal-xfer',
  'from-did-direct',
  'from-trunk',
  'from-pstn',
  'from-sip-external',
  'ext-local',
  'ext-group',
  'outbound-allroutes',
  'app-blackhole',
  'default',
];

/** All contexts that may be entered from outside the dialplan, those of the model's devices and trunks among them, in order of their names. */
export function dialContexts(model: Model): DialContext[] {
  const contexts = new Map<string, DialContext>(FIXED_CONTEXTS.map((name) => [name, { name, is: 'fixed', trunk: null, users: [] }]));
  for (const name of Object.keys(model['class-of-service']))
    if (!contexts.has(name)) contexts.set(name, { name, is: 'known', trunk: null, users: [] });
  for (const [id, device] of Object.entries(model.device)) {
    if ('context' in device)
      add(contexts, {
        name: device.context,
        is: isCustom(model, device.context) ? 'custom' : 'class',
        trunk: null,
        users: [ref('device', id)],
      });
  }
  for (const [id, trunk] of Object.entries(model.trunk)) {
    if (!('context' in trunk) || trunk.disabled) continue;
    // Elastix makes from-trunk-<technology>-<name> itself: it counts the trunk's calls and goes on to from-trunk
    const own = trunk.context === `from-trunk-${trunk.technology}-${trunk.peer}`;
    add(contexts, {
      name: trunk.context,
      is: own ? 'trunk' : isCustom(model, trunk.context) ? 'custom' : 'foreign',
      trunk: own ? id : null,
      users: [ref('trunk', id)],
    });
  }
  return [...contexts.values()];
}

function isCustom(model: Model, context: string): boolean {
  return model['custom-dialplan'][context] !== undefined;
}

function add(contexts: Map<string, DialContext>, c: DialContext): void {
  const known = contexts.get(c.name);
  contexts.set(c.name, known === undefined ? c : { ...known, users: [...known.users, ...c.users] });
}

/** Says which of them are not what the old box had. */
export function reportContexts(contexts: readonly DialContext[], notes: Notes): void {
  for (const c of contexts) {
    const [first] = c.users;
    const users = c.users.map((u) => u.id).join(', ');
    if (c.is === 'class') {
      notes.finding(
        finding('DEVICE_CONTEXT_UNKNOWN', {
          ...(first === undefined ? {} : { about: first }),
          where: c.name,
          means: `telephones in the class of service '${c.name}' (${users}) reach internal numbers only, whatever it allowed or forbade`,
        }),
      );
    } else if (c.is === 'foreign') {
      notes.finding(
        finding('CONTEXT_NOT_CARRIED', {
          ...(first === undefined ? {} : { about: first }),
          where: c.name,
          means: `calls of trunk ${users} came into the hand-made context '${c.name}'; now they come in like those of any carrier, through from-trunk`,
        }),
      );
    }
  }
}
