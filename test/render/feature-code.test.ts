import { describe, expect, test } from 'vitest';
import { astdbRows } from '../../src/render/astdb.ts';
import { codesWith, houseWithCodes } from './codes.ts';
import { contextOf, pbx, type Some, smallHouse, treeOf } from './some-pbx.ts';
import { danglingTargets } from './targets.ts';

describe('feature codes', () => {
  test('of two that fit what was dialled the one wins that won on the old box: *720 is *72 with the number 0', async () => {
    const tree = await treeOf(houseWithCodes);
    const order = contextOf(tree.text('extensions.d/feature-code.conf'), 'feature-codes');
    expect(order.indexOf('include = app-cf-on')).toBeGreaterThanOrEqual(0);
    expect(order.indexOf('include = app-cf-on')).toBeLessThan(order.indexOf('include = app-cf-prompting-on'));
    const lines = contextOf(tree.text('extensions.d/forward-code.conf'), 'app-cf-on');
    expect(lines).toContain('exten = _*72.,1,Gosub(own-code,${EXTEN},1)');
    expect(lines).toContain('same = n,Set(TO=${FILTER(+*#0-9A-Za-z,${EXTEN:3})})');
  });

  test('an agent who logs in is rung where his extension is free: the queue watches its hint, whose name no IF() may part at the colon', async () => {
    const lines = contextOf((await treeOf(houseWithCodes)).text('extensions.d/queue-code.conf'), 'add-agent').join('\n');
    expect(lines).toMatch(/ExecIf\(.*\?Set\(LOCAL\(hint\)=hint:\$\{AGENT\}@ext-local\)\)/);
    expect(lines).not.toContain('?hint:');
    expect(lines).toMatch(/AddQueueMember\(\$\{EXTEN\},.*,\$\{hint\}\)/);
  });

  test('every place that they lead to exists, and a house without codes has none', async () => {
    expect(danglingTargets((await treeOf(houseWithCodes)).files)).toEqual([]);
    const plain = await treeOf(smallHouse);
    expect(plain.has('extensions.d/feature-code.conf')).toBe(false);
    expect(contextOf(plain.text('extensions.conf'), 'from-internal-xfer')).not.toContain('include = feature-codes');
  });

  test('one that is switched off, or that no line can hold, does nothing; the second is an error', async () => {
    const off = await treeOf(codesWith('feature-code', 'callwaiting/cwon', { enabled: 'no' }));
    expect(contextOf(off.text('extensions.d/feature-code.conf'), 'feature-codes')).not.toContain('include = app-callwaiting-cwon');
    const odd = await treeOf(codesWith('feature-code', 'callwaiting/cwon', { code: '*7,0' }));
    expect(contextOf(odd.text('extensions.d/feature-code.conf'), 'feature-codes')).not.toContain('include = app-callwaiting-cwon');
    expect(odd.codes()).toContain('NUMBER_NOT_RENDERED');
  });

  test('a telephone in a class of service that is unknown cannot forward its calls outside', async () => {
    const tree = await treeOf(codesWith('device', '101', { context: 'internal-only' }));
    expect(contextOf(tree.text('extensions.conf'), 'internal-only')).not.toContain('include = feature-codes');
  });

  test('who called last is kept only where a code tells it', async () => {
    const trace = 'same = n,Set(DB(CALLTRACE/${EXTEN})=${FILTER(+0-9,${CALLERID(num)})})';
    expect(contextOf((await treeOf(houseWithCodes)).text('extensions.d/extension.conf'), 'ext-local')).toContain(trace);
    expect(contextOf((await treeOf(smallHouse)).text('extensions.d/extension.conf'), 'ext-local')).not.toContain(trace);
  });

  test('who called a telephone that was not there is kept as well', async () => {
    const lines = contextOf((await treeOf(houseWithCodes)).text('extensions.d/routines.conf'), 'before-ringing');
    const away = lines.findIndex((l) => l.startsWith('same = n(away),'));
    expect(lines[away + 1]).toMatch(/^same = n,Set\(DB\(CALLTRACE\/\$\{EXTEN\}\)=/);
  });

  test('a call flow is switched by its code, by a password where it asks for one, and by the code for all', async () => {
    const tree = await treeOf(houseWithCodes);
    const lines = contextOf(tree.text('extensions.d/switch-code.conf'), 'app-daynight-toggle');
    const from = (code: string): string[] => lines.slice(lines.findIndex((l) => l.startsWith(`exten = ${code},1,`)));
    expect(from('*280').indexOf('same = n,Gosub(authenticate,${EXTEN},1(call-flow-0))')).toBe(2);
    expect(from('*283')[2]).toBe('same = n,GotoIf($["${DB(DAYNIGHT/C3)}" = "NIGHT"]?day)');
    expect(from('*28').filter((l) => l.includes('call-flow-mode'))).toHaveLength(4);
    expect(lines).toContain('exten = _*28*X.,hint,Custom:DAYNIGHT0&Custom:DAYNIGHT3');
    const secret = tree.files.find((f) => f.path.endsWith('password.conf'));
    expect(secret).toMatchObject({ secret: true, mode: 0o640 });
    expect(String(secret?.content)).toContain('exten = call-flow-0,1,Return($["${KEYED}" = "4711"])');
    for (const f of tree.files.filter((f) => !f.secret)) expect(String(f.content)).not.toContain('4711');
  });

  test('a prompt of the house is heard and recorded anew by a code of its own, by who knows its password', async () => {
    const tree = await treeOf({
      ...houseWithCodes,
      recording: { 3: { name: 'hello', prompts: [{ file: 'custom/hello', formats: ['wav'] }], asksPassword: 'yes' } },
      'feature-code': { 'recordings/edit-recording-3': { code: '*293' }, 'recordings/edit-recording-4': { code: '*294' } },
      secrets: { ...houseWithCodes.secrets, 'recording/3/password': '8642' },
    });
    const lines = contextOf(tree.text('extensions.d/feature-code.conf'), 'app-recordings');
    expect(lines).toEqual([
      'exten = *293,1,Wait(2)',
      'same = n,Gosub(authenticate,${EXTEN},1(recording-3))',
      'same = n,Set(PROMPT=custom/hello)',
      'same = n,Set(PROMPT_FILE=/usr/local/share/asterisk/sounds/hello)',
      'same = n,Set(PROMPT_ANEW=yes)',
      'same = n,Goto(record-prompt,check,1)',
    ]);
    expect(contextOf(tree.text('extensions.d/password.conf'), 'password').join()).toContain('recording-3,1,Return($["${KEYED}" = "8642"])');
    expect(danglingTargets(tree.files)).toEqual([]);
  });

  test('nobody passes a password that is not known, and that is an error', async () => {
    const tree = await treeOf({ ...houseWithCodes, secrets: smallHouse.secrets ?? {} });
    expect(contextOf(tree.text('extensions.d/password.conf'), 'password')[0]).toContain('exten = call-flow-0,1,Return(0)');
    expect(tree.codes()).toContain('SECRET_MISSING');
  });

  test('the code of a time condition looks at its hours and at the call flows that force it', async () => {
    const lines = contextOf((await treeOf(houseWithCodes)).text('extensions.d/switch-code.conf'), 'condition-now');
    expect(lines).toContain('same = n,GotoIfTime(09:00-18:00,mon-fri,*,*?hours)');
    expect(lines).toContain('same = n,GotoIf($["${DB(DAYNIGHT/C0)}" = "NIGHT"]?unmatched) ; call flow 0 Main decides');
  });

  test('callers without a number are turned away where the list says so, at no cost elsewhere', async () => {
    const inbound = async (some: Some): Promise<string> =>
      contextOf((await treeOf(some)).text('extensions.d/inbound-route.conf'), 'inbound').join('\n');
    expect(await inbound(houseWithCodes)).toContain('DB(blacklist/blocked)');
    expect(await inbound(smallHouse)).not.toContain('DB(blacklist/blocked)');
  });

  test('lists, modes and overrides stand in AstDB under their old keys', () => {
    const house = codesWith('extension', '101', { speedDials: { '5': '102' } });
    expect(Object.fromEntries(astdbRows(pbx(house)).map((r) => [r.key, r.value]))).toMatchObject({
      '/AMPUSER/101/speeddials/5': '102',
      '/sysspeeddials/1': '9123',
      '/blacklist/79990001122': 'Хулиган',
      '/blacklist/blocked': '1',
      '/DAYNIGHT/C0': 'NIGHT',
      '/DAYNIGHT/C3': 'DAY',
      '/CustomDevstate/DAYNIGHT0': 'INUSE',
      '/TC/1': 'false_sticky',
      '/CustomDevstate/TC1': 'INUSE',
    });
  });

  test('an agent logs in where the queue lists him, with his penalty and his name; a password is asked for where there is one', async () => {
    const text = (await treeOf(houseWithCodes)).text('extensions.d/queue-code.conf');
    const login = contextOf(text, 'app-queue-login');
    expect(login).toContain('same = n,Gosub(agent-login,400,1())');
    expect(login).toContain('same = n,Gosub(agent-login,402,1(extensions,password))');
    expect(contextOf(text, 'agent-name')).toContain('exten = 102,1,Return(Dr.  Bones  McCoy)');
    expect(contextOf(text, 'fixed-agents')).toContain('exten = 400*101,1,Return()');
    expect(contextOf(text, 'app-queue-caller-count')).toContain('exten = *47*102*400,hint,Queue:400');
  });

  test('a call at a member of a ring group that allows it is picked up by the code of the member', async () => {
    const tree = await treeOf(codesWith('ring-group', '600', { allowsPickup: 'yes' }));
    const lines = contextOf(tree.text('extensions.d/feature-code.conf'), 'app-pickup');
    expect(lines).toContain('exten = **101,1,Pickup(101@from-internal&600@from-internal) ; also calls of ring group 600');
    expect(tree.codes()).not.toContain('OPTION_NOT_CARRIED');
  });

  test('one of a kind that is not carried says that the number is not in service, and is an error', async () => {
    const tree = await treeOf({ ...houseWithCodes, 'feature-code': { 'core/userlogon': { code: '*11' } } });
    expect(contextOf(tree.text('extensions.d/feature-code.conf'), 'app-not-carried')).toEqual([
      'exten = *11,1,Goto(not-carried,feature-code-*11,1) ; core/userlogon',
      'exten = _*11.,1,Goto(not-carried,feature-code-*11,1)',
    ]);
    expect(contextOf(tree.text('extensions.d/not-carried.conf'), 'not-carried')[0]).toBe('exten = feature-code-*11,1,Answer()');
    expect(tree.findings.find((f) => f.about?.id === 'core/userlogon')?.code).toBe('DESTINATION_NOT_CARRIED');
  });

  test('keys during a call are those of the old box; one that it lacks is left to Asterisk', async () => {
    const features = (await treeOf(houseWithCodes)).text('features.conf');
    expect(contextOf(features, 'featuremap')).toEqual(['blindxfer = ##']);
    expect(contextOf(features, 'general')).toContain('pickupexten = *8');
    expect(contextOf((await treeOf(smallHouse)).text('features.conf'), 'featuremap')).toEqual([
      'blindxfer = ##',
      'atxfer = *2',
      'disconnect = **',
    ]);
  });

  test('a message is left for an extension by its code, in its own mailbox', async () => {
    const text = (await treeOf(houseWithCodes)).text('extensions.d/voicemail-code.conf');
    expect(contextOf(text, 'app-directvm')).toEqual(['exten = *102,1,Gosub(voicemail,NOANSWER,1(102@default))']);
  });

  test('lamps of all telephones of an extension show its state, from the first start on', async () => {
    const house = codesWith('extension', '101', { devices: ['1601', '1602'], state: { callWaiting: 'no', doNotDisturb: 'yes' } });
    const lamps = contextOf((await treeOf(house)).text('extensions.d/feature-code.conf'), 'lamps');
    expect(lamps[0]).toBe('exten = 101,1,Set(DEVICE_STATE(Custom:${ARG1}1601${ARG3})=${ARG2})');
    expect(lamps[1]).toBe('same = n,Set(DEVICE_STATE(Custom:${ARG1}1602${ARG3})=${ARG2})');
    const rows = Object.fromEntries(astdbRows(pbx(house)).map((r) => [r.key, r.value]));
    expect(rows).toMatchObject({
      '/DND/101': 'YES',
      '/CustomDevstate/DEVDND1602': 'BUSY',
      '/CustomDevstate/FOLLOWME1601': 'INUSE',
      '/AMPUSER/101/followme/ddial': 'DIRECT',
    });
  });
});
