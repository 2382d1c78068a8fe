import type { Model } from '../../model/kinds.ts';
import { isOwn, promptsOf } from '../../model/recording.ts';
import { type Ref, ref } from '../../model/ref.ts';
import type { Asked } from './asked.ts';
import { setting } from './asked.ts';
import type { HeldDialplan, HeldStep } from './held-dialplan.ts';
import { stepsForCaller } from './inbound-routes.ts';
import { defineCheck, type Mismatch } from './mismatch.ts';

/** Steps of an object, and the recordings of the house that it plays to somebody. */
interface Playing {
  readonly about: Ref;
  readonly steps: readonly HeldStep[];
  readonly recordings: readonly (string | null)[];
  /** Of this one it plays the first file alone. */
  readonly firstOf?: string | null;
}

/** Which recordings of the house each object plays: those of the model and no others. A menu that is played in the wrong place leads every caller astray. */
export const promptCheck = defineCheck(async ({ dialplan, config }, model) => {
  const all = [...announced(model, dialplan), ...menus(model, dialplan), ...switches(model, dialplan)];
  all.push(...(await parked({ config, dialplan }, model)));
  return all.filter((p) => p.steps.length > 0).flatMap((p) => compare(model, p));
});

function compare(model: Model, { about, steps, recordings, firstOf = null }: Playing): Mismatch[] {
  const held = steps.map((s) => s.data.split(/[&,()?:|^=]/));
  const plays = (prompt: string): boolean => held.some((words) => words.includes(prompt));
  const expected = new Set([...recordings.flatMap((id) => promptsOf(model, id)), ...promptsOf(model, firstOf).slice(0, 1)]);
  const lost = [...expected].filter((prompt) => !plays(prompt));
  const own = new Set(Object.keys(model.recording).flatMap((id) => promptsOf(model, id).filter(isOwn)));
  const more = [...own].filter((prompt) => !expected.has(prompt) && plays(prompt));
  return [
    ...lost.map((prompt) => ({ about, what: 'plays', expected: prompt, held: 'does not' })),
    ...more.map((prompt) => ({ about, what: 'plays', expected: 'does not', held: prompt })),
  ];
}

function announced(model: Model, dialplan: HeldDialplan): Playing[] {
  const confirming = (o: { confirms: boolean; confirmPrompt: string | null; tooLatePrompt?: string | null }): (string | null)[] =>
    o.confirms ? [o.confirmPrompt, o.tooLatePrompt ?? null] : [];
  return [
    ...Object.entries(model.announcement).map(([id, a]) => ({
      about: ref('announcement', id),
      steps: dialplan.stepsIn(`app-announcement-${id}`),
      recordings: [a.recording],
    })),
    ...Object.entries(model['ring-group']).map(([id, g]) => ({
      about: ref('ring-group', id),
      steps: dialplan.stepsOf('ext-group', id),
      recordings: [g.announcement, ...confirming(g)],
    })),
    ...Object.entries(model['follow-me']).map(([id, f]) => ({
      about: ref('follow-me', id),
      steps: dialplan.stepsOf('ext-findmefollow', id),
      recordings: [f.announcement, ...confirming(f)],
    })),
    ...Object.entries(model.queue).map(([id, q]) => ({
      about: ref('queue', id),
      steps: dialplan.stepsOf('ext-queues', id),
      recordings: [q.joinAnnouncement],
      firstOf: q.agentAnnouncement,
    })),
    ...Object.entries(model.conference).map(([id, room]) => ({
      about: ref('conference', id),
      steps: dialplan.stepsOf('ext-meetme', id),
      recordings: [room.joinAnnouncement],
    })),
    ...Object.entries(model['dynamic-route']).map(([id, r]) => ({
      about: ref('dynamic-route', id),
      steps: dialplan.stepsOf(`dynroute-${id}`, 's'),
      recordings: [r.asksKeys ? r.announcement : null],
    })),
    ...Object.entries(model.directory).map(([id, d]) => ({
      about: ref('directory', id),
      steps: dialplan.stepsOf('directory', id),
      recordings: [d.announcement],
    })),
    ...Object.entries(model['voicemail-blast']).map(([id, blast]) => ({
      about: ref('voicemail-blast', id),
      steps: dialplan.stepsOf('vmblast-grp', id),
      recordings: [blast.label === 'recording' ? blast.recording : null],
    })),
    ...Object.entries(model['inbound-route']).map(([id, r]) => ({
      about: ref('inbound-route', id),
      steps: stepsForCaller(dialplan, r),
      recordings: [],
    })),
  ];
}

function menus(model: Model, dialplan: HeldDialplan): Playing[] {
  return Object.entries(model.ivr).map(([id, menu]) => {
    const failures = [menu.timeout, menu.invalid].flatMap((f) =>
      f.retries === null ? [] : [...(f.retries > 0 ? [f.retryPrompt] : []), f.lastPrompt],
    );
    return { about: ref('ivr', id), steps: dialplan.stepsIn(`ivr-${id}`), recordings: [menu.announcement, ...failures] };
  });
}

/** Codes that switch a call flow say what is on now. */
function switches(model: Model, dialplan: HeldDialplan): Playing[] {
  return Object.entries(model['call-flow']).flatMap(([id, flow]) => {
    const code = model['feature-code'][`daynight/toggle-mode-${id}`];
    const steps = code?.enabled === true ? (dialplan.extensionsFor('from-internal', code.code)[0] ?? []) : [];
    // a number that somebody else has as well is his
    const own = steps.some((s) => s.data.includes(`DAYNIGHT/C${id})`));
    return own ? [{ about: ref('call-flow', id), steps, recordings: [flow.dayRecording, flow.nightRecording] }] : [];
  });
}

async function parked({ config, dialplan }: Pick<Asked, 'config' | 'dialplan'>, model: Model): Promise<Playing[]> {
  const file = await config('res_parking.conf');
  return Object.entries(model.parking).flatMap(([id, lot]) => {
    const section = [...file.keys()].find((name) => setting(file, name, 'parkext') === lot.extension);
    const context = section === undefined ? null : setting(file, section, 'comebackcontext');
    return context === null ? [] : [{ about: ref('parking', id), steps: dialplan.stepsIn(context), recordings: [lot.announcement] }];
  });
}
