import type { AgentTurn, Fate } from './fate.ts';

/** Last digits of a customer's number: they say which of the drawn fates is his, and which call of the dialler he is. */
export const SLOT_DIGITS = 4;
export const SLOTS = 10 ** SLOT_DIGITS;
/** Header of the far side's events: `What`. */
export const FAR_EVENT = 'Far';

const MACHINE_SECONDS = 4;
const EARLY_SECONDS = 0.3;
/** Whoever is not joined by then hangs up: nothing stays up for ever, whatever becomes of the dialler. */
const PATIENCE_SECONDS = 60;

export interface FarSide {
  readonly fates: readonly Fate[];
  readonly turns: readonly AgentTurn[];
  /** Speech both ways: a tone instead of silence. */
  readonly media: boolean;
}

/**
 * The dialplan of a `world` that acts by itself, as a storm needs it: customers do what was drawn for the last digits of their number, agents what was drawn for the turn.
 * Each says over AMI what it does, by its own clock and not by that of the PBX.
 */
export function farSideDialplan({ fates, turns, media }: FarSide): string {
  // what of the other side's speech came in, by the far side's count
  const speech = media ? ',Got: ${CHANNEL(rtcp,rxcount)},Lost: ${CHANNEL(rtcp,rxploss)}' : '';
  const talks = (seconds: number | string): string =>
    media ? ` same = n,Playtones(425/1000)\n same = n,Wait(${seconds})\n` : ` same = n,Wait(${seconds})\n`;
  return `[globals]
TURN = 0

[carrier]
exten = _[0-9A-Za-z+*#_].,1,Goto(customer,\${EXTEN:-${SLOT_DIGITS}},1)

[customer]
exten = _${'X'.repeat(SLOT_DIGITS)},1,Set(SLOT=\${EXTEN})
 same = n,Set(CHANNEL(hangup_handler_push)=gone,s,1)
 same = n,${says('rings', 'Slot: ${SLOT}')}
 same = n,Ringing()
 same = n,Goto(fates,\${SLOT},1)

; the last digits of a number, and what was drawn for them
[fates]
${fates.map((fate, i) => fateStep(String(i).padStart(SLOT_DIGITS, '0'), fate)).join('')}
; said just before, since Answer() waits for the first sound
[answers]
exten = s,1,Wait(\${AFTER})
 same = n,${says('answers', 'Slot: ${SLOT}')}
 same = n,Answer()
${talks(PATIENCE_SECONDS)} same = n,Hangup()

[machine]
exten = s,1,Wait(\${AFTER})
 same = n,${says('answers', 'Slot: ${SLOT}')}
 same = n,Answer()
${talks(MACHINE_SECONDS)} same = n,Hangup()

[leaves-early]
exten = s,1,Wait(\${AFTER})
 same = n,${says('answers', 'Slot: ${SLOT}')}
 same = n,Answer()
 same = n,Wait(${EARLY_SECONDS})
 same = n,Hangup()

[busy]
exten = s,1,Wait(\${AFTER})
 same = n,Hangup(17)

[silent]
exten = s,1,Wait(${PATIENCE_SECONDS})
 same = n,Hangup(19)

; who was an agent's telephone is its name, and whom he is to talk to the last digits of the number that it shows
[phone]
exten = _[0-9A-Za-z+*#_]!,1,Set(AGENT=\${EXTEN})
 same = n,Set(SLOT=\${CALLERID(num):-${SLOT_DIGITS}})
 same = n,Set(CHANNEL(hangup_handler_push)=gone,agent,1)
 same = n,${says('agent-rings', 'Slot: ${SLOT},Agent: ${URIENCODE(${AGENT})}')}
 same = n,Ringing()
 same = n,Set(GLOBAL(TURN)=$[(\${TURN} + 1) % ${turns.length}])
 same = n,Goto(turns,\${TURN},1)

[turns]
${turns.map(({ pickUpMs, talkMs }, i) => `exten = ${i},1,Set(AFTER=${pickUpMs / 1000})\n same = n,Set(TALKS=${talkMs / 1000})\n same = n,Goto(agent,s,1)\n`).join('')}
[agent]
exten = s,1,Wait(\${AFTER})
 same = n,${says('agent-answers', 'Slot: ${SLOT},Agent: ${URIENCODE(${AGENT})}')}
 same = n,Answer()
${talks('${TALKS}')} same = n,Hangup()

[gone]
exten = s,1,${says('gone', `Slot: \${SLOT},Cause: \${HANGUPCAUSE}${speech}`)}
 same = n,Return()
exten = agent,1,${says('agent-gone', 'Slot: ${SLOT},Agent: ${URIENCODE(${AGENT})}')}
 same = n,Return()
`;
}

function says(what: string, more: string): string {
  return `UserEvent(${FAR_EVENT},What: ${what},${more})`;
}

function fateStep(slot: string, fate: Fate): string {
  if (fate.is === 'silent') return `exten = ${slot},1,Goto(silent,s,1)\n`;
  return `exten = ${slot},1,Set(AFTER=${fate.afterMs / 1000})\n same = n,Goto(${fate.is},s,1)\n`;
}
