/** Columns of call records that reports read. */
export const CALL_COLUMNS = [
  'uniqueid',
  'linkedid',
  'channel',
  'dstchannel',
  'dst',
  'dcontext',
  'lastapp',
  'disposition',
  'did',
  'accountcode',
  'userfield',
  'recordingfile',
] as const;

/** A row of call records; a column that its table lacks is ''. `start` and `end` in seconds, on whichever clock. */
export type CallRow = { readonly start: number; readonly end: number } & Readonly<Record<(typeof CALL_COLUMNS)[number], string>>;
