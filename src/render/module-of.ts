// Which module has which application and function. '' is Asterisk's core. Source: `core show application/function` and the module list of 22.10 (ASTERISK.md, sections 1 and 4).

export const APPLICATIONS: Readonly<Record<string, string>> = {
  Answer: '', Background: '', BackGround: '', Busy: '', Congestion: '', ExecIf: 'app_exec', ExecIfTime: '', Goto: '', GotoIf: '', GotoIfTime: '', Hangup: '', Incomplete: '', NoOp: '', Proceeding: '', Progress: '',
  RaiseException: '', Ringing: '', SayAlpha: '', SayDigits: '', SayNumber: '', SayPhonetic: '', Set: '', MSet: '', SetAMAFlags: '', Wait: '', WaitExten: '', WaitDigit: '',
  PlayTones: 'app_playtones', StopPlayTones: 'app_playtones',
  Dial: 'app_dial', RetryDial: 'app_dial', Playback: 'app_playback', Read: 'app_read', Log: 'app_verbose', Verbose: 'app_verbose',
  Gosub: 'app_stack', GosubIf: 'app_stack', Return: 'app_stack', StackPop: 'app_stack',
  MixMonitor: 'app_mixmonitor', StopMixMonitor: 'app_mixmonitor', VoiceMail: 'app_voicemail', VoiceMailMain: 'app_voicemail', MusicOnHold: 'res_musiconhold',
  Zapateller: 'app_zapateller', PrivacyManager: 'app_privacy', UserEvent: 'app_userevent', System: 'app_system', Echo: 'app_echo', ResetCDR: 'app_cdr',
};

export const FUNCTIONS: Readonly<Record<string, string>> = {
  BLACKLIST: 'func_blacklist', CALLERID: 'func_callerid', CDR: 'func_cdr', CDR_PROP: 'func_cdr', CHANNEL: 'func_channel', DB: 'func_db', DB_DELETE: 'func_db', DB_EXISTS: 'func_db', DIALPLAN_EXISTS: 'func_dialplan',
  DEVICE_STATE: 'func_devstate', EXISTS: 'func_logic', EXTENSION_STATE: 'func_extstate', FIELDQTY: 'func_strings', FILTER: 'func_strings', GLOBAL: 'func_global', GROUP: 'func_groupcount', GROUP_COUNT: 'func_groupcount',
  IF: 'func_logic', ISNULL: 'func_logic', LEN: 'func_strings', LOCAL: 'app_stack', MASTER_CHANNEL: 'func_global', MATH: 'func_math', MD5: 'func_md5', PJSIP_DIAL_CONTACTS: 'chan_pjsip', PJSIP_HEADER: 'res_pjsip_header_funcs',
  REGEX: 'func_strings', SHARED: 'func_global', STRFTIME: 'func_strings', STRREPLACE: 'func_strings', TIMEOUT: 'func_timeout', VM_INFO: 'app_voicemail',
};
