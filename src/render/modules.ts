import { moduleOfApplication, moduleOfFunction } from '../asterisk/module-of.ts';
import { MigrateError } from '../error.ts';
import { hasOwnFunctions } from './custom-odbc.ts';
import { hasOwnQueues } from './custom-queue.ts';
import { usesIax } from './iax.ts';
import { playsMp3 } from './music.ts';
import { defineView } from './view.ts';

/** What every PBX needs, by role. Source: the list that starts without a warning, ASTERISK.md section 1. */
const BASE: readonly { role: string; modules: readonly string[] }[] = [
  {
    role: 'The dialplan, its state, and the clock that music and conferences run by',
    modules: ['pbx_config', 'res_timing_timerfd', 'res_sorcery_config', 'res_sorcery_memory', 'res_sorcery_astdb', 'res_security_log'],
  },
  {
    role: 'SIP',
    modules: [
      'res_crypto',
      'res_pjproject',
      'res_pjsip',
      'res_pjsip_session',
      'chan_pjsip',
      'res_pjsip_config_wizard',
      'res_pjsip_acl',
      'res_pjsip_authenticator_digest',
      'res_pjsip_outbound_authenticator_digest',
      'res_pjsip_endpoint_identifier_user',
      'res_pjsip_endpoint_identifier_ip',
      'res_pjsip_registrar',
      'res_pjsip_outbound_registration',
      'res_pjsip_path',
      'res_pjsip_nat',
      'res_pjsip_sdp_rtp',
      'res_pjsip_caller_id',
      'res_pjsip_diversion',
      'res_pjsip_rfc3326',
      'res_pjsip_refer',
      'res_pjsip_dtmf_info',
      'res_pjsip_empty_info',
      'res_pjsip_messaging',
      'res_pjsip_notify',
      'res_pjsip_logger',
      'res_pjsip_history',
      'res_pjsip_header_funcs',
      'res_pjsip_t38',
      'res_rtp_asterisk',
      'res_srtp',
    ],
  },
  {
    role: 'Lamps: who is in a call, who has messages',
    modules: [
      'res_pjsip_pubsub',
      'res_pjsip_outbound_publish',
      'res_pjsip_exten_state',
      'res_pjsip_dialog_info_body_generator',
      'res_pjsip_pidf_body_generator',
      'res_pjsip_xpidf_body_generator',
      'res_pjsip_mwi',
      'res_pjsip_mwi_body_generator',
    ],
  },
  {
    role: 'Joining calls, transfers, music',
    modules: [
      'bridge_simple',
      'bridge_native_rtp',
      'bridge_softmix',
      'bridge_holding',
      'bridge_builtin_features',
      'bridge_builtin_interval_features',
      'chan_bridge_media',
      'res_musiconhold',
    ],
  },
  {
    role: 'Codecs and file formats',
    modules: [
      'codec_alaw',
      'codec_ulaw',
      'codec_a_mu',
      'codec_gsm',
      'codec_g722',
      'codec_g726',
      'codec_adpcm',
      'codec_resample',
      'res_format_attr_g729',
      'res_format_attr_h263',
      'res_format_attr_h264',
      'res_format_attr_opus',
      'format_wav',
      'format_wav_gsm',
      'format_gsm',
      'format_pcm',
      'format_sln',
      'format_g726',
      'format_g729',
    ],
  },
  {
    role: 'Call records to MariaDB, and to a file from which those come there that it missed',
    modules: ['res_odbc', 'res_odbc_transaction', 'cdr_adaptive_odbc', 'res_cdrel_custom', 'cdr_custom', 'func_strings'],
  },
  {
    role: 'For administrators: AMI, `core show`, `channel originate`, ulimit',
    modules: ['res_manager_devicestate', 'res_clioriginate', 'res_limit', 'res_convert'],
  },
  {
    role: 'For diallers and scripts: originated calls, call files, events of their own, what they ask of a channel',
    modules: [
      'pbx_spool',
      'app_originate',
      'app_userevent',
      'app_softhangup',
      'app_channelredirect',
      'app_verbose',
      'app_echo',
      'func_channel',
      'func_timeout',
      'func_global',
    ],
  },
];

/** Modules that others need and Asterisk does not load by itself (ASTERISK.md, section 1). */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  res_agi: ['res_speech'],
  func_curl: ['res_curl'],
  app_page: ['app_confbridge'],
  res_fax: ['res_fax_spandsp'],
};

