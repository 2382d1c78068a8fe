import type { Ami, AmiEvent, AmiFields, Originate } from '../../asterisk/ami.ts';
import { MigrateError } from '../../error.ts';
import type { Model } from '../../model/kinds.ts';

/** Something that programs of an old box (diallers, CRMs, operator panels) ask over AMI. */
export interface ClientStep {
  /** Its answer is one reply, a list of events, or the outcome of a call. */
  readonly asks: { readonly action: AmiFields } | { readonly list: AmiFields } | { readonly call: Originate };
  /** As a script sends it: 'Action: SIPpeers'. */
  readonly says: string;
  /** What a script sends instead where the new PBX does not take it. */
  readonly instead: string;
}

/** How a PBX took it. */
export interface Replied {
  /** null: it was done; else what Asterisk said. */
  readonly refusal: string | null;
  /** Names of what could be read, 'queuemember.location', in lower case: Asterisk's own case is not to be relied on. */
  readonly headers: readonly string[];
}

const RING_MS = 2000;

/** The usual dialogue, with objects of the model: two telephones, a queue, a mailbox, as far as it has them. Nothing of it lasts. */
export function clientDialogue(model: Model): ClientStep[] {
  const phones = Object.entries(model.device).flatMap(([id, d]) =>
    d.technology === 'sip' && d.extension !== null ? [{ id, number: d.extension }] : [],
  );
  const [phone, other = phone] = phones;
  const [queue] = Object.keys(model.queue);
  const [mailbox] = Object.keys(model.mailbox);
  return [
    ...GENERAL,
    ...(phone === undefined || other === undefined ? [] : ofTelephones(phone, other)),
    ...(queue === undefined || phone === undefined ? [] : ofQueue(queue, phone)),
    ...(mailbox === undefined ? [] : ofMailbox(mailbox)),
  ];
}

const text = (fields: AmiFields): string =>
  Object.entries(fields)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ');
const action = (fields: AmiFields, instead: string): ClientStep => ({ asks: { action: fields }, says: text(fields), instead });
const list = (fields: AmiFields, instead: string): ClientStep => ({ asks: { list: fields }, says: text(fields), instead });
const command = (cli: string, instead: string): ClientStep => action({ Action: 'Command', Command: cli }, `Command: ${instead}`);
const SAME = 'the same action: what it answers has changed';

const GENERAL: readonly ClientStep[] = [
  action({ Action: 'Ping' }, SAME),
  list({ Action: 'CoreShowChannels' }, SAME),
  list({ Action: 'Status' }, SAME),
  list({ Action: 'SIPpeers' }, 'Action: PJSIPShowEndpoints, whose events are EndpointList'),
  list({ Action: 'SIPshowregistry' }, 'Action: PJSIPShowRegistrationsOutbound'),
  list({ Action: 'ParkedCalls' }, SAME),
  action({ Action: 'DBPut', Family: 'lab', Key: 'client', Val: '1' }, SAME),
  list({ Action: 'DBGet', Family: 'lab', Key: 'client' }, SAME),
  action({ Action: 'DBDel', Family: 'lab', Key: 'client' }, SAME),
  action({ Action: 'UserEvent', UserEvent: 'Client', Header: 'x' }, SAME),
  command('core show channels concise', 'core show channels concise'),
  command('core show hints', 'core show hints'),
  command('sip show peers', 'pjsip show contacts'),
  command('sip show registry', 'pjsip show registrations'),
  command('iax2 show peers', 'iax2 show peers, where the PBX has IAX2'),
  command('meetme list', 'confbridge list'),
  command('queue show', 'queue show'),
  command('database show', 'database show'),
];

interface Telephone {
  readonly id: string;
  readonly number: string;
}

function ofTelephones({ id, number }: Telephone, other: Telephone): ClientStep[] {
  const call = (channel: string, instead: string): ClientStep => ({
    asks: { call: { channel, to: { context: 'from-internal', extension: other.number }, ringMs: RING_MS } },
    says: `Action: Originate, Channel: ${channel}, Context: from-internal, Exten: ${other.number}`,
    instead,
  });
  return [
    action({ Action: 'ExtensionState', Exten: number, Context: 'from-internal' }, SAME),
    action({ Action: 'ExtensionState', Exten: number, Context: 'ext-local' }, 'Context: from-internal'),
    action({ Action: 'SIPshowpeer', Peer: id }, `Action: PJSIPShowEndpoint, Endpoint: ${id}`),
    call(`Local/${number}@from-internal`, SAME),
    call(`Local/${number}@from-internal/n`, SAME),
    call(`SIP/${id}`, `Channel: PJSIP/${id}`),
    command(`sip show peer ${id}`, `pjsip show endpoint ${id}`),
  ];
}

