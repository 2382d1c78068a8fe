import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { silentContext } from '../../src/context.ts';
import { extract } from '../../src/extract/extract.ts';
import type { Model } from '../../src/model/kinds.ts';
import { modelFiles, readModel } from '../../src/model/store.ts';
import { modelMutants } from './model-mutants.ts';
import { type Mutant, spread } from './mutant.ts';
import { Random } from './random.ts';

/**
 * Writes the model of a box that nobody has seen: that of BOX= with COUNT= changes by chance, of another kind each, all of which a model may have. Whatever it is
 * like, its build must do what walk() says of it. The same SEED= gives the same model. OUT=: the folder that it goes to.
 */
const env = process.env;
const SEED = Number(env['SEED'] || 1);
const COUNT = Number(env['COUNT'] || 40);
const BOX = env['BOX'] || 'test/boxes/clinic';
const OUT = env['OUT'] || 'strange';

const folder = join(OUT, 'model');
await extract(BOX, folder, {}, silentContext());
const random = new Random(SEED);
let model: Model = await readModel(folder);
const rules = new Set<string>();
while (rules.size < COUNT) {
  const [mutant] = spread(modelMutants(model, random).filter(isNew), 1, random);
  if (mutant === undefined || mutant.made.in !== 'model') break;
  rules.add(mutant.rule);
  model = mutant.made.model;
  process.stdout.write(`${mutant.what.slice(0, 140)}\n`);
}
for (const { path, content } of modelFiles(model)) await writeFile(join(folder, path), content);

/** What the lab itself lives by stays: addresses and accounts, codecs that its telephones know, from where these may come. */
function isNew({ rule, what }: Mutant): boolean {
  return !rules.has(rule) && !/^secret|^settings\/pbx (rtp|sip)|codecs|^device\S* (deny|permit)/.test(what);
}
