import { finding } from '../finding.ts';
import type { Model } from '../model/kinds.ts';
import { canAsk, type NameLookup } from '../model/name-lookup.ts';
import { ref } from '../model/ref.ts';
import { idsOf } from './place.ts';
import { defineView, type Notes } from './view.ts';

/** extensions.d/name-lookup.conf: where callers' names are looked up. */
export const nameLookupView = defineView({
  file: 'etc/asterisk/extensions.d/name-lookup.conf',
  secret: true,
  data: (model, notes) => {
    const ids = lookupsOf(model);
    report(model, notes);
    if (ids.length === 0) return null;
    notes.from(...ids.map((id) => ref('name-lookup', id)));
    return { lookups: ids.map((id) => lookup(model, id, model['name-lookup'][id] as NameLookup)) };
  },
});

/** Those that some inbound route asks, and that this box knows how to ask. */
export function lookupsOf(model: Model): string[] {
  const asked = new Set(Object.values(model['inbound-route']).map((r) => r.nameLookup));
  return idsOf(model, 'name-lookup').filter((id) => asked.has(id) && canAsk(model['name-lookup'][id]));
}

function lookup(model: Model, id: string, held: NameLookup): object {
  const isBook = held.source === 'phonebook';
  const into = held.into === 'record' ? 'CDR(userfield)' : 'CALLERID(name)';
  const password = model.secrets[`name-lookup/${id}/password`] ?? '';
  return {
    id,
    description: held.description,
    asksBook: isBook || held.remembers,
    // what is remembered is shown, whatever is done with what is found
    known: isBook ? into : 'CALLERID(name)',
    page: held.source === 'http' ? pageOf(held.url) : null,
    login: held.user === '' ? '' : `${held.user}:${password}`,
    enum: held.source === 'enum',
    asks: !isBook,
    into,
    remembers: held.remembers,
  };
}

/** The address in pieces. CURL() takes what stands behind a comma for something else. */
function pageOf(url: string): object[] {
  const pieces = url.replaceAll(',', '%2C').split(/(\[NUMBER\]|\[NAME\])/);
  const isWord = (piece: string): boolean => piece === '[NUMBER]' || piece === '[NAME]';
  return pieces
    .filter((piece) => piece !== '')
    .map((piece) => ({ text: isWord(piece) ? '' : piece, number: piece === '[NUMBER]', name: piece === '[NAME]' }));
}

function report(model: Model, notes: Notes): void {
  for (const [id, route] of Object.entries(model['inbound-route'])) {
    const lookupId = route.nameLookup;
    if (lookupId === null || canAsk(model['name-lookup'][lookupId])) continue;
    const means = `callers of ${id} are shown as the carrier sends them: look-up ${lookupId} is none that this box can ask`;
    notes.finding(finding('NAME_LOOKUP_NOT_CARRIED', { about: ref('inbound-route', id), where: lookupId, means }));
  }
}