function ofQueue(Queue: string, { id, number }: Telephone): ClientStep[] {
  const members = [`Local/${number}@from-queue/n`, `Local/${number}@from-internal/n`, `SIP/${id}`];
  return [
    ...members.flatMap((Interface) => {
      const instead = Interface.startsWith('SIP/') ? `Interface: PJSIP/${id}` : SAME;
      return [
        action({ Action: 'QueueAdd', Queue, Interface, MemberName: 'Client', Penalty: '0' }, instead),
        action({ Action: 'QueuePause', Queue, Interface, Paused: 'true', Reason: 'lunch' }, instead),
        list({ Action: 'QueueStatus', Queue, Member: Interface }, instead),
        action({ Action: 'QueueRemove', Queue, Interface }, instead),
      ];
    }),
    list({ Action: 'QueueSummary', Queue }, SAME),
  ];
}

function ofMailbox(Mailbox: string): ClientStep[] {
  return [action({ Action: 'MailboxStatus', Mailbox }, SAME), action({ Action: 'MailboxCount', Mailbox }, SAME)];
}

/** Sends the dialogue, one step after another. @throws MigrateError E_AMI_LOST, E_AMI_TIMEOUT; Interrupted */
export async function replay(ami: Ami, steps: readonly ClientStep[]): Promise<Replied[]> {
  const replies: Replied[] = [];
  for (const one of steps) replies.push(await send(ami, one));
  return replies;
}

async function send(ami: Ami, { asks }: ClientStep): Promise<Replied> {
  try {
    if ('call' in asks) {
      const { reason, event } = await ami.originate(asks.call);
      return { refusal: CALL_REFUSED[reason] ?? null, headers: headersOf(event) };
    }
    const told = 'list' in asks ? await ami.list(asks.list) : [await ami.action(asks.action)];
    return { refusal: told.map(emptyAnswer).find((why) => why !== null) ?? null, headers: [...new Set(told.flatMap(headersOf))] };
  } catch (error) {
    if (!(error instanceof MigrateError) || error.code !== 'E_AMI_REFUSED') throw error;
    return { refusal: error.why, headers: [] };
  }
}

/** That nobody answers in so short a time is no refusal. */
const CALL_REFUSED: Readonly<Record<number, string>> = {
  0: 'OriginateResponse: Failure, Reason 0: no such endpoint or extension',
  8: 'Reason 8',
};

/** Success is said of some things that are not there. */
function emptyAnswer(event: AmiEvent): string | null {
  if (event['Event'] === 'QueueMember' && event['Status'] === INVALID)
    return 'Success, but the member stands there as invalid and is never called';
  // ExtensionState
  return event['Exten'] !== undefined && event['Status'] === '-1' ? 'Success, but Status -1: there is no such hint' : null;
}

/** AST_DEVICE_INVALID (include/asterisk/devicestate.h). */
const INVALID = '4';

/** Of a connection or a moment alone: a script does not read them. */
const OF_THE_CONNECTION: ReadonlySet<string> = new Set([
  'actionid',
  'event',
  'response',
  'eventlist',
  'listitems',
  'timestamp',
  'privilege',
]);

function headersOf(event: AmiEvent): string[] {
  const name = (event['Event'] ?? 'reply').toLowerCase();
  return Object.keys(event)
    .map((header) => header.toLowerCase())
    .filter((header) => !OF_THE_CONNECTION.has(header))
    .map((header) => `${name}.${header}`);
}

/** What a script of the old box trips over, with the line to change. */
export interface ClientDifference {
  readonly says: string;
  /** What it gets now. */
  readonly gets: string;
  readonly instead: string;
}

/** Steps that the old PBX took and the new one takes otherwise: refused, or without something that could be read in the answer. */
export function clientDifferences(steps: readonly ClientStep[], old: readonly Replied[], now: readonly Replied[]): ClientDifference[] {
  return steps.flatMap(({ says, instead }, i) => {
    const [was, is] = [old[i], now[i]];
    if (was === undefined || is === undefined || was.refusal !== null) return [];
    if (is.refusal !== null) return [{ says, gets: is.refusal, instead }];
    const lost = was.headers.filter((header) => !is.headers.includes(header));
    return lost.length === 0 || is.headers.length === 0 ? [] : [{ says, gets: `an answer without ${lost.join(', ')}`, instead }];
  });
}
