import type { Box } from '../box/box.ts';
import type { Decoded } from '../box/charset.ts';
import { type Finding, type FindingCode, finding } from '../finding.ts';

/** A text of the box that was not simply what its bytes said. */
interface OddText {
  /** Table, or family of the AstDB. */
  readonly group: string;
  /** Row and column, or key. */
  readonly key: string;
  /** It names something; anything else may be a secret, and is told by its place alone. */
  readonly isName: boolean;
  readonly read: Decoded;
}

const NAME_COLUMNS = /^(?:name|descr|description|display_?name|displayname|title|label|cidname)$/i;
/** Tables of keywords, where a name may be that of a secret. */
const KEYWORD_TABLES = /^(?:sip|iax|zap|dahdi|pjsip|.*settings|globals|manager)$/;
const SHOWN = 10;

/** What was done to text on the way in, and what cannot be undone: repaired where it is certain, guessed, proposed, cut, lost. */
export function tellText(box: Box, keysOf: (table: string) => readonly string[]): Finding[] {
  const odd = [...oddCells(box, keysOf), ...oddKeys(box)];
  const groups = grouped(odd, (text) => text.group);
  return [...groups].flatMap(([group, texts]) => [...readings(group, texts), ...losses(group, texts)]);
}

function grouped(texts: readonly OddText[], by: (t: OddText) => string): Map<string, OddText[]> {
  const groups = new Map<string, OddText[]>();
  for (const text of texts) groups.set(by(text), [...(groups.get(by(text)) ?? []), text]);
  return groups;
}

function oddCells(box: Box, keysOf: (table: string) => readonly string[]): OddText[] {
  return [...box.tables.values()].flatMap((table) => {
    const keys = table.guesses.length === 0 ? [] : keysOf(table.name);
    return table.guesses.map((read) => ({
      group: table.name,
      key: `${keys[read.row] ?? ''}/${read.column}`,
      isName: NAME_COLUMNS.test(read.column) && !KEYWORD_TABLES.test(table.name),
      read,
    }));
  });
}

function oddKeys(box: Box): OddText[] {
  return (box.astdb ?? []).flatMap(({ family, key, read }) =>
    read === undefined ? [] : [{ group: `astdb ${family}`, key, isName: family === 'cidname' || key.endsWith('/cidname'), read }],
  );
}

function readings(group: string, texts: readonly OddText[]): Finding[] {
  const read = texts.filter((t) => t.read.charset !== 'utf-8');
  const told = [...grouped(read, (t) => `${t.read.certain}\0${t.read.charset}`)].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    ...told.map(([, same]) => {
      const certain = same[0]?.read.certain === true;
      const means = `${count(same, 'was', 'were')} read as ${same[0]?.read.charset}${shown(same, (t) => ({ before: t.read.before, after: t.read.text }))}.`;
      return remark(certain ? 'ENCODING_REPAIRED' : 'ENCODING_GUESSED', group, same, means);
    }),
    ...proposals(group, texts),
  ];
}

function proposals(group: string, texts: readonly OddText[]): Finding[] {
  const likely = texts.filter((t) => t.read.proposal !== null);
  if (likely.length === 0) return [];
  const charset = likely[0]?.read.proposal?.charset;
  const means = `${count(likely, 'was', 'were')} left as found, and is likely ${charset} that was taken for latin1${shown(likely, (t) => ({ before: t.read.text, after: t.read.proposal?.text ?? '' }))}.`;
  return [remark('ENCODING_PROPOSED', group, likely, means)];
}

function losses(group: string, texts: readonly OddText[]): Finding[] {
  const cut = texts.filter((t) => t.read.cut);
  const lost = texts.filter((t) => t.read.lost && t.isName);
  return [
    ...(cut.length === 0
      ? []
      : [remark('TEXT_CUT', group, cut, 'The old column cut the text in the middle of a letter, which is left out.')]),
    ...(lost.length === 0
      ? []
      : [
          remark(
            'TEXT_LOST',
            group,
            lost,
            `${count(lost, 'has', 'have')} question marks in place of letters: they were lost before the source was made.`,
          ),
        ]),
  ];
}

function remark(code: FindingCode, group: string, texts: readonly OddText[], means: string): Finding {
  const keys = [...new Set(texts.map((t) => t.key))];
  const more = keys.length > SHOWN ? ` and ${keys.length - SHOWN} more` : '';
  return finding(code, { where: `${group} ${keys.slice(0, SHOWN).join(', ')}${more}`, means });
}

function count(texts: readonly OddText[], one: string, many: string): string {
  return texts.length === 1 ? `A text ${one}` : `${texts.length} texts ${many}`;
}

/** Before and after, of names alone. */
function shown(texts: readonly OddText[], of: (t: OddText) => { before: string; after: string }): string {
  const pairs = texts
    .filter((t) => t.isName)
    .map(of)
    .map(({ before, after }) => `${JSON.stringify(before)} is ${JSON.stringify(after)}`);
  const different = [...new Set(pairs)].slice(0, SHOWN);
  return different.length === 0 ? '' : ` (${different.join('; ')})`;
}
