import { splitArguments } from '../argument-list.ts';
import type { Step } from './step.ts';
import type { AboutBox, Peer } from './translation.ts';

/** What must be known to name a channel, and where it is told what became of it. */
export interface ChannelStep extends Pick<Step, 'changed' | 'problem'> {
  readonly about: Pick<AboutBox, 'peers' | 'hosts' | 'lines'>;
}

/** Where a channel's name begins in a text, and not in the midst of a path or a word. */
const DRIVER = /(?<![\w/.@-])(SIP|ZAP|DAHDI|IAX|AGENT|CONSOLE|DONGLE|QUECTEL|MISDN|OOH323|OH323|H323|GTALK|SKINNY|SCCP|MGCP|CAPI|VPB)\//gi;

/** Drivers that are neither in Asterisk 22 nor beside it. */
const GONE: Readonly<Record<string, string>> = {
  agent: 'Agents log in with AgentLogin and are called by AgentRequest: make them members of a queue.',
  console: 'The sound card of a server is no telephone any more: page a telephone instead.',
};

/** The text with each channel that it names as Asterisk 22 names it; `gone` tells which it cannot call. */
export function rewriteChannels(text: string, step: ChannelStep, gone: (driver: string) => void = () => undefined): string {
  let out = '';
  let from = 0;
  for (const match of text.matchAll(DRIVER)) {
    if (match.index < from) continue;
    const end = endOfChannel(text, match.index + match[0].length);
    const channel = text.slice(match.index, end);
    const rewritten = rewriteChannel(channel, step);
    if (rewritten === null) gone(match[1] ?? '');
    out += text.slice(from, match.index) + (rewritten ?? channel);
    from = end;
  }
  return out + text.slice(from);
}

/** A channel ends where an argument, a branch or a word ends; `${...}` belongs to it, as does the port of an address. */
function endOfChannel(text: string, from: number): number {
  let braces = 0;
  for (let i = from; i < text.length; i++) {
    const c = text[i] as string;
    if (c === '$' && (text[i + 1] === '{' || text[i + 1] === '[')) {
      braces++;
      i++;
    } else if (braces > 0) braces += c === '{' || c === '[' ? 1 : c === '}' || c === ']' ? -1 : 0;
    else if (c === ':' && /@[^:]*$/.test(text.slice(from, i)) && /^:\d/.test(text.slice(i))) continue;
    else if (/[&,|)(^:?"'\s\]}=;<>]/.test(c)) return i;
  }
  return text.length;
}

/** One channel; null where Asterisk 22 has nothing to call it by, and the problem has been told. */
function rewriteChannel(channel: string, step: ChannelStep): string | null {
  const slash = channel.indexOf('/');
  const driver = channel.slice(0, slash).toLowerCase();
  const resource = channel.slice(slash + 1);
  if (resource === '') return channel;
  if (driver === 'sip') return rewriteSip(resource, step);
  if (driver === 'zap' || driver === 'dahdi') return rewriteLine(resource, step);
  if (driver === 'iax') {
    step.changed('IAX is IAX2');
    return `IAX2/${resource}`;
  }
  step.problem(
    'DIALPLAN_NOT_TRANSLATED',
    `It calls by ${channel.slice(0, slash)}, for which Asterisk 22 has no driver: the call finds nobody there.`,
    GONE[driver],
  );
  return null;
}

/** SIP/peer, SIP/peer/number, SIP/number@peer, SIP/number@host:port, and each with variables. */
function rewriteSip(resource: string, step: ChannelStep): string | null {
  step.changed('SIP is PJSIP now');
  const at = splitArguments(resource, '@');
  if (at.length > 1) return sipAt(at.slice(0, -1).join('@'), at.at(-1) ?? '', step);
  const [name = '', ...number] = splitArguments(resource, '/');
  const peer = peerOf(name, step);
  if (peer === null) return unknown(name, step);
  if (number.length === 0) return `${peer.technology}/${peer.name}`;
  return onPeer(peer, number.join('/'));
}

function sipAt(number: string, where: string, step: ChannelStep): string | null {
  const host = where.replace(/:\d+$/, '');
  const trunk = step.about.peers?.has(where) ? where : step.about.hosts.get(host);
  // an address alone is no trunk; a name may be
  const peer = trunk === undefined && /[.:]/.test(where) && !hasVariable(where) ? null : peerOf(trunk ?? where, step);
  if (peer === null) return unknown(host, step);
  // without the password that chan_sip took there
  return onPeer(peer, splitArguments(number, ':')[0] ?? '');
}

function onPeer({ technology, name }: Peer, number: string): string {
  return technology === 'PJSIP' ? `PJSIP/${number}@${name}` : `IAX2/${name}/${number}`;
}

/** null: the box has none of that name. */
function peerOf(name: string, { about }: ChannelStep): Peer | null {
  return about.peers?.get(name) ?? (hasVariable(name) || about.peers === null ? { technology: 'PJSIP', name } : null);
}

function unknown(name: string, step: ChannelStep): null {
  step.problem('DIALPLAN_NAME_UNKNOWN', `It calls ${name}, which is no telephone or trunk of the new box: the call finds nobody there.`);
  return null;
}

/** DAHDI/g0/number, Zap/1/number, Zap/1. */
function rewriteLine(resource: string, step: ChannelStep): string | null {
  const [line = '', ...number] = splitArguments(resource, '/');
  // c, r and d behind the channel are options of its own
  const trunk = step.about.lines.get(line.toLowerCase()) ?? step.about.lines.get('*');
  if (trunk === undefined || number.length === 0) {
    step.problem(
      'DIALPLAN_NOT_TRANSLATED',
      'It calls by a telephone line on a card in the box, and the new box has none: the call finds nobody there.',
      'Put the lines on a gateway, make it a trunk of the model, and call by that.',
    );
    return null;
  }
  step.changed(`the line of the card is the trunk ${trunk} now`);
  return `PJSIP/${number.join('/')}@${trunk}`;
}

export function hasVariable(text: string): boolean {
  return text.includes('${') || text.includes('$[');
}
