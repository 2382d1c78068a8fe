import { greetingFile, greetingFolder, greetingsWithKeys } from '../model/greeting-keys.ts';
import type { Model } from '../model/kinds.ts';
import { hookAt } from './custom-hook.ts';
import { defineView } from './view.ts';

/** extensions.d/greeting-keys.conf: keys in the greetings of mailboxes. */
export const greetingKeysView = defineView({
  file: 'etc/asterisk/extensions.d/greeting-keys.conf',
  data: (model) => (hasGreetingKeys(model) ? { menus: menus(model), hangup: hookAt(model, 'at-hangup') !== null } : null),
});

export function hasGreetingKeys(model: Model): boolean {
  return greetingsWithKeys(model).length > 0;
}

function menus(model: Model): object[] {
  return greetingsWithKeys(model).map(({ mailbox, extension, greeting, menu }) => ({
    extension,
    greeting,
    name: model.extension[extension]?.name ?? '',
    folder: greetingFolder(mailbox),
    file: greetingFile(mailbox, greeting).replace(/^.*\//, ''),
    plays: menu.plays,
    seconds: menu.seconds,
    forgives: menu.forgives,
    instructs: menu.instructs,
    keys: Object.entries(menu.numbers).map(([key, number]) => ({ key, number })),
  }));
}
