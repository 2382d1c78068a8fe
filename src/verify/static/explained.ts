import { circlesOfMembers } from '../../model/circles.ts';
import { sectionsOf } from '../../model/custom-configuration.ts';
import { type Model, settingsOf } from '../../model/kinds.ts';
import { asksCallers } from '../../model/outbound-route.ts';
import { triedRegistration } from '../lab/registrar.ts';
import { UNDERSTOOD } from './endpoints.ts';
import { BY_HAND } from './explained-by-hand.ts';
import { type Explanation, UNREACHABLE_PAGE } from './explanation.ts';

/** Somebody is asked or told something before anybody is rung for him. */
function answersCallers(model: Model): boolean {
  const asksPins = Object.values(model['outbound-route']).some(asksCallers);
  return asksPins || Object.keys(model.ivr).length + Object.keys(model.announcement).length > 0;
}

/** So many telephones that their states, all at once, are more than Asterisk likes to have waiting. */
const LARGE_HOUSE = 200;

const PASSWORDS_READ =
  'the lab lets the PBX register once the carriers are there, as at the cutover: passwords are read again, and what was there before stays';

/**
 * Lines that may be there, each with its reason. A short list on purpose: whatever is not on it is a defect of the rendered tree, or of the lab.
 * The texts are those of Asterisk 22.
 */
