import { describe, expect, test } from 'vitest';
import { contextOf, houseWith, smallHouse, treeOf } from './some-pbx.ts';

const extensions = 'extensions.d/extension.conf';

describe('extensions', () => {
  test('an internal call takes at most eight steps up to Dial, and no macro, AGI or System', async () => {
    const tree = await treeOf(smallHouse);
    const block = contextOf(tree.text(extensions), 'ext-local');
    const before = contextOf(tree.text('extensions.d/routines.conf'), 'before-ringing');
    const returns = before.findIndex((l) => l.includes('Return()')) + 1;
    const dial = block.filter((l) => !l.includes(',hint,')).findIndex((l) => l.includes('Dial(PJSIP/101')) + 1;
    expect(returns + dial).toBeLessThanOrEqual(8);
    for (const f of tree.files.filter((f) => f.path.includes('extensions')))
      expect(String(f.content)).not.toMatch(/\b(Macro|AGI|System|TrySystem)\(/);
  });

  test('one with voicemail rings its own seconds always, one without rings them only where it forwards', async () => {
    const block = contextOf((await treeOf(smallHouse)).text(extensions), 'ext-local');
    expect(block).toContain('exten = 101,1,Gosub(before-ringing,${EXTEN},1(15))');
    expect(block).toContain('exten = 102,1,Gosub(before-ringing,${EXTEN},1(20,always))');
    expect(block).toContain('same = n(dest),Gosub(voicemail,${DIALSTATUS},1(102@default))');
    expect(block).toContain('exten = vmu102,1,Gosub(voicemail,NOANSWER,1(102@default))');
    expect(block.some((l) => l.includes('vmu101'))).toBe(false);
  });

  test('all telephones of one ring together, and its lamp shows them all', async () => {
    const some = houseWith('extension', '101', { devices: ['101', '102'] });
    const block = contextOf((await treeOf(some)).text(extensions), 'ext-local');
    expect(block).toContain('exten = 101,hint,PJSIP/101&PJSIP/102');
    expect(block).toContain('same = n,Dial(PJSIP/101&PJSIP/102,${RING_SECONDS},${DIAL_OPTIONS})');
  });

  test('one on an analogue line is unreachable, and that is an error that names it', async () => {
    const tree = await treeOf(houseWith('device', '101', { technology: 'dahdi', channel: '1' }));
    expect(contextOf(tree.text(extensions), 'ext-local').join('\n')).toContain('Set(DIALSTATUS=CHANUNAVAIL)');
    const found = tree.findings.find((f) => f.code === 'DAHDI_NOT_CARRIED');
    expect(found?.severity).toBe('error');
    expect(found?.about).toEqual({ kind: 'extension', id: '101' });
  });

  test('a class of service that is unknown reaches no outbound route', async () => {
    const tree = await treeOf(houseWith('device', '101', { context: 'internal-only' }));
    expect(contextOf(tree.text('extensions.conf'), 'internal-only')).toEqual([
      'include = ext-group',
      'include = ext-local',
      'include = bad-number',
    ]);
    expect(tree.codes()).toContain('DEVICE_CONTEXT_UNKNOWN');
  });

  test('a recording policy costs a step only where there is one', async () => {
    const plain = await treeOf(smallHouse);
    expect(plain.text('extensions.d/routines.conf')).not.toContain('MixMonitor');
    expect(plain.text('modules.conf')).not.toContain('app_mixmonitor');
    const tree = await treeOf(
      houseWith('extension', '102', {
        recording: { inExternal: 'always', inInternal: 'dontcare', outExternal: 'always', outInternal: 'dontcare', priority: '10' },
      }),
    );
    expect(contextOf(tree.text(extensions), 'ext-local')).toContain('exten = 102,1,Gosub(record-called,${EXTEN},1(always,dontcare,10))');
    expect(contextOf(tree.text(extensions), 'ext-local')).toContain('exten = 101,1,Gosub(before-ringing,${EXTEN},1(15))');
    expect(tree.text('pjsip_wizard.conf')).toContain('endpoint/set_var = __RECORD_OUTSIDE=always');
    expect(tree.text('modules.conf')).toContain('load = app_mixmonitor.so');
  });
});

describe('outbound routes', () => {
  test('the prefix is taken off, and the trunk rewrites what its rule matches', async () => {
    const tree = await treeOf(smallHouse);
    expect(contextOf(tree.text('extensions.d/outbound-route.conf'), 'outrt-1')[0]).toBe(
      'exten = _9.,1,Gosub(route-1,${EXTEN},1(${EXTEN:1}))',
    );
    expect(contextOf(tree.text('extensions.d/trunk.conf'), 'trunk-1-rule-1')).toEqual(['exten = _XXXXXXX,1,Return(7495${EXTEN})']);
  });

  test('the ranges of a pattern keep their dash', async () => {
    const tree = await treeOf(houseWith('outbound-route', '1', { patterns: [{ match: '[2-7]XX-XX' }] }));
    expect(contextOf(tree.text('extensions.d/outbound-route.conf'), 'outrt-1')[0]).toMatch(/^exten = _\[2-7\]XXXX,1,/);
  });

  test('one that keeps hours is there within them, and outside them a later route takes the number', async () => {
    const some = {
      ...smallHouse,
      'time-group': {
        '1': {
          times: [
            { hours: '09:00-18:00', weekdays: 'mon-fri' },
            { hours: '10:00-14:00', weekdays: 'sat' },
          ],
        },
      },
      'outbound-route': {
        '1': { name: 'Office', position: '0', patterns: [{ match: '9.' }], trunks: ['1'], timeGroup: '1' },
        '2': { name: 'Other', position: '1', patterns: [{ match: 'X.' }], trunks: ['1'] },
      },
    };
    const text = (await treeOf(some)).text('extensions.d/outbound-route.conf');
    expect(contextOf(text, 'outrt-1').slice(0, 4)).toEqual([
      'exten = _9.,1,GotoIfTime(09:00-18:00,mon-fri,*,*?open)',
      'same = n,GotoIfTime(10:00-14:00,sat,*,*?open)',
      'same = n,Goto(outside-hours-1,${EXTEN},1)',
      'same = n(open),Gosub(route-1,${EXTEN},1(${EXTEN}))',
    ]);
    expect(contextOf(text, 'later-than-1')).toEqual(['include = outrt-2']);
  });

  test('one for help that no trunk takes answers to say so; one inside the company has words of its own', async () => {
    const some = {
      ...smallHouse,
      settings: {
        pbx: { ...smallHouse.settings?.['pbx'], routeMessages: { company: 'tone', wrongNumber: 'usual', unanswered: { recording: '3' } } },
      },
      recording: { '3': { prompts: [{ file: 'custom/away', formats: ['wav'] }] } },
      'outbound-route': {
        '1': { name: 'Help', position: '0', patterns: [{ match: '112' }], trunks: ['1'], emergency: 'yes' },
        '2': { name: 'Branch', position: '1', patterns: [{ match: '4XX' }], trunks: ['1'], intraCompany: 'yes' },
      },
    };
    const tree = await treeOf(some);
    const text = tree.text('extensions.d/outbound-route.conf');
    expect(contextOf(text, 'outrt-1')[1]).toBe('same = n,Goto(no-way-to-help,${EXTEN},1)');
    expect(contextOf(text, 'no-way-to-help')[1]).toBe('same = n,Playback(all-circuits-busy-now&please-try-call-later)');
    expect(contextOf(text, 'outrt-2')[1]).toBe('same = n,Goto(no-way-to-branch,${EXTEN},1)');
    expect(contextOf(text, 'no-way-to-branch')).toEqual(['exten = _[+*#0-9]!,1,Progress()', 'same = n,Congestion(20)']);
    expect(contextOf(text, 'all-circuits-busy')[0]).toContain('"${HANGUPCAUSE}" = "1"');
    expect(contextOf(text, 'wrong-number')[1]).toBe('same = n,Playback(cannot-complete-as-dialed&check-number-dial-again)');
    expect(contextOf(tree.text('extensions.d/trunk.conf'), 'trunk-failed')).toContain('same = n,Playback(custom/away,noanswer)');
  });

  test('one that keeps hours of which there are none is shut, not open at all times', async () => {
    const tree = await treeOf(houseWith('outbound-route', '1', { timeGroup: '1' }));
    expect(contextOf(tree.text('extensions.d/outbound-route.conf'), 'outrt-1')).toEqual([
      'exten = _9.,1,Goto(all-circuits-busy,${EXTEN},1)',
    ]);
    expect(tree.codes()).toContain('ROUTE_HOURS_MISSING');
  });

  test('one with a PIN set and a password asks for both before the first trunk, and its PINs stand in the secret file alone', async () => {
    const guarded = houseWith('outbound-route', '1', { pinSet: '1', asksPassword: 'yes' });
    const secrets = { 'pin-set/1/pin/1': '73531', 'pin-set/1/pin/2': '0735', 'outbound-route/1/password': '84631' };
    const tree = await treeOf({
      ...guarded,
      'pin-set': { '1': { description: 'Abroad', recordsPin: 'yes' } },
      secrets: { ...guarded.secrets, ...secrets },
    });
    const lines = contextOf(tree.text('extensions.d/outbound-route.conf'), 'route-1');
    expect(lines.slice(0, 3)).toEqual([
      'exten = _[+*#0-9]!,1,Gosub(ask-pin,${EXTEN},1(pin-set-1,account)) ; PIN set 1 Abroad',
      'same = n,Gosub(ask-pin,${EXTEN},1(outbound-route-1)) ; its password',
      'same = n,Gosub(call-out,${EXTEN},1)',
    ]);
    const password = tree.text('extensions.d/password.conf');
    expect(contextOf(password, 'password')).toContain('exten = outbound-route-1,1,Return($["${KEYED}" = "84631"])');
    expect(contextOf(password, 'pins-pin-set-1')).toEqual(['exten = 73531,1,NoOp()', 'exten = 0735,1,NoOp()']);
    expect(tree.text('modules.conf')).toContain('load = app_cdr.so');
    for (const f of tree.files.filter((f) => !f.secret))
      for (const secret of Object.values(secrets)) expect(String(f.content)).not.toContain(secret);
  });

  test('one whose PIN set does not exist lets nobody through', async () => {
    const tree = await treeOf(houseWith('outbound-route', '1', { pinSet: '9' }));
    expect(contextOf(tree.text('extensions.d/outbound-route.conf'), 'route-1')[0]).toContain('Gosub(ask-pin,${EXTEN},1(pin-set-9))');
    expect(tree.text('extensions.d/password.conf')).toContain('exten = _[0-9a-z]!,1,Return(0)');
    expect(tree.codes()).toContain('SECRET_MISSING');
  });

  test('routes are asked in their order, not by their ids', async () => {
    const tree = await treeOf({
      ...smallHouse,
      'outbound-route': { '1': { name: 'Late', position: '1', patterns: [] }, '2': { name: 'Early', position: '0', patterns: [] } },
    });
    expect(contextOf(tree.text('extensions.conf'), 'outbound-allroutes')).toEqual([
      'include = outrt-2 ; Early',
      'include = outrt-1 ; Late',
    ]);
  });

  test('a custom trunk to a peer that exists goes there over PJSIP, one to nobody is passed by', async () => {
    const gate = (dial: string): object => ({ ...smallHouse.trunk, '2': { technology: 'custom', name: 'Gate', dial } });
    const known = await treeOf({ ...smallHouse, trunk: gate('SIP/$OUTNUM$@carrier') as never });
    expect(contextOf(known.text('extensions.d/trunk.conf'), 'trunk-2').join('\n')).toContain(
      'Dial(PJSIP/${FILTER(+*#0-9A-Za-z,${ARG1})}@carrier',
    );
    const unknown = await treeOf({ ...smallHouse, trunk: gate('SIP/$OUTNUM$@nobody') as never });
    expect(unknown.codes()).toContain('TRUNK_NOT_CARRIED');
    expect(contextOf(unknown.text('extensions.d/trunk.conf'), 'trunk-2')).toEqual([]);
  });
});

describe('inbound routes', () => {
  test('a caller and any number loses to the route for all, unless the caller goes first', async () => {
    const row = { callerId: '79161112233', destination: { to: 'end', how: 'busy' } };
    const later = await treeOf(houseWith('inbound-route', 'any/79161112233', row));
    expect(contextOf(later.text('extensions.d/inbound-route.conf'), 'ext-did-0002').join('\n')).toContain('exten = s/79161112233,1,');
    const first = await treeOf(houseWith('inbound-route', 'any/79161112233', { ...row, callerIdFirst: 'yes' }));
    expect(contextOf(first.text('extensions.d/inbound-route.conf'), 'ext-did-0001').join('\n')).toContain('exten = s/79161112233,1,');
  });

  test('without a route for all, an unknown number hears that it is not in service', async () => {
    const { 'any/any': _, ...routes } = smallHouse['inbound-route'] ?? {};
    const text = (await treeOf({ ...smallHouse, 'inbound-route': routes })).text('extensions.d/inbound-route.conf');
    expect(contextOf(text, 'ext-did')).toContain('include = ext-did-nobody');
    expect(contextOf(text, 'ext-did-nobody')).toEqual([
      'exten = s,1,Answer()',
      'same = n,Wait(2)',
      'same = n,Playback(ss-noservice)',
      'same = n,Hangup()',
    ]);
  });

  test('callers from outside may not transfer', async () => {
    const tree = await treeOf({ ...smallHouse, settings: { pbx: { dialOptions: 'Ttr' } } });
    expect(contextOf(tree.text('extensions.d/inbound-route.conf'), 'inbound')).toContain('same = n,Set(__DIAL_OPTIONS=tr)');
  });

  test('a destination that is not carried plays that the number is not in service, and says who leads there', async () => {
    const tree = await treeOf(houseWith('inbound-route', '74951234500/any', { destination: { to: 'queue', id: '400' } }));
    expect(contextOf(tree.text('extensions.d/not-carried.conf'), 'not-carried')[0]).toBe('exten = queue-400,1,Answer()');
    expect(tree.text('extensions.d/not-carried.conf')).toContain('; queue 400; led here by inbound-route/74951234500/any');
    expect(tree.codes()).toContain('DESTINATION_NOT_CARRIED');
  });

  test('what the old box had lost is hung up on in silence, as there', async () => {
    const tree = await treeOf(
      houseWith('inbound-route', '74951234500/any', { destination: { to: 'missing', was: 'ext-queues,9,1', because: 'no-such-object' } }),
    );
    expect(contextOf(tree.text('extensions.d/inbound-route.conf'), 'ext-did-0002')).toContain('same = n,Goto(app-blackhole,hangup,1)');
    expect(tree.codes()).toContain('DESTINATION_MISSING');
  });
});

describe('ring groups', () => {
  const group = async (change: object): Promise<string[]> =>
    contextOf((await treeOf(houseWith('ring-group', '600', change))).text('extensions.d/ring-group.conf'), 'ext-group');

  test('hunt rings one after the other, memoryhunt one more each time', async () => {
    expect((await group({ strategy: 'hunt' })).filter((l) => l.includes('ring-members'))).toEqual(
      Array(2).fill('same = n,Gosub(ring-members,${EXTEN},1(20,hunt))'),
    );
    expect((await group({ strategy: 'memoryhunt' })).filter((l) => l.includes('ring-members'))).toEqual(
      Array(2).fill('same = n,Gosub(ring-members,${EXTEN},1(20,memory))'),
    );
  });

  test('the first that is free rings alone', async () => {
    const lines = await group({ strategy: 'firstavailable' });
    expect(lines.filter((l) => l === 'same = n,GotoIf($["${MEMBERS}${TURN}" != ""]?ring)')).toHaveLength(1);
    expect(lines).toContain('same = n,Gosub(member,${EXTEN},1(101,available,hunt))');
  });

  test('nobody else rings where the primary member is not free', async () => {
    const lines = await group({ firstMemberIsPrimary: 'yes' });
    expect(lines).toContain('same = n,Gosub(primary,${EXTEN},1(101))');
    expect(lines).toContain('same = n,GotoIf($["${FIRST}" = "alone"]?ring)');
    expect(await group({ firstMemberIsPrimary: 'yes', strategy: 'hunt' })).toContain('same = n,GotoIf($["${FIRST}" = "alone"]?nobody)');
  });

  test('a number that is listed twice rings once, unless the group hunts', async () => {
    const rings = async (change: object): Promise<number> =>
      (await group({ members: [{ number: '101' }, { number: '101' }], ...change })).filter((l) => l.includes('Gosub(member,')).length;
    expect(await rings({})).toBe(1);
    expect(await rings({ strategy: 'hunt' })).toBe(2);
  });

  test('an outside member goes through the routes, and presses 1 where the group asks for it', async () => {
    const members = [{ number: '101' }, { number: '989161112233', outside: 'yes' }];
    expect(await group({ members })).toContain('same = n,Set(MEMBERS=${MEMBERS}&Local/989161112233@from-internal/n)');
    expect(await group({ members, confirms: 'yes' })).toContain('same = n,Set(MEMBERS=${MEMBERS}&Local/989161112233@confirmed/n)');
  });

  test('a prefix with signs that mean something to the dialplan is put before the name as it is', async () => {
    expect(await group({ callerNamePrefix: 'A,"${x};' })).toContain('same = n,Set(PREFIX=A,"$${}{x}\\;)');
  });
});
