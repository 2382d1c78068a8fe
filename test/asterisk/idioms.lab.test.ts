import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ami, AmiEvent } from '../../src/asterisk/ami.ts';
import type { Idiom } from './idioms/idiom.ts';
import { AGI_SCRIPT, idiomFiles } from './idioms/idiom-asterisk.ts';
import { OF_CALLS } from './idioms/of-calls.ts';
import { OF_STATE } from './idioms/of-state.ts';
import { OF_THE_LANGUAGE } from './idioms/of-the-language.ts';
import { type OneAsterisk, startAsterisk } from './one-asterisk.ts';

const IDIOMS = [...OF_THE_LANGUAGE, ...OF_STATE, ...OF_CALLS].sort((a, b) => a.number - b.number);

/** The sixty habits of hand-made dialplan (DIALPLAN.md, section 8), translated and run in a real Asterisk 22, all at once. */
describe('hand-made dialplan does in Asterisk 22 what it did', () => {
  let asterisk: OneAsterisk;
  let ami: Ami;
  const told = new Map<number, string[]>();
  /** By the id of the caller's leg. */
  const heard = new Map<string, string[]>();
  const records = new Set<string>();
  const names = new Map<string, string>();
  const ended = new Set<string>();
  const waiting = new Map<string, () => void>();

  beforeAll(async () => {
    asterisk = await startAsterisk(idiomFiles(IDIOMS));
    ami = asterisk.ami;
    await asterisk.container.put('/usr/share/asterisk/agi-bin', [{ path: 'idiom.sh', mode: 0o755, content: Buffer.from(AGI_SCRIPT) }]);
    for (const [family, key, val] of [
      ['AMPUSER/45', 'cidname', 'Ann'],
      ['CF', '45', '5'],
    ] as const)
      await ami.action({ Action: 'DBPut', Family: family, Key: key, Val: val });
    listen();
    await Promise.all(IDIOMS.map(async (idiom) => place(idiom)));
  });
  afterAll(() => asterisk?.end());

  it('the sixty are all here, once each', () => {
    expect(IDIOMS.map((i) => i.number)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
  });

  it('Asterisk reads all of it without a complaint', async () => {
    const { out } = await asterisk.container.exec(['cat', '/var/log/asterisk/messages.log']);
    expect(out.split('\n').filter((l) => /pbx_config|config\.c|loader|pbx\.c|No application/.test(l))).toEqual([]);
  });

  it.each(IDIOMS)('$number: $fact', async (idiom) => {
    expect(told.get(idiom.number) ?? []).toEqual(idiom.told);
    if (idiom.heard !== undefined) expect(heard.get(`idiom-${idiom.number}-1-far`)?.slice(0, idiom.heard.length)).toEqual(idiom.heard);
    if (idiom.leavesRecord !== undefined) expect(records.has(`idiom-${idiom.number}-1-far`)).toBe(idiom.leavesRecord);
    for (const [path, content] of Object.entries(idiom.files ?? {})) {
      await expect.poll(async () => (await asterisk.container.exec(['cat', path])).code, { timeout: 5000 }).toBe(0);
      if (content !== null)
        await expect.poll(async () => (await asterisk.container.exec(['cat', path])).out, { timeout: 5000 }).toBe(content);
    }
  });

  /** Its calls, one after the other, each up to its end. */
  async function place({ number, calls = [{ dial: '1' }] }: Idiom): Promise<void> {
    for (const [i, { dial, keys, seconds = 15 }] of calls.entries()) {
      const id = `idiom-${number}-${i + 1}`;
      const over = new Promise<void>((resolve) => waiting.set(`${id}-far`, resolve));
      await ami.originate({
        channel: `Local/${dial}@i${number}/n`,
        to: keys === undefined ? { application: 'Wait', data: String(seconds) } : { application: 'SendDTMF', data: `${keys}wwwwwwww` },
        channelId: id,
        otherChannelId: `${id}-far`,
      });
      if (!ended.has(`${id}-far`)) await over;
    }
  }

  function listen(): void {
    const tell = (number: number, text: string) => told.set(number, [...(told.get(number) ?? []), text]);
    ami.on('UserEvent', (e) => e['UserEvent'] === 'Out' && tell(Number(e['Case']), e['V'] ?? ''));
    ami.on('ConfbridgeJoin', (e) => tell(Number(/^idiom-(\d+)/.exec(e['Uniqueid'] ?? '')?.[1]), `joined ${e['Conference']}`));
    ami.on('Newchannel', (e) => names.set(e['Channel'] ?? '', e['Uniqueid'] ?? ''));
    ami.on('TestEvent', (e) => e['State'] === 'PLAYBACK' && hears(e));
    ami.on('Cdr', (e) => records.add(e['UniqueID'] ?? ''));
    ami.on('Hangup', (e) => {
      ended.add(e['Uniqueid'] ?? '');
      waiting.get(e['Uniqueid'] ?? '')?.();
    });
  }

  function hears(e: AmiEvent): void {
    const id = names.get(e['Channel'] ?? '') ?? '';
    heard.set(id, [...(heard.get(id) ?? []), e['Message'] ?? '']);
  }
});
