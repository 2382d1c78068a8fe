import { describe, expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import type { CustomDialplan } from '../../src/model/custom-dialplan.ts';
import { boxOf } from './box-of.ts';
import { plainDevice, plainUser } from './sound-box.ts';

const COMMANDS = ['Answer()', '(again),Playback(beep) ; twice', 'AGI(look.php)', 'System(echo x\n[evil])', 'Broken'];

function read(o: { exten?: string; destination?: string; enabled?: string; called?: string } = {}) {
  const { exten = '', destination = 'from-did-direct,201,1', enabled = '1', called = 'injection-3,${EXTEN},again' } = o;
  return readBox(
    boxOf({
      tables: {
        modules: [{ modulename: 'dialplaninjection', version: '0.1.1', enabled }],
        users: [plainUser('201')],
        devices: [plainDevice('201')],
        dialplaninjection_dialplaninjections: [{ id: '3', description: 'Night', destination, exten }],
        dialplaninjection_commands: [
          ...COMMANDS.map((command, i) => ({ id: `${i + 1}`, injectionid: '3', command, sort: `${9 - i}` })).reverse(),
          { id: '9', injectionid: '7', command: 'Hangup()', sort: '1' },
        ],
        announcement: [
          { announcement_id: '1', description: 'x', recording_id: '', allow_skip: '0', post_dest: called, return_ivr: '0', noanswer: '0' },
        ],
      },
      etc: { 'extensions.conf': '[from-internal]\n' },
    }),
  );
}
const sorted = (reading: ReturnType<typeof read>, table: string): string[] =>
  reading.ledger.entries.filter((e) => e.name === table).map((e) => e.fate);
const steps = (context: CustomDialplan | undefined): string[] =>
  (context?.lines ?? []).map((l) =>
    'application' in l ? `${l.extension},${l.priority}${l.label && `(${l.label})`} ${l.application}(${l.arguments})` : JSON.stringify(l),
  );

describe('dialplan that the web pages injected', () => {
  it('is hand-made dialplan in the order of its page, with its labels, and goes on to its destination', () => {
    const reading = read();
    expect(steps(reading.model['custom-dialplan']['injection-3'])).toEqual([
      '_.,1 Noop(Entering Injection: Night)',
      '_.,n Broken()',
      '_.,n System(echo x [evil])',
      '_.,n AGI(look.php)',
      '_.,n(again) Playback(beep)',
      '_.,n Answer()',
      '_.,n Goto(from-did-direct,201,1)',
      'h,1 Macro(hangupcall)',
    ]);
    expect(Object.keys(reading.model['custom-dialplan'])).toEqual(['injection-3']);
    expect(sorted(reading, 'dialplaninjection_dialplaninjections')).toEqual(['carried']);
    expect(sorted(reading, 'dialplaninjection_commands').sort()).toEqual([...Array(5).fill('carried'), 'dropped']);
    expect(reading.model.announcement['1']?.next).toEqual({
      to: 'custom',
      context: 'injection-3',
      extension: 's',
      priority: 'again',
    });
    expect(reading.findings.filter((f) => /UNKNOWN|UNREAD|DESTINATION/.test(f.code))).toEqual([]);
    expect(Object.keys(reading.model['agi-script'])).toEqual(['look.php']);
  });

  it.each([
    ['*55', '*55,1 Goto(injection-3,${EXTEN},1)'],
    ['_9|NXX.', '_9NXX.,1 Goto(injection-3,${EXTEN:1},1)'],
    ['7XX', '_7XX,1 Goto(injection-3,${EXTEN},1)'],
  ])('is dialled by its number %s', (exten, line) => {
    const entry = read({ exten }).model['custom-dialplan']['ext-injection-3'];
    expect([steps(entry), entry?.joins]).toEqual([[line], ['from-internal-xfer']]);
  });

  it('has no number where that is none, and goes nowhere where its destination is none', () => {
    const contexts = read({ exten: 'a b;', destination: '' }).model['custom-dialplan'];
    expect(Object.keys(contexts)).toEqual(['injection-3']);
    expect(steps(contexts['injection-3']).some((s) => s.includes('Goto'))).toBe(false);
  });

  it('is not there where the module is off, or the injection is gone: who comes there is told', () => {
    const off = read({ enabled: '0' });
    expect(Object.keys(off.model['custom-dialplan'])).toEqual([]);
    expect(sorted(off, 'dialplaninjection_commands')).toEqual(Array(6).fill('dropped'));
    expect(off.model.announcement['1']?.next).toMatchObject({ to: 'missing', because: 'module-off' });
    const gone = read({ called: 'injection-4,${EXTEN},1' });
    expect(gone.model.announcement['1']?.next).toMatchObject({ to: 'missing', because: 'no-such-object' });
  });
});
