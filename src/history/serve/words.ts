/** The page's languages. */
export const LANGUAGES = ['en', 'ru'] as const;
export type Language = (typeof LANGUAGES)[number];

const en = {
  title: 'Calls and recordings',
  search: 'Search',
  number: 'Number',
  match: 'The number',
  matches: { is: 'is', begins: 'begins with it', ends: 'ends with it', holds: 'holds it' },
  extension: 'Extension',
  from: 'From',
  to: 'To',
  disposition: 'Outcome',
  any: 'any',
  dispositions: { ANSWERED: 'answered', 'NO ANSWER': 'no answer', BUSY: 'busy', FAILED: 'failed', CONGESTION: 'congestion' },
  recorded: 'Recorded calls only',
  find: 'Find',
  csv: 'Save all of them (CSV)',
  calls: 'Calls, newest first',
  none: 'No call is like that.',
  time: 'Time',
  caller: 'Caller',
  called: 'Called',
  telephones: 'Telephones',
  talk: 'Talk',
  recording: 'Recording',
  listen: 'Listen',
  download: 'Download',
  newest: 'Newest',
  newer: 'Newer',
  older: 'Older',
  pages: 'Pages',
  player: 'Player',
  speed: 'Speed',
  back: '10 s back',
  on: '10 s on',
  unplayable: 'This recording cannot be played: it is gone, or the browser does not know its format. Try to download it.',
  language: 'Language',
  start: 'To the search',
  errors: {
    400: 'This search makes no sense. Look at the dates and numbers.',
    404: 'There is no such recording: it was deleted, or never made.',
    500: 'Something went wrong here.',
    503: 'The database does not answer, or the search takes too long. Narrow it by dates, or ask for the whole number.',
  },
};
export type Words = typeof en;

const ru: Words = {
  title: 'Звонки и записи разговоров',
  search: 'Поиск',
  number: 'Номер',
  match: 'Номер',
  matches: { is: 'совпадает', begins: 'начинается так', ends: 'кончается так', holds: 'содержит' },
  extension: 'Внутренний номер',
  from: 'С',
  to: 'По',
  disposition: 'Исход',
  any: 'любой',
  dispositions: { ANSWERED: 'отвечен', 'NO ANSWER': 'без ответа', BUSY: 'занято', FAILED: 'не удался', CONGESTION: 'перегрузка' },
  recorded: 'Только с записью',
  find: 'Найти',
  csv: 'Сохранить всё (CSV)',
  calls: 'Звонки, сначала новые',
  none: 'Таких звонков нет.',
  time: 'Время',
  caller: 'Кто звонил',
  called: 'Кому',
  telephones: 'Аппараты',
  talk: 'Разговор',
  recording: 'Запись',
  listen: 'Слушать',
  download: 'Скачать',
  newest: 'Самые новые',
  newer: 'Новее',
  older: 'Старше',
  pages: 'Страницы',
  player: 'Проигрыватель',
  speed: 'Скорость',
  back: 'На 10 с назад',
  on: 'На 10 с вперёд',
  unplayable: 'Запись не воспроизводится: её нет, или браузер не знает её формата. Попробуйте скачать.',
  language: 'Язык',
  start: 'К поиску',
  errors: {
    400: 'Такой поиск непонятен. Проверьте даты и номера.',
    404: 'Такой записи нет: её удалили или не было.',
    500: 'Что-то сломалось.',
    503: 'База данных не отвечает, или поиск слишком долгий. Укажите даты или номер целиком.',
  },
};

const ALL: Readonly<Record<Language, Words>> = { en, ru };

export function wordsOf(language: Language): Words {
  return ALL[language];
}

/** @param asked by the address; @param accepted the header Accept-Language */
export function languageOf(asked: unknown, accepted: string | undefined): Language {
  const isKnown = (text: string): text is Language => LANGUAGES.some((one) => one === text);
  if (typeof asked === 'string' && isKnown(asked)) return asked;
  const first = (accepted ?? '').split(',').map((part) => part.trim().slice(0, 2).toLowerCase());
  return first.find(isKnown) ?? 'en';
}
