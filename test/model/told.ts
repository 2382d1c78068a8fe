import type { Model } from '../../src/model/kinds.ts';
import { refText } from '../../src/model/ref.ts';
import { type Behaviour, fromExtension, type Situation } from '../../src/model/walk/situation.ts';
import type { QueueStep, Step } from '../../src/model/walk/step.ts';
import { parties } from '../../src/model/walk/timeline.ts';
import { dialled, walk } from '../../src/model/walk.ts';

/** Who does what, by 'device/101' or 'trunk/1'; all others ring on. */
export const doing = (does: Record<string, Behaviour>): Pick<Situation, 'phones'> => ({ phones: (leg) => does[refText(leg)] ?? 'ignore' });
export const call = (model: Model, number: string, does: Record<string, Behaviour> = {}, o: Partial<Situation> = {}): Step[] =>
  walk(model, dialled(number), fromExtension('199', { ...doing(does), ...o }));
export const inCall = (id: string): Partial<Situation> => ({ state: { extensions: { [id]: { inCall: true } }, trunks: {} } });

/** What those who take part notice, one line a step. */
export function told(steps: readonly Step[]): string[] {
  return steps.flatMap((s) => {
    if (s.do === 'ring')
      return [
        `rings ${parties([s])
          .map((p) => p.to.id)
          .join('+')} for ${s.seconds ?? 'ever'}: ${s.result}`,
      ];
    if (s.do === 'dial-out') return [`trunk ${s.leg.to.id} ${s.leg.dialled} as "${s.leg.shown.name}" <${s.leg.shown.number}>: ${s.result}`];
    if (s.do === 'voicemail') return [`voicemail ${s.mailbox} ${s.greeting}`];
    if (s.do === 'tone') return [`${s.tone} ${s.cause}`];
    if (s.do === 'end') return [`end ${s.cause}`];
    if (s.do === 'ask')
      return [
        `asks ${s.prompts.join(' ')}: ${s.keys === '' ? `nothing in ${s.seconds} s` : s.keys}${s.settleSeconds > 0 ? ', waits' : ''}`,
      ];
    if (s.do === 'queue') return [toldQueue(s)];
    if (s.do === 'conference')
      return [`conference ${s.by.id}: ${s.prompts.join(' ')}${s.musicClass === null ? '' : `, music ${s.musicClass}`}`];
    if (s.do === 'play') return [`plays ${s.prompts.join(' ')}${s.early ? ' early' : ''}`];
    return s.do === 'loop' || s.do === 'not-carried' || s.do === 'closed' || s.do === 'missing' ? [s.do] : [];
  });
}

function toldQueue(s: QueueStep): string {
  const who = s.legs.map(
    (leg) =>
      parties([{ ...s, legs: [leg] }])
        .map((p) => p.to.id)
        .join('+') || 'nobody',
  );
  return `queue ${s.by.id} ${s.some ? 'one of' : 'all of'} [${who.join(' ')}] ${s.agentSeconds ?? 'ever'}/${s.retrySeconds} s for ${s.seconds ?? 'ever'}, hears ${s.musicClass ?? 'ringing'}: ${s.result}`;
}
