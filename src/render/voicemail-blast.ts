import { finding } from '../finding.ts';
import type { Model } from '../model/kinds.ts';
import { ref } from '../model/ref.ts';
import { mailboxesOf, type VoicemailBlast } from '../model/voicemail-blast.ts';
import { passingView } from './passing.ts';
import { idsOf } from './place.ts';
import { soundFile } from './sound.ts';

/** extensions.d/voicemail-blast.conf: one message for many mailboxes. */
export const voicemailBlastView = passingView({
  kind: 'voicemail-blast',
  file: 'voicemail-blast.conf',
  one: (model, id, held, notes) => {
    const boxes = mailboxesOf(model, held);
    if (boxes.length === 0) {
      const means = `who wants to leave a message for group ${id} is hung up on: none of its members has a mailbox`;
      notes.finding(finding('MEMBER_MISSING', { about: ref('voicemail-blast', id), where: id, means }));
    }
    return {
      description: held.description,
      password: held.asksPassword ? `voicemail-blast-${id}` : '',
      boxes,
      asks: held.label !== 'none',
      digits: held.label === 'number',
      label: labelOf(model, held),
    };
  },
});

/** Contexts in which groups are dialled. */
export function blastContexts(model: Model): string[] {
  return idsOf(model, 'voicemail-blast').length > 0 ? ['vmblast-grp'] : [];
}

function labelOf(model: Model, { label, recording }: VoicemailBlast): string {
  const sound = label === 'recording' ? soundFile(model, recording) : null;
  return sound === null ? '' : `${sound}&`;
}
