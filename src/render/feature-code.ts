import { PHONE_BOOK, PHONE_BOOK_CODE } from '../model/directory.ts';
import { type Model, settingsOf } from '../model/kinds.ts';
import { recordedAnew } from '../model/recording.ts';
import { ref } from '../model/ref.ts';
import { type Code, codeOf, notCarriedCodes, prompts, reportCodes } from './code.ts';
import { deviceDial } from './dial-string.ts';
import { callForwardContexts, dndContexts, followMeContexts, present, waitingContexts } from './forward-code.ts';
import { callerContexts, speedDialContexts } from './list-code.ts';
import { applicationContexts } from './misc-application.ts';
import { intercomContexts } from './page-group.ts';
import { idsOf } from './place.ts';
import { queueCodeContexts } from './queue-code.ts';
import { callFlowContexts, timeConditionContexts } from './switch-code.ts';
import { defineView } from './view.ts';
import { blastContexts } from './voicemail-blast.ts';
import { voicemailContexts } from './voicemail-code.ts';
import { wakeUpContexts } from './wake-up.ts';

/** Where prompts lie that somebody records by telephone: sounds/recordings of Debian's package. */
const RECORDED = '/var/lib/asterisk/sounds/custom';
/** Where the prompts of the house lie: sounds/custom of Debian's package. */
const HOUSE_PROMPTS = '/usr/local/share/asterisk/sounds';

/** extensions.d/feature-code.conf: which codes there are, in which order, what they have in common, and the small ones. */
export const featureCodeView = defineView({
  file: 'etc/asterisk/extensions.d/feature-code.conf',
  data: (model, notes) => {
    const contexts = featureContexts(model);
    if (contexts.length === 0) return null;
    notes.from(...Object.keys(model['feature-code']).map((id) => ref('feature-code', id)));
    reportCodes(model, notes);
    return {
      contexts,
      lamps: lamps(model),
      ...small(model),
      notCarried: notCarriedCodes(model),
    };
  },
});

/** The contexts of all codes in the order in which from-internal-additional of the old box includes them: of two that take a number, the first wins. */
export function featureContexts(model: Model): string[] {
  return [
    ...wakeUpContexts(model),
    ...intercomContexts(model),
    ...queueCodeContexts(model),
    ...speedDialContexts(model),
    ...(recordsPrompts(model) ? ['app-recordings'] : []),
    ...dndContexts(model),
    ...callFlowContexts(model),
    ...callForwardContexts(model),
    ...timeConditionContexts(model),
    ...blastContexts(model),
    ...applicationContexts(model),
    ...waitingContexts(model),
    ...voicemailContexts(model),
    ...callerContexts(model),
    ...present(model, [
      ['app-echo-test', 'infoservices/echotest'],
      ['app-speakextennum', 'infoservices/speakextennum'],
      ['app-speakingclock', 'infoservices/speakingclock'],
    ]),
    ...(rooms(model) === null ? [] : ['app-conference-status']),
    ...followMeContexts(model),
    ...present(model, [
      ['app-pickup', 'core/pickup', 'core/pickupexten'],
      ['app-chanspy', 'core/chanspy'],
      ['ext-test', 'core/simu_pstn'],
    ]),
    ...(phoneBook(model) === null ? [] : ['app-pbdirectory']),
    ...(notCarriedCodes(model).length > 0 ? ['app-not-carried'] : []),
  ];
}

