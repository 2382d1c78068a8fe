import { type OwnFeature, readFeature } from '../asterisk/translate/configuration.ts';
import { translateDialplan } from '../asterisk/translate/translate.ts';
import type { AboutBox } from '../asterisk/translate/translation.ts';
import { type CustomOption, sectionsOf } from '../model/custom-configuration.ts';
import type { Model } from '../model/kinds.ts';
import { codeOf } from './code.ts';
import { aboutBox } from './custom-about.ts';
import { addedOptions, OwnOptions, placesOf } from './custom-configuration.ts';
import { defineView, type Notes } from './view.ts';

/** features.conf: what is keyed during a call. A PBX that says nothing of codes has those that Elastix begins with. It comes behind the dialplan, which its own features may enter. */
export const featureView = defineView({
  file: 'etc/asterisk/features.conf',
  data: (model, notes, { rendered }) => {
    const general = addedOptions(model, notes, 'features.conf', 'general');
    const sets = (name: string): boolean => general.some((o) => o.name === name);
    return {
      pickup: keyed(model, 'pickupexten', '*8'),
      blind: keyed(model, 'blindxfer', '##'),
      attended: keyed(model, 'atxfer', '*2'),
      disconnect: keyed(model, 'disconnect', '**'),
      record: keyed(model, 'automon', ''),
      transferDigits: !sets('transferdigittimeout'),
      featureDigits: !sets('featuredigittimeout'),
      general,
      keys: addedOptions(model, notes, 'features.conf', 'featuremap'),
      features: ownFeatures(model, notes, rendered),
    };
  },
});

/** null: there is none, and Asterisk's own holds. */
function keyed(model: Model, name: string, usual: string): string | null {
  const code = Object.keys(model['feature-code']).length === 0 ? usual : (codeOf(model, `core/${name}`)?.code ?? '');
  return code === '' ? null : code;
}

/** [applicationmap]: what the site lets people key in a call where DYNAMIC_FEATURES names it. */
function ownFeatures(model: Model, notes: Notes, rendered: ReadonlyMap<string, string>): { name: string; value: string; from: string }[] {
  const [added] = sectionsOf(model, 'features.conf').filter((s) => s.name === 'applicationmap');
  if (added === undefined) return [];
  const options = new OwnOptions(model, notes, added.id);
  const from = placesOf(added.section);
  const about = aboutBox(model, rendered);
  const first = new Map([...added.section.options].reverse().map((o) => [o.option.toLowerCase(), o]));
  return added.section.options
    .filter((o) => first.get(o.option.toLowerCase()) === o)
    .flatMap((o) => {
      const value = featureNow(about, options, o);
      return value === null ? [] : [{ name: o.option, value, from }];
    });
}

/** A feature in the words of Asterisk 22; null: it is left out, which has been told. */
function featureNow(about: AboutBox, options: OwnOptions, o: CustomOption): string | null {
  const feature = readFeature(o.value);
  if (feature === null) {
    options.tell(o.at, `The feature ${o.option} cannot be read: its keys do nothing in a call, as on the old box.`);
    return null;
  }
  const call = callNow(about, feature);
  if (call.lost !== null) {
    options.tell(o.at, `The feature ${o.option} (${feature.keys}) is left out: ${call.lost}`);
    return null;
  }
  return [feature.keys, feature.runsOn, call.written, feature.musicClass].filter((part) => part !== '').join(',');
}

/** The application of a feature, translated as a step of dialplan is. */
function callNow(about: AboutBox, { application, args }: OwnFeature): { written: string; lost: string | null } {
  const lines = [
    { file: 'features.conf', line: 0, text: '[applicationmap]' },
    { file: 'features.conf', line: 1, text: `exten => s,1,${application}(${args.replaceAll(';', '\\;')})` },
  ];
  const { lines: said, problems, routines } = translateDialplan(lines, about);
  const step = /^exten => s,(?:1|n),(.*)$/s.exec(said[1]?.written[0] ?? '')?.[1] ?? '';
  const [problem] = problems.filter((p) => p.code !== 'DIALPLAN_APPROXIMATED');
  const lost =
    problem?.means ??
    (routines.length > 0 || step === '' ? 'Asterisk 22 says it in several steps: make a context of it, and enter that by Gosub.' : null);
  return { written: step.replaceAll('\\;', ';'), lost };
}
