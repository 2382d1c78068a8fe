import { readFile } from 'node:fs/promises';
import Handlebars from 'handlebars';
import type { Call, CallPage } from './calls.ts';
import { type Cursor, cursorText, DISPOSITIONS, MATCHES, type Search, searchQuery } from './search.ts';
import { LANGUAGES, type Language, wordsOf } from './words.ts';

/** The same depth from src/ and from dist/. */
export const PAGE_FOLDER = new URL('../../../templates/recordings/', import.meta.url);

const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', ru: 'Русский' };

/** The page of calls, and the page that says what went wrong. Whatever comes from a call is escaped for HTML. */
export class Pages {
  readonly #calls: (data: object) => string;
  readonly #error: (data: object) => string;

  private constructor(calls: (data: object) => string, error: (data: object) => string) {
    this.#calls = calls;
    this.#error = error;
  }

  static async load(): Promise<Pages> {
    const handlebars = Handlebars.create();
    const compile = async (file: string): Promise<(data: object) => string> =>
      handlebars.compile(await readFile(new URL(file, PAGE_FOLDER), 'utf8'), { strict: true, knownHelpersOnly: true });
    return new Pages(await compile('calls.html.hbs'), await compile('error.html.hbs'));
  }

  calls(search: Search, page: CallPage, language: Language): string {
    return this.#calls(callsData(search, page, language));
  }

  error(status: number, language: Language): string {
    const words = wordsOf(language);
    const known = words.errors as Readonly<Record<number, string>>;
    return this.#error({ language, words, text: known[status] ?? words.errors[500] });
  }
}

function callsData(search: Search, page: CallPage, language: Language): object {
  const words = wordsOf(language);
  const link = (cursor: Cursor | null): string =>
    query({ ...searchQuery(search), lang: language, ...(cursor === null ? {} : { [cursor.way]: cursorText(cursor) }) });
  const dispositions = DISPOSITIONS.map((value) => ({ value, text: words.dispositions[value], isChosen: value === search.disposition }));
  const outcomes: Readonly<Record<string, string>> = words.dispositions;
  return {
    language,
    words,
    number: search.number,
    extension: search.extension,
    from: search.from ?? '',
    to: search.to ?? '',
    isRecorded: search.isRecorded,
    matches: MATCHES.map((value) => ({ value, text: words.matches[value], isChosen: value === search.match })),
    dispositions,
    languages: LANGUAGES.filter((one) => one !== language).map((code) => ({
      code,
      name: LANGUAGE_NAMES[code],
      link: query({ ...searchQuery(search), lang: code }),
    })),
    calls: page.calls.map((call) => callData(call, outcomes)),
    isEmpty: page.calls.length === 0,
    csv: `calls.csv${query({ ...searchQuery(search), lang: language })}`,
    newest: search.at === null ? '' : link(null),
    newer: page.newer === null ? '' : link(page.newer),
    older: page.older === null ? '' : link(page.older),
  };
}

function callData(call: Call, outcomes: Readonly<Record<string, string>>): object {
  const telephones = [call.callerDevice, call.calledDevice].filter((device) => device !== '');
  const { id, calldate, src, dst, did, isRecorded } = call;
  // what tells the caller's name is a clid of the form "Name" <number>
  const name = /^"(.*)" <.*>$/s.exec(call.clid)?.[1] ?? '';
  return {
    id,
    calldate,
    src,
    name: name === src ? '' : name,
    dst,
    did: did === dst ? '' : did,
    telephones: telephones.join(' → '),
    talk: clockText(call.billsec),
    outcome: outcomes[call.disposition] ?? call.disposition,
    isRecorded,
    title: `${calldate} ${src} → ${dst}`,
  };
}

/** 75 seconds are 1:15. */
function clockText(seconds: number): string {
  const pad = (n: number): string => String(n).padStart(2, '0');
  const [h, min, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h}:${pad(min)}:${pad(s)}` : `${min}:${pad(s)}`;
}

function query(fields: Readonly<Record<string, string>>): string {
  return `?${new URLSearchParams(fields)}`;
}
