import { MigrateError } from '../error.ts';
import { type AmiEvent, type AmiFields, variableHeader } from './ami-packet.ts';

/** A call placed over AMI: into the dialplan (`exten`), or to one application. */
export interface Originate {
  /** `PJSIP/101`, `Local/600@from-internal/n`. */
  readonly channel: string;
  readonly to:
    | { readonly context: string; readonly extension: string; readonly priority?: number }
    | { readonly application: string; readonly data?: string };
  /** `"Name" <number>`. */
  readonly callerId?: string;
  /** How long the channel may ring. Default 30,000. */
  readonly ringMs?: number;
  /** Set on the channel as they are, commas and quotes kept; `__X` is inherited. */
  readonly variables?: Readonly<Record<string, string>>;
  /**
   * Becomes the Uniqueid, so that its events can be matched from the first one. Of channels that are there at a time none may be the beginning of another: the call then
   * fails with reason 0 (main/channelstorage_ao2_legacy.c compares so many characters).
   */
  readonly channelId?: string;
  /** The same of the second half of a Local channel. */
  readonly otherChannelId?: string;
  readonly account?: string;
  readonly codecs?: readonly string[];
  readonly earlyMedia?: boolean;
  /** `context,extension,priority(arguments)`, run on the new channel before it is called. */
  readonly preDialGoSub?: string;
}

export interface OriginateResult {
  readonly answered: boolean;
  /** 4 answered, 3 rang out, 5 busy, 8 congested, 1 hung up; 0 no such endpoint, no such extension or the call limit. */
  readonly reason: number;
  /** Null where no channel was made (`<unknown>`). */
  readonly uniqueid: string | null;
  readonly channel: string | null;
  readonly event: AmiEvent;
}

/** @throws MigrateError E_AMI_VALUE for a variable whose name cannot stand in a header. */
export function originateFields(o: Originate): { fields: AmiFields; longestMs: number } {
  const longestMs = o.ringMs ?? 30_000;
  const fields: Record<string, string | readonly string[]> = {
    Action: 'Originate',
    Async: 'true',
    Channel: o.channel,
    Timeout: String(longestMs),
  };
  if ('application' in o.to) {
    fields['Application'] = o.to.application;
    if (o.to.data !== undefined) fields['Data'] = o.to.data;
  } else {
    fields['Context'] = o.to.context;
    fields['Exten'] = o.to.extension;
    fields['Priority'] = String(o.to.priority ?? 1);
  }
  const plain = {
    CallerID: o.callerId,
    ChannelId: o.channelId,
    OtherChannelId: o.otherChannelId,
    Account: o.account,
    PreDialGoSub: o.preDialGoSub,
    Codecs: o.codecs?.join(','),
  };
  for (const [name, value] of Object.entries(plain)) if (value !== undefined) fields[name] = value;
  if (o.earlyMedia !== undefined) fields['EarlyMedia'] = String(o.earlyMedia);
  const variables = Object.entries(o.variables ?? {});
  for (const [name] of variables) checkName(name);
  if (variables.length > 0) fields['Variable'] = variables.map(([name, value]) => variableHeader(name, value));
  return { fields, longestMs };
}

export function originateResult(event: AmiEvent): OriginateResult {
  const known = (text: string | undefined): string | null => (text === undefined || text === '' || text === '<unknown>' ? null : text);
  return {
    answered: event['response']?.toLowerCase() === 'success',
    reason: Number(event['reason'] ?? -1),
    uniqueid: known(event['uniqueid']),
    channel: known(event['channel']),
    event,
  };
}

function checkName(name: string): void {
  if (/^[^\s=,"\\[\]]+$/.test(name)) return;
  throw new MigrateError({
    code: 'E_AMI_VALUE',
    where: `variable ${JSON.stringify(name)}`,
    why: 'the name of a variable holds no space, comma, quote or =',
    hint: 'Rename the variable.',
  });
}
