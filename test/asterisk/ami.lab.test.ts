import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ami, type AmiEvent, connectAmi } from '../../src/asterisk/ami.ts';
import { type OneAsterisk, startAsterisk } from './one-asterisk.ts';

const code = (c: string) => expect.objectContaining({ code: c });

const EXTENSIONS = `[general]
[a]
exten = 1,1,Answer()
 same = n,UserEvent(Vars,Inherited: \${C},Unique: \${UNIQUEID})
 same = n,Wait(5)
exten = 2,1,Hangup(17)
exten = 3,1,Wait(30)
`;

describe('the manager interface of Asterisk 22', () => {
  let asterisk: OneAsterisk;
  let ami: Ami;
  beforeAll(async () => {
    asterisk = await startAsterisk({ 'extensions.conf': EXTENSIONS });
    ami = asterisk.ami;
  });
  afterAll(() => asterisk?.end());

  it('a secret with a semicolon logs in, a wrong one does not', async () => {
    await expect(connectAmi({ host: '127.0.0.1', port: asterisk.amiPort, user: 'lab', secret: 'lab' })).rejects.toThrow(
      code('E_AMI_LOGIN'),
    );
  });

  it('variables arrive as they are, commas, quotes and backslashes included, and ChannelId becomes the Uniqueid', async () => {
    const A = 'one,two "three" \\four (five] ${EXTEN} $[1+1] x=y;z';
    const event = next('UserEvent', (e) => e['UserEvent'] === 'Vars');
    const result = await ami.originate({
      channel: 'Local/1@a/n',
      to: { application: 'Wait', data: '5' },
      channelId: 'mine-1',
      otherChannelId: 'mine-2',
      variables: { __A: A, __B: '', __C: 'Иванов' },
    });
    expect(result).toMatchObject({ answered: true, reason: 4, uniqueid: 'mine-1' });
    const { Channel: channel = '' } = await event;
    expect((await ami.action({ Action: 'Getvar', Channel: channel, Variable: 'A' }))['Value']).toBe(A);
    expect(await event).toMatchObject({ inherited: 'Иванов', unique: 'mine-2' });
    expect((await ami.action({ Action: 'Getvar', Channel: channel, Variable: 'B' }))['Value']).toBe('');
  });

  it('originates that fail are results: no such extension, busy, rung out', async () => {
    const place = (extension: string) =>
      ami.originate({ channel: `Local/${extension}@a/n`, to: { application: 'Wait', data: '1' }, ringMs: 400 });
    const results = await Promise.all([place('9'), place('2'), place('3')]);
    expect(results.map((r) => r.answered)).toEqual([false, false, false]);
    expect(results[2]?.reason).toBe(3);
  });

  it('a channel is refused whose id is the beginning of the id of one that is there', async () => {
    const place = (channelId: string) => ami.originate({ channel: 'Local/1@a', to: { application: 'Wait', data: '5' }, channelId });
    expect(await place('call-10')).toMatchObject({ answered: true, uniqueid: 'call-10' });
    expect(await place('call-1')).toMatchObject({ answered: false, reason: 0 });
    expect(await place('call-11')).toMatchObject({ answered: true, uniqueid: 'call-11' });
  });

  it('300 originates at once get their own answers, each heard once', async () => {
    const heard: string[] = [];
    const stop = ami.on('OriginateResponse', (e) => heard.push(e['Uniqueid'] ?? ''));
    // none the beginning of another, see below
    const ids = Array.from({ length: 300 }, (_, i) => `burst-${i + 1000}`);
    const results = await Promise.all(
      ids.map((channelId) => ami.originate({ channel: 'Local/1@a/n', to: { application: 'Hangup' }, channelId })),
    );
    stop();
    expect(results.map((r) => r.uniqueid)).toEqual(ids);
    expect(heard.sort()).toEqual([...ids].sort());
  });

  it('lists end, commands give their text, refusals are errors', async () => {
    const steps = await ami.list({ Action: 'ShowDialPlan', Context: 'a' });
    expect(steps.filter((s) => s['Application'] === 'Answer').map((s) => s['Extension'])).toEqual(['1']);
    expect(await ami.list({ Action: 'CoreShowChannels' })).toEqual(expect.any(Array));
    expect(await ami.command('core show version')).toMatch(/^Asterisk 22\./);
    expect((await ami.command('core show help')).split('\n').length).toBeGreaterThan(100);
    await expect(ami.command('no such thing')).rejects.toMatchObject({
      code: 'E_AMI_REFUSED',
      why: expect.stringContaining('No such command'),
    });
    await expect(ami.action({ Action: 'NoSuch' })).rejects.toThrow(code('E_AMI_REFUSED'));
    await expect(ami.list({ Action: 'PJSIPShowEndpoints' })).rejects.toThrow(code('E_AMI_REFUSED'));
  });

  it('a user without the right is refused with the words of Asterisk', async () => {
    const weak = await connectAmi({ host: '127.0.0.1', port: asterisk.amiPort, user: 'weak', secret: 'weak' });
    await expect(weak.action({ Action: 'DBPut', Family: 'a', Key: 'b', Val: 'c' })).rejects.toMatchObject({
      code: 'E_AMI_REFUSED',
      why: 'Permission denied',
    });
    await weak.close();
  });

  it('repeated headers reach Asterisk in their number', async () => {
    await ami.action({ Action: 'DBPut', Family: 'f', Key: 'k', Val: ' a;b ' });
    const [got] = await ami.list({ Action: 'DBGet', Family: 'f', Key: 'k' });
    expect(got?.['Val']).toBe('a;b ');
    const event = next('UserEvent', (e) => e['UserEvent'] === 'Mine');
    await ami.action({ Action: 'UserEvent', UserEvent: 'Mine', X: ['1', '2', '1'] });
    expect((await event)['X']).toBe('1\n1\n2');
  });

  it('a killed Asterisk is a lost connection', async () => {
    const second = await connectAmi({ host: '127.0.0.1', port: asterisk.amiPort, user: 'lab', secret: 'lab;secret' });
    const pending = expect(second.originate({ channel: 'Local/3@a/n', to: { application: 'Wait' } })).rejects.toThrow(code('E_AMI_LOST'));
    await ami.action({ Action: 'Ping' });
    await asterisk.container.exec(['sh', '-c', 'kill -9 $(pidof asterisk)']);
    await pending;
    await expect(second.lost).resolves.toMatchObject({ code: 'E_AMI_LOST' });
    await expect(ami.lost).resolves.toMatchObject({ code: 'E_AMI_LOST' });
  });

  function next(name: string, wanted: (e: AmiEvent) => boolean): Promise<AmiEvent> {
    return new Promise((resolve) => {
      const stop = ami.on(name, (e) => {
        if (!wanted(e)) return;
        stop();
        resolve(e);
      });
    });
  }
});
