import { silentContext } from '../../src/context.ts';
import type { Finding } from '../../src/finding.ts';
import { emptyModel, type Model, type ModelKind, modelKinds } from '../../src/model/kinds.ts';
import { type RenderedFile, renderModel } from '../../src/render/render.ts';

/** Objects as they stand in the model's files. */
export type Some = Partial<Record<ModelKind, Record<string, object>>> & { secrets?: Record<string, string> };

/** A model from what its files would hold: only what matters is said, the rest is as a file that leaves it out. */
export function pbx(some: Some): Model {
  const model: Record<string, unknown> = { ...emptyModel(), secrets: some.secrets ?? {} };
  for (const [kind, objects] of Object.entries(some)) {
    if (kind === 'secrets') continue;
    const schema = modelKinds[kind as ModelKind];
    model[kind] = Object.fromEntries(Object.entries(objects ?? {}).map(([id, o]) => [id, schema.decode(o as never)]));
  }
  return model as unknown as Model;
}

/** A house with two telephones, one carrier and a group. */
export const smallHouse: Some = {
  settings: { pbx: { timeZone: 'Europe/Moscow', toneZone: 'ru' } },
  extension: {
    '101': { name: 'Reception', devices: ['101'] },
    '102': { name: 'Dr. "Bones" McCoy', devices: ['102'], voicemail: '102@default', ringSeconds: '20' },
  },
  device: {
    '101': { technology: 'sip', extension: '101', description: 'Reception' },
    '102': { technology: 'sip', extension: '102', description: 'Doctor', mailbox: '102@device' },
  },
  mailbox: { '102@default': { name: 'McCoy, Bones', email: 'bones@house.example' } },
  trunk: {
    '1': {
      technology: 'sip',
      name: 'Carrier',
      peer: 'carrier',
      host: '192.0.2.10',
      port: '5062',
      username: 'house',
      callerId: '74951234500',
      maxChannels: '10',
      dialRules: [{ match: 'XXXXXXX', prepend: '7495' }],
      registrations: [{ host: 'sip.carrier.example', user: 'house' }],
    },
  },
  'outbound-route': { '1': { name: 'City', position: '0', patterns: [{ prefix: '9', match: '.' }], trunks: ['1'] } },
  'inbound-route': {
    '74951234500/any': { did: '74951234500', destination: { to: 'ring-group', id: '600' } },
    'any/any': { destination: { to: 'extension', id: '101', by: 'direct' } },
  },
  'ring-group': { '600': { description: 'Desk', strategy: 'ringall', ringSeconds: '20', members: [{ number: '101' }, { number: '102' }] } },
  secrets: {
    'device/101/sip': 'p;w#1=a\\b',
    'device/102/sip': 'quo"te,com ma',
    'trunk/1/outbound': 'Tr;unk#1',
    'trunk/1/registration/0': 'Re;g#1',
    'mailbox/102@default/pin': '4102',
  },
};

export interface Tree {
  readonly files: readonly RenderedFile[];
  readonly findings: readonly Finding[];
  /** Text of a file below etc/asterisk. @throws Error where it was not rendered */
  text(name: string): string;
  has(name: string): boolean;
  codes(): string[];
}

export async function treeOf(some: Some, live = false): Promise<Tree> {
  const { files, findings } = await renderModel(pbx(some), { live }, silentContext());
  const find = (name: string): RenderedFile | undefined => files.find((f) => f.path === `etc/asterisk/${name}`);
  return {
    files,
    findings,
    has: (name) => find(name) !== undefined,
    text: (name) => {
      const file = find(name);
      if (file === undefined) throw new Error(`${name} was not rendered`);
      return String(file.content);
    },
    codes: () => findings.map((f) => f.code),
  };
}

/** The lines of one context, without comments and empty lines. */
export function contextOf(text: string, name: string): string[] {
  const lines = text.split('\n');
  const from = lines.indexOf(`[${name}]`);
  if (from < 0) return [];
  const rest = lines.slice(from + 1);
  const to = rest.findIndex((l) => l.startsWith('['));
  return (to < 0 ? rest : rest.slice(0, to)).map((l) => l.trim()).filter((l) => l !== '' && !l.startsWith(';'));
}

/** The house with something changed in one of its objects. */
export function houseWith(kind: ModelKind, id: string, change: object): Some {
  const objects = smallHouse[kind] ?? {};
  return { ...smallHouse, [kind]: { ...objects, [id]: { ...objects[id], ...change } } };
}
