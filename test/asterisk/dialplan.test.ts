import { describe, expect, it } from 'vitest';
import { parseConf } from '../../src/asterisk/conf.ts';
import { readDialplan } from '../../src/asterisk/dialplan.ts';
import { parseExtensionLine } from '../../src/asterisk/dialplan-line.ts';

const read = (text: string) => readDialplan([parseConf(text, 'e.conf')]);
const steps = (text: string) =>
  read(text).contexts.flatMap((c) => c.steps.map((s) => [s.extension, s.priority, s.label, s.application, s.arguments, s.at.line]));

describe('extensions.conf as Asterisk reads it', () => {
  it('n, labels, n+1(label) and label+101 count as the loader counts', () => {
    expect(
      steps('[a]\nexten => 1,1(top),NoOp(x)\nsame => n,Dial(SIP/1,20,tr)\n same = n+1(late),Hangup\nexten => 1,top+101,Busy()\n'),
    ).toEqual([
      ['1', 1, 'top', 'NoOp', 'x', 2],
      ['1', 2, null, 'Dial', 'SIP/1,20,tr', 3],
      ['1', 4, 'late', 'Hangup', '', 4],
      ['1', 102, null, 'Busy', '', 5],
    ]);
  });

  it('arguments reach from the first to the last parenthesis', () => {
    expect(parseExtensionLine('s,1,Gosub(a,s,1(b(c),"d)"))', 'exten')).toMatchObject({
      application: 'Gosub',
      arguments: 'a,s,1(b(c),"d)")',
      problems: [],
    });
    expect(parseExtensionLine('s,1,Set(X=${IF($[1]?a:b)}', 'exten')).toMatchObject({ arguments: 'X=${IF($[1]?a:b' });
    expect(parseExtensionLine('s,1,Dial(SIP/1', 'exten')).toMatchObject({ arguments: 'SIP/1', problems: [expect.stringContaining("')'")] });
    expect(parseExtensionLine('s,1,Set(A=1) tail', 'exten').problems).toEqual([expect.stringContaining('tail')]);
  });

  it('applications without parentheses, and the comma and pipe of 1.2, are told apart', () => {
    expect(parseExtensionLine('s,1,Answer', 'exten')).toMatchObject({ application: 'Answer', form: 'none', problems: [] });
    expect(parseExtensionLine('s,1,Wait,5', 'exten')).toMatchObject({ application: 'Wait', arguments: '5', form: 'comma' });
    expect(parseExtensionLine('s,1,Playback|hello|noanswer', 'exten')).toMatchObject({
      application: 'Playback',
      arguments: 'hello|noanswer',
      form: 'pipe',
    });
    expect(parseExtensionLine('s,n,,Hangup', 'exten')).toMatchObject({ application: '', form: 'comma' });
  });

  it('commas in a set belong to the extension, and a caller ID is split off', () => {
    expect(parseExtensionLine('_[1,2]X,1,NoOp', 'exten')).toMatchObject({ extension: '_[1,2]X', callerId: null });
    expect(parseExtensionLine('101/(495) 123-45,1,NoOp', 'exten')).toMatchObject({ extension: '101', callerId: '49512345' });
  });

  it('hints, includes with times, ignorepat and switches', () => {
    const [context] = read(
      '[a]\nexten => 101,hint,SIP/101&Custom:DND101\nexten => 7,hint,DAHDI/${G(v)}\ninclude => b\ninclude => c,9:00-17:00,mon-fri,*,*\nignorepat => 9\nswitch => Realtime/x@y\n',
    ).contexts;
    expect(context?.hints.map((h) => [h.extension, h.devices])).toEqual([
      ['101', 'SIP/101&Custom:DND101'],
      ['7', 'DAHDI/${G(v)}'],
    ]);
    expect(context?.includes.map((i) => [i.context, i.timing])).toEqual([
      ['b', null],
      ['c', '9:00-17:00,mon-fri,*,*'],
    ]);
    expect(context?.ignorePatterns.map((p) => p.pattern)).toEqual(['9']);
    expect(context?.switches).toMatchObject([{ kind: 'switch', value: 'Realtime/x@y' }]);
  });

  it('of two equal priorities the first stays, also over sections of one name and over files', () => {
    const dialplan = readDialplan([
      parseConf('[a]\nexten => 1,1,NoOp(first)\n', 'one'),
      parseConf('[a]\nexten => 1,1,NoOp(second)\nexten => 1,n,Hangup\n', 'two'),
    ]);
    expect(dialplan.contexts[0]?.steps.map((s) => [s.priority, s.arguments, s.at.file])).toEqual([
      [1, 'first', 'one'],
      [2, '', 'two'],
    ]);
    expect(dialplan.problems).toMatchObject([{ at: { file: 'two', line: 2 } }]);
  });

  it('a first n goes on from the extension before it, and nothing reaches it', () => {
    const dialplan = read(
      '[a]\nexten => 1,1,NoOp\nexten => 2,n,NoOp\n[b]\nexten => 3,n,NoOp\n[c]\nexten => 4,hint,SIP/4\nexten => 4,n,NoOp\n',
    );
    expect(dialplan.contexts.map((c) => c.steps.map((s) => [s.extension, s.priority]))).toEqual([
      [
        ['1', 1],
        ['2', 2],
      ],
      [],
      [],
    ]);
    expect(dialplan.problems.map((p) => p.at.line)).toEqual([5, 8, 3]);
  });

  it('lines that Asterisk drops are problems with their line', () => {
    expect(
      read('[a]\nsame => n,NoOp\nexten => 1,N,NoOp\nexten => 1,NoOp(x)\nfoo => 1\nexten => 1,0,NoOp\n').problems.map((p) => p.at.line),
    ).toEqual([2, 3, 4, 5, 6]);
  });

  it('general and templates are no contexts, globals are kept apart', () => {
    const dialplan = read('[general]\nstatic=yes\n[globals]\nA=1\nB => ${A}\n[t](!)\nexten => 1,1,NoOp\n[a](t)\n');
    expect(dialplan.contexts.map((c) => c.name)).toEqual(['a']);
    expect(dialplan.globals.map((g) => [g.name, g.value])).toEqual([
      ['A', '1'],
      ['B', '${A}'],
    ]);
  });
});
