import { afterAll, expect, test } from 'vitest';
import type { Model } from '../../src/model/kinds.ts';
import type { Step } from '../../src/model/walk/step.ts';
import { extractClinic } from '../extract/clinic.ts';
import { type GoldenCall, type GoldenLeg, legDialled, legName, readGolden, replay, type Said } from './golden.ts';
import { changesSaid, changesSeen } from './golden-state.ts';

const golden = readGolden();
// read from its dump, so that a reader that reads wrongly differs from the old box as well
const { model, remove } = await extractClinic();
afterAll(remove);

/** Calls that go through what is carried now. */
const CARRIED =
  /^(ext|ext-state|ext-from-outside|did|outbound|ringgroup|blackhole|voicemail|announcement|timecondition|callflow|ivr|queue|conference|followme|parking|feature|via-local|custom|language|setcid|queueprio|miscdest|miscapp|disa|callback|vmblast|paging)\//;

/** Calls that cannot agree yet, each with its reason; where `but` says so, the rest of the call is compared all the same. */
const APART: readonly { readonly calls: RegExp; readonly why: string; readonly but?: 'heard' | 'end' }[] = [
  {
    calls: /^announcement\/2\/repeat-key$/,
    why: 'the key is pressed before any answer, and again lost in the second before the menu plays',
  },
  {
    calls: /^feature\/(bosssecretary|dictate|fax)\/|^feature\/core\/userlog/,
    why: 'dictation, secretaries, fax and telephones where users log in are not carried',
  },
  { calls: /^feature\/hotelwakeup\//, why: 'the clone lacks all prompts of wake-up calls but the last' },
  {
    calls: /^paging\/(900\/|901\/all-answer)/,
    why: 'a script opens pages there over AMI, and the clone did so in one call of four: in 901/nobody, which is compared',
  },
  {
    calls: /^custom\/(7701|8800)/,
    why: 'the clone knows neither VoiceMail(u101) nor MeetMe: a box of its day did',
  },
  { calls: /^custom\/888001$/, why: 'a Queue() by hand runs in a circle there, without ringing anybody' },
  { calls: /^feature\/daynight\/toggle-mode-0$/, but: 'heard', why: 'the old box says goodbye to a caller who is gone' },
  {
    calls: /^feature\/paging\/intercom-prefix\/121-refused$/,
    but: 'end',
    why: 'the tone after an answer goes on for twenty seconds, and the caller had enough',
  },
  { calls: /^feature\/infoservices\/speakingclock$/, but: 'end', why: 'the old box has no sound for a word of the hour, and hangs up' },
];

test(golden === null ? 'golden.json.gz is not at hand, so no call of the old box is compared' : 'golden.json.gz is at hand', () => {
  expect(golden === null || golden.length > 0).toBe(true);
});

const calls = (golden ?? []).filter((g) => CARRIED.test(g.id));

test.skipIf(golden === null)('every reason for which calls are set apart has such calls', () => {
  expect(APART.filter((a) => !calls.some((g) => a.calls.test(g.id)))).toEqual([]);
});

for (const g of calls) {
  const apart = APART.find((a) => a.calls.test(g.id));
  if (apart !== undefined && apart.but === undefined) continue;
  test(`as on the old box: ${g.id}`, () => {
    const said = replay(model, g);
    // what is not carried ends the comparison: by then something must have been compared
    const stops = said.steps.some((s) => s.do === 'not-carried');
    const compared = apart?.but !== 'heard' && !stops;
    if (stops) expect(said.legs.length).toBeGreaterThan(0);
    expect(legsSaid(model, said, g, stops)).toEqual(legsSeen(g, stops ? said.legs.length : (said.picked?.before ?? null)));
    if (said.picked !== null && !stops) comparePicked(model, said.picked, g);
    if (compared) expect(heardSaid(said, g)).toEqual(heardSeen(said, g));
    if (compared && musicOf(g) !== null) expect(said.musicClass).toBe(musicOf(g));
    if (!stops && apart?.but !== 'end') expect(endSaid(said.steps, said.endMs, g)).toBe(endSeen(g));
    if (!stops) expect(said.recorded).toBe(g.cdr.some((row) => row.recordingfile !== ''));
    if (!stops) expect(changesSaid(said.steps, g)).toEqual(changesSeen(g));
  });
}

/** Legs in order; those of one moment by name, since the old box itself mixes them. */
function legsSaid(m: Model, said: Said, g: GoldenCall, stops: boolean): string[] {
  const cut = g.end.endedBy === 'cut' ? (g.end.durationMs ?? 0) : Number.POSITIVE_INFINITY;
  const seen = said.legs.slice(0, said.picked?.before).filter((l) => stops || l.startMs < cut - 500);
  return inMoments(seen.map((l) => ({ at: l.startMs, text: legText(m, l) })));
}

function legText(m: Model, l: Said['legs'][number] | NonNullable<Said['picked']>['of'][number]): string {
  return `${legName(m, l)} dialled ${legDialled(m, l)} shows "${l.shown.name}" <${l.shown.number}>`;
}

/** @param count only so many; null: all. */
function legsSeen(g: GoldenCall, count: number | null): string[] {
  const taken = sorted(g).slice(0, count ?? undefined);
  return inMoments(taken.map((l) => ({ at: l.startMs, text: seenText(l) })));
}

/** Which agent a queue rings when is chance on the old box as well: each must be one whom it may ring, and one of them answers or none. */
function comparePicked(m: Model, { of, before, answered }: NonNullable<Said['picked']>, g: GoldenCall): void {
  const rang = sorted(g).slice(before);
  const may = of.map((l) => legText(m, l));
  expect(rang.map(seenText).filter((text) => !may.includes(text))).toEqual([]);
  expect(rang.length > 0).toBe(of.some((l) => l.does !== 'offline'));
  expect(rang.some((l) => l.result === 'answered')).toBe(answered);
}

function sorted(g: GoldenCall): GoldenLeg[] {
  return [...g.legs].sort((a, b) => a.startMs - b.startMs);
}

function seenText(l: GoldenLeg): string {
  return `${l.to} dialled ${l.dialled} shows "${nameOf(l)}" <${l.shownNumber}>`;
}

/** chan_sip puts the number in the place of a name that is missing, on its way to a trunk: chan_pjsip leaves it out. */
function nameOf(l: GoldenLeg): string {
  return l.to.startsWith('trunk:') && l.shownName === l.shownNumber ? '' : l.shownName;
}

function inMoments(legs: readonly { at: number; text: string }[]): string[] {
  const moments: string[][] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const { at, text } of legs) {
    if (at - last > 50) moments.push([]);
    last = at;
    moments.at(-1)?.push(text);
  }
  return moments.flatMap((m) => m.sort());
}