function small(model: Model): object {
  const save = codeOf(model, 'recordings/record_save');
  const check = codeOf(model, 'recordings/record_check');
  const pickup = codeOf(model, 'core/pickup');
  return {
    echo: codeOf(model, 'infoservices/echotest'),
    number: codeOf(model, 'infoservices/speakextennum'),
    clock: codeOf(model, 'infoservices/speakingclock'),
    clockFormat: settingsOf(model).language.startsWith('en') ? "IM 'vm-and' S 'seconds' p" : 'kMS',
    records: recordsPrompts(model),
    recordsOwn: save !== null || check !== null,
    recordedAnew: promptsAnew(model),
    recordsSave: save,
    recordsCheck: check,
    recordingFolder: RECORDED,
    recordChoice: prompts(model, 'to-listen-to-it', 'press-1', 'to-rerecord-it', 'press-star', 'astcc-followed-by-pound'),
    pickup,
    groupPickup: codeOf(model, 'core/pickupexten'),
    picksUp: pickup !== null || codeOf(model, 'core/pickupexten') !== null,
    pickupContexts: pickup === null ? [] : classes(model).map((name) => ({ name, cut: pickup.cut })),
    groupPickups: pickup === null ? [] : groupPickups(model, pickup),
    spy: codeOf(model, 'core/chanspy'),
    spied: spied(model),
    askExtension: prompts(model, 'please-enter-the', 'extension', 'number', 'followed_pound'),
    simulates: codeOf(model, 'core/simu_pstn'),
    rooms: rooms(model),
    phoneBook: phoneBook(model),
  };
}

function phoneBook(model: Model): { code: string | null; id: string } | null {
  return PHONE_BOOK in model.directory ? { code: codeOf(model, PHONE_BOOK_CODE)?.code ?? null, id: PHONE_BOOK } : null;
}

function recordsPrompts(model: Model): boolean {
  return ['recordings/record_save', 'recordings/record_check'].some((id) => codeOf(model, id) !== null) || promptsAnew(model).length > 0;
}

/** Prompts of the house that have a code of their own, by which they are recorded anew. */
function promptsAnew(model: Model): object[] {
  return Object.entries(model.recording).flatMap(([id, held]) => {
    const code = codeOf(model, `recordings/edit-recording-${id}`);
    const name = /^custom\/([\w.+-]+)$/.exec(recordedAnew(held) ?? '')?.[1];
    if (code === null || name === undefined) return [];
    return [
      {
        code: code.code,
        name: held.name,
        prompt: `custom/${name}`,
        file: `${HOUSE_PROMPTS}/${name}`,
        password: held.asksPassword ? `recording-${id}` : '',
      },
    ];
  });
}

/** Extensions whose telephones have other names than they. */
function lamps(model: Model): object[] {
  return Object.entries(model.extension)
    .filter(([id, e]) => e.devices.length !== 1 || e.devices[0] !== id)
    .map(
      ([
        extension,
        {
          devices: [first = null, ...others],
        },
      ]) => ({ extension, first, others }),
    );
}

/** Contexts of telephones beside from-internal: Pickup looks for a ringing telephone in its own. */
function classes(model: Model): string[] {
  const all = Object.values(model.device).flatMap((d) => ('context' in d && d.context !== 'from-internal' ? [d.context] : []));
  return [...new Set(all)].filter((c) => /^[\w-]+$/.test(c)).sort();
}

/** Members of ring groups whose calls may be picked up by the code of each member. */
function groupPickups(model: Model, pickup: Code): object[] {
  const groups = new Map<string, string[]>();
  for (const [id, g] of Object.entries(model['ring-group'])) {
    if (!g.allowsPickup) continue;
    for (const m of g.members.filter((m) => model.extension[m.number] !== undefined))
      groups.set(m.number, [...(groups.get(m.number) ?? []), id]);
  }
  const contexts = ['from-internal', ...classes(model)];
  return [...groups].map(([id, of]) => ({
    exten: `${pickup.code}${id}`,
    targets: [id, ...of].flatMap((number) => contexts.map((c) => `${number}@${c}`)).join('&'),
    groups: of.join(', '),
  }));
}

function spied(model: Model): object[] {
  return Object.entries(model.extension).map(([id, e]) => ({
    id,
    devices: e.devices.flatMap((device) => {
      const held = model.device[device];
      const dial = held === undefined || held.technology === 'custom' ? null : deviceDial(device, held);
      return dial === null ? [] : [dial];
    }),
  }));
}

function rooms(model: Model): (Code & { hint: string }) | null {
  const code = codeOf(model, 'conferences/conf_status');
  const ids = idsOf(model, 'conference');
  return code === null || ids.length === 0 ? null : { ...code, hint: ids.map((id) => `confbridge:${id}`).join('&') };
}
