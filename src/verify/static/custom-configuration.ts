import { functionOf, lastOption, sectionsOf } from '../../model/custom-configuration.ts';
import type { Model } from '../../model/kinds.ts';
import { ref } from '../../model/ref.ts';
import { currentKey } from './feature-keys.ts';
import { defineCheck, differing, type Mismatch, missing } from './mismatch.ts';

/** What the site wrote by hand beside the dialplan: its queues with whom they ring, its functions, and what may be keyed in a call. */
export const customConfigurationCheck = defineCheck(async ({ list, print }, model) => {
  if (Object.keys(model['custom-configuration']).length === 0) return [];
  const events = await list('QueueStatus');
  const functions = await print('core show functions');
  const features = await print('features show');
  return [
    ...sectionsOf(model, 'queues.conf').flatMap(({ id, name, section }): Mismatch[] => {
      if (section.adds) return [];
      const about = ref('custom-configuration', id);
      if (!events.some((e) => e['Event'] === 'QueueParams' && e['Queue'] === name)) return [missing(about, 'queue')];
      const held = events.filter((e) => e['Event'] === 'QueueMember' && e['Queue'] === name && e['Membership'] === 'static');
      const rung = held.map((e) => /^\w+\/([^@/]+)/.exec(e['Location'] ?? '')?.[1] ?? '');
      const meant = section.options.flatMap((o) => (o.option.toLowerCase() === 'member' ? whom(model, o.value) : []));
      const strategy = lastOption(section, 'strategy').toLowerCase().replace('roundrobin', 'rrmemory') || 'ringall';
      const params = events.find((e) => e['Event'] === 'QueueParams' && e['Queue'] === name);
      return differing(about, {
        members: [[...new Set(meant)].sort().join(', '), rung.sort().join(', ')],
        strategy: [strategy, params?.['Strategy']],
      });
    }),
    ...sectionsOf(model, 'func_odbc.conf').flatMap(({ id, name, section }) =>
      new RegExp(`^${functionOf(name, section)} `, 'm').test(functions) ? [] : [missing(ref('custom-configuration', id), 'function')],
    ),
    ...sectionsOf(model, 'features.conf').flatMap(({ id, name, section }) =>
      name !== 'applicationmap'
        ? []
        : section.options
            .filter((o) => isFeature(o.value) && currentKey(features, o.option) === '')
            .map((o) => missing(ref('custom-configuration', id), `feature ${o.option}`)),
    ),
  ];
});

/** Whom a member names, where the new box can ring such: SIP/101 is PJSIP/101. One that is no telephone, trunk or number of the model is told when it is left out. */
function whom(model: Model, value: string): string[] {
  const [, driver = '', name = ''] = /^\s*(\w+)\/([^@/,|]+)/.exec(value) ?? [];
  const trunk = Object.values(model.trunk).some((t) => 'peer' in t && t.peer === name);
  const isThere = /^(?:local|pjsip|iax2)$/i.test(driver) || model.device[name] !== undefined || trunk;
  return /^(?:sip|pjsip|iax2|local|agent)$/i.test(driver) && (isThere || /^agent$/i.test(driver)) ? [name] : [];
}

function isFeature(value: string): boolean {
  return /^\s*[0-9*#A-D]+\s*,\s*(?:self|peer|caller|callee)\b[^,]*,\s*\w/i.test(value);
}
