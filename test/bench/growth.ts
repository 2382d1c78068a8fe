import { silentContext } from '../../src/context.ts';
import { readBox } from '../../src/extract/read-box.ts';
import { renderModel } from '../../src/render/render.ts';
import { boxOf } from '../extract/box-of.ts';
import { inventBox } from '../invented/invented-box.ts';
import { type Figure, figureOf } from './figure.ts';

const ROUNDS = Number(process.env['ROUNDS'] || 5);
const [SMALL, LARGE] = [80, 320];

/** Reading and rendering a box of 320 extensions (160 DIDs, 13 menus one in the other) as many times as long as one of 80: linear is 4. */
export async function growthFigures(say: (line: string) => void): Promise<Figure[]> {
  await seconds(SMALL);
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const [small, large] = [await seconds(SMALL), await seconds(LARGE)];
    say(`${SMALL} extensions in ${small.toFixed(2)} s of processor, ${LARGE} in ${large.toFixed(2)} s`);
    ratios.push(large / small);
  }
  return [figureOf('extract.growth80to320', ratios, 4, 'lower')];
}

/** Of the processor: what else the machine does counts for little. */
async function seconds(extensions: number): Promise<number> {
  const box = boxOf(inventBox({ shape: '2.11', extensions, seed: 1, faults: false }));
  const before = process.cpuUsage();
  const { model } = readBox(box);
  await renderModel(model, { live: false }, silentContext());
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
