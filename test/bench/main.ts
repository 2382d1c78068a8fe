import { archiveFigures } from './archive.ts';
import { cdrFigures } from './cdr.ts';
import { type Figure, figureText, reaches, record } from './figure.ts';
import { goldenFigures } from './golden.ts';
import { growthFigures } from './growth.ts';
import { loadFigures } from './load.ts';
import { searchFigures } from './search.ts';

/** Parts of `make bench`, by the name that ONLY= gives. */
const PARTS: Readonly<Record<string, (say: (line: string) => void) => Promise<Figure[]>>> = {
  cdr: cdrFigures,
  archive: archiveFigures,
  search: searchFigures,
  growth: growthFigures,
  load: loadFigures,
  golden: goldenFigures,
};

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const names = (process.env['ONLY'] || Object.keys(PARTS).join(',')).split(',');
  const unknown = names.find((name) => PARTS[name] === undefined);
  if (unknown !== undefined) {
    process.stderr.write(`bench: there is no part '${unknown}'; there are ${Object.keys(PARTS).join(', ')}\n`);
    return 2;
  }
  const figures: Figure[] = [];
  for (const name of names) figures.push(...((await PARTS[name]?.(say)) ?? []));
  await record(figures, process.env['RECORD'] === '1');
  for (const figure of figures) say(figureText(figure));
  return figures.every(reaches) ? 0 : 1;
}

process.exit(await main());
