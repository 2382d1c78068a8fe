import type { DirectoryEntry } from '../../model/directory.ts';
import type { Model } from '../../model/kinds.ts';
import { type Ref, ref } from '../../model/ref.ts';
import { heldKeys } from '../scenarios/astdb.ts';
import type { Asked, Config } from '../static/asked.ts';
import { keysOf } from '../static/state.ts';
import { Lookup } from './lookup.ts';

/** A PBX as it stands, before any call: what Asterisk holds, and the state of the model. */
export interface House {
  readonly model: Model;
  readonly lookup: Lookup;
  readonly globals: ReadonlyMap<string, string>;
  /** AstDB as the model has it. */
  readonly database: ReadonlyMap<string, string>;
  /** What a call from this telephone brings along: its caller id and variables. */
  readonly telephone: (device: string) => { readonly callerId: string; readonly variables: readonly string[] };
  /** Names that a context of voicemail.conf holds, each with its number: not those that hide. */
  readonly names: (context: string) => readonly DirectoryEntry[];
  /** Whom `PJSIP/NAME` or `IAX2/NAME` calls; null: nobody of the model. */
  readonly party: (technology: string, name: string) => Ref | null;
}

export async function houseOf(asked: Asked, model: Model): Promise<House> {
  const files: Readonly<Record<string, Config>> = { sip: await asked.config('pjsip_wizard.conf'), iax2: await asked.config('iax.conf') };
  const voicemail = await asked.config('voicemail.conf');
  const globals = [...(await asked.print('dialplan show globals')).matchAll(/^\s*([\w-]+)=(.*)$/gm)];
  return {
    model,
    lookup: new Lookup(asked.dialplan),
    globals: new Map(globals.map(([, name = '', value = '']) => [name, value.trimEnd()])),
    database: databaseOf(model),
    telephone: (device) => telephoneIn(files[model.device[device]?.technology ?? '']?.get(device) ?? []),
    names: (context) => namesIn(voicemail.get(context) ?? []),
    party: (technology, name) => partyOf(model, technology, name),
  };
}

function databaseOf(model: Model): Map<string, string> {
  const held = Object.entries(heldKeys(model, keysOf(model))).flatMap(([key, value]) =>
    value === null || value === '' ? [] : [[key, value] as const],
  );
  return new Map(held);
}

function telephoneIn(entries: readonly (readonly [string, string])[]): { callerId: string; variables: string[] } {
  const of = (key: RegExp): string[] => entries.filter(([name]) => key.test(name)).map(([, value]) => value);
  return { callerId: of(/(^|\/)callerid$/i).at(-1) ?? '', variables: of(/(^|\/)set_?var$/i) };
}

/** '101 => PIN,name,mail,pager,options'. */
function namesIn(entries: readonly (readonly [string, string])[]): DirectoryEntry[] {
  return entries.flatMap(([number, value]) => {
    const [, name = '', , , options = ''] = value.replace(/^>\s*/, '').split(',');
    return name.trim() === '' || /hidefromdir=yes/i.test(options) ? [] : [{ name: name.trim(), number }];
  });
}

function partyOf(model: Model, technology: string, name: string): Ref | null {
  const kind = technology.toLowerCase() === 'iax2' ? 'iax2' : 'sip';
  if (model.device[name]?.technology === kind) return ref('device', name);
  const trunk = Object.entries(model.trunk).find(([, t]) => t.technology === kind && 'peer' in t && t.peer === name);
  return trunk === undefined ? null : ref('trunk', trunk[0]);
}
