import { greetingFile, greetingFolder, greetingsWithKeys } from '../../model/greeting-keys.ts';
import { ref } from '../../model/ref.ts';
import { defineCheck, differing } from './mismatch.ts';
import { setTo } from './step-data.ts';

/** Keys in the greetings of mailboxes: which greeting it is, where each key leads, and how long and how often it is waited for. */
export const greetingKeyCheck = defineCheck(async ({ dialplan }, model) =>
  greetingsWithKeys(model).flatMap(({ mailbox, extension, greeting, menu }) => {
    const file = greetingFile(mailbox, greeting).replace(/^.*\//, '');
    const context = `greeting-keys-${file}-${extension}`;
    const begin = dialplan.stepsOf(context, 's');
    const local = (name: string): string => setTo(begin, `LOCAL(${name})`) ?? '';
    const leadsTo = (key: string): string =>
      dialplan.stepsOf(context, key).find((s) => s.application.toLowerCase() === 'goto')?.data ?? 'nothing';
    return differing(ref('mailbox', mailbox), {
      [`${greeting} greeting`]: [`${greetingFolder(mailbox)}/${file}`, `${local('folder')}/${local('greeting')}`],
      [`how often the ${greeting} greeting is played`]: [menu.plays, local('plays')],
      [`seconds for a key in the ${greeting} greeting`]: [menu.seconds, local('seconds')],
      [`wrong keys in the ${greeting} greeting`]: [menu.forgives, local('forgives')],
      [`is told to leave a message after the ${greeting} greeting`]: [menu.instructs, local('options') === 's' ? 'no' : 'yes'],
      ...Object.fromEntries(
        Object.entries(menu.numbers).map(([key, number]) => [
          `key ${key} in the ${greeting} greeting`,
          [`from-internal,${number},1`, leadsTo(key)] as const,
        ]),
      ),
    });
  }),
);
