import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Ami, connectAmi } from '../../src/asterisk/ami.ts';
import { Interrupted } from '../../src/error.ts';
import { event, FakeAmi, idOf, reply } from './fake-ami.ts';

const code = (c: string) => expect.objectContaining({ code: c });

describe('the manager interface', () => {
  let fake: FakeAmi;
  let open: Ami[];
  const connect = async (o: { timeoutMs?: number; signal?: AbortSignal; secret?: string } = {}): Promise<Ami> => {
    const ami = await connectAmi({ host: '127.0.0.1', port: fake.port, user: 'u', secret: 's', ...o });
    open.push(ami);
    return ami;
  };
  beforeEach(async () => {
    fake = await FakeAmi.start();
    open = [];
  });
  afterEach(async () => {
    await Promise.all(open.map((ami) => ami.close()));
    await fake.stop();
  });

  it('a refused login is an error with the words of Asterisk', async () => {
    fake.login = (a) => reply(a, 'Error', 'Message: Authentication failed');
    await expect(connect()).rejects.toMatchObject({ code: 'E_AMI_LOGIN', why: 'Authentication failed' });
  });

  it('nothing that listens, nothing that answers and a line that drops during login are told apart', async () => {
    const silent = createServer((socket) => void socket.on('error', () => undefined).resume());
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as { port: number };
    await expect(connectAmi({ host: '127.0.0.1', port, user: 'u', secret: 's', timeoutMs: 50 })).rejects.toThrow(code('E_AMI_TIMEOUT'));
    await new Promise((resolve) => silent.close(resolve));
    await expect(connectAmi({ host: '127.0.0.1', port, user: 'u', secret: 's' })).rejects.toThrow(code('E_AMI_CONNECT'));
    fake.login = () => {
      for (const socket of fake.sockets) socket.destroy();
      return '';
    };
    await expect(connect()).rejects.toThrow(code('E_AMI_LOST'));
  });

  it('a lost connection fails what is pending, says so, and refuses what comes later', async () => {
    const ami = await connect();
    fake.answer = () => null;
    const pending = [
      ami.action({ Action: 'Ping' }),
      ami.list({ Action: 'QueueStatus' }),
      ami.originate({ channel: 'Local/1@a', to: { application: 'Wait' } }),
    ];
    const failed = Promise.all(pending.map((p) => expect(p).rejects.toThrow(code('E_AMI_LOST'))));
    await vi.waitFor(() => expect(fake.received).toHaveLength(4));
    for (const socket of fake.sockets) socket.destroy();
    await failed;
    await expect(ami.lost).resolves.toMatchObject({ code: 'E_AMI_LOST' });
    await expect(ami.action({ Action: 'Ping' })).rejects.toThrow(code('E_AMI_LOST'));
  });

  it('half a packet of a lost connection does not reach the next one', async () => {
    const first = await connect();
    fake.say('Event: Half\nX: 1');
    for (const socket of fake.sockets) socket.end();
    await first.lost;
    const second = await connect();
    const events: string[] = [];
    second.on('*', (e) => events.push(e['Event'] ?? ''));
    await expect(second.action({ Action: 'Ping' })).resolves.toMatchObject({ response: 'Success' });
    expect(events).toEqual([]);
  });

  it('an answer that never comes ends with a time-out, and its late reply disturbs nobody', async () => {
    const ami = await connect();
    fake.answer = () => null;
    await expect(ami.action({ Action: 'Slow' }, { timeoutMs: 30 })).rejects.toThrow(code('E_AMI_TIMEOUT'));
    const slow = fake.received.at(-1) ?? {};
    fake.answer = (a) => reply(slow, 'Error', 'Message: late') + reply(a, 'Success', 'Ping: Pong');
    await expect(ami.action({ Action: 'Ping' })).resolves.toMatchObject({ ping: 'Pong' });
  });

  it('every action of every connection has an ActionID of its own, and each gets its own reply', async () => {
    fake.answer = (a) => reply(a, 'Success', `Echo: ${a['n']?.[0]}`);
    const amis = [await connect(), await connect()];
    const replies = await Promise.all(Array.from({ length: 2000 }, (_, i) => amis[i % 2]?.action({ Action: 'Ping', N: String(i) })));
    expect(replies.map((r) => r?.['Echo'])).toEqual(Array.from({ length: 2000 }, (_, i) => String(i)));
    const ids = fake.received.filter((a) => a['action']?.[0] === 'Ping').map(idOf);
    expect(new Set(ids).size).toBe(2000);
  });

  it('a line break or NUL in any value is refused before anything is sent, in the login too', async () => {
    const ami = await connect();
    for (const bad of ['1\r\nAction: Hangup', '1\n', '\0', 'x'.repeat(1001)]) {
      await expect(ami.action({ Action: 'Getvar', Variable: bad })).rejects.toThrow(code('E_AMI_VALUE'));
      await expect(ami.originate({ channel: 'Local/1@a', to: { application: 'Wait' }, variables: { X: bad } })).rejects.toThrow(
        code('E_AMI_VALUE'),
      );
    }
    await expect(ami.action({ Action: 'Ping', 'X: 1\r\nY': '2' })).rejects.toThrow(code('E_AMI_VALUE'));
    await expect(ami.action({ Action: 'Ping', ActionID: 'mine' })).rejects.toThrow(code('E_AMI_VALUE'));
    await expect(connect({ secret: 's\r\nAction: x' })).rejects.toThrow(code('E_AMI_VALUE'));
    expect(fake.received).toHaveLength(1);
  });

  it('an Error of Asterisk is an error with its message and never with what was sent', async () => {
    const ami = await connect();
    fake.answer = (a) => reply(a, 'Error', 'Message: Permission denied');
    const refused = ami.action({ Action: 'DBPut', Val: 'topsecret' });
    await expect(refused).rejects.toMatchObject({
      code: 'E_AMI_REFUSED',
      why: 'Permission denied',
      where: expect.stringContaining('DBPut'),
    });
    await expect(refused).rejects.not.toThrow(/topsecret/);
    await expect(ami.list({ Action: 'PJSIPShowEndpoints' })).rejects.toThrow(code('E_AMI_REFUSED'));
  });

  it('a list gathers its own events only, up to the closing one', async () => {
    const ami = await connect();
    fake.answer = (a) =>
      reply(a, 'Success', 'EventList: start') +
      event(a, 'Member', 'Name: a') +
      'Event: Member\nName: stranger\n\n' +
      event(a, 'Member', 'Name: b') +
      (a['action']?.[0] === 'Old' ? event(a, 'OldComplete') : event(a, 'TheEnd', 'EventList: Complete', 'ListItems: 2'));
    for (const action of ['New', 'Old']) expect((await ami.list({ Action: action })).map((e) => e['Name'])).toEqual(['a', 'b']);
  });

  it('a list that goes on for longer than the time-out is not cut while events come', async () => {
    const ami = await connect();
    let action: Record<string, string[]> = {};
    fake.answer = (a) => {
      action = a;
      return reply(a, 'Success');
    };
    const listed = ami.list({ Action: 'L' }, { timeoutMs: 80 });
    for (let i = 0; i < 4; i++) {
      await new Promise((resolve) => setTimeout(resolve, 40)); // the interval is what is tested
      fake.say(event(action, i < 3 ? 'Item' : 'LComplete'));
    }
    expect(await listed).toHaveLength(3);
  });

  it('an event comes once, OriginateResponse too, to its name in any case and to *', async () => {
    const ami = await connect();
    const heard: string[] = [];
    const stop = ami.on('originateRESPONSE', (e) => heard.push(`name ${e['Uniqueid']}`));
    ami.on('*', (e) => heard.push(`* ${e['event']}`));
    fake.say('Event: OriginateResponse\nActionID: other\nResponse: Success\nUniqueid: 1\n\nEvent: End\n\n');
    await vi.waitFor(() => expect(heard).toContain('* End'));
    stop();
    fake.say('Event: OriginateResponse\nUniqueid: 2\n\nEvent: End2\n\n');
    await vi.waitFor(() => expect(heard).toContain('* End2'));
    expect(heard).toEqual(['name 1', '* OriginateResponse', '* End', '* OriginateResponse', '* End2']);
  });

  it('originate waits for its own OriginateResponse; a call that fails is a result', async () => {
    const ami = await connect();
    fake.answer = (a) =>
      `${reply(a, 'Success', 'Message: Originate successfully queued')}Event: OriginateResponse\nActionID: other\nResponse: Success\n\n${event(a, 'OriginateResponse', 'Response: Failure', 'Channel: Local/1@a', 'Reason: 3', 'Uniqueid: <unknown>')}`;
    const result = await ami.originate({
      channel: 'Local/1@a',
      to: { context: 'c', extension: '5' },
      ringMs: 5000,
      channelId: 'x-1',
      variables: { A: 'one,two', __B: 'say "hi" (x)' },
    });
    expect(result).toMatchObject({ answered: false, reason: 3, uniqueid: null, channel: 'Local/1@a' });
    expect(fake.received.at(-1)).toMatchObject({
      action: ['Originate'],
      channel: ['Local/1@a'],
      context: ['c'],
      exten: ['5'],
      priority: ['1'],
      timeout: ['5000'],
      channelid: ['x-1'],
      async: ['true'],
      variable: ['A=one\\,two', '__B=say \\"hi\\" \\(x\\)'],
    });
  });

  it('a refused originate is an error', async () => {
    const ami = await connect();
    fake.answer = (a) => reply(a, 'Error', 'Message: Originate Access Forbidden: app or data blacklisted');
    await expect(ami.originate({ channel: 'Local/1@a', to: { application: 'System', data: 'ls' } })).rejects.toThrow(code('E_AMI_REFUSED'));
  });

  it('a command gives its lines without colours, from Asterisk 22 and from 1.8; a failed one is an error', async () => {
    const ami = await connect();
    fake.answer = (a) =>
      reply(a, 'Success', 'Message: Command output follows', 'Output: \u001b[1;32ma: b\u001b[0m', 'Output: ', 'Output:   c');
    expect(await ami.command('x')).toBe('a: b\n\n  c');
    fake.answer = (a) => `Response: Follows\nPrivilege: Command\nActionID: ${idOf(a)}\nold: way\nline 2\n--END COMMAND--\n\n`;
    expect(await ami.command('x')).toBe('old: way\nline 2');
    fake.answer = (a) => reply(a, 'Error', 'Message: Command output follows', "Output: No such command 'x'");
    await expect(ami.command('x')).rejects.toMatchObject({ code: 'E_AMI_REFUSED', why: "No such command 'x'" });
  });

  it('headers are found in any case, repeated ones are lines, and names of Object.prototype are nothing special', async () => {
    const ami = await connect();
    fake.answer = (a) =>
      reply(a, 'Success', 'AppData: a: b', 'ChanVariable: X=1=2', 'ChanVariable: Y=', 'Variable: NAME', 'constructor: c');
    const r = await ami.action({ Action: 'X' });
    expect([r['AppData'], r['appdata'], r['ChanVariable'], r['Variable'], r['constructor'], r['toString']]).toEqual([
      'a: b',
      'a: b',
      'X=1=2\nY',
      'NAME',
      'c',
      undefined,
    ]);
  });

  it('packets split at any byte are whole, and UTF-8 too', async () => {
    const ami = await connect();
    const names: string[] = [];
    ami.on('N', (e) => names.push(e['Name'] ?? ''));
    const bytes = Buffer.from('Event: N\r\nName: Иванов 李\r\n\r\n'.repeat(3));
    for (const byte of bytes) {
      for (const socket of fake.sockets) socket.write(Buffer.from([byte]));
      await new Promise(setImmediate);
    }
    await vi.waitFor(() => expect(names).toEqual(['Иванов 李', 'Иванов 李', 'Иванов 李']));
  });

  it('a handler that throws does not stop the others nor the connection', async () => {
    const thrown: unknown[] = [];
    const listeners = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.on('uncaughtException', (e) => thrown.push(e));
    try {
      const ami = await connect();
      let heard = 0;
      ami.on('E', () => {
        throw new Error('mine');
      });
      ami.on('E', () => heard++);
      fake.say('Event: E\n\nEvent: E\n\n');
      await vi.waitFor(() => expect([heard, thrown.length]).toEqual([2, 2]));
      await expect(ami.action({ Action: 'Ping' })).resolves.toBeDefined();
    } finally {
      process.removeAllListeners('uncaughtException');
      for (const l of listeners) process.on('uncaughtException', l);
    }
  });

  it('an interrupt ends everything at once, during the login too', async () => {
    const stop = new AbortController();
    const ami = await connect({ signal: stop.signal });
    fake.answer = () => null;
    const pending = expect(ami.action({ Action: 'Ping' })).rejects.toThrow(Interrupted);
    stop.abort();
    await pending;
    await vi.waitFor(() => expect(fake.sockets.size).toBe(0));
    await expect(connect({ signal: stop.signal })).rejects.toThrow(Interrupted);
    const later = new AbortController();
    fake.login = () => {
      setImmediate(() => later.abort());
      return '';
    };
    await expect(connect({ signal: later.signal })).rejects.toThrow(Interrupted);
  });

  it('closing fails what is pending, is no loss, and ends even where the other side keeps silent', async () => {
    const ami = await connect();
    fake.answer = () => null;
    let lost = false;
    void ami.lost.then(() => {
      lost = true;
    });
    const pending = expect(ami.action({ Action: 'Ping' })).rejects.toThrow(code('E_AMI_LOST'));
    await ami.close();
    await ami.close();
    await pending;
    expect(lost).toBe(false);
    await vi.waitFor(() => expect(fake.sockets.size).toBe(0));
  });
});
