import type { Facts } from '../box/facts.ts';
import { type Finding, finding } from '../finding.ts';
import { readColumns } from './fact-lines.ts';
import { offsetAt, readZoneFact } from './zone-fact.ts';

/** What else the facts say that somebody must know: old zone data, replaced prompts, the telephones that there are, what was not taken. */
export function tellMachine(facts: Facts, timeZone: string | null): Finding[] {
  return [...tellZone(facts, timeZone), ...tellSounds(facts), ...tellTelephones(facts), ...tellNotes(facts)];
}

/**
 * Zone data of a box that is no longer updated miss what was decided since (Russia changed its zones in 2011, 2014 and 2016): its clock, call
 * records and time conditions are an hour off since, unless somebody set the clock or the zone by hand.
 */
function tellZone(facts: Facts, timeZone: string | null): Finding[] {
  const { clock, localtime, tzdata, now, offsets } = readZoneFact(facts.get('time-zone') ?? '');
  const found: Finding[] = [];
  if (clock !== null && localtime.length > 0 && !localtime.includes(clock)) {
    const means = `The old machine's clock runs as ${localtime[0]}, and its settings say ${clock}: hours of time conditions and call records are those of ${localtime[0]}.`;
    found.push(finding('TIME_ZONE_DISAGREES', { where: 'etc/sysconfig/clock, etc/localtime', means }));
  }
  if (timeZone === null || now === null) return found;
  const wrong = offsets.filter(({ at, minutes }) => at <= now && offsetAt(timeZone, at) !== minutes);
  const [first] = wrong;
  if (first === undefined) return found;
  const since = new Date(first.at * 1000).toISOString().slice(0, 10);
  const means = `The old machine's zone data${tzdata === '' ? '' : ` (${tzdata})`} are too old: at the latest from ${since} on they give ${hours(first.minutes)} for ${timeZone}, which had ${hours(offsetAt(timeZone, first.at))}. Unless its clock was set by hand, its call records and time conditions have been off since, and on the new box the hours are right.`;
  return [...found, finding('TIME_ZONE_DATA_OLD', { where: 'etc/localtime', means })];
}

/** 'UTC+03:00' */
function hours(minutes: number): string {
  const [whole, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? '-' : '+'}${String(whole).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}

/** Prompts of Asterisk itself that somebody replaced: the new box brings its own, with another voice and other words. */
function tellSounds(facts: Facts): Finding[] {
  const paths = (facts.get('sounds-not-from-package') ?? '').split('\n').filter((path) => path.startsWith('/'));
  if (paths.length === 0) return [];
  const some = paths.slice(0, 5).map((path) => path.replace(/^.*\/sounds\//, ''));
  const means = `${paths.length} of the prompts were replaced or added on the old box (${some.join(', ')}${paths.length > 5 ? ', ...' : ''}). Callers hear those of the new box's package in their place, or nothing.`;
  return [finding('SOUND_REPLACED', { where: 'collected/sounds-not-from-package.txt', means })];
}

/** Which telephones there are: name, User-Agent, address, contact. */
function tellTelephones(facts: Facts): Finding[] {
  const models = new Map<string, number>();
  for (const [, agent = ''] of readColumns(facts.get('sip-telephones') ?? '')) {
    const model = agent.trim() === '' ? 'unknown' : agent.trim().slice(0, 60);
    models.set(model, (models.get(model) ?? 0) + 1);
  }
  if (models.size === 0) return [];
  const listed = [...models].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, 20);
  const means = `Registered when the facts were taken: ${listed.map(([model, count]) => `${count} x ${model}`).join(', ')}.`;
  return [finding('TELEPHONES_SEEN', { where: 'collected/sip-telephones.txt', means })];
}

function tellNotes(facts: Facts): Finding[] {
  return (facts.get('notes') ?? '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) =>
      finding('COLLECTED_INCOMPLETE', { where: 'collected/notes.txt', means: `The collector could not take all: ${line.slice(0, 300)}.` }),
    );
}
