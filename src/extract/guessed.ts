/** So short are passwords that programs find by trying them all. */
const SHORTEST = 6;

/** What is tried first, alone or with digits and signs around it. Defaults of the products among them: elastix's own accounts and forms, FreePBX's amp111 and amp109. */
const WORDS =
  /^[\d!@#$._-]*(?:p[a@]ss(?:w[o0]rd|wd)?|secret|s[e3]cr[e3]t|admin(?:istrator)?|root|asterisk|asteriskuser|elastix|[e3]l[a@]st[i1]x|palosanto|issabel|freepbx|trixbox|pbx|amp(?:109|111)?|jeplu|sip|voip|iax|phone|telephone|telefon|exten(?:sion)?|user|test|temp|demo|guest|operator|welcome|hello|love|changeme|default|abc|abcd|letmein|office|company|call|callcenter|grandstream|yealink|cisco|polycom|linksys|dialer|manager)[\d!@#$._-]*$/i;
const PRODUCTS_OWN = /elastix\.(?:asteriskuser\.)?2oo7|^elastix456$/i;

/** Rows that a hand runs along, forth and back: digits, letters, a keyboard's rows and columns, also those of a keypad. */
const ROWS = [
  '01234567890',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qazwsxedcrfvtgbyhnujm',
  '1qaz2wsx3edc4rfv5tgb6yhn',
  '1q2w3e4r5t6y7u8i9o0p',
  'q1w2e3r4t5y6u7i8o9p0',
  '!@#$%^&*()',
  'йцукенгшщзхъ',
];
const KEYPAD = [
  '2580',
  '0852',
  '1470',
  '0741',
  '1478',
  '3690',
  '0963',
  '1397',
  '1793',
  '7139',
  '1236',
  '7896',
  '14789',
  '159753',
  '147258369',
  '123654',
];

/** Whether a password of whoever has this number or name is among those that are tried first. */
export function isGuessedPassword(secret: string, owner: string, name = ''): boolean {
  const text = secret.toLowerCase();
  return (
    text.length < SHORTEST ||
    hasNumber(text, owner.toLowerCase()) ||
    isWorn(text) ||
    isDate(text) ||
    WORDS.test(text) ||
    PRODUCTS_OWN.test(text) ||
    isName(text, name.toLowerCase())
  );
}

/** Four digits are what people key; fewer, the owner's own number, one digit again and again, digits in a row, pairs and years are tried first. */
export function isGuessedPin(pin: string, owner: string): boolean {
  const digits = pin.replaceAll(/\D/g, '');
  return (
    pin.length < 4 ||
    pin === owner ||
    (owner !== '' && pin === reversed(owner)) ||
    isWorn(pin) ||
    KEYPAD.includes(pin) ||
    /^(\d)\1(\d)\2$/.test(pin) ||
    (digits === pin && /^(?:19[3-9]\d|20[0-3]\d)$/.test(pin)) ||
    (pin.length > 4 && isDate(pin))
  );
}

/** Its own number, forth or back; a number of one digit may stand in any password. */
function hasNumber(secret: string, number: string): boolean {
  return number.length > 1 ? secret.includes(number) || secret.includes(reversed(number)) : secret === number;
}

/** The same again and again ('77777777', '121212', 'abcabc', '11112222'), or along a row of keys ('12345678', 'qwerty', '987654', '123qwe'). */
function isWorn(secret: string): boolean {
  return /^(.{1,4})\1+$/.test(secret) || /^(.)\1{2,}(.)\2{2,}$/.test(secret) || runs(secret);
}

/** Wholly made of pieces of rows, of three keys and more each. */
function runs(secret: string): boolean {
  let at = 0;
  while (at < secret.length) {
    const length = runAt(secret.slice(at));
    if (length < 3) return false;
    at += length;
  }
  return true;
}

/** How many signs at the beginning lie along one row. */
function runAt(text: string): number {
  const rows = ROWS.flatMap((row) => [row, reversed(row)]);
  let length = 0;
  while (length < text.length && rows.some((row) => row.includes(text.slice(0, length + 1)))) length++;
  return length;
}

/** A day: 25121980, 19801225, 251280, 25.12.1980. */
function isDate(secret: string): boolean {
  const day = '(?:0[1-9]|[12]\\d|3[01])';
  const month = '(?:0[1-9]|1[0-2])';
  const year = '(?:19[3-9]\\d|20[0-3]\\d)';
  const sign = '[./-]?';
  const forms = [
    `${day}${sign}${month}${sign}(?:${year}|\\d\\d)`,
    `${month}${sign}${day}${sign}${year}`,
    `${year}${sign}${month}${sign}${day}`,
  ];
  return forms.some((form) => new RegExp(`^${form}$`).test(secret));
}

/** A word of the owner's name, with digits around it. */
function isName(secret: string, name: string): boolean {
  const bare = secret.replaceAll(/^[\d!@#$._-]+|[\d!@#$._-]+$/g, '');
  const words = name.split(/[^\p{L}]+/u).filter((word) => word.length > 2);
  return bare !== '' && (words.includes(bare) || words.join('') === bare);
}

function reversed(text: string): string {
  return [...text].reverse().join('');
}
