import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AmiEvent } from '../../src/asterisk/ami.ts';
import { type OneAsterisk, startAsterisk } from '../asterisk/one-asterisk.ts';
import { happens } from './rendered-asterisk.ts';
import { smallHouse, treeOf } from './some-pbx.ts';

const MODULES =
  'res_timing_timerfd pbx_config res_agi app_exec app_dial app_playback app_read app_userevent bridge_simple format_gsm codec_gsm func_strings func_db func_logic func_dialplan func_callerid';

/** The telephone of 101 is a place in the dialplan, which tells that it rings. */
const ROOM = `[room]
exten = 7,1,UserEvent(Rings,At: \${EPOCH},Shows: \${CALLERID(num)} \${CALLERID(name)})
 same = n,Answer()
 same = n,UserEvent(Answered)
 same = n,Wait(30)
#include "wake-up.conf"
`;

describe('a wake-up call on Asterisk 22', () => {
  let asterisk: OneAsterisk;
  beforeAll(async () => {
    const tree = await treeOf({
      ...smallHouse,
      extension: { '101': { name: 'Room', devices: ['101'] } },
      device: { '101': { technology: 'custom', extension: '101', dial: 'Local/7@room' } },
      'feature-code': { 'hotelwakeup/hotelwakeup': { code: '*68' } },
      'wake-up': { '1': { callerName: 'Good morning', callerNumber: '*68' } },
    });
    const load = MODULES.split(' ').map((m) => `load = ${m}.so`);
    asterisk = await startAsterisk({
      'modules.conf': `[modules]\nautoload = no\n${load.join('\n')}\n`,
      'extensions.conf': ROOM,
      'wake-up.conf': tree.text('extensions.d/wake-up.conf'),
      'wake-up.sh': String(tree.files.find((f) => f.path === 'etc/migrate/wake-up.sh')?.content),
    });
  });
  afterAll(() => asterisk?.end());

  const next = (name: string): Promise<AmiEvent> => happens(asterisk, 'UserEvent', (e) => e['UserEvent'] === name);
  const orders = async (in_: number): Promise<number> => {
    const at = Math.floor(Date.now() / 1000) + in_;
    const argv = ['su', '-s', '/bin/sh', 'asterisk', '-c', `/bin/sh /etc/asterisk/wake-up.sh order 101 ${at}`];
    expect((await asterisk.container.exec(argv)).code).toBe(0);
    return at;
  };

  test('rings at its time, also where Asterisk was started after it was ordered, and not at the time that was ordered first', async () => {
    await orders(1);
    const at = await orders(3);
    const [rings, answered] = [next('Rings'), next('Answered')];
    await asterisk.container.exec(['asterisk', '-rx', 'module load pbx_spool.so']);
    const event = await rings;
    expect(Number(event['At'])).toBeGreaterThanOrEqual(at);
    expect(event['Shows']).toBe('*68 Good morning');
    await answered;
  });
});
