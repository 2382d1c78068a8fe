import type { Model } from '../model/kinds.ts';
import { codeOf } from './code.ts';
import { defineView } from './view.ts';

/** features.conf: what is keyed during a call. A PBX that says nothing of codes has those that Elastix begins with. */
export const featureView = defineView({
  file: 'etc/asterisk/features.conf',
  data: (model) => ({
    pickup: keyed(model, 'pickupexten', '*8'),
    blind: keyed(model, 'blindxfer', '##'),
    attended: keyed(model, 'atxfer', '*2'),
    disconnect: keyed(model, 'disconnect', '**'),
    record: keyed(model, 'automon', ''),
  }),
});

/** null: there is none, and Asterisk's own holds. */
function keyed(model: Model, name: string, usual: string): string | null {
  const code = Object.keys(model['feature-code']).length === 0 ? usual : (codeOf(model, `core/${name}`)?.code ?? '');
  return code === '' ? null : code;
}
