import { pipesToCommas, splitArguments } from '../argument-list.ts';
import { moduleOfFunction } from '../module-of.ts';
import type { Step } from './step.ts';

/** How one function of the old language is read in Asterisk 22: all that stands for `${NAME(args)}`; null: nothing does, and the problem has been told. */
type FunctionRule = (args: string, step: Step) => string | null;

const renamed =
  (to: (args: string) => string, why: string): FunctionRule =>
  (args, step) => {
    step.changed(why);
    return `\${${to(args)}}`;
  };

const none =
  (means: string, hint?: string): FunctionRule =>
  (_, step) => {
    step.problem('DIALPLAN_NOT_TRANSLATED', means, hint);
    return null;
  };

/** What chan_sip told of a call, and where chan_pjsip tells it. */
const OF_THE_CALL: Readonly<Record<string, string>> = {
  peerip: '${CUT(CHANNEL(pjsip,remote_addr),:,1)}',
  recvip: '${CUT(CHANNEL(pjsip,remote_addr),:,1)}',
  from: '${CHANNEL(pjsip,remote_uri)}',
  uri: '${CHANNEL(pjsip,target_uri)}',
  useragent: '${PJSIP_HEADER(read,User-Agent)}',
  peername: '${CHANNEL(endpoint)}',
  t38passthrough: '${CHANNEL(pjsip,t38state)}',
  rtpdest: '${CHANNEL(rtp,dest)}',
  rtpsource: '${CHANNEL(rtp,src)}',
};

const FUNCTION_RULES: Readonly<Record<string, FunctionRule>> = {
  SIP_HEADER: renamed((a) => `PJSIP_HEADER(read,${a})`, 'a header of the call is read by PJSIP_HEADER'),
  SIPCHANINFO: (args, step) => ofTheCall(args, step) ?? none('It asks chan_sip about the call, and gets nothing.')(args, step),
  SIPPEER: ofAPeer,
  CHECKSIPDOMAIN: none('It asks whether a SIP domain is the own one, and gets nothing.'),
  CHANNEL: (args, step) => ofTheCall(args, step) ?? `\${CHANNEL(${args})}`,
  LANGUAGE: renamed(() => 'CHANNEL(language)', 'LANGUAGE() is CHANNEL(language)'),
  MUSICCLASS: renamed(() => 'CHANNEL(musicclass)', 'MUSICCLASS() is CHANNEL(musicclass)'),
  CALLERPRES: renamed(() => 'CALLERID(pres)', 'CALLERPRES() is CALLERID(pres)'),
  DEVSTATE: renamed((a) => `DEVICE_STATE(${a})`, 'DEVSTATE() is DEVICE_STATE()'),
  QUEUEAGENTCOUNT: renamed((a) => `QUEUE_MEMBER(${a},logged)`, 'QUEUEAGENTCOUNT() is QUEUE_MEMBER(queue,logged)'),
  MAILBOX_EXISTS: renamed((a) => `VM_INFO(${a},exists)`, 'MAILBOX_EXISTS() is VM_INFO(mailbox,exists)'),
  MEETME_INFO: renamed((a) => `CONFBRIDGE_INFO(${pipesToCommas(a)})`, 'rooms are of ConfBridge now'),
  CHECK_MD5: (args, step) => {
    const [digest = '', data = ''] = splitArguments(args, ',|');
    step.changed('CHECK_MD5() is a comparison with MD5()');
    return `$["\${MD5(${data})}" = "${digest}"]`;
  },
  AUDIOHOOK_INHERIT: (_, step) => {
    step.changed('recording follows a call by itself now');
    return '';
  },
};

function ofTheCall(args: string, step: Step): string | null {
  const there = own(OF_THE_CALL, args.trim());
  if (there === undefined) return null;
  step.changed('chan_pjsip tells it elsewhere');
  return there;
}

/** What chan_sip told of a telephone or trunk, and the field of its endpoint that has it. */
const OF_AN_ENDPOINT: Readonly<Record<string, string>> = {
  context: 'context',
  language: 'language',
  accountcode: 'accountcode',
  mailbox: 'mailboxes',
  callgroup: 'call_group',
  pickupgroup: 'pickup_group',
  codecs: 'allow',
  encryption: 'media_encryption',
};

/** Of its registration. */
const OF_A_CONTACT: Readonly<Record<string, string>> = { ip: 'via_addr', port: 'via_port', useragent: 'user_agent' };

