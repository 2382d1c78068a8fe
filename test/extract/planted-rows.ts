// Rows of FreePBX 2.11's tables with what a page writes where nothing is filled in.
import { keywords, plainDevice, plainUser, telephone } from './sound-box.ts';

type Cells = Record<string, string | null>;
type More = Readonly<Cells>;

export const group = (grpnum: string, grplist: string, postdest = '', more: More = {}) => ({
  grpnum,
  strategy: 'ringall',
  grptime: '20',
  grppre: '',
  grplist,
  annmsg_id: '0',
  postdest,
  description: `G${grpnum}`,
  alertinfo: '',
  remotealert_id: '0',
  needsconf: '',
  toolate_id: '0',
  ringing: 'Ring',
  cwignore: '',
  cfignore: '',
  cpickup: '',
  recording: 'dontcare',
  ...more,
});
export const incoming = (extension: string, destination: string, more: More = {}) => ({
  extension,
  cidnum: '',
  destination,
  description: 'D',
  grppre: '',
  mohclass: 'default',
  pricid: '',
  ...more,
});
export const timeCondition = (id: string, time: string, t: string, f: string) => ({
  timeconditions_id: id,
  displayname: `TC${id}`,
  time,
  truegoto: t,
  falsegoto: f,
  deptname: '',
  generate_hint: '0',
  priority: '0',
});
export const timeGroup = (id: string, ...times: string[]) => ({
  timegroups_groups: [{ id, description: `TG${id}` }],
  timegroups_details: times.map((time, i) => ({ id: `${id}${i}`, timegroupid: id, time })),
});
export const queue = (extension: string, dest = '', more: More = {}) => ({
  extension,
  descr: 'Q',
  grppre: '',
  alertinfo: '',
  ringing: '0',
  maxwait: '30',
  password: '',
  ivr_id: 'none',
  dest,
  cwignore: '0',
  qregex: '',
  agentannounce_id: '0',
  joinannounce_id: '0',
  queuewait: '0',
  use_queue_context: '0',
  togglehint: '0',
  qnoanswer: '0',
  callconfirm: '0',
  callconfirm_id: '0',
  monitor_type: '',
  monitor_heard: '0',
  monitor_spoken: '0',
  callback_id: '',
  ...more,
});
export const queueOptions = (id: string, ...kv: [string, string][]): Cells[] =>
  kv.map(([keyword, data], i) => ({ id, keyword, data, flags: String(i) }));
export const ivr = (id: string, more: More = {}) => ({
  id,
  name: `M${id}`,
  description: '',
  announcement: '0',
  directdial: '',
  invalid_loops: '2',
  invalid_retry_recording: 'default',
  invalid_destination: 'app-blackhole,hangup,1',
  invalid_recording: 'default',
  retvm: '',
  timeout_time: '10',
  timeout_recording: 'default',
  timeout_retry_recording: 'default',
  timeout_destination: 'app-blackhole,hangup,1',
  timeout_loops: '2',
  timeout_append_announce: '1',
  invalid_append_announce: '1',
  timeout_ivr_ret: '0',
  invalid_ivr_ret: '0',
  ...more,
});
export const menuKey = (ivr_id: string, selection: string, dest: string) => ({ ivr_id, selection, dest, ivr_ret: '0' });
export const user = (extension: string, more: More = {}) => ({ ...plainUser(extension), ...more });
export const device = (id: string, more: More = {}) => ({ ...plainDevice(id), ...more });
export const route = (route_id: string, more: More = {}) => ({
  route_id,
  name: `r${route_id}`,
  outcid: '',
  outcid_mode: '',
  password: '',
  emergency_route: '',
  intracompany_route: '',
  mohclass: 'default',
  time_group_id: null,
  dest: '',
  ...more,
});
export const pattern = (route_id: string, match_pattern_pass: string, more: More = {}) => ({
  route_id,
  match_pattern_prefix: '',
  match_pattern_pass,
  match_cid: '',
  prepend_digits: '',
  ...more,
});
export const trunk = (trunkid: string, more: More = {}) => ({
  trunkid,
  name: `t${trunkid}`,
  tech: 'sip',
  outcid: '',
  keepcid: 'off',
  maxchans: '',
  failscript: '',
  dialoutprefix: '',
  channelid: `t${trunkid}`,
  usercontext: '',
  provider: '',
  disabled: 'off',
  continue: 'off',
  ...more,
});
export const announcement = (announcement_id: string, post_dest: string, more: More = {}) => ({
  announcement_id,
  description: 'A',
  recording_id: '0',
  allow_skip: '0',
  post_dest,
  return_ivr: '0',
  noanswer: '0',
  repeat_msg: '',
  ...more,
});
export const featureCode = (modulename: string, featurename: string, defaultcode: string) => ({
  modulename,
  featurename,
  description: featurename,
  defaultcode,
  customcode: '',
  enabled: '1',
  providedest: '0',
});

export const followMe = (grpnum: string, grplist: string, postdest: string) => ({
  grpnum,
  strategy: 'ringallv2',
  grptime: '20',
  grppre: '',
  grplist,
  annmsg_id: '0',
  postdest,
  dring: '',
  remotealert_id: '0',
  needsconf: '',
  toolate_id: '0',
  pre_ring: '0',
  ringing: 'Ring',
});
export const callFlow = (day: string, night: string) => [
  { ext: '0', dmode: 'day', dest: day },
  { ext: '0', dmode: 'night', dest: night },
  { ext: '0', dmode: 'fc_description', dest: 'N' },
];
export const carrierPeer = (id: string, options: Record<string, string> = {}) =>
  keywords(`tr-peer-${id}`, { host: `198.51.100.${Number(id) + 7}`, type: 'peer', ...options });
/** A whole route of its own number, behind the one that is there, with the carrier that is there. */
export const wholeRoute = (id: string, match: string, more: More = {}) => ({
  outbound_routes: [route(id, more)],
  outbound_route_patterns: [pattern(id, match)],
  outbound_route_trunks: [{ route_id: id, trunk_id: '1', seq: '0' }],
  outbound_route_sequence: [{ route_id: id, seq: id }],
});
/** A telephone with its extension. */
export const person = (id: string, o: { user?: More; device?: More; sip?: Record<string, string> } = {}) => ({
  users: [user(id, o.user)],
  devices: [device(id, o.device)],
  sip: telephone(id, o.sip),
});
export const dynamicRoute = (dynroute_id: string, sourcetype: string, more: More = {}) => ({
  dynroute_id,
  displayname: `R${dynroute_id}`,
  sourcetype,
  mysql_host: null,
  mysql_query: null,
  mysql_password: null,
  url_query: null,
  astvar_query: null,
  enable_dtmf_input: '',
  timeout: '5',
  announcement_id: '0',
  chan_var_name: '',
  chan_var_name_res: '',
  ...more,
});
/** The one row of the module hotelwakeup. */
export const wakeUp = (more: More = {}) => ({
  maxretries: '3',
  waittime: '60',
  retrytime: '60',
  extensionlength: '4',
  cnam: 'Wake Up Calls',
  cid: '*68',
  operator_mode: '0',
  operator_extensions: '',
  application: 'AGI',
  data: 'wakeconfirm.php',
  ...more,
});
