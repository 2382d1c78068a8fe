import { type NewOption, translateOption } from '../asterisk/translate/configuration.ts';
import { type FindingCode, finding } from '../finding.ts';
import {
  type ConfiguredFile,
  type CustomConfiguration,
  type CustomOption,
  configurationSecret,
  sectionsOf,
} from '../model/custom-configuration.ts';
import { withMarks } from '../model/custom-dialplan.ts';
import type { Model } from '../model/kinds.ts';
import { ref } from '../model/ref.ts';
import type { Notes } from './view.ts';

/** An option as the new file has it. */
export interface WrittenOption {
  readonly name: string;
  readonly value: string;
}

/** What a view says of options by hand: the section that they belong to, and where it tells what is lost. */
export class OwnOptions {
  readonly id: string;
  private readonly model: Model;
  private readonly notes: Notes;

  constructor(model: Model, notes: Notes, id: string) {
    this.model = model;
    this.notes = notes;
    this.id = id;
    notes.from(ref('custom-configuration', id));
  }

  /** @param where 'queues_custom.conf:3' */
  tell(where: string, means: string, code: FindingCode = 'CONFIGURATION_NOT_TRANSLATED'): void {
    this.notes.finding(finding(code, { about: ref('custom-configuration', this.id), where, means }));
  }

  /** The options of a section in the words of Asterisk 22, its secrets in their places; `own` says those that mean more than their name and value. */
  written(
    file: ConfiguredFile,
    name: string,
    section: CustomConfiguration,
    own: (o: CustomOption) => WrittenOption[] | null = () => null,
  ): WrittenOption[] {
    return section.options.flatMap((o) => {
      const held = { ...o, value: withMarks(o.value, (number) => this.model.secrets[configurationSecret(this.id, number)]) };
      return own(held) ?? this.plain(held, translateOption(file, name, held));
    });
  }

  private plain(o: CustomOption, now: NewOption): WrittenOption[] {
    if ('options' in now) return now.options.map(({ option, value }) => ({ name: option, value }));
    if (now.lost !== null) this.tell(o.at, `The option ${o.option} is left out: ${now.lost}.`);
    return [];
  }
}

/** All sections of a file that stand for themselves, each as it is written. */
export function ownSections(
  model: Model,
  notes: Notes,
  file: ConfiguredFile,
  own: (options: OwnOptions, name: string) => (o: CustomOption) => WrittenOption[] | null = () => () => null,
): { name: string; from: string; options: WrittenOption[] }[] {
  return sectionsOf(model, file)
    .filter(({ section }) => !section.adds)
    .map(({ id, name, section }) => {
      const options = new OwnOptions(model, notes, id);
      return { name, from: placesOf(section), options: options.written(file, name, section, own(options, name)) };
    });
}

/** Options that the site adds to a section of the PBX's own; the last of one name counts. */
export function addedOptions(model: Model, notes: Notes, file: ConfiguredFile, name: string): WrittenOption[] {
  const added = sectionsOf(model, file).find((s) => s.name === name);
  if (added === undefined) return [];
  const written = new OwnOptions(model, notes, added.id).written(file, name, added.section);
  return [...new Map(written.map((o) => [o.name, o])).values()];
}

/** Files that a section was written in. */
export function placesOf(section: CustomConfiguration): string {
  return [...new Set(section.options.map((o) => o.at.replace(/:\d+$/, '')))].join(', ');
}
