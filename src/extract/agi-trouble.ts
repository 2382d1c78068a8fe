import { interpreterOf } from '../model/agi-script.ts';

/** Gone from the languages that Debian has today, with what is written instead. */
const GONE: Readonly<Record<string, readonly (readonly [use: RegExp, what: string])[]>> = {
  php: [
    [
      /\bmysql_(?:p?connect|query|select_db|fetch_\w+|num_rows|error|close|real_escape_string|insert_id|result)\s*\(/,
      'mysql_connect and its like, which PHP 7 and later lack: mysqli or PDO take their place',
    ],
    [/\b(?:ereg|eregi|ereg_replace|eregi_replace|split|spliti)\s*\(/, 'ereg or split, which PHP 7 and later lack: preg_match, preg_split'],
    [
      /\b(?:create_function|each)\s*\(|\bmagic_quotes_|\bset_magic_quotes_runtime\s*\(/,
      'create_function, each or magic quotes, which PHP 8 lacks',
    ],
    [/\bmssql_\w+\s*\(/, 'mssql functions, which PHP 7 and later lack: PDO takes their place'],
    [/=\s*&\s*new\b|\bcall_user_method\s*\(/, 'a form that PHP 7 and later refuse (=& new, call_user_method)'],
    [/<\?(?!php|=|xml)/, 'a short opening tag <?, which PHP of today takes for text'],
    [/\{\s*["']?\$\w+\s*\{|\$\w+\{\d+\}/, 'a text index with braces, which PHP 8 refuses'],
  ],
  python: [
    [/^\s*print\s+[^(\s]/m, 'print without parentheses, which Python 3 refuses'],
    [/^\s*except\s+\w+\s*,\s*\w+\s*:/m, 'except X, e:, which Python 3 refuses'],
    [/\b(?:import|from)\s+(?:MySQLdb|urllib2|ConfigParser|commands|Queue|StringIO)\b/, 'a module of Python 2'],
    [/\.has_key\s*\(|\bxrange\s*\(|\bunicode\s*\(/, 'has_key, xrange or unicode, which Python 3 lacks'],
  ],
  perl: [
    [
      /\buse\s+(?:Asterisk::AGI|DBI|DBD::mysql|LWP\w*|Net::\w+)/,
      'Perl modules that must be installed (libasterisk-agi-perl, libdbi-perl, libdbd-mysql-perl, libwww-perl)',
    ],
  ],
  ruby: [],
};

/** Old paths that are others on the new box. */
const PATHS: readonly (readonly [use: RegExp, what: string])[] = [
  [/\/var\/lib\/asterisk\/(?:agi-bin|sounds|moh)\b/, 'paths under /var/lib/asterisk, which are under /usr/share/asterisk on Debian'],
  [
    /\/(?:etc\/amportal\.conf|etc\/elastix\.conf|var\/www\/html|var\/lib\/asterisk\/agi-bin\/phpagi)/,
    'files of Elastix or FreePBX (amportal.conf, elastix.conf, web pages, phpagi), which the new box lacks',
  ],
  [
    /\basterisk -r?x\s+["'][^"']*\b(?:sip|zap|database showkey|dahdi|meetme)\b|\bSIP\//,
    'names of chan_sip (SIP/..., sip show peers), which is PJSIP now',
  ],
];

/** What will not work in a script on the new box, a sentence each: nothing of the script itself is quoted. What others only read needs no interpreter. */
export function scriptTroubles(text: string, isStarted = true): string[] {
  const interpreter = interpreterOf(text)?.name ?? null;
  const language = /^(php|python|perl|ruby)/.exec(interpreter ?? '')?.[1];
  const old = (language === undefined ? [] : (GONE[language] ?? [])).concat(PATHS).filter(([use]) => use.test(text));
  const told = old.map(([, what]) => `It uses ${what}.`);
  if (language === 'python' && /^python(?:2|$)/.test(interpreter ?? ''))
    told.unshift(`It asks for ${interpreter}, which Debian no longer has: python3 takes its place.`);
  if (interpreter === null && isStarted) told.unshift('It does not say in its first line what it is written in.');
  return told;
}
