import type { Change } from '../lab/overlay.ts';

/** Where the stand-in hides an application: a macro takes the arguments as they are. */
const STAND_INS: Readonly<Record<string, string>> = { meetme: 'lab-meetme', meetmecount: 'lab-meetmecount' };

const MACROS = `
[macro-lab-meetme]
exten = s,1,Answer()
 same = n,ConfBridge(\${ARG1})

[macro-lab-meetmecount]
exten = s,1,Set(\${ARG2}=\${CONFBRIDGE_INFO(parties,\${ARG1})})
`;

const BECAUSE = 'Debian packs no MeetMe for Asterisk 16: ConfBridge answers in its place, with prompts of its own';

/** Rooms of MeetMe in hand-made and generated dialplan, which Asterisk 16 of Debian does not have. */
export function meetmeStandIn(files: ReadonlyMap<string, string>): Change[] {
  const found = [...files].flatMap(([file, text]) => {
    if (!/^etc\/asterisk\/extensions[^/]*\.conf$/.test(file)) return [];
    const calls = new Set([...text.matchAll(/\bMeetMe(?:Count)?\(/gi)].map((m) => m[0]));
    return [...calls].map((call) => ({
      file,
      from: call,
      to: `Macro(${STAND_INS[call.slice(0, -1).toLowerCase()]},`,
      because: BECAUSE,
    }));
  });
  return found.length === 0 ? [] : [...found, { file: 'etc/asterisk/extensions.conf', from: null, to: MACROS, because: BECAUSE }];
}
