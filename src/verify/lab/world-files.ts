import { KEY_MS } from '../../model/walk/timeline.ts';

/** A key is down for so long. */
export const KEY_DOWN_MS = 120;

/**
 * The dialplan of `world`. A leg that is called says so and rings until the lab tells it over AMI what to do (Redirect into
 * `act`): a telephone's behaviour is set per call, not per telephone.
 */
export const WORLD_DIALPLAN = `[phone]
include => called

[carrier]
include => called

; whom the PBX calls: EXTEN is what it dialled. No pattern here matches 'h', which would run at every hang-up
[called]
exten = _[0-9A-Za-z+*#_].,1,Goto(leg,s-\${EXTEN},1)
exten = _[0-9+*#],1,Goto(leg,s-\${EXTEN},1)
exten = s,1,Goto(leg,s-s,1)

; whom the PBX calls by IAX2: which telephone or trunk is meant, its own channel tells
[iax]
exten = _[0-9A-Za-z+*#_].,1,Goto(iaxleg,s-\${EXTEN},1)
exten = _[0-9+*#],1,Goto(iaxleg,s-\${EXTEN},1)
exten = s,1,Goto(iaxleg,s-s,1)

[iaxleg]
exten = _s-.,1,Set(CHANNEL(hangup_handler_push)=gone,s,1)
 same = n,UserEvent(Rang,Dialled: \${URIENCODE(\${EXTEN:2})},Number: \${URIENCODE(\${CALLERID(num)})},Name: \${URIENCODE(\${CALLERID(name)})})
 same = n,Ringing()
 same = n,Wait(3600)

[leg]
exten = _s-.,1,Set(CHANNEL(hangup_handler_push)=gone,s,1)
 same = n,UserEvent(Rang,Leg: \${LEG},Dialled: \${URIENCODE(\${EXTEN:2})},Number: \${URIENCODE(\${CALLERID(num)})},Name: \${URIENCODE(\${CALLERID(name)})},CallId: \${CHANNEL(pjsip,call-id)},AlertInfo: \${URIENCODE(\${PJSIP_HEADER(read,Alert-Info)})})
 same = n,Ringing()
 same = n,Wait(3600)

[gone]
exten = s,1,UserEvent(Gone,Leg: \${LEG},Cause: \${HANGUPCAUSE})
 same = n,Return()

[act]
; a tone, so that there is something to hear and to record
exten = answer,1,Answer()
 same = n,Playtones(425/1000)
 same = n,Wait(3600)
exten = busy,1,Busy(1)
exten = refuse,1,Congestion(1)
exten = wrong-number,1,Hangup(1)

[caller]
exten = s,1,Playtones(425/1000)
 same = n,Wait(3600)

; EXTEN is keys to press, after which it goes on as before
[press]
exten = _[0-9*#A-D].,1,Goto(pressed,s-\${EXTEN},1)
exten = _[0-9*#A-D],1,Goto(pressed,s-\${EXTEN},1)

; the same once nothing is heard for a second: no more packets of sound come in
[press-once-quiet]
exten = _[0-9*#A-D].,1,Goto(listens,s-\${EXTEN},1)
exten = _[0-9*#A-D],1,Goto(listens,s-\${EXTEN},1)

[listens]
exten = _s-.,1,Set(HEARD=\${CHANNEL(rtcp,rxcount)})
 same = n,Wait(1)
 same = n,GotoIf($["\${HEARD}" != "\${CHANNEL(rtcp,rxcount)}"]?1)
 same = n,Goto(pressed,\${EXTEN},1)

[pressed]
exten = _s-.,1,SendDTMF(\${EXTEN:2},${KEY_MS - KEY_DOWN_MS},${KEY_DOWN_MS})
 same = n,Playtones(425/1000)
 same = n,Wait(3600)
`;

/** Files that are the same in every world. */
export const WORLD_FIXED_FILES: Readonly<Record<string, string>> = {
  'asterisk.conf': `[options]
verbose = 0
maxfiles = 65536
; between two keys too something is sent: without it two equal keys have one time stamp, and count once
transmit_silence = yes
`,
  'modules.conf': `[modules]
autoload = no
${[
  'res_timing_timerfd',
  'res_crypto',
  'res_sorcery_config',
  'res_sorcery_memory',
  'res_sorcery_astdb',
  'res_pjproject',
  'res_pjsip',
  'res_pjsip_session',
  'res_pjsip_authenticator_digest',
  'res_pjsip_outbound_authenticator_digest',
  'res_pjsip_caller_id',
  'res_pjsip_dtmf_info',
  'res_pjsip_endpoint_identifier_ip',
  'res_pjsip_endpoint_identifier_user',
  'res_pjsip_header_funcs',
  'res_pjsip_nat',
  'res_pjsip_outbound_registration',
  'res_pjsip_registrar',
  'res_pjsip_rfc3326',
  'res_pjsip_sdp_rtp',
  'res_pjsip_logger',
  'res_pjsip_pubsub',
  'res_pjsip_outbound_publish',
  'res_pjsip_exten_state',
  'chan_bridge_media',
  'res_rtp_asterisk',
  'res_srtp',
  'chan_pjsip',
  'bridge_simple',
  'bridge_softmix',
  'codec_alaw',
  'codec_ulaw',
  'codec_resample',
  'format_wav',
  'format_pcm',
  'pbx_config',
  'app_dial',
  'app_playtones',
  'app_userevent',
  'app_stack',
  'app_verbose',
  'app_mixmonitor',
  'app_playback',
  'app_senddtmf',
  'func_channel',
  'func_callerid',
  'func_uri',
  'func_strings',
  'func_hangupcause',
  'func_logic',
  'func_global',
]
  .map((name) => `load = ${name}.so`)
  .join('\n')}
`,
  'logger.conf': `[general]
dateformat = %F %T.%3q
[logfiles]
console => warning,error
messages => notice,warning,error
`,
  'rtp.conf': `[general]
rtpstart = 20000
rtpend = 40000
`,
  'indications.conf': `[general]
country = us
[us]
description = United States
ringcadence = 2000,4000
dial = 350+440
busy = 480+620/500,0/500
ring = 440+480/2000,0/4000
congestion = 480+620/250,0/250
`,
  'cdr.conf': '[general]\nenable = no\n',
  'cel.conf': '[general]\nenable = no\n',
  'features.conf': '[general]\n',
  'udptl.conf': '[general]\n',
  'ccss.conf': '[general]\n',
  'stasis.conf': '[general]\n',
  'acl.conf': '; none\n',
  'pjproject.conf': '; none\n',
  'http.conf': '[general]\nenabled = no\n',
};