/** modules.conf: the base, and the module of each application and function that the rendered dialplan uses. It must be the last view. */
export const modulesView = defineView({
  file: 'etc/asterisk/modules.conf',
  data: (model, _notes, { rendered }) => {
    const base = new Set(BASE.flatMap((g) => g.modules));
    const first = globalModules(rendered);
    const used = [...rendered]
      .filter(([path]) => /\/extensions\.(conf$|d\/)/.test(path))
      .flatMap(([path, text]) => usedModules(path, text, HAND_MADE.test(path) ? 'left out' : 'refused'));
    used.push(...featureModules(rendered.get('etc/asterisk/features.conf') ?? ''));
    const needed = [
      ...new Set([
        ...used,
        ...used.flatMap((m) => NEEDS[m] ?? []),
        'app_voicemail',
        ...(hasOwnQueues(model) ? ['app_queue'] : []),
        ...(hasOwnFunctions(model) ? ['func_odbc'] : []),
        ...(usesIax(model) ? ['chan_iax2'] : []),
        ...(playsMp3(model) ? ['format_mp3'] : []),
      ]),
    ]
      .filter((m) => m !== '' && !base.has(m) && !first.includes(m))
      .sort();
    const before = {
      role: 'What the variables of the whole PBX are set from: that is when the dialplan is read, which comes next',
      modules: first,
    };
    return { groups: [before, ...BASE, { role: 'What the dialplan uses', modules: needed }].filter((g) => g.modules.length > 0) };
  },
});

/** Of the functions that lines of `[globals]` name: they are evaluated as soon as pbx_config is there. */
function globalModules(rendered: ReadonlyMap<string, string>): string[] {
  const texts = [...rendered].filter(([path]) => /\/extensions\.(conf$|d\/)/.test(path)).map(([, text]) => text);
  const globals = texts.flatMap((text) => [...text.matchAll(/^\[globals\].*\n((?!\[).*\n?)*/gm)].map(([section]) => section));
  const named = globals.flatMap((section) => [...section.matchAll(/^[^;\n]*?\$\{([A-Z][A-Z0-9_]*)\(/gm)].map(([, name = '']) => name));
  return [...new Set(named.map((name) => moduleOfFunction(name) ?? ''))].filter((m) => m !== '').sort();
}

/** Of the applications that are keyed in a call: `nway = *0,self,Playback(beep)`. */
function featureModules(features: string): string[] {
  const [, map = ''] = features.split('[applicationmap]');
  return [...map.matchAll(/^[^;=]+= [^,]+,(?:self|peer),(\w+)/gm)].flatMap(([, name = '']) => moduleOfApplication(name) ?? []);
}

/** What the site wrote may name what no Asterisk has: that has been told where it was translated. */
const HAND_MADE = /\/custom(?:-override)?\.conf$/;

const LINE = /^\s*(?:exten\s*=>?\s*[^,]+,\s*[\w()+-]+\s*,|same\s*=>?\s*[\w()+-]+\s*,)\s*(.*)$/;

/**
 * Modules of the applications and functions in one dialplan file; '' for those in Asterisk's core.
 * @throws MigrateError E_MODULE_UNKNOWN for one that this kit has no module for: a call would hang up there.
 */
export function usedModules(file: string, text: string, unknown: 'refused' | 'left out' = 'refused'): string[] {
  const found: string[] = [];
  const known = (module: string | null, name: string, where: string): string =>
    module ?? (unknown === 'left out' ? '' : refuseUnknown(name, where));
  text.split('\n').forEach((line, i) => {
    if (/^\s*;/.test(line)) return;
    // a comment behind a step may hold anything
    const step = LINE.exec(line.replace(/(?<!\\);.*$/, ''))?.[1];
    if (step === undefined || /^[^,]+,hint,/.test(line)) return;
    for (const name of applications(step)) found.push(known(moduleOfApplication(name), name, `${file}:${i + 1}`));
    for (const [, name = ''] of step.matchAll(/\$\{([A-Z][A-Z0-9_]*)\(/g))
      found.push(known(moduleOfFunction(name), name, `${file}:${i + 1}`));
    for (const [, name = ''] of step.matchAll(/(?:^|[(:?])Set\(_{0,2}([A-Z][A-Z0-9_]*)\(/g))
      found.push(known(moduleOfFunction(name), name, `${file}:${i + 1}`));
  });
  return found;
}

/** The application of a step, and those that ExecIf runs. */
function applications(step: string): string[] {
  const name = /^(\w+)/.exec(step)?.[1];
  if (name === undefined) return [];
  const inner = name === 'ExecIf' ? [...step.matchAll(/[?:]([A-Z]\w*)\(/g)].map((m) => m[1] ?? '') : [];
  return [name, ...inner];
}

function refuseUnknown(name: string, where: string): never {
  throw new MigrateError({
    code: 'E_MODULE_UNKNOWN',
    where,
    why: `no module is known for ${name}`,
    hint: 'This is a defect of the kit: add it to src/asterisk/module-of.ts.',
  });
}
