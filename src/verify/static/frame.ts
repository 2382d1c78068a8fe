import { settingsOf } from '../../model/kinds.ts';
import { ref } from '../../model/ref.ts';
import { setting } from './asked.ts';
import { defineCheck, differing, missing } from './mismatch.ts';

/** Countries of Asterisk's own indications.conf; tones of any other are a finding of render. */
const TONE_ZONES = new Set(
  'at au be bg br ch cl cn cr cz de dk ee es fi fr gr hk hu id il in it jp ke lt ma mo my mx nl no nz om ph pl pt ro ru se sg th tr tw ua uk us ve za'.split(
    ' ',
  ),
);

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
  const pjsip = await config('pjsip.conf');
  const country = setting(await config('indications.conf'), 'general', 'country');
  const near = (pjsip.get('transport-udp') ?? []).filter(([key]) => key === 'local_net').map(([, network]) => network);
  return [
    // the lab is near as well: its own network stands beside those of the model
    ...(settings.sip.externalAddress === null
      ? []
      : settings.sip.localNetworks.filter((n) => !near.includes(n)).map((n) => missing(about, `near network ${n}`))),
    ...(TONE_ZONES.has(settings.toneZone) ? differing(about, { 'country of the tones': [settings.toneZone, country] }) : []),
    ...differing(about, {
      'number of the message centre': [settings.sip.voicemailNumber, setting(pjsip, 'global', 'default_voicemail_extension')],
      'address for the outside': [settings.sip.externalAddress ?? '', setting(pjsip, 'transport-udp', 'external_media_address') ?? ''],
      'port of SIP': [settings.sip.port, /:(\d+)$/.exec(setting(pjsip, 'transport-udp', 'bind') ?? '')?.[1] ?? '5060'],
      language: [settings.language, /Default language:\s*(\S*)/.exec(core)?.[1]],
      'first RTP port': [settings.rtp.first, /Port start:\s*(\d+)/.exec(rtp)?.[1]],
      'last RTP port': [settings.rtp.last, /Port end:\s*(\d+)/.exec(rtp)?.[1]],
    }),
    ...stopped.map((name) => missing(about, `module ${name}`)),
  ];
});
