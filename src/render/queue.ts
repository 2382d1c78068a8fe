import { finding } from '../finding.ts';
import { isStep } from '../model/custom-dialplan.ts';
import { destinationText } from '../model/destination.ts';
import { type Model, settingsOf } from '../model/kinds.ts';
import type { Queue } from '../model/queue.ts';
import { promptsOf } from '../model/recording.ts';
import { ref } from '../model/ref.ts';
import { circles } from './circle.ts';
import { tracesCalls } from './code.ts';
import { extensionDial } from './dial-string.ts';
import { calledPolicy, hasAlerts } from './extension.ts';
import { musicOf } from './music.ts';
import { idsOf, placeOf } from './place.ts';
import { agentOf, agentsWithPassword, poolAgents } from './queue-member.ts';
import { recordsCalls, recordsLater } from './recording.ts';
import { soundFile } from './sound.ts';
import { defineView, type Notes } from './view.ts';

/** Where agents are dialled, by what the queue lets a call to them reach. Names of Elastix. */
const REACHES: Record<Queue['reaches'], string> = {
  'as-dialled': 'from-internal',
  'no-forwards': 'from-queue-exten-internal',
  'extensions-only': 'from-queue-exten-only',
};

/** extensions.d/queue.conf: what a caller goes through before and after he waits, and how agents are dialled. */
export const queueView = defineView({
  file: 'etc/asterisk/extensions.d/queue.conf',
  data: (model, notes) => {
    const ids = idsOf(model, 'queue');
    if (ids.length === 0) return null;
    notes.from(...ids.map((id) => ref('queue', id)));
    const inCircle = circles(model);
    const held = ids.map((id) => model.queue[id] as Queue);
    return {
      queues: ids.map((id) => ({ ...block(model, id, model.queue[id] as Queue, notes), guarded: inCircle(ref('queue', id)) })),
      records: recordsLater(model) || (recordsCalls(model) && held.some((q) => q.recordingFormat !== null)),
      confirms: held.some(confirmsOutside(model)),
      straight: held.some((q) => q.reaches !== 'as-dialled'),
      extensions: idsOf(model, 'extension').map((id) => extension(model, id)),
      traces: tracesCalls(model),
      pool: poolAgents(model),
      guarded: agentsWithPassword(model).map((id) => ({ id, password: `agent-${id}` })),
    };
  },
});

/** Whether some queue does not ring an extension that is in a call, call waiting or not. */
export function queuesSkipBusy(model: Model): boolean {
  return Object.values(model.queue).some((q) => q.skipsBusy);
}

function block(model: Model, id: string, q: Queue, notes: Notes): object {
  report(model, id, q, notes);
  return {
    id,
    name: q.name,
    answers: !q.withoutAnswer,
    prefix: q.callerNamePrefix,
    alertInfo: q.alertInfo,
    music: q.musicClass === null ? '' : musicOf(model, q.musicClass),
    records: recordsCalls(model) && q.recordingFormat !== null,
    recordsLater: recordsLater(model),
    join: soundFile(model, q.joinAnnouncement),
    joinOption: q.withoutAnswer ? 'noanswer' : '',
    skipsJoin: q.skipsJoinAnnouncement ?? '',
    skipsBusy: q.skipsBusy,
    reaches: REACHES[q.reaches],
    confirms: confirmsOutside(model)(q),
    confirmPrompt: soundFile(model, q.confirmPrompt),
    options: `t${{ music: '', ringing: 'r', 'ringing-when-agent-rings': 'R' }[q.callersHear]}${q.oneRound ? 'n' : ''}`,
    // of several files the old box played agents the first
    agentSound: promptsOf(model, q.agentAnnouncement)[0] ?? '',
    maxWait: q.maxWaitSeconds === null || q.maxWaitSeconds <= 0 ? null : q.maxWaitSeconds,
    next: placeOf(model, q.next),
    nextText: destinationText(q.next),
  };
}

/** Whether a queue has agents outside who are to press 1. */
export function confirmsOutside(model: Model): (q: Queue) => boolean {
  return (q) => q.confirms && [...q.members, ...q.dynamicMembers, ...q.loggedIn].some((m) => model.extension[m.number] === undefined);
}

function extension(model: Model, id: string): object {
  const e = model.extension[id];
  const phones = e === undefined ? '' : extensionDial(model, e);
  return { id, phones, records: e === undefined ? null : calledPolicy(model, e), alerts: hasAlerts(model) };
}

/** The site's own dialplan lets agents log in: AgentLogin(${EXTEN:5}). One without a number is a finding of its own. */
function offersAgentLogin(model: Model): boolean {
  const lines = Object.values(model['custom-dialplan']).flatMap((c) => c.lines.filter(isStep));
  return lines.some((l) => l.application.toLowerCase() === 'agentlogin' && l.arguments.trim() !== '');
}

function report(model: Model, id: string, q: Queue, notes: Notes): void {
  const about = ref('queue', id);
  for (const m of q.members) {
    if (agentOf(model, m) !== null) continue;
    const code = m.kind === 'dial' ? 'DIAL_STRING_NOT_CARRIED' : 'MEMBER_MISSING';
    const why = m.kind === 'dial' ? 'there is no such channel driver here' : 'the number leads nowhere';
    notes.finding(finding(code, { about, where: m.number, means: `agent ${m.number} of queue ${id} never rings: ${why}` }));
  }
  if ([...q.members, ...q.loggedIn].some((m) => m.kind === 'agent') && !offersAgentLogin(model)) {
    const means = `agents of queue ${id} log in by AgentLogin(), which no line of the source's dialplan offers: until somebody can dial it, they are not rung`;
    notes.finding(finding('AGENT_LOGIN_NOT_CARRIED', { about, means }));
  }
  for (const [what, recording] of [
    ['callers of', q.joinAnnouncement],
    ['agents of', q.agentAnnouncement],
    ['outside agents of', q.confirmPrompt],
  ] as const) {
    if (recording === null || soundFile(model, recording) !== null) continue;
    notes.finding(
      finding('SOUND_MISSING', {
        about,
        where: `recording ${recording}`,
        means: `${what} queue ${id} do not hear it: there is no file of it`,
      }),
    );
  }
  if (q.musicClass !== null && musicOf(model, q.musicClass) !== q.musicClass) {
    const means = `callers of queue ${id} hear the default music instead of '${q.musicClass}'`;
    notes.finding(finding('MUSIC_NOT_CARRIED', { about, where: q.musicClass, means }));
  }
  const { recordingFormat } = settingsOf(model);
  if (q.recordingFormat !== null && q.recordingFormat !== recordingFormat) {
    const means = `calls of queue ${id} are recorded as ${recordingFormat}, like all others`;
    notes.finding(finding('OPTION_NOT_CARRIED', { about, where: `recordingFormat ${q.recordingFormat}`, means }));
  }
  if (q.breakoutIvr !== null && !idsOf(model, 'ivr').includes(q.breakoutIvr)) {
    const means = `who waits in queue ${id} cannot leave it by a key: there is no menu ${q.breakoutIvr}`;
    notes.finding(finding('DESTINATION_MISSING', { about, where: `ivr ${q.breakoutIvr}`, means }));
  }
}