/** Who gave up has heard the beginning; what goes on until the caller has enough says more than the model knows, or the same again and again. */
function heardSaid({ heard, steps }: Said, g: GoldenCall): readonly string[] {
  const isOpen = g.end.endedBy === 'cut' || steps.at(-1)?.do === 'stay';
  return isOpen ? heard.slice(0, heardOf(g).length) : heard;
}

function heardSeen({ heard, steps }: Said, g: GoldenCall): string[] {
  return steps.at(-1)?.do === 'stay' ? heardOf(g).slice(0, heard.length) : heardOf(g);
}

function heardOf(g: GoldenCall): string[] {
  return g.heard.filter((h): h is string => h !== null && !h.startsWith('moh:'));
}

function musicOf(g: GoldenCall): string | null {
  return g.heard.find((h) => h?.startsWith('moh:'))?.slice(4) ?? null;
}

/** How it ended, told by where the old dialplan ended: its causes are noisy. */
function endSeen(g: GoldenCall): string {
  const { lastContext, lastExten, lastApp, endedBy } = g.end;
  if (lastExten === null) return 'silence';
  if (endedBy === 'cut') return 'rings on';
  if (lastContext === 'macro-exten-vm' || lastContext === 'macro-dialout-trunk') {
    if (lastExten === 's-BUSY') return 'busy';
    if (lastExten?.startsWith('s-') === true) return 'congestion';
  }
  if (lastApp === 'Congestion' || (lastContext === 'app-blackhole' && lastExten === 'congestion')) return 'congestion';
  if (lastContext === 'app-blackhole' && lastExten === 'busy') return 'busy';
  if (lastContext === 'app-blackhole' || (lastApp?.startsWith('Goto') === true && endedBy === 'pbx')) return 'silence';
  if (lastContext === 'sub-record-check') return 'congestion'; // the forward loop that ran until Asterisk killed it
  return endedBy === 'pbx' ? 'silence' : 'answered';
}

function endSaid(steps: readonly Step[], endMs: number | null, g: GoldenCall): string {
  // a call may be cut in the very moment in which a wait is over
  if (g.end.endedBy === 'cut' && (endMs === null || endMs > (g.end.durationMs ?? 0) - 1000)) return 'rings on';
  const last = steps.at(-1);
  if (last?.do === 'tone') return last.tone;
  if (last?.do === 'sound') return last.sound === 'music' ? 'rings on' : 'silence';
  if (last?.do === 'end') return 'silence';
  if (last?.do === 'ring' || last?.do === 'dial-out' || last?.do === 'queue') return last.result === 'answered' ? 'answered' : 'rings on';
  return 'answered';
}
