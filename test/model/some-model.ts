import fc from 'fast-check';
import { emptyModel, type Model } from '../../src/model/kinds.ts';

/** Texts that YAML has its ways with, and any other. */
export const text = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '0101',
    '+74951234500',
    '~',
    'null',
    'yes',
    'no',
    'true',
    '1e3',
    '0x1f',
    '- a',
    '# not a comment',
    'a # b',
    'a: b',
    ': ',
    'key:',
    "O'Hara",
    '"Müller "GmbH""',
    '{',
    '[x]',
    '&anchor',
    '*72',
    '!tag',
    '%',
    '@',
    '`',
    '|',
    '>',
    '---',
    '...',
    '? x',
    ' leading',
    'trailing ',
    'two\nlines',
    'end\n',
    '\n',
    '\ttab',
    'a\r\nb',
    'Поликлиника №2',
    '\u0085',
    '\u2028',
    '\ufeff',
    '🎉',
    '\\n',
    '${x}',
    '1,000',
    '2013-06-03',
    '.inf',
    '<<',
    '=',
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: fc.constantFrom('\n', ' ', '#', ':', '"', "'", '\\', 'x', '-'), maxLength: 12 }),
);

// zod leaves '__proto__' out of a record, as it must; no box has such an object
const id = text.filter((t) => t !== '__proto__');
const defaults = emptyModel();

const greetingMenu = fc.record({
  numbers: fc.dictionary(fc.constantFrom(...'0123456789'), text),
  instructs: fc.boolean(),
  plays: fc.integer(),
  seconds: fc.integer(),
  forgives: fc.integer(),
});

const extension = fc
  .record({
    name: text,
    callerIdNumber: fc.option(text),
    devices: fc.array(text),
    intercom: fc.record({ takes: fc.boolean(), from: fc.constant({ 101: 'deny' }), calls: fc.boolean() }),
    needsNoPin: fc.boolean(),
    speedDials: fc.dictionary(id, text, { maxKeys: 2 }),
    greetingKeys: fc.record({ unavailable: fc.option(greetingMenu), busy: fc.option(greetingMenu) }),
    ringSeconds: fc.option(fc.integer()),
  })
  .map((some) => ({
    ...some,
    outboundCallerId: null,
    voicemail: null,
    noAnswer: { to: 'number', context: 'from-internal', number: some.name } as const,
    busy: null,
    unreachable: null,
    state: { callWaiting: true, doNotDisturb: false, forwardAlways: some.name, forwardBusy: null, forwardUnavailable: null },
    forwardRingSeconds: -1,
    language: 'ru',
    musicClass: '',
    sipAlias: some.name,
    recording: { inExternal: 'always', inInternal: 'dontcare', outExternal: 'never', outInternal: 'dontcare', priority: 10 } as const,
  }));

const mailbox = fc.record({ name: text, email: text, pager: text, attach: fc.boolean(), options: fc.dictionary(id, text) }).map((some) => ({
  ...some,
  sayCallerId: true,
  sayEnvelope: false,
  deleteAfterMail: false,
  nextAfterCommand: false,
}));

/** Any model of extensions, mailboxes, secrets and settings: each of the field's codecs is in one of them. */
export const someModel: fc.Arbitrary<Model> = fc
  .record({
    extension: fc.dictionary(id, extension, { maxKeys: 4 }),
    mailbox: fc.dictionary(id, mailbox, { maxKeys: 4 }),
    secrets: fc.dictionary(id, text, { maxKeys: 4 }),
    language: text,
  })
  .map(
    ({ language, ...some }) => ({ ...defaults, settings: { pbx: { ...defaults.settings.pbx, language } }, ...some }) as unknown as Model,
  );
