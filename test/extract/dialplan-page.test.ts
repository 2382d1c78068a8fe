import { describe, expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { stepsIn } from '../../src/model/custom-steps.ts';
import { ref } from '../../src/model/ref.ts';
import { boxOf } from './box-of.ts';
import { plainDevice, plainUser } from './sound-box.ts';

const line = (o: Record<string, string>) => ({
  qlog_description: '',
  qlog_uniqueid: '${UNIQUEID}',
  qlog_queue: '400',
  qlog_agent: 'NONE',
  qlog_event: 'VIP',
  qlog_extra: '',
  ...o,
});

function read(o: { dest?: string; enabled?: string } = {}) {
  const { dest = 'app-writequeuelog,2,1', enabled = '1' } = o;
  return readBox(
    boxOf({
      tables: {
        modules: ['writequeuelog', 'tts'].map((modulename) => ({ modulename, version: '1', enabled })),
        users: [plainUser('201')],
        devices: [plainDevice('201')],
        writequeuelog: [line({ qlog_id: '2', description: 'Marks; (VIP)', dest: 'app-tts,5,1', qlog_extra: 'a|b' })],
        tts: [
          {
            tts_id: '5',
            tts_description: 'Welcome',
            tts_engine: 'flite',
            tts_parameters: '',
            tts_text: 'Hello, caller;\nwait',
            dest: 'from-did-direct,201,1',
          },
        ],
        tts_engines: [
          {
            ttsengine_id: '1',
            ttsengine_description: 'Flite',
            ttsengine_engine: 'flite',
            ttsengine_cmd: '/usr/bin/flite',
            ttsengine_template: '',
          },
        ],
        languages: [{ language_id: '1', lang_code: 'en', description: 'x', dest }],
      },
      etc: { 'extensions.conf': '[from-internal]\n' },
    }),
  );
}
const said = ({ model }: ReturnType<typeof read>, context: string): string[] =>
  stepsIn(model, context).map(({ step, priority }) => `${step.extension},${priority} ${step.application}(${step.arguments})`);

describe('pages of the old PBX that wrote dialplan', () => {
  it('are hand-made dialplan, that a call passes on its way', () => {
    const box = read();
    expect(said(box, 'app-writequeuelog')).toEqual([
      '2,1 Noop(Marks   VIP)',
      '2,2 QueueLog(400,${UNIQUEID},NONE,VIP,a|b)',
      '2,3 Goto(app-tts,5,1)',
    ]);
    expect(said(box, 'app-tts')).toEqual(['5,1 Answer()', '5,2 Goto(from-did-direct,201,1)']);
    expect(box.model.language['1']?.next).toEqual({ to: 'custom', context: 'app-writequeuelog', extension: '2', priority: '1' });
  });

  it('keep the text that an engine spoke, and say that nobody hears it', () => {
    const { model, findings, ledger } = read();
    expect(model['custom-dialplan']['app-tts']?.names).toEqual([
      { extension: '5', priority: '1', description: 'Welcome', notes: 'Hello, caller; wait' },
    ]);
    expect(findings.filter((f) => f.code === 'TEXT_NOT_SPOKEN').map((f) => f.about)).toEqual([ref('custom-dialplan', 'app-tts')]);
    expect(findings.filter((f) => /UNKNOWN|UNREAD|DESTINATION/.test(f.code))).toEqual([]);
    expect(ledger.entries.filter((e) => /^(?:tts|writequeuelog)/.test(e.name)).map((e) => [e.name, e.fate])).toEqual([
      ['writequeuelog', 'carried'],
      ['tts', 'carried'],
      ['tts_engines', 'dropped'],
    ]);
  });

  it('have no place that is not among their rows, and none where the module is off', () => {
    expect(read({ dest: 'app-tts,9,1' }).model.language['1']?.next).toEqual({
      to: 'missing',
      was: 'app-tts,9,1',
      because: 'no-such-object',
    });
    const off = read({ enabled: '0' });
    expect(off.model.language['1']?.next).toEqual({ to: 'missing', was: 'app-writequeuelog,2,1', because: 'module-off' });
    expect(Object.keys(off.model['custom-dialplan'])).toEqual([]);
    expect(off.ledger.entries.filter((e) => /^(?:tts|writequeuelog)/.test(e.name)).map((e) => e.fate)).toEqual([
      'dropped',
      'dropped',
      'dropped',
    ]);
  });
});
