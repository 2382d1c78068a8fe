import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CommandSucceeds } from '../../src/engine/wait.ts';
import type { OneAsterisk } from '../asterisk/one-asterisk.ts';
import { startRendered } from './rendered-asterisk.ts';
import { smallHouse, treeOf } from './some-pbx.ts';

/** A call is sent on ten times at most; each round opens the two ends of a Local channel, and the test's own has two more. */
const MOST_CHANNELS = 24;

describe('what dials itself', () => {
  let asterisk: OneAsterisk;
  beforeAll(async () => {
    const tree = await treeOf({
      ...smallHouse,
      extension: { ...smallHouse.extension, '210': { name: 'Circle', devices: ['210'] } },
      device: { ...smallHouse.device, '210': { technology: 'custom', extension: '210', dial: 'Local/210@from-internal/n' } },
      trunk: { '2': { technology: 'custom', name: 'Circle', dial: 'Local/$OUTNUM$@from-internal' } },
      'outbound-route': {
        '1': { name: 'Circle', position: '0', patterns: [{ match: '77XX' }], trunks: ['2'], onFailure: { to: 'end', how: 'congestion' } },
      },
    });
    asterisk = await startRendered(tree);
  });
  afterAll(() => asterisk?.end());

  it.each([
    ['a telephone', '210'],
    ['a carrier', '7712'],
  ])('%s ends the call after ten rounds, and no channel stays', async (_who, number) => {
    let opened = 0;
    const stop = asterisk.ami.on('Newchannel', () => void opened++);
    const { answered } = await asterisk.ami.originate({
      channel: `Local/${number}@from-internal/n`,
      to: { application: 'Wait', data: '60' },
      ringMs: 60_000,
    });
    stop();
    expect(answered).toBe(false);
    expect(opened).toBeGreaterThan(4);
    expect(opened).toBeLessThanOrEqual(MOST_CHANNELS);
    await asterisk.container.waitFor(
      new CommandSucceeds(['sh', '-c', "asterisk -rx 'core show channels count' | grep -q '^0 active channels'"]),
    );
  });
});
