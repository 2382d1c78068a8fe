/** Applications that Asterisk 22 has nothing for, and what to do instead. Those of others (a driver or module that was built in) as well. */
const GONE: Readonly<Record<string, string>> = {
  mysql: 'Describe the query in func_odbc.conf, and read it as a function.',
  cbmysql: 'Describe the query in func_odbc.conf, and read it as a function.',
  changemonitor: 'Name the file before MixMonitor starts.',
  pausemonitor: 'Mute the recording by AMI: MixMonitorMute.',
  unpausemonitor: 'Mute the recording by AMI: MixMonitorMute.',
  agentcallbacklogin: 'Log agents in with AddQueueMember.',
  agentmonitoroutgoing: 'Record with MixMonitor.',
  realtime: 'Read the table with REALTIME_HASH() or func_odbc.',
  realtimeupdate: 'Write the table with REALTIME() or func_odbc.',
  sendimage: 'Take it out: telephones take no pictures.',
  sendurl: 'Take it out: telephones take no pages.',
  sipsendcustominfo: 'Send a MESSAGE, or tell the telephone by PJSIPNotify.',
  dahdiras: 'Take it out: there is no card for data calls.',
  zapras: 'Take it out: there is no card for data calls.',
  dahdisendkeypadfacility: 'It was for lines on a card: ask the gateway.',
  saycountpl: 'Say the number with SayNumber.',
  flite: 'Speak with an AGI script, or play a recorded prompt.',
  festival: 'Speak with an AGI script, or play a recorded prompt.',
  swift: 'Speak with an AGI script, or play a recorded prompt.',
  konference: 'Use ConfBridge.',
  donglesendsms: 'Send it by the interface of the gateway.',
  donglesendussd: 'Send it by the interface of the gateway.',
  nvfaxdetect: 'Let the endpoint detect faxes: fax_detect of the trunk.',
  faxgateway: 'Set FAXOPT(gateway)=yes before the call.',
  enumlookup: 'Read ENUMLOOKUP().',
  getgroupcount: 'Read GROUP_COUNT().',
  getgroupmatchcount: 'Read GROUP_MATCH_COUNT().',
  checkgroup: 'Compare GROUP_COUNT() with GotoIf.',
  lookupcidnum: 'Read DB().',
  ices: 'Stream with a program of its own.',
  meetmechanneladmin: 'Use ConfKick, or the menu of a leader.',
};

/** null: it is not known, whoever wrote or built it. */
export function insteadOf(application: string): string | null {
  return Object.hasOwn(GONE, application.toLowerCase()) ? (GONE[application.toLowerCase()] as string) : null;
}
