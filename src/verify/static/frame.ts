import { settingsOf } from '../../model/kinds.ts';
import { ref } from '../../model/ref.ts';
import { defineCheck, differing, missing } from './mismatch.ts';

/** What holds for the whole PBX: language, RTP ports, and that every module that is named runs. */
export const frameCheck = defineCheck(async ({ print, config }, model) => {
  const settings = settingsOf(model);
  const about = ref('settings', 'pbx');
  const core = await print('core show settings');
  const rtp = await print('rtp show settings');
  const running = await print('module show');
  const named = ((await config('modules.conf')).get('modules') ?? [])
    .filter(([key]) => key === 'load')
    .map(([, name]) => name.replace(/^>\s*/, ''));
  const stopped = named.filter((name) => !new RegExp(`^${name.replaceAll('.', '\\.')}\\s.*\\s\\d+\\s+Running\\s`, 'm').test(running));
  return [
    ...differing(about, {
      language: [settings.language, /Default language:\s*(\S*)/.exec(core)?.[1]],
      'first RTP port': [settings.rtp.first, /Port start:\s*(\d+)/.exec(rtp)?.[1]],
      'last RTP port': [settings.rtp.last, /Port end:\s*(\d+)/.exec(rtp)?.[1]],
    }),
    ...stopped.map((name) => missing(about, `module ${name}`)),
  ];
});
