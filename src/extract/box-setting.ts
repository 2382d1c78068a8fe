import type { Row, Source } from './reader.ts';

/**
 * Where FreePBX kept its settings, newest first: 2.9 made freepbx_settings (issabelpbx_settings), 2.11 moved the voicemail ones to
 * voicemail_admin and ALLOW_SIP_ANON to admin; before that all stood in globals (ELASTIX.md, section 12).
 */
export const SETTING_TABLES = [
  ['issabelpbx_settings', 'keyword'],
  ['freepbx_settings', 'keyword'],
  ['voicemail_admin', 'variable'],
  ['admin', 'variable'],
  ['globals', 'variable'],
] as const;

/** The row of a setting in the newest place that has it; null where none has. Its column is `value` in all of them. */
export function settingRow(source: Source, name: string): Row | null {
  for (const [table, column] of SETTING_TABLES) {
    const row = source.rows(table).find((r) => r.text(column) === name);
    if (row !== undefined) return row;
  }
  return null;
}
