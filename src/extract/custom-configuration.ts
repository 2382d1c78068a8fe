import { finding } from '../finding.ts';
import {
  CONFIGURED,
  type ConfiguredFile,
  type CustomConfiguration,
  type CustomOption,
  configurationSecret,
  functionOf,
  lastOption,
} from '../model/custom-configuration.ts';
import { secretMark } from '../model/custom-dialplan.ts';
import { ref } from '../model/ref.ts';
import { customFiles } from './custom-file.ts';
import { maskSecrets } from './custom-secret.ts';
import { namedSounds } from './custom-sound.ts';
import { isFeatureKey } from './feature-key.ts';
import { type Merged, mergedSections, queueNumbers } from './merged-section.ts';
import { type OwnOption, ownSections } from './own-section.ts';
import { defineReader, type Notes, type Source } from './reader.ts';

/** What the site wrote into queues_custom.conf and its like, less what belongs to an object of the tables: queue.ts and feature-code.ts read that. */
export default defineReader({
  kind: 'custom-configuration',
  tables: [],
  astdb: [],
  files: [],
  read: (source, notes) => {
    const found: Record<string, CustomConfiguration> = {};
    for (const conf of CONFIGURED) {
      const merged = mergedSections(source, conf, conf === 'queues.conf' ? queueNumbers(source) : new Set());
      for (const { at, means } of merged.ignored) notes.finding(finding('CONFIGURATION_IGNORED', { where: at, means }));
      for (const problem of ownSections(source, conf).read.problems) notes.finding(problem);
      const read = SELECT[conf](source, merged, found);
      for (const [name, options] of read) {
        const id = `${conf}/${name}`;
        const texts = options.map((o) => ({ text: o.value, at: o.at }));
        found[id] = {
          adds: merged.sections.get(name)?.adds ?? false,
          sounds: namedSounds(source, notes, ref('custom-configuration', id), texts),
          options: options.map((o) => optionOf(notes, id, o)),
        };
      }
      accountFiles(notes, conf, merged, read);
    }
    return found;
  },
});

type Selection = ReadonlyMap<string, readonly OwnOption[]>;

/** Of each file, the sections and options that are carried here. */
const SELECT: Readonly<
  Record<ConfiguredFile, (source: Source, merged: Merged, found: Readonly<Record<string, CustomConfiguration>>) => Selection>
> = {
  'queues.conf': (source, { sections }) => {
    const own = queueNumbers(source);
    return new Map([...sections].filter(([name, s]) => !own.has(name) && s.options.length > 0).map(([name, s]) => [name, s.options]));
  },
  'queuerules.conf': (source, { sections }, found) => {
    const said = dialplanText(source) + JSON.stringify(Object.values(found));
    return new Map([...sections].filter(([name]) => name !== 'general' && names(said, name)).map(([name, s]) => [name, s.options]));
  },
  'features.conf': (_, { sections }) =>
    new Map(
      [...sections]
        .filter(([name]) => ['general', 'applicationmap', 'featuremap'].includes(name))
        .map(([name, s]): [string, OwnOption[]] => [name, s.options.filter((o) => !isFeatureKey(name, o.option))])
        .filter(([, options]) => options.length > 0),
    ),
  // Asterisk's own sample comes with functions that nobody asks for
  'func_odbc.conf': (source, { sections }) => {
    const said = dialplanText(source);
    const asked = [...sections].filter(
      ([name, s]) => name !== 'general' && names(said, functionOf(name, { adds: false, sounds: [], options: bare(s.options) })),
    );
    return new Map(asked.map(([name, s]) => [name, s.options]));
  },
  'res_odbc.conf': (_, { sections }, found) => {
    const classes = new Set(functionsIn(found).flatMap(classesOf));
    return new Map([...sections].filter(([name]) => classes.has(name)).map(([name, s]) => [name, s.options]));
  },
};

function functionsIn(found: Readonly<Record<string, CustomConfiguration>>): CustomConfiguration[] {
  return Object.entries(found).flatMap(([id, section]) => (id.startsWith('func_odbc.conf/') ? [section] : []));
}

/** Classes of res_odbc.conf that a function asks. */
function classesOf(section: CustomConfiguration): string[] {
  return ['dsn', 'readhandle', 'writehandle'].flatMap((option) =>
    lastOption(section, option)
      .split(',')
      .map((one) => one.trim()),
  );
}

function bare(options: readonly OwnOption[]): CustomOption[] {
  return options.map(({ at, option, value }) => ({ at, option, value }));
}

function dialplanText(source: Source): string {
  return customFiles(source)
    .sections.flatMap((s) => s.entries.map((e) => e.value))
    .join('\n');
}

function names(text: string, name: string): boolean {
  return new RegExp(`(?<![\\w-])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-])`).test(text);
}

function optionOf(notes: Notes, id: string, { at, option, value }: OwnOption): CustomOption {
  const secrets: string[] = [];
  const keep = (secret: string): number => secrets.push(secret);
  const masked =
    /passw|secret/i.test(option) && value !== ''
      ? secretMark(keep(value))
      : maskSecrets('', `${option}=${value}`, keep).slice(option.length + 1);
  const number = (held: number): number => Number(/:(\d+)$/.exec(at)?.[1] ?? 0) * 100 + held;
  secrets.forEach((secret, i) => void notes.secret(configurationSecret(id, number(i + 1)), secret));
  return { at, option, value: masked.replace(/%secret(\d+)%/g, (_, held: string) => secretMark(number(Number(held)))) };
}

/** Which objects a file holds. One that is told line by line elsewhere is left to that. */
function accountFiles(notes: Notes, conf: ConfiguredFile, { sections, files }: Merged, read: Selection): void {
  for (const file of files) {
    const held = [...read].filter(([, options]) => options.some((o) => o.file === file.path));
    for (const [name] of held) notes.carried(file, ref('custom-configuration', `${conf}/${name}`));
    const rest = [...sections].some(([name, s]) => !read.has(name) && s.options.some((o) => o.file === file.path));
    if (held.length === 0 && rest && /odbc|queuerules/.test(conf)) notes.dropped(file, 'no line of the site asks for what it defines');
  }
}
