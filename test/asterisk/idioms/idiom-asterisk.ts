import { translateDialplan } from '../../../src/asterisk/translate/translate.ts';
import type { AboutBox } from '../../../src/asterisk/translate/translation.ts';
import type { Idiom } from './idiom.ts';

const ABOUT: AboutBox = {
  peers: null,
  hosts: new Map([['10.0.0.9', 'mango']]),
  lines: new Map([['g0', 'gateway']]),
  rest: null,
  end: null,
  contexts: new Set(['macro-user-callerid', 'i48-build']),
  functions: new Set(['ODBC_DEBTOR']),
  release: null,
  jumps: false,
};

const MODULES = `
res_timing_timerfd res_crypto res_sorcery_config res_sorcery_memory res_sorcery_astdb res_pjproject res_pjsip res_pjsip_session res_rtp_asterisk chan_pjsip
res_pjsip_endpoint_identifier_ip res_pjsip_sdp_rtp res_pjsip_header_funcs res_pjsip_caller_id res_pjsip_messaging res_pjsip_outbound_publish res_pjsip_pubsub chan_iax2
pbx_config bridge_simple bridge_softmix bridge_holding bridge_builtin_features bridge_builtin_interval_features codec_ulaw codec_gsm codec_resample format_wav
format_gsm format_pcm format_sln res_musiconhold res_agi res_speech res_odbc res_odbc_transaction func_odbc res_curl cdr_manager app_dial app_exec app_stack
app_userevent app_verbose app_db app_playback app_read app_system app_queue app_voicemail app_mixmonitor app_confbridge app_chanspy app_cdr app_senddtmf app_while
func_strings func_global func_dialplan func_callerid func_channel func_logic func_cut func_config func_db func_shell func_timeout func_groupcount func_cdr
func_devstate func_extstate func_base64 func_rand func_env func_vmcount func_hangupcause func_pjsip_endpoint
func_pjsip_aor func_pjsip_contact
`
  .trim()
  .split(/\s+/);

/** What arrives on the far side of the trunks: '3101' is told as 'arrived 01' of idiom 31. */
const CARRIER = `[arrives]
exten = 486,1,Hangup(17)
exten = _X.,1,ExecIf($["\${EXTEN:0:2}" = "40"]?Set(seen= \${PJSIP_HEADER(read,Alert-Info)} \${PJSIP_HEADER(read,X-Two)}))
 same = n,UserEvent(Out,Case: \${EXTEN:0:2},V: arrived \${EXTEN:2}\${seen})
 same = n,GotoIf($["\${EXTEN:0:2}" = "39"]?i39,\${EXTEN},1)
 same = n,Answer()
 same = n,Wait(0.5)
 same = n,Hangup()
[macro-user-callerid]
exten = s,1,Set(AMPUSER=\${ARG1})
 same = n,Return()
[i48-build]
exten = s,1,Gosub(macro-i48,s,1)
 same = n,UserEvent(Out,Case: 48,V: back)
[no-texts]
`;

const trunk = (name: string, contact: string): string =>
  `[${name}]\ntype = endpoint\naors = ${name}\ncontext = arrives\nallow = !all,ulaw\nmessage_context = no-texts\n[${name}]\ntype = aor\ncontact = ${contact}\n`;

/** All of /etc/asterisk: the translated idioms, each in a file of its own, and what they call. */
export function idiomFiles(idioms: readonly Idiom[]): Record<string, string | Uint8Array> {
  const translations = idioms.map((idiom) => translateDialplan(linesOf(idiom), ABOUT));
  const routines = new Map(translations.flatMap((t) => t.routines).map((r) => [r.context, r.lines.join('\n')]));
  return {
    'extensions.conf': `[general]\nautofallthrough = yes\n${idioms.map((i) => `#include idiom-${i.number}.conf\n`).join('')}${[...routines.values()].join('\n')}\n${CARRIER}`,
    ...Object.fromEntries(
      idioms.map((idiom, i) => [`idiom-${idiom.number}.conf`, `${translations[i]?.lines.flatMap((l) => l.written).join('\n')}\n`]),
    ),
    'modules.conf': `[modules]\nautoload = no\n${MODULES.map((m) => `load = ${m}.so`).join('\n')}\n`,
    'logger.conf': '[general]\n[logfiles]\nconsole => notice,warning,error\nmessages.log => warning,error\n',
    'pjsip.conf': [
      '[udp]\ntype = transport\nprotocol = udp\nbind = 127.0.0.1:5060\n[far]\ntype = identify\nendpoint = mango\nmatch = 127.0.0.1\n',
      ...['mango', 'gateway'].map((name) => trunk(name, 'sip:127.0.0.1:5060')),
      ...['1101', '5703'].map((name) => trunk(name, `sip:${name}@127.0.0.1:5060`)),
    ].join(''),
    'iax.conf':
      '[general]\nbindaddr = 127.0.0.1\nrequirecalltoken = no\n[office]\ntype = friend\nhost = 127.0.0.1\ncontext = arrives\ndisallow = all\nallow = ulaw\n',
    'iaxprov.conf': '[default]\n',
    'queues.conf': '[general]\n[i20]\njoinempty = yes\n[i20-two]\njoinempty = yes\nmember => Local/1@i20-agent/n\n',
    'voicemail.conf': '[general]\nformat = wav\n[default]\n100 => 1,Ann\n',
    'confbridge.conf': '[general]\n[default_bridge]\ntype = bridge\n[default_user]\ntype = user\n[default_menu]\ntype = menu\n',
    'musiconhold.conf': '[default]\nmode = files\ndirectory = /usr/share/asterisk/moh\n',
    'cdr.conf': '[general]\nenable = yes\n',
    'cdr_manager.conf': '[general]\nenabled = yes\n',
    'res_odbc.conf': '[nowhere]\nenabled = yes\ndsn = nowhere\n',
    'func_odbc.conf': '[DEBTOR]\ndsn = nowhere\nreadsql = SELECT 1\n',
    ...Object.fromEntries(
      ['ccss', 'cel', 'udptl', 'acl', 'pjproject', 'queuerules', 'stasis', 'features'].map((n) => [`${n}.conf`, '[general]\n']),
    ),
  };
}

/** The old dialplan of an idiom, where `OUT(text)` is an event that the test sees. */
function linesOf({ number, old }: Idiom): { file: string; line: number; text: string }[] {
  const text = old.replaceAll(/\bOUT\((.*)$/gm, (_, rest: string) => `UserEvent(Out,Case: ${number},V: ${rest}`);
  const own = text.startsWith('[') || text.startsWith('#') ? text.replace(/^(#.*\n)/, `$1[i${number}]\n`) : `[i${number}]\n${text}`;
  return own.split('\n').map((line, i) => ({ file: `idiom-${number}.conf`, line: i + 1, text: line }));
}

export const AGI_SCRIPT = `#!/bin/sh
while read -r line && [ -n "$line" ]; do :; done
printf 'SET VARIABLE said "%s"\\n' "$1"
read -r answer
`;
