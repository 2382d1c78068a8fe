import type { Ami, AmiEvent } from '../../asterisk/ami.ts';
import type { Container } from '../../engine/container.ts';
import type { HeldDialplan } from './held-dialplan.ts';

/** A running PBX, as the checks ask it. What it does not know, since the module is not loaded, is nothing. */
export interface Asked {
  /** The events of a list action. */
  list(action: string, more?: Readonly<Record<string, string>>): Promise<AmiEvent[]>;
  /** What a CLI command prints. */
  print(command: string): Promise<string>;
  /** A configuration file as Asterisk itself reads it, includes and templates resolved: entries by section, in order. */
  config(file: string): Promise<Config>;
  /** A file of /etc/asterisk as it lies there, for what Asterisk does not read before the cutover; '': there is none. */
  text(file: string): Promise<string>;
  /** Paths below the sounds folder: 'en/beep.gsm', 'custom/welcome.wav'. */
  readonly sounds: ReadonlySet<string>;
  readonly dialplan: HeldDialplan;
}

export type Config = ReadonlyMap<string, readonly (readonly [name: string, value: string])[]>;

/** A list that is empty, or whose module is not loaded, answers with an error or not at all. */
const NONE_MS = 3000;
const SOUNDS = '/usr/share/asterisk/sounds';

export async function ask(pbx: { ami: Ami; container: Container }, dialplan: (listed: AmiEvent[]) => HeldDialplan): Promise<Asked> {
  const list: Asked['list'] = (action, more = {}) => pbx.ami.list({ Action: action, ...more }, { timeoutMs: NONE_MS }).catch(() => []);
  return {
    list,
    print: (command) => pbx.ami.command(command).catch(() => ''),
    config: async (file) => configOf(await pbx.ami.action({ Action: 'GetConfig', Filename: file }).catch(() => ({}))),
    text: async (file) => {
      const { code, out } = await pbx.container.exec(['cat', `/etc/asterisk/${file}`]);
      return code === 0 ? out : '';
    },
    sounds: await heldSounds(pbx.container),
    dialplan: dialplan(await list('ShowDialPlan')),
  };
}

/** `Category-000001: name`, `Line-000001-000000: key=value`. Sections of one name are one. */
function configOf(reply: Readonly<Record<string, string | undefined>>): Config {
  const found = new Map<string, [string, string][]>();
  const names = new Map<string, string>();
  for (const [key, value = ''] of Object.entries(reply).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [, category] = /^category-(\d+)$/.exec(key) ?? [];
    if (category !== undefined) {
      names.set(category, value);
      if (!found.has(value)) found.set(value, []);
    }
    const [, of] = /^line-(\d+)-\d+$/.exec(key) ?? [];
    const name = of === undefined ? undefined : names.get(of);
    const equals = value.indexOf('=');
    if (name !== undefined) found.get(name)?.push([value.slice(0, equals), value.slice(equals + 1)]);
  }
  return found;
}

async function heldSounds(container: Container): Promise<ReadonlySet<string>> {
  // -L: custom/ and the languages are links (Debian)
  const { out } = await container.exec(['find', '-L', SOUNDS, '-type', 'f', '-printf', '%P\\n']);
  return new Set(out.split('\n').filter((path) => path !== ''));
}

/** The last value of a key in a section, as for settings that stand once; null: it is not there. */
export function setting(config: Config, section: string, key: string): string | null {
  return config.get(section)?.findLast(([name]) => name.toLowerCase() === key)?.[1] ?? null;
}
