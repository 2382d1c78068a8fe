/** Kinds that a destination names by their id alone. */
export const DESTINATION_KINDS = [
  'ring-group',
  'queue',
  'ivr',
  'time-condition',
  'call-flow',
  'announcement',
  'misc-destination',
  'misc-application',
  'conference',
  'page-group',
  'disa',
  'callback',
  'language',
  'set-cid',
  'queue-priority',
  'recording-rule',
  'voicemail-blast',
  'directory',
  'fax',
  'trunk',
  'parking',
  'dynamic-route',
] as const;

/** Every kind of object that the model can name. Those without a file of their own yet are still named by destinations. */
export const KINDS = [
  'settings',
  'extension',
  'device',
  'mailbox',
  'outbound-route',
  'inbound-route',
  'time-group',
  'recording',
  'follow-me',
  'feature-code',
  'pin-set',
  'name-lookup',
  'phonebook',
  'music-class',
  'ami-user',
  'blacklist',
  'speed-dial',
  'wake-up',
  'agent',
  'class-of-service',
  'custom-dialplan',
  'custom-configuration',
  'custom-destination',
  'agi-script',
  ...DESTINATION_KINDS,
] as const;
export type Kind = (typeof KINDS)[number];

/** Names one object of the model. As text: 'ring-group/600'. */
export interface Ref {
  readonly kind: Kind;
  readonly id: string;
}

export function ref(kind: Kind, id: string): Ref {
  return { kind, id };
}

export function refText(r: Ref): string {
  return `${r.kind}/${r.id}`;
}

/** Reads 'ring-group/600'. The id may hold slashes of its own ('inbound-route/7495.../7916...'). */
export function parseRef(text: string): Ref | null {
  const slash = text.indexOf('/');
  const kind = KINDS.find((k) => k === text.slice(0, slash));
  return slash < 1 || kind === undefined ? null : { kind, id: text.slice(slash + 1) };
}
