import { finding } from '../finding.ts';
import type { Extension } from '../model/extension.ts';
import { GREETINGS, type Greeting, type GreetingMenu } from '../model/greeting-keys.ts';
import { ref } from '../model/ref.ts';
import { settingRow } from './box-setting.ts';
import { keysOf } from './extension-keys.ts';
import type { AstDbEntry, Notes, Source } from './reader.ts';
import { wholeNumber } from './source.ts';

/** The greetings that FreePBX's dialplan asks for keys of; that for a while ('temp') it plays without (macro-vm, vmx). */
const NAMES: Readonly<Record<Greeting, string>> = { unavailable: 'unavail', busy: 'busy' };
/** What the new box has a place for, below AMPUSER/<extension>/vmx/<greeting>. */
const READ = /^(?:state|vmxopts\/timeout|repeat|timeout|loops|\d\/(?:ext|context|pri))$/;

/**
 * Keys that callers may press while they hear somebody's greeting: VmX locater.
 * Source: macro-vm of FreePBX 2.8 to 2.11 (samples/clinic), AMPUSER/<extension>/vmx; voicemail's page and the users' portal write it.
 */
export function greetingKeysOf(source: Source, notes: Notes, extension: string): Extension['greetingKeys'] {
  const entries = keysOf(source, extension, 'vmx');
  const found: { [G in Greeting]: GreetingMenu | null } = { unavailable: null, busy: null };
  for (const greeting of GREETINGS) {
    const keys = new VmxKeys(entries, `${extension}/vmx/${NAMES[greeting]}/`);
    if (keys.text('state').toLowerCase() !== 'enabled') {
      for (const entry of keys.all.values()) notes.dropped(entry, 'switched off');
      continue;
    }
    const left: string[] = [];
    found[greeting] = menu(source, keys, left);
    for (const [key, entry] of keys.all) account(notes, extension, key, entry, left);
    if (left.length > 0) {
      const means = `Of the keys in the ${greeting} greeting of ${extension} these are not carried: ${left.join(', ')}.`;
      notes.finding(finding('GREETING_KEYS_NOT_CARRIED', { about: ref('extension', extension), where: `AMPUSER/${extension}/vmx`, means }));
    }
  }
  for (const entry of entries)
    if (!Object.values(NAMES).some((name) => entry.key.startsWith(`${extension}/vmx/${name}/`)))
      notes.dropped(entry, 'the old dialplan never asked for it');
  return found;
}

function account(notes: Notes, extension: string, key: string, entry: AstDbEntry, left: string[]): void {
  if (READ.test(key)) {
    notes.carried(entry, ref('extension', extension));
    return;
  }
  if (entry.value.trim() === '') {
    notes.dropped(entry, 'empty');
    return;
  }
  left.push(`${key} = ${entry.value}`);
  notes.dropped(entry, 'told as a finding: a greeting has no such thing on the new box');
}

/** The keys of one greeting in AstDB, by what comes behind its name. */
class VmxKeys {
  readonly all: ReadonlyMap<string, AstDbEntry>;
  constructor(entries: readonly AstDbEntry[], start: string) {
    this.all = new Map(entries.filter((e) => e.key.startsWith(start)).map((e) => [e.key.slice(start.length), e]));
  }
  text(key: string): string {
    return this.all.get(key)?.value.trim() ?? '';
  }
}

function menu(source: Source, keys: VmxKeys, left: string[]): GreetingMenu {
  const numbers: Record<string, string> = {};
  for (const key of '0123456789') {
    const number = keys.text(`${key}/ext`);
    if (number === '') continue;
    const [context, priority] = [keys.text(`${key}/context`) || 'from-internal', keys.text(`${key}/pri`) || '1'];
    if (/^[\d*#+]+$/.test(number) && context === 'from-internal' && priority === '1') numbers[key] = number;
    else left.push(`${key} for ${context},${number},${priority}`);
  }
  const operator = settingRow(source, 'OPERATOR_XTN')?.text('value').trim() ?? '';
  const counted = (key: string, setting: string, usual: number): number =>
    wholeNumber(keys.text(key)) ?? wholeNumber(settingRow(source, setting)?.text('value') ?? '') ?? usual;
  return {
    numbers: numbers['0'] === undefined && /^[\d*#+]+$/.test(operator) ? { 0: operator, ...numbers } : numbers,
    instructs: !keys.text('vmxopts/timeout').includes('s'),
    plays: within(1, counted('repeat', 'VMX_REPEAT', 1)),
    seconds: within(0, counted('timeout', 'VMX_TIMEOUT', 2)),
    forgives: within(0, counted('loops', 'VMX_LOOPS', 1)),
  };
}

/** The pages offer 1 to 4, 0 to 15 and 1 to 4: more is no choice that somebody made. */
function within(least: number, value: number): number {
  return Math.min(Math.max(value, least), MOST);
}
const MOST = 15;
