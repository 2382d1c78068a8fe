import { finding } from '../finding.ts';
import { type CustomDialplan, isStep } from '../model/custom-dialplan.ts';
import { matches } from '../model/dial-pattern.ts';
import { ref } from '../model/ref.ts';
import { readForm } from './destination-form.ts';
import type { Notes, Row, Source } from './reader.ts';

/** What the web pages called places of hand-made dialplan: custom destinations (customappsreg), and numbers that it keeps for itself. */
export function namesOf(source: Source, notes: Notes, contexts: Record<string, CustomDialplan>): void {
  for (const row of source.rows('custom_destinations')) {
    const place = readForm(row.text('custom_dest'))?.destination;
    if (place?.to === 'custom') name(notes, contexts, place.context, row, { extension: place.extension, priority: place.priority });
    else notes.dropped(row, 'a name for a place that is no hand-made dialplan');
  }
  for (const row of source.rows('custom_extensions')) {
    const number = row.text('custom_exten').trim();
    const context = Object.keys(contexts).find((id) => reachedInside(contexts, id) && takes(contexts[id], number));
    if (context === undefined) {
      row.text('notes');
      const means = `The number ${number} (${row.text('description')}) is kept for hand-made dialplan, and none that telephones reach has it.`;
      notes.finding(finding('CUSTOM_NUMBER_UNUSED', { where: `${row.table} ${row.key}`, means }));
      notes.dropped(row, 'no hand-made dialplan has the number');
    } else name(notes, contexts, context, row, { extension: number, priority: '1' });
  }
}

function name(
  notes: Notes,
  contexts: Record<string, CustomDialplan>,
  id: string,
  row: Row,
  place: { extension: string; priority: string },
): void {
  const context = contexts[id];
  const named = { ...place, description: row.text('description'), notes: row.text('notes') };
  if (context === undefined) {
    notes.dropped(row, 'a name for a place that no hand-made dialplan has');
    return;
  }
  contexts[id] = { ...context, names: [...context.names, named] };
  notes.carried(row, ref('custom-dialplan', id));
}

/** Telephones reach from-internal's own customs, and what those include. */
function reachedInside(contexts: Readonly<Record<string, CustomDialplan>>, id: string, seen: readonly string[] = []): boolean {
  if (seen.includes(id)) return false;
  if (contexts[id]?.joins.some((c) => c.startsWith('from-internal')) === true) return true;
  const includers = Object.keys(contexts).filter((c) => contexts[c]?.lines.some((l) => 'include' in l && l.include === id) === true);
  return includers.some((c) => reachedInside(contexts, c, [...seen, id]));
}

function takes(context: CustomDialplan | undefined, number: string): boolean {
  return (context?.lines ?? []).some(
    (l) => isStep(l) && (l.extension === number || (l.extension.startsWith('_') && matches(l.extension.slice(1), number))),
  );
}