/** `${SIPPEER(name,item)}`, up to 1.4 `name:item`; without an item the address. */
function ofAPeer(args: string, step: Step): string | null {
  const [written = '', item = 'ip'] = splitArguments(args, ',|:').map((part) => part.trim());
  const name = step.about.peers?.get(written)?.name ?? written;
  const [field, part] = [own(OF_AN_ENDPOINT, item), own(OF_A_CONTACT, item)];
  if (field !== undefined) {
    step.changed('PJSIP_ENDPOINT tells of a telephone or trunk');
    return `\${PJSIP_ENDPOINT(${name},${field})}`;
  }
  if (part !== undefined) {
    step.problem('DIALPLAN_APPROXIMATED', 'Where a telephone is registered is told only while it is registered once.');
    return `\${PJSIP_CONTACT(\${PJSIP_AOR(${name},contact)},${part})}`;
  }
  step.problem(
    'DIALPLAN_NOT_TRANSLATED',
    'It asks chan_sip about a telephone or trunk, and gets nothing.',
    'Ask PJSIP_ENDPOINT, PJSIP_AOR or PJSIP_CONTACT, or DEVICE_STATE(PJSIP/name).',
  );
  return null;
}

function own(table: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(table, name.toLowerCase()) ? table[name.toLowerCase()] : undefined;
}

/** Functions whose argument is one text, pipes and all. */
const ONE_TEXT = new Set(
  'SHELL EVAL QUOTE CSV_QUOTE REGEX URIENCODE URIDECODE MD5 SHA1 LEN ISNULL EXISTS BASE64_ENCODE BASE64_DECODE TOUPPER TOLOWER PASSTHRU IF SET GLOBAL ENV DB DB_EXISTS DB_DELETE CDR VERSION TRIM LTRIM RTRIM'.split(
    ' ',
  ),
);

/**
 * `${NAME(args)}` with what follows the parenthesis (`:0:3`) as Asterisk 22 says it.
 * An unknown function is empty there, and an error in the log: what cannot be said is empty here as well.
 */
export function readFunction(name: string, args: string, rest: string, step: Step): string {
  const rule = Object.hasOwn(FUNCTION_RULES, name) ? FUNCTION_RULES[name] : undefined;
  if (rule !== undefined) {
    const read = rule(args, step);
    return read === null ? '' : withRest(read, rest);
  }
  if (!isKnown(name, step)) return '';
  return `\${${name}(${withCommas(name, args, step)})${rest}}`;
}

/** `:0:3` goes inside of the braces. */
function withRest(read: string, rest: string): string {
  if (rest === '') return read;
  return read.startsWith('${') ? `${read.slice(0, -1)}${rest}}` : read;
}

function isKnown(name: string, step: Step): boolean {
  if (moduleOfFunction(name) !== null || step.about.functions.has(name) || name.includes('$')) return true;
  step.problem('DIALPLAN_CALL_UNKNOWN', `Asterisk 22 has no function ${name}: what it gave is empty, and the call goes on.`);
  return false;
}

function withCommas(name: string, args: string, step: Step): string {
  if (ONE_TEXT.has(name) || !args.includes('|') || splitArguments(args, ',').length > 1) return args;
  const commas = pipesToCommas(args);
  if (commas !== args) step.changed('arguments are separated by commas');
  return commas;
}

/** How a function is written to, `Set(NAME(args)=value)`: name and arguments; null: not at all any more. */
export function writtenFunction(name: string, args: string, step: Step): string | null {
  const bare = /^_{0,2}/.exec(name)?.[0] ?? '';
  const own = name.slice(bare.length);
  switch (own) {
    case 'LANGUAGE':
    case 'MUSICCLASS':
      step.changed(`${own}() is CHANNEL(${own.toLowerCase()})`);
      return `CHANNEL(${own.toLowerCase()})`;
    case 'CALLERPRES':
      step.changed('CALLERPRES() is CALLERID(pres)');
      return 'CALLERID(pres)';
    case 'DEVSTATE':
      step.changed('DEVSTATE() is DEVICE_STATE()');
      return `DEVICE_STATE(${args})`;
    case 'CDR':
      if (!/^accountcode$/i.test(args.split(',')[0] ?? '')) return `${name}(${args})`;
      step.changed('the account code is set on the channel, which puts it into the call record');
      return 'CHANNEL(accountcode)';
    case 'AUDIOHOOK_INHERIT':
      step.changed('recording follows a call by itself now');
      return null;
    default:
      return isKnown(own, step) ? `${name}(${withCommas(own, args, step)})` : null;
  }
}
