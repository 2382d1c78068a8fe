import { finding } from '../finding.ts';
import { type Model, settingsOf } from '../model/kinds.ts';
import type { AutoAnswer } from '../model/page-group.ts';
import { ref } from '../model/ref.ts';
import { type Code, codeOf, prompts } from './code.ts';
import { deviceDial } from './dial-string.ts';
import { calledPolicy } from './extension.ts';
import { idsOf } from './place.ts';
import { recordsByCaller } from './recording.ts';
import { defineView, type Notes } from './view.ts';

/** extensions.d/page-group.conf: page groups, and the codes by which one speaks to an extension at once. */
export const pageGroupView = defineView({
  file: 'etc/asterisk/extensions.d/page-group.conf',
  data: (model, notes) => {
    if (!hasPages(model)) return null;
    const groups = idsOf(model, 'page-group');
    notes.from(...groups.map((id) => ref('page-group', id)));
    const { seconds } = settingsOf(model).autoAnswer;
    const intercom = codeOf(model, PREFIX);
    return {
      groups: groups.map((id) => group(model, id, seconds, notes)),
      models: makes(model).map(({ begins }, i) => ({ begins, number: i + 1 })),
      headers: headers(model),
      intercom: intercom === null ? null : { code: intercom.code },
      phones: intercom === null ? [] : phones(model, intercom, seconds),
      say: { refusedFor: prompts(model, 'intercom', 'for', 'extension'), isDisabled: prompts(model, 'is', 'disabled') },
      switches: switches(model),
      recordsByCaller: recordsByCaller(model),
    };
  },
});

const PREFIX = 'paging/intercom-prefix';
const SWITCHES = { 'paging/intercom-on': ['enabled', 'allow'], 'paging/intercom-off': ['disabled', 'deny'] } as const;

export function hasPages(model: Model): boolean {
  return idsOf(model, 'page-group').length > 0 || intercomContexts(model).length > 0;
}

/** Contexts of the codes, as [feature-codes] includes them. */
export function intercomContexts(model: Model): string[] {
  return [...(codeOf(model, PREFIX) === null ? [] : ['ext-intercom']), ...(switches(model).length === 0 ? [] : ['app-intercom'])];
}

/** Options of Dial: the tone that telephones play first, and the headers by which they take the call. */
function options(model: Model): string {
  const { tone } = settingsOf(model).autoAnswer;
  return `${/^[\w/-]+$/.test(tone) ? `A(${tone})` : ''}b(auto-answer^s^1)`;
}

/** The same of Page; the caller hears a tone of his own (n). */
function pageOptions(model: Model, talksBack: boolean): string {
  return `${talksBack ? 'd' : ''}n${options(model)}`;
}

function group(model: Model, id: string, seconds: number, notes: Notes): object {
  const held = model['page-group'][id] as Model['page-group'][string];
  const members = held.devices.flatMap((device) => {
    const found = member(model, device);
    if (found === null) {
      const means = `nobody hears page group ${id} at telephone ${device}: this PBX cannot ring it`;
      notes.finding(finding('MEMBER_MISSING', { about: ref('page-group', id), where: device, means }));
    }
    return found === null ? [] : [{ ...found, arguments: held.evenBusy ? [found.dial, 'always'] : [found.dial] }];
  });
  const { description, evenBusy, talksBack } = held;
  return { id, description, evenBusy, talksBack, phones: members, options: pageOptions(model, talksBack), seconds };
}

/** A telephone and whose it is; one that is nobody's goes by its own name. */
function member(model: Model, device: string): { owner: string; dial: string } | null {
  const held = model.device[device];
  const dial = held === undefined || held.technology === 'custom' ? null : deviceDial(device, held);
  return dial === null || !/^[\w.-]+$/.test(device) ? null : { owner: held?.extension ?? device, dial };
}

/** Makes that need headers of their own, as far as a dialplan line can hold how they call themselves. */
function makes(model: Model): AutoAnswer['models'] {
  return settingsOf(model).autoAnswer.models.filter(({ begins }) => /^[\w-]+$/.test(begins));
}

function headers(model: Model): object[] {
  const { alertInfo, callInfo } = settingsOf(model).autoAnswer;
  const models = makes(model);
  const usual = { alertInfo, callInfo };
  const own = models.map((m) => ({ alertInfo: m.alertInfo || alertInfo, callInfo: m.callInfo || callInfo }));
  return [usual, ...own].map((h, i) => ({ ...h, number: i, name: i === 0 ? 'usual' : models[i - 1]?.begins }));
}

/** A telephone that is a number somewhere else is dialled like any other; no page group has it. */
function outsideDial(model: Model, devices: readonly string[]): string | null {
  const [only, ...others] = devices;
  const held = model.device[only ?? ''];
  return only === undefined || held === undefined || others.length > 0 ? null : deviceDial(only, held);
}

function phones(model: Model, intercom: Code, seconds: number): object[] {
  return Object.entries(model.extension).flatMap(([id, e]) => {
    const members = e.devices.flatMap((device) => member(model, device) ?? []);
    if (!/^[0-9+*#]+$/.test(id)) return [];
    // whom this PBX cannot ring is busy for whoever tries
    const dial = members[0]?.dial ?? outsideDial(model, e.devices) ?? '';
    const several = members.length > 0 && e.devices.length > 1;
    const records = calledPolicy(model, e);
    return [
      {
        id,
        code: `${intercom.code}${id}`,
        dial,
        /** What is a number elsewhere has no state here. */
        hasState: members.length > 0,
        several: several ? members : null,
        records: records === null ? null : [records.inExternal, records.inInternal, String(records.priority)],
        byRule: records?.byRule ?? false,
        options: several ? pageOptions(model, true) : options(model),
        seconds,
      },
    ];
  });
}

function switches(model: Model): object[] {
  return Object.entries(SWITCHES).flatMap(([id, [word, answer]]) => {
    const code = codeOf(model, id);
    const say = {
      all: prompts(model, 'intercom', word),
      one: prompts(model, 'intercom', word, 'for', 'extension', 'number'),
      back: prompts(model, 'intercom', word, 'cancelled', 'for', 'extension', 'number'),
      number: prompts(model, 'extension', 'number'),
      invalid: prompts(model, 'is', 'invalid'),
    };
    return code === null ? [] : [{ code, word, answer, say }];
  });
}
