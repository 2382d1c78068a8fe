import type { Model } from '../model/kinds.ts';
import { codeOf, prompts } from './code.ts';
import { present } from './forward-code.ts';
import { defineView } from './view.ts';

/** extensions.d/list-code.conf: the codes for the blacklist, for speed dials and for who called last. */
export const listCodeView = defineView({
  file: 'etc/asterisk/extensions.d/list-code.conf',
  data: (model) => {
    if (speedDialContexts(model).length + callerContexts(model).length === 0) return null;
    return {
      speedDials: speedDialContexts(model).length > 0,
      dials: codeOf(model, 'speeddial/callspeeddial'),
      sets: codeOf(model, 'speeddial/setspeeddial'),
      blacklist: present(model, [BLACKLIST]).length > 0,
      adds: codeOf(model, 'blacklist/blacklist_add'),
      removes: codeOf(model, 'blacklist/blacklist_remove'),
      addsLast: codeOf(model, 'blacklist/blacklist_last'),
      traces: codeOf(model, 'infoservices/calltrace'),
      say: Object.fromEntries(Object.entries(SAID).map(([name, list]) => [name, prompts(model, ...list)])),
    };
  },
});

const BLACKLIST = ['app-blacklist', 'blacklist/blacklist_add', 'blacklist/blacklist_last', 'blacklist/blacklist_remove'] as const;

const SAID = {
  thenPound: ['then-press-pound'],
  whichPlace: ['speed-enterlocation'],
  whichNumber: ['speed-enternumber'],
  choice: ['press-1', 'to-listen-to-it', 'press-2', 'to-enter-a-diff', 'location', 'press-3', 'to-change', 'telephone-number'],
  callBack: ['to-call-this-number', 'press-1'],
} as const;

export function speedDialContexts(model: Model): string[] {
  return present(model, [['app-speeddial', 'speeddial/callspeeddial', 'speeddial/setspeeddial']]);
}

export function callerContexts(model: Model): string[] {
  return present(model, [BLACKLIST, ['app-calltrace', 'infoservices/calltrace']]);
}
