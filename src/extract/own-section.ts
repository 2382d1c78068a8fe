import type { ConfiguredFile } from '../model/custom-configuration.ts';
import { type BoxSections, type Root, readSections } from './box-section.ts';
import { includeOrder } from './conf-tree.ts';
import type { BoxFile, Source } from './reader.ts';

/** What the site itself wrote of one section of a configuration file. */
export interface OwnSection {
  readonly name: string;
  /** `[name](+)`: it goes on with one that stands before it. */
  readonly append: boolean;
  /** The old box read it before what FreePBX wrote from its tables. */
  readonly isFirst: boolean;
  /** Of its header. */
  readonly file: string;
  readonly line: number;
  readonly options: readonly OwnOption[];
}

export interface OwnOption {
  readonly option: string;
  readonly value: string;
  /** 'queues_custom.conf:12' */
  readonly at: string;
  readonly file: string;
  /** Read before what FreePBX wrote from its tables into this section. */
  readonly isFirst: boolean;
}

export interface OwnSections {
  readonly sections: readonly OwnSection[];
  /** Files in which the site wrote something. */
  readonly files: readonly BoxFile[];
  readonly read: BoxSections;
}

/** Files that people write by hand, and into which section each is included, where the source lacks the file that says so (Issabel's and FreePBX's own, astetc). */
const USUAL: Readonly<Record<ConfiguredFile, readonly (readonly [path: string, into?: string])[]>> = {
  'queues.conf': [
    ['queues_custom_general.conf', 'general'],
    ['queues_custom.conf', 'general'],
    ['queues_post_custom.conf', 'general'],
  ],
  'queuerules.conf': [],
  'features.conf': [
    ['features_general_custom.conf', 'general'],
    ['features_applicationmap_custom.conf', 'applicationmap'],
    ['features_featuremap_custom.conf', 'featuremap'],
  ],
  'func_odbc.conf': [],
  'res_odbc.conf': [],
};

/** What FreePBX wrote from its tables. */
const GENERATED = /_additional\.conf$/;

const known = new WeakMap<Source, Map<ConfiguredFile, OwnSections>>();

/** What the site wrote into a configuration file of Asterisk, section by section in Asterisk's order. Templates stand where they are used. */
export function ownSections(source: Source, conf: ConfiguredFile): OwnSections {
  const held = known.get(source) ?? new Map<ConfiguredFile, OwnSections>();
  known.set(source, held);
  const found = held.get(conf) ?? read(source, conf);
  held.set(conf, found);
  return found;
}

function read(source: Source, conf: ConfiguredFile): OwnSections {
  const root = source.file(conf);
  const roots = root === null ? usualRoots(source, conf) : [{ file: root }];
  const sections = readSections(source, roots, (path) => GENERATED.test(path) || /_custom/.test(path));
  const order = includeOrder(source, conf);
  const generated = (name: string): number => {
    const at = order.findIndex((path) => GENERATED.test(path) && isAbout(path, name));
    return at < 0 ? order.findIndex((path) => GENERATED.test(path)) : at;
  };
  const before = (file: string, name: string): boolean => order.indexOf(file) >= 0 && order.indexOf(file) < generated(name);
  const own = sections.sections.flatMap((s): OwnSection[] => {
    const options = s.entries
      .filter((e) => !GENERATED.test(e.file))
      .map((e) => ({ option: e.name, value: e.value, at: `${e.file}:${e.line}`, file: e.file, isFirst: before(e.file, s.name) }));
    const isOwn = !s.template && (options.length > 0 || (s.file !== conf && !GENERATED.test(s.file) && s.line > 1));
    return isOwn ? [{ name: s.name.trim(), append: s.append, isFirst: before(s.file, s.name), file: s.file, line: s.line, options }] : [];
  });
  const files = sections.files.filter((f) => own.some((s) => s.file === f.path || s.options.some((o) => o.file === f.path)));
  return { sections: own, files, read: sections };
}

/** `queues_general_additional.conf` is about [general], `queues_additional.conf` about the queues. */
function isAbout(path: string, section: string): boolean {
  const part = /^(?:queues|features)_(general|applicationmap|featuremap)_additional/.exec(path)?.[1];
  return (part ?? '') === (['general', 'applicationmap', 'featuremap'].includes(section) ? section : '');
}

function usualRoots(source: Source, conf: ConfiguredFile): Root[] {
  return USUAL[conf].flatMap(([path, into]): Root[] => {
    const file = source.file(path);
    return file === null ? [] : [{ file, ...(into === undefined ? {} : { into }) }];
  });
}