export const EXPLANATIONS: readonly Explanation[] = [
  {
    source: 'loader.c',
    pattern: /^\d+ modules will be loaded\.$/,
    because: 'Asterisk says at each start how many modules it loads',
  },
  {
    source: 'res_odbc.c',
    pattern: /^Registered ODBC class 'cdr' dsn->\[cdr\]$/,
    because: 'the way to the database of call records was read',
  },
  {
    source: 'res_odbc.c',
    pattern: /^Registered ODBC class '([^']+)' dsn->\[[^\]]*\]$/,
    because: "a database that functions of the site's own ask; it is connected when a call first asks",
    when: (model, [, name]) => sectionsOf(model, 'res_odbc.conf').some((s) => s.name === name),
  },
  {
    source: 'cdr.c',
    pattern: /^CDR batch mode logging enabled, first of either size \d+ or time \d+ seconds\.$/,
    because: 'call records are written in batches',
  },
  {
    source: 'cdrel_custom/config.c',
    pattern: /^cdr_custom\.conf(?:->spool\.csv: Logging legacy CDR records|: Loaded 1 configs)$/,
    because: 'call records go to a file as well, from which those come into the database that it missed',
  },
  {
    source: 'indications.c',
    pattern: /^(?:Default country for indication tones: (\w+)|Setting default indication country to '(\w+)')$/,
    because: "the tones are those of the model's country",
    when: (model, [, named, set]) => [settingsOf(model).toneZone, 'us'].includes(named ?? set ?? ''),
  },
  {
    source: 'pjproject',
    pattern: /Module ".*" registered during operation/,
    because:
      'pjproject notes that a SIP module came while the stack was already at work: so it is at every start of Asterisk 22, and does no harm',
  },
  {
    source: 'chan_iax2.c',
    pattern: /^Peer '(.*)' is now (?:UN)?REACHABLE! Time: \d+$/,
    because: 'the PBX of the lab is up before the IAX2 telephones and trunks that it asks whether they are there',
    when: (model, [, peer]) => peer !== undefined && iaxNames(model).includes(peer),
  },
  {
    source: 'app_queue.c',
    pattern: /^Channel '.*' cannot enter queue\. Max forwards exceeded$/,
    because: 'a queue rings itself through its agents: Asterisk ends the twentieth round',
    when: (model) => circlesOfMembers(model).length > 0,
  },
  {
    source: 'taskprocessor.c',
    pattern: /^Taskprocessor '.*' queue reached \d+ scheduled tasks/,
    because: 'a group or queue rings itself through its members, so that one call makes very many',
    when: (model) => circlesOfMembers(model).length > 0,
  },
  {
    source: 'taskprocessor.c',
    pattern: /^Taskprocessor 'stasis\/m:devicestate:all-\w+' queue reached 500 scheduled tasks/,
    because: 'in the lab all telephones of a large house register at the same moment, each with a lamp or more that tells of it',
    when: (model) => Object.keys(model.device).length >= LARGE_HOUSE,
  },
  {
    source: 'func_channel.c',
    pattern: /^Unknown or unavailable item requested: 'pjsip,call-id'$/,
    because: 'the lab asked a channel for its Call-ID that had only just come to be, or was hung up meanwhile',
  },
  {
    source: 'pjsip/dialplan_functions.c',
    pattern: /^Channel PJSIP\/\S+ has no pvt!$/,
    because: 'the lab asked a channel for its Call-ID that had only just come to be, or was hung up meanwhile',
  },
  {
    source: 'chan_iax2.c',
    pattern: /^Silently dropping frame without existent call number: \d+$/,
    because: 'the last frame of an IAX2 call came when the call was over',
    when: (model) => iaxNames(model).length > 0,
  },
  {
    source: 'app_confbridge.c',
    pattern: /^Failed to playback file '[\w/-]+' to channel$/,
    because: 'a caller of the lab left the room while a prompt was played; one that does not exist is told by the check of sounds',
    when: (model) => Object.keys(model.conference).length > 0,
  },
  {
    source: 'app_queue.c',
    pattern: /^play_file failed for '[\w/-]+' on Local\/\S+$|^Agent on Local\/\S+ hungup on the customer\.$/,
    because:
      'a caller of the lab hung up while the agent heard what is played to him; a prompt that does not exist is told by the check of sounds',
    when: (model) => Object.values(model.queue).some((q) => q.agentAnnouncement !== null || q.reportsHoldTime),
  },
  {
    source: 'db.c',
    pattern: /^AstDB key \/(?:CF|CFB|CFU|CW|DND|TC|blacklist|AMPUSER|sysspeeddials|WAKEUP)\/\S+ does not exist$/,
    because: 'a state that was off was switched off',
  },
  {
    source: 'app_queue.c',
    pattern: /^(?:Added|Removed) interface '[^']+' (?:to|from) queue '(.*)'$/,
    because: 'an agent logged in or out by his code',
    when: (model, [, id]) => (id ?? '') in model.queue,
  },
  {
    source: 'app_queue.c',
    pattern: /^Queue member interface '[^']+' not in queue '(.*)'\.$/,
    because: 'an agent paused by his code where he is in none of the queues',
    when: (model, [, id]) => (id ?? '') in model.queue,
  },
  {
    source: 'app_queue.c',
    pattern: /^Delaying member connect for \d+ seconds$/,
    because: 'a queue waits before it joins an agent and a caller, and Asterisk says so each time',
    when: (model) => Object.values(model.queue).some((q) => q.memberDelaySeconds > 0),
  },
  {
    source: 'app_voicemail.c',
    pattern: /^(?:Unable to read password|Couldn't read username)$/,
    because: 'a caller of the lab hung up when he was asked for his mailbox or its PIN',
    when: (model) => Object.keys(model.mailbox).length > 0,
  },
  {
    source: 'pickup.c',
    pattern: /^Pickup \S+ attempt by \S+$/,
    because: 'a call was picked up by its code',
    when: (model) => 'core/pickup' in model['feature-code'] || 'core/pickupexten' in model['feature-code'],
  },
  {
    source: 'res_pjsip/config_transport.c',
    pattern: /^Transport '.*' is not fully reloadable, not reloading: /,
    because: PASSWORDS_READ,
    when: registers,
  },
  {
    source: 'sorcery.c',
    pattern: /^Type 'system' is not reloadable, maintaining previous values$/,
    because: PASSWORDS_READ,
    when: registers,
  },
  {
    source: 'app_queue.c',
    pattern: /^Queue members successfully reloaded from database\.$/,
    because: 'agents who were logged in on the old box are so here',
    when: (model) => Object.values(model.queue).some((q) => q.loggedIn.length > 0),
  },
  {
    source: 'app_queue.c',
    pattern: /^Unable to join queue '(.*)'$/,
    because: 'the queue lets nobody in while it is full or has no agents, as the model says',
    when: (model, [, id]) => {
      const queue = model.queue[id ?? ''];
      return queue !== undefined && (queue.joinEmpty !== 'yes' || queue.maxCallers > 0);
    },
  },
  {
    source: 'func_curl.c',
    pattern: UNREACHABLE_PAGE,
    because: 'the web server that knows callers by name is out of the reach of the lab',
    when: (model) => Object.values(model['name-lookup']).some((l) => l.source === 'http'),
  },
  {
    source: 'app_dial.c',
    pattern: /^Unable to forward frametype 2 on /,
    because: 'a caller whom the PBX has answered speaks on in the moment in which the telephone or carrier that is rung for him hangs up',
    when: answersCallers,
  },
  {
    source: 'res_pjsip_session.c',
    pattern: /^\s*\S*: Call \(\w+:\S+\) to extension '([^']+)' rejected because extension not found in context '[^']+'\.$/,
    because: 'the lab tried a feature code with a letter in it, which no telephone keys: nobody has such a number',
    when: (model, [, dialled = '']) => codesWithLetters(model).some((code) => dialled.startsWith(code)),
  },
  {
    source: 'channel.c',
    pattern: /^Prodding channel 'Local\/[^']+;[12]' failed$/,
    because: 'who rang was gone in the moment in which a tone or a prompt was to begin for somebody who is called through the dialplan',
  },
  {
    source: 'channel.c',
    pattern: /^Unable to find a codec translation path: \((\S+)\) -> \((\S+)\)$/,
    because: 'a telephone or carrier speaks by a codec that this Asterisk only passes on, where somebody else does not; a finding says so',
    when: (model, [, from = '', to = '']) => [from, to].some((codec) => !UNDERSTOOD.test(codec) && codecsOf(model).includes(codec)),
  },
  {
    source: 'core_local.c',
    pattern: /^No such extension\/context (.+)@[^@]+ while calling Local channel$/,
    because: 'an extension is forwarded to something that is no number: as on the old box, such a forward reaches nobody',
    when: (model, [, number = '']) => !/^[+*#0-9]*$/.test(number) && forwardsTo(model).includes(number),
  },
  {
    source: 'core_local.c',
    pattern: /^No such extension\/context (.+@[^@]+) while calling Local channel$/,
    because:
      'an extension rings a place in the dialplan in the place of a telephone, and nobody has that number there: as on the old box, nothing rings',
    when: (model, [, place = '']) => Object.values(model.device).some((d) => 'dial' in d && d.dial.includes(`Local/${place}`)),
  },
  ...BY_HAND,
];

