import { describe, expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { agentCheck } from '../../src/verify/static/agents.ts';
import { passwordCheck } from '../../src/verify/static/passwords.ts';
import { contextOf, pbx, type Some, smallHouse, treeOf } from '../render/some-pbx.ts';
import { said } from '../verify/asked.ts';
import { boxOf } from './box-of.ts';

const FILE = `[general]
persistentagents=yes
[agents]
musiconhold => waiting
ackcall=no
group=1
agent => 1001,4321,Mark Spencer
wrapuptime=5000
ackcall=always
autologoff=15
recordagentcalls=yes
agent => 1002,,Eve
agent => 1001,9,Twice
agent => x y,1,Odd
`;

describe('agents who wait on the line', () => {
  it('are read with the options that stand above each, their passwords apart', () => {
    const { model, findings, ledger } = readBox(boxOf({ etc: { 'agents.conf': FILE } }));
    expect(model.agent).toEqual({
      1001: { name: 'Mark Spencer', acknowledges: false, restMs: null, logOffSeconds: null, musicClass: 'waiting' },
      1002: { name: 'Eve', acknowledges: true, restMs: 5000, logOffSeconds: 15, musicClass: 'waiting' },
    });
    expect(model.secrets).toEqual({ 'agent/1001/password': '4321' });
    const told = findings.filter((f) => f.code === 'OPTION_NOT_CARRIED').map((f) => f.where);
    expect(told).toEqual(['agents.conf', 'agents.conf:13', 'agents.conf:14']);
    expect(ledger.entries.filter((e) => e.key === 'agents.conf').map((e) => e.fate)).toEqual(['carried']);
  });

  it('are none in the file as it comes', () => {
    const { model, ledger } = readBox(boxOf({ etc: { 'agents.conf': '[agents]\n;agent => 1001,4321,Mark\n' } }));
    expect(model.agent).toEqual({});
    expect(ledger.entries.filter((e) => e.key === 'agents.conf').map((e) => e.fate)).toEqual(['dropped']);
  });
});

const house: Some = {
  ...smallHouse,
  queue: { '400': { name: 'Sales', strategy: 'ringall', members: [{ kind: 'agent', number: '1001' }] } },
  agent: { '1001': { name: 'Mark; S', restMs: '5000', acknowledges: 'yes', logOffSeconds: '15' }, '1002': { name: 'Eve' } },
  'custom-dialplan': {
    agentlogin: { lines: [{ at: 'x.conf:1', extension: '_*8888.', priority: '1', application: 'AgentLogin', arguments: '${EXTEN:5}|s' }] },
  },
  secrets: { ...smallHouse.secrets, 'agent/1001/password': '4321' },
};

describe('an agent who logs in', () => {
  it('is asked for his password where he has one, which AgentLogin itself asks nobody for any more', async () => {
    const tree = await treeOf(house);
    expect(tree.text('extensions.d/custom.conf')).toContain('Gosub(agent-on-line,${EXTEN:5},1(s))');
    const login = contextOf(tree.text('extensions.d/queue.conf'), 'agent-on-line').filter((l) => !l.startsWith(';'));
    expect(login.slice(0, 4)).toEqual([
      'exten = 1001,1,Gosub(authenticate,${EXTEN},1(agent-1001))',
      'same = n,AgentLogin(${EXTEN},${ARG1})',
      'same = n,Return()',
      'exten = _[0-9]!,1,AgentLogin(${EXTEN},${ARG1})',
    ]);
    expect(tree.codes()).not.toContain('AGENT_LOGIN_NOT_CARRIED');
    expect(tree.text('extensions.d/password.conf')).toContain('exten = agent-1001,1,Return($["${KEYED}" = "4321"])');
    const open = await treeOf({ ...house, secrets: smallHouse.secrets ?? {} });
    expect(open.text('extensions.d/queue.conf')).not.toContain('agent-on-line');
    expect(open.text('extensions.d/custom.conf')).toContain('AgentLogin(${EXTEN:5},s)');
  });

  it('has his name and his rest in agents.conf, where a difference is seen', async () => {
    const tree = await treeOf(house);
    const text = tree.text('agents.conf');
    expect(contextOf(text, '1001')).toEqual(['fullname = Mark\\; S', 'ackcall = yes', 'wrapuptime = 5000', 'autologoff = 15']);
    const held = (rest: string, second: string) => ({
      files: {
        'agents.conf': {
          1001: [
            ['fullname', 'Mark; S'],
            ['ackcall', 'yes'],
            ['wrapuptime', rest],
            ['autologoff', '15'],
          ] as const,
          1002: [['fullname', second]] as const,
        },
      },
    });
    expect(await said(agentCheck, held('5000', 'Eve'), pbx(house))).toEqual([]);
    expect(await said(agentCheck, held('1', 'Adam'), pbx(house))).toEqual([
      'agent/1001 milliseconds of rest: 5000, held 1',
      'agent/1002 name: Eve, held Adam',
    ]);
    const dialplan = '[password]\nexten = agent-1001,1,Return($["${KEYED}" = "1"])\n';
    expect(await said(passwordCheck, { dialplan }, pbx(house))).toEqual(['agent/1001 password: the one of the model, held another']);
  });
});
