import type { Box } from '../box/box.ts';

const GENERATIONS = ['2.7', '2.8', '2.9', '2.10', '2.11'] as const;

/**
 * Family of tables, by what exists and never by what a version string says: a box that was updated module by module keeps parts of
 * several (ELASTIX.md, section 0). 'mixed' where they contradict each other.
 */
export function generationOf(box: Box): string {
  const has = (table: string) => box.tables.has(table);
  const column = (table: string, name: string) => box.tables.get(table)?.columns.some((c) => c.name === name) === true;
  if (has('issabelpbx_settings')) return 'issabel';
  let [first, last] = [0, GENERATIONS.length - 1];
  const since = (generation: (typeof GENERATIONS)[number], holds: boolean) => {
    const at = GENERATIONS.indexOf(generation);
    if (holds) first = Math.max(first, at);
    else last = Math.min(last, at - 1);
  };
  since('2.8', has('outbound_routes'));
  since('2.9', has('freepbx_settings'));
  since('2.9', column('users', 'noanswer_dest'));
  // an update leaves the older table behind, so that only the absence of the newer one tells
  since('2.10', has('ivr_entries') || has('ivr_details') || !has('ivr_dests'));
  since('2.11', has('parkplus') || (has('dahdichandids') && !has('zapchandids')));
  return first > last ? 'mixed' : (GENERATIONS[first] ?? 'mixed');
}
