import { describe, expect, test } from 'vitest';
import { translated, written } from './translated.ts';

describe('lines of a dialplan in their places', () => {
  test('every line stands for itself, and what is right already is not touched', () => {
    const text = '; mine\n[a]\n\nexten => 1,1,Answer ; hello\n same = n(x),Playback(hello)\nexten => _X.,1,Goto(1,x)\n';
    const { lines, problems } = translated(text);
    expect(lines.map((l) => l.written.join('\n')).join('\n')).toBe(text);
    expect(new Set(lines.map((l) => l.fate))).toEqual(new Set(['same']));
    expect(problems).toEqual([]);
  });

  test('a macro that ends by running out of steps returns', () => {
    expect(
      written(
        '[macro-x]\nexten => s,1,NoOp\nexten => s,n,GotoIf($[1]?no)\nexten => s,n,MacroExit\nexten => s,n(no),NoOp\nexten => h,1,NoOp',
      ),
    ).toBe(
      '[macro-x]\nexten => s,1,NoOp\nexten => s,n,GotoIf($[1]?no)\nexten => s,n,Return\nexten => s,n(no),NoOp\nexten => h,1,NoOp\nexten = s,5,Return()',
    );
  });

  test('of two lines with one priority the first stays, and the second is a comment that leaves the count as it was', () => {
    const { lines, problems } = translated(
      '[a]\nexten => 1,1,NoOp(one)\nexten => 1,n,NoOp(two)\n[a]\nexten => 1,1,NoOp(three)\nexten => 1,n,NoOp(four)\nexten => 1,n,NoOp(five)',
    );
    expect(lines.slice(3).map((l) => l.written.join('\n'))).toEqual([
      '[a]',
      '; exten => 1,1,NoOp(three)',
      '; exten => 1,n,NoOp(four)',
      'exten => 1,3,NoOp(five)',
    ]);
    expect(problems.map((p) => [p.line, p.code])).toEqual([
      [5, 'DIALPLAN_LINE_BROKEN'],
      [6, 'DIALPLAN_LINE_BROKEN'],
    ]);
  });

  test('lines that Asterisk drops are comments; a lost application ends the call as it did', () => {
    const { lines, problems } = translated(
      '[a]\nexten => ,n,NoOp(x)\nexten => 1,App(x)\nexten => 1,1,,NoOp(x)\nfoo => bar\nnonsense\n#tag',
    );
    expect(lines.slice(1).map((l) => l.written.at(-1))).toEqual([
      '; exten => ,n,NoOp(x)',
      '; exten => 1,App(x)',
      'exten => 1,1,Hangup()',
      '; foo => bar',
      '; nonsense',
      '; #tag',
    ]);
    expect(problems).toHaveLength(6);
  });

  test('templates stand where they are used, and a section that goes on with another is one with it', () => {
    expect(
      written('[t](!)\nexten => 1,1,Dial(SIP/1|20)\n[a](t)\nexten => 1,n,Hangup\n[b]\nexten => 2,1,NoOp\n[b](+)\nexten => 2,n,Hangup'),
    ).toBe(
      '; [t](!)\n; exten => 1,1,Dial(SIP/1|20)\n[a]\nexten => 1,1,Dial(PJSIP/1,20)\nexten => 1,n,Hangup\n[b]\nexten => 2,1,NoOp\n[b]\nexten => 2,2,Hangup',
    );
  });

  test('a jump to n+101 becomes a test behind the step, and what stood there moves on', () => {
    const text =
      '[a]\nexten => 1,1,Dial(SIP/1|20|j)\nexten => 1,2,VoiceMail(u1)\nexten => 1,3,Goto(1)\nexten => 1,102,VoiceMail(b1)\nexten => 2,1,Goto(a,1,102)';
    expect(written(text, { release: '1.4.44' })).toBe(
      '[a]\nexten => 1,1,Dial(PJSIP/1,20)\n same = n,GotoIf($["${DIALSTATUS}" = "BUSY" | "${DIALSTATUS}" = "CONGESTION" | "${DIALSTATUS}" = "CHANUNAVAIL"]?103)\nexten => 1,3,VoiceMail(1,u)\nexten => 1,4,Goto(1)\nexten => 1,103,VoiceMail(1,b)\nexten => 2,1,Goto(a,1,103)',
    );
    expect(written(text, { release: '1.8.20' })).toContain('exten => 1,102,VoiceMail(1,b)');
  });

  test('headers go along with the calls that may have them, and with no others', () => {
    const text =
      '[a]\nexten => 1,1,SIPAddHeader(Alert-Info: <x>\\;info=y)\nexten => 1,n,Dial(SIP/1&Local/2@b,20)\n[b]\nexten => 2,1,Dial(SIP/2)';
    const { lines, routines } = translated(text);
    expect(lines.map((l) => l.written.join('\n'))).toEqual([
      '[a]',
      'exten => 1,1,Set(HASH(__SIPHEADERS,Alert-Info)=<x>\\;info=y)',
      'exten => 1,n,Dial(PJSIP/1&Local/2@b,20,b(old-sip-headers^s^1))',
      '[b]',
      'exten => 2,1,Dial(PJSIP/2,,b(old-sip-headers^s^1))',
    ]);
    expect(routines.map((r) => r.context)).toEqual(['old-sip-headers']);
    expect(translated('[a]\nexten => 1,1,Dial(SIP/1)').routines).toEqual([]);
  });

  test('an #include whose file is not at hand is a comment, and told', () => {
    const { lines, problems } = translated('[a]\n#include other.conf\nexten => 1,1,NoOp');
    expect(lines[1]?.written).toEqual(['; #include other.conf']);
    expect(problems.map((p) => p.code)).toEqual(['INCLUDE_MISSING']);
  });

  test('a call that is sent where nothing is, is told at its own line', () => {
    const { problems } = translated(
      '[a]\nexten => 1,1,Goto(nowhere|1|1)\nexten => 1,n,Gosub(b,s,1)\nexten => 1,n,Goto(ext-queues,400,1)\n[b]\nexten => s,1,Goto(9)\nexten => s,n,Return',
    );
    expect(problems.map((p) => [p.line, p.code])).toEqual([
      [2, 'DIALPLAN_TARGET_MISSING'],
      [6, 'DIALPLAN_TARGET_MISSING'],
    ]);
  });
});
