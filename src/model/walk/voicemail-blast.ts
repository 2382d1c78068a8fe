import { pinsUnder } from '../pin-set.ts';
import { promptsOf } from '../recording.ts';
import { ref } from '../ref.ts';
import { mailboxesOf, type VoicemailBlast } from '../voicemail-blast.ts';
import { ask, authenticate, saidAll, say, spelled } from './ask.ts';
import type { Call, Run } from './call.ts';
import { answerAndWait } from './feature-call.ts';
import { passes } from './passing.ts';
import type { Ending } from './step.ts';

/** Seconds in which 1 must be keyed. */
const CHOICE_SECONDS = 20;

/** vmblast-grp and app-vmblast: which group it is, 1 to go on, and one message for all. */
export function blast(run: Run, call: Call, id: string, held: VoicemailBlast): Ending {
  const by = ref('voicemail-blast', id);
  if (!passes(run, call, by)) return 'congestion';
  answerAndWait(call);
  if (held.asksPassword && !authenticate(call, by, pinsUnder(run.model, `voicemail-blast/${id}/password`))) return saidAll(call);
  if (held.label !== 'none') {
    if (held.label === 'number') say(call, spelled(id));
    const label = held.label === 'recording' ? promptsOf(run.model, held.recording) : [];
    const prompts = [...label, 'if-correct-press', 'digits/1'];
    const key = ask(call, by, prompts, { seconds: CHOICE_SECONDS, settleSeconds: 0, most: 1, takesHash: true });
    if (key === '') say(call, ['sorry-youre-having-problems', 'goodbye']);
    if (key !== '1') return saidAll(call);
  }
  const [mailbox] = mailboxesOf(run.model, held);
  if (mailbox === undefined) return saidAll(call);
  call.steps.push({ do: 'voicemail', mailbox, greeting: 'none' });
  return 'answered';
}
