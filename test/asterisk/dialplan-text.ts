import fc from 'fast-check';

/** Random hand-made dialplan, good and bad: what people write, and what only a typing error makes of it. */
const word = fc.constantFrom(
  'NoOp',
  'Dial(SIP/101|20|tr)',
  'Dial(SIP/mango/${EXTEN},,M(x^a)j)',
  'Macro(x,a|b)',
  'Goto(a|s|1)',
  'GotoIf($["${A}" = "1"]?a|1|1:2)',
  'ExecIf($[1]|Set|A=1)',
  'Set(A=${SIP_HEADER(To)})',
  'Set(A=${B',
  'SIPAddHeader(X: y\\;z)',
  'MeetMe(1|dM)',
  'Queue(1,t,,,5,,x)',
  'VoiceMail(u${EXTEN})',
  'MacroExit',
  'Wait,5',
  'Playback|x',
  'Answer',
  '(',
  ')',
  ',',
  ';',
  ';--',
  '--;',
  '\\;',
  '${',
  '}',
  '$[',
  ']',
  '"',
  ' ',
  '|',
  '&',
  '\t',
  'Ж',
  '${SHELL(id)}',
);
const line = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(extension(), priority(), fc.array(word, { minLength: 1, maxLength: 4 }))
      .map(([e, p, w]) => `exten => ${e},${p},${w.join('')}`),
  },
  { weight: 2, arbitrary: fc.tuple(priority(), fc.array(word, { maxLength: 3 })).map(([p, w]) => ` same = ${p},${w.join('')}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('[a]', '[macro-x]', '[a](+)', '[t](!)', '[b](t)', '[globals]', '[general]', '[ c ]', '[', '[d', '[]'),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'include => a',
      'include => a|9:00-17:00|mon|*|*',
      'ignorepat => 9',
      'switch => Realtime/x@y',
      'exten => 1,hint,SIP/1&Custom:x',
      '#include x.conf',
      '; note',
      ';-- block',
      'end --;',
      '',
      'X=SIP/mango',
      'nonsense',
      '\\[x = 1',
    ),
  },
  { weight: 1, arbitrary: fc.array(word, { maxLength: 6 }).map((w) => w.join('')) },
);

function extension(): fc.Arbitrary<string> {
  return fc.constantFrom('1', '2', 's', 'h', '_X.', '_[1,2]X!', '1/(495) 1-2', '', 'a b', '_9\\,x');
}

function priority(): fc.Arbitrary<string> {
  return fc.constantFrom('1', '2', 'n', 'n', 'n', 'n(l)', 'n+101', 'l+101(m)', '102', '103', 's', 'hint', 'N', '', '0', 'n(');
}

/** Some 30 lines of it. */
export const dialplanText = fc.array(line, { minLength: 1, maxLength: 30 }).map((lines) => lines.join('\n'));
