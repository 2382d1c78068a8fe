import { type Finding, finding } from '../finding.ts';
import type { Model } from '../model/kinds.ts';
import { moments } from '../model/moments.ts';
import { ref } from '../model/ref.ts';
import { isWithin, type TimeGroup } from '../model/time-group.ts';

/** Hours that never come, and time conditions that lead nowhere one way or to one place both ways. */
export function checkHours(model: Model): Finding[] {
  return [...never(model), ...ways(model)];
}

function never(model: Model): Finding[] {
  return Object.entries(model['time-group']).flatMap(([id, group]) => {
    if (group.times.length === 0 || comes(model, group)) return [];
    const means = `The hours of '${group.description}' never come: no day of the year fits them, and what asks for them goes the other way for ever.`;
    return [finding('TIME_GROUP_NEVER', { about: ref('time-group', id), where: `time-group ${id}`, means })];
  });
}

function comes(model: Model, group: TimeGroup): boolean {
  const year = moments({ ...model, 'time-group': { only: group } });
  return [...year, ...LEAP_DAY].some((moment) => isWithin(group, moment));
}

/** Every minute of the next one, whatever weekday it is. */
const LEAP_DAY = Array.from({ length: 24 * 60 }, (_, i) => {
  const two = (n: number) => String(n).padStart(2, '0');
  return `2028-02-29 ${two(Math.floor(i / 60))}:${two(i % 60)}`;
});

function ways(model: Model): Finding[] {
  return Object.entries(model['time-condition']).flatMap(([id, { whenMatched, otherwise, name }]) => {
    if (JSON.stringify(whenMatched) !== JSON.stringify(otherwise)) return [];
    const means = `Time condition '${name}' leads to the same place at every hour.`;
    return [finding('TIME_CONDITION_ALIKE', { about: ref('time-condition', id), where: `time-condition ${id}`, means })];
  });
}
