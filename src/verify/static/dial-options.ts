import { split } from '../../asterisk/arguments.ts';
import { settingsOf } from '../../model/kinds.ts';
import { ref } from '../../model/ref.ts';
import { type HeldStep, isHandMade } from './held-dialplan.ts';
import { defineCheck, differing, type Mismatch } from './mismatch.ts';

/** With which options of Dial() telephones and carriers are called: who may transfer, whether the caller hears ringing. */
export const dialOptionCheck = defineCheck(async ({ dialplan, print }, model) => {
  const globals = new Map(
    [...(await print('dialplan show globals')).matchAll(/^\s*(\w+)=(.*)$/gm)].map((m) => [m[1] as string, m[2] as string]),
  );
  // who is spoken to at once takes the call with options of its own; a wake-up call has nobody behind it
  const dials = dialplan
    .steps()
    .filter(
      (s) => s.application.toLowerCase() === 'dial' && !['ext-intercom', 'wake-up-ring'].includes(s.context) && !isHandMade(model, s),
    );
  const settings = settingsOf(model);
  const check = (what: string, expected: string, calls: (technology: string) => boolean): Mismatch[] => {
    const step = dials.find((s) => calls(split(s.data, ',')[0] ?? ''));
    return step === undefined ? [] : differing(ref('settings', 'pbx'), { [what]: [letters(expected), letters(optionsOf(step, globals))] });
  };
  const seconds = (): Mismatch[] => {
    const step = dials.find((s) => trunks.some((peer) => (split(s.data, ',')[0] ?? '').endsWith(peer)));
    const held = step === undefined ? null : filled(split(step.data, ',')[1] ?? '', globals);
    return held === null
      ? []
      : differing(ref('settings', 'pbx'), { 'seconds that a carrier has to answer': [settings.trunkRingSeconds, held] });
  };
  const telephones = Object.keys(model.device).map((id) => `PJSIP/${id}`);
  const trunks = Object.values(model.trunk).flatMap((t) => (t.technology === 'sip' && !t.disabled ? [`@${t.peer}`] : []));
  return [
    ...check('options of Dial to telephones', settings.dialOptions, (to) => telephones.includes(to.split('&')[0] ?? '')),
    ...check('options of Dial to carriers', settings.trunkDialOptions, (to) => trunks.some((peer) => to.endsWith(peer))),
    ...seconds(),
  ];
});

/** Third argument, with variables of the whole dialplan filled in; what a call brings along itself is not known here. */
function optionsOf(step: HeldStep, globals: ReadonlyMap<string, string>): string {
  return filled(split(step.data, ',')[2] ?? '', globals);
}

/** A trunk that a route inside the company has, too, is told by ARG2 which options are meant: those of other calls stand first. */
const OF_OTHER_CALLS = /^\$\{IF\(\$\["\$\{ARG2\}" = ""\]\?(.*):[^:]*\)\}$/;

function filled(text: string, globals: ReadonlyMap<string, string>): string {
  return text.replace(OF_OTHER_CALLS, '$1').replaceAll(/\$\{(\w+)\}/g, (_, name: string) => globals.get(name) ?? '');
}

/** In order, those without arguments only: those with are another matter. */
function letters(options: string): string {
  return [...new Set(options.replaceAll(/\w\([^()]*\)/g, ''))].sort().join('');
}
