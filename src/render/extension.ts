import { finding } from '../finding.ts';
import { type Destination, destinationText } from '../model/destination.ts';
import type { Extension } from '../model/extension.ts';
import { type Model, settingsOf } from '../model/kinds.ts';
import { playable } from '../model/sounds.ts';
import { tracesCalls } from './code.ts';
import { hookAt } from './custom-hook.ts';
import { extensionDial, extensionHint } from './dial-string.ts';
import { menusTakeBack } from './ivr.ts';
import { mailboxNamed } from './mailbox.ts';
import { placeOf } from './place.ts';
import { recordsCalls, recordsLater, recordsOutside } from './recording.ts';
import { defineView, type Notes } from './view.ts';

/** extensions.d/extension.conf: what each extension does when it is dialled. */
export const extensionView = defineView({
  file: 'etc/asterisk/extensions.d/extension.conf',
  data: (model, notes) => {
    notes.from(...Object.keys(model.extension).map((id) => ({ kind: 'extension' as const, id })));
    return { extensions: Object.entries(model.extension).map(([id, e]) => block(model, id, e, notes)) };
  },
});

/** Whether some calls carry a ring tone of their own (Alert-Info), so that Dial must put the header in. */
export function hasAlerts(model: Model): boolean {
  const kinds = [model['inbound-route'], model['ring-group'], model['follow-me'], model.queue, model.parking, model.directory];
  return kinds.some((objects) => Object.values(objects).some((o) => o.alertInfo !== '')) || Object.values(model['set-cid']).some(setsAlert);
}

/** A caller id that is set on the way can bring a ring tone along: the variable that FreePBX keeps it in. */
export function setsAlert({ variables }: { readonly variables: Readonly<Record<string, string>> }): boolean {
  return Object.keys(variables).some((name) => /^_*ALERT_INFO$/.test(name));
}

/** Seconds that an extension rings where it has somewhere to go next. */
export function ringSeconds(model: Model, e: Extension): number {
  return e.ringSeconds !== null && e.ringSeconds > 0 ? e.ringSeconds : settingsOf(model).ringSeconds;
}

/** The mailbox that takes an extension's unanswered calls, if it exists. */
export function voicemailOf(model: Model, e: Extension): string | null {
  return e.voicemail === null ? null : mailboxNamed(model, e.voicemail);
}

/** What a caller hears who is sent to a mailbox that is not there: the old box tries it all the same, and says that it is sorry (macro-vm). */
export function boxIsGone(model: Model): string[] {
  return playable(['im-sorry', 'an-error-has-occured'], settingsOf(model).language);
}

function block(model: Model, id: string, e: Extension, notes: Notes): object {
  const box = voicemailOf(model, e);
  const phones = extensionDial(model, e);
  const next = (
    [
      ['NOANSWER', e.noAnswer],
      ['BUSY', e.busy],
      ['CHANUNAVAIL', e.unreachable],
    ] as const
  )
    .filter((e): e is [(typeof e)[0], Destination] => e[1] !== null)
    .map(([status, d], i) => ({ status, what: destinationText(d), place: placeOf(model, d), first: i === 0 }));
  reportExtension(model, id, e, box, notes);
  const forGood = (to: unknown): string =>
    e.forwardRingSeconds === -1 || (e.voicemail === null && to !== null)
      ? '-1'
      : e.forwardRingSeconds > 0
        ? String(e.forwardRingSeconds)
        : '';
  return {
    number: id,
    name: e.name,
    hint: extensionHint(model, e),
    phones,
    alerts: hasAlerts(model),
    hook: hookAt(model, 'before-telephone'),
    before: trimmed([
      String(ringSeconds(model, e)),
      e.voicemail !== null || next.length > 0 ? 'always' : '',
      e.forwardRingSeconds === 0 ? '' : String(e.forwardRingSeconds),
    ]),
    after: trimmed([forGood(e.noAnswer), forGood(e.busy)]),
    records: calledPolicy(model, e),
    dialsOn: phones.includes('Local/'),
    settles: phones.includes('Local/') && recordsOutside(model),
    next,
    boxFirst: next.length === 0,
    traces: tracesCalls(model),
    box,
    takesBack: menusTakeBack(model),
    sorry: e.voicemail !== null && box === null ? boxIsGone(model) : [],
    greetings:
      box === null
        ? []
        : [
            ['b', 'BUSY'],
            ['u', 'NOANSWER'],
            ['s', 'NOGREETING'],
          ].map(([letter = '', greeting = '']) => ({
            name: `vm${letter}${id}`,
            greeting,
            arguments: menusTakeBack(model) ? [box, 'asked'] : [box],
          })),
    alias: /^[A-Za-z][\w.-]*$/.test(e.sipAlias) ? e.sipAlias : null,
  };
}

/** Arguments of a Gosub without the empty ones at the end. */
export function trimmed(args: readonly string[]): string[] {
  return args.slice(0, args.findLastIndex((a) => a !== '') + 1);
}

/** Arguments of record-called: what an extension wants of calls that come to it; null: nothing. */
export function calledPolicy(model: Model, e: Extension): CalledPolicy | null {
  const { inExternal, inInternal, priority } = e.recording;
  const byRule = inExternal === 'dontcare' && inInternal === 'dontcare';
  return !recordsCalls(model) || (byRule && !recordsLater(model)) ? null : { inExternal, inInternal, priority, byRule };
}

/** `byRule`: the extension itself has no opinion. */
interface CalledPolicy {
  readonly inExternal: string;
  readonly inInternal: string;
  readonly priority: number;
  readonly byRule: boolean;
}

function reportExtension(model: Model, id: string, e: Extension, box: string | null, notes: Notes): void {
  const about = { kind: 'extension' as const, id };
  if (e.voicemail !== null && box === null) {
    notes.finding(
      finding('VOICEMAIL_WITHOUT_MAILBOX', {
        about,
        where: e.voicemail,
        means: `unanswered calls of ${id} end with an apology, as on the old box: its mailbox ${e.voicemail} does not exist`,
      }),
    );
  }
  for (const device of e.devices) {
    const held = model.device[device];
    if (held?.technology === 'dahdi') {
      notes.finding(
        finding('DAHDI_NOT_CARRIED', {
          about,
          where: `device/${device}`,
          means: `${id} (${e.name}) cannot be reached: its telephone hangs on the analogue line DAHDI/${held.channel}`,
        }),
      );
    } else if (held?.technology === 'custom' && extensionDial(model, { ...e, devices: [device] }) === '') {
      notes.finding(
        finding('DIAL_STRING_NOT_CARRIED', {
          about,
          where: `device/${device}`,
          means: `${id} (${e.name}) cannot be reached by ${held.dial}: there is no such channel driver here`,
        }),
      );
    }
  }
  if (e.sipAlias !== '' && !/^[A-Za-z][\w.-]*$/.test(e.sipAlias)) {
    notes.finding(
      finding('NUMBER_NOT_RENDERED', {
        about,
        where: e.sipAlias,
        means: `${id} cannot be dialled by its alias: a dialplan line cannot hold it`,
      }),
    );
  }
}