function registers(model: Model): boolean {
  return Object.values(model.trunk).some((t) => t.technology === 'sip' && triedRegistration(t) !== null);
}

/** Telephones and trunks of the model that speak IAX2. */
function iaxNames(model: Model): string[] {
  const devices = Object.entries(model.device).flatMap(([id, d]) => (d.technology === 'iax2' ? [id] : []));
  return [...devices, ...Object.values(model.trunk).flatMap((t) => (t.technology === 'iax2' && !t.disabled ? [t.peer] : []))];
}

/** Why a line is there; null: nobody knows. */
export function explain(model: Model, source: string, text: string): string | null {
  for (const e of EXPLANATIONS) {
    const found = e.source === source ? e.pattern.exec(text) : null;
    if (found !== null && (e.when?.(model, found) ?? true)) return e.because;
  }
  return null;
}

function codesWithLetters(model: Model): string[] {
  return Object.values(model['feature-code']).flatMap(({ code, enabled }) => (enabled && /[a-z]/i.test(code) ? [code] : []));
}

function codecsOf(model: Model): string[] {
  const own = [...Object.values(model.device), ...Object.values(model.trunk)].flatMap((x) => ('codecs' in x ? x.codecs : []));
  return [...own, ...settingsOf(model).sip.codecs];
}

function forwardsTo(model: Model): string[] {
  return Object.values(model.extension).flatMap(({ state }) =>
    [state.forwardAlways, state.forwardBusy, state.forwardUnavailable].filter((n) => n !== null),
  );
}
