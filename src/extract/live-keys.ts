import type { Ref } from '../model/ref.ts';
import type { AstDbEntry, Notes, Source } from './reader.ts';

/** Keys of an extension that say nothing while they hold this (ELASTIX.md, section 2). */
const DEFAULTS: Readonly<Record<string, readonly string[]>> = {
  answermode: ['', 'disabled'],
  concurrency_limit: ['', '0'],
  noanswer: [''],
  password: [''],
  recording: [''],
  'recording/ondemand': ['', 'disabled'],
  screen: ['', 'nomemory'],
  dialopts: [''],
  'queues/qnostate': ['', 'usestate'],
};

/** AMPUSER/<extension>/... of AstDB, and what became of each key. */
export class LiveKeys {
  private readonly source: Source;
  private readonly notes: Notes;
  private readonly about: Ref;
  private readonly family: string;
  private readonly id: string;

  constructor(source: Source, notes: Notes, about: Ref, family: string, id: string) {
    this.source = source;
    this.notes = notes;
    this.about = about;
    this.family = family;
    this.id = id;
  }

  /** null where there is no such key. */
  held(name: string): string | null {
    const entry = this.entry(name);
    if (entry === null) return null;
    this.notes.carried(entry, this.about);
    return entry.value;
  }

  text(name: string): string {
    return (this.held(name) ?? '').trim();
  }

  /** What stands at its default is as good as not there. */
  dropDefaults(): void {
    for (const [name, nothing] of Object.entries(DEFAULTS)) {
      const entry = this.entry(name);
      if (entry !== null && nothing.includes(entry.value.trim()))
        this.notes.dropped(entry, 'it holds its default, which is how the new box behaves');
    }
  }

  private entry(name: string): AstDbEntry | null {
    return this.source.astdbEntry(this.family, `${this.id}/${name}`);
  }
}
