import type { RoutineName } from './step.ts';
import type { Routine } from './translation.ts';

const LINES: Readonly<Record<RoutineName, readonly string[]>> = {
  'old-sip-headers': [
    '; Puts the headers that the dialplan added to the call into the INVITE of a telephone or trunk. Entered by option b() of Dial, Page and Queue.',
    'exten = s,1,ExecIf($["${CHANNEL(channeltype)}" != "PJSIP"]?Return())',
    ' same = n,Set(LOCAL(names)=${HASHKEYS(SIPHEADERS)})',
    ' same = n,While($["${SET(LOCAL(name)=${SHIFT(names)})}" != ""])',
    ' same = n,Set(LOCAL(value)=${HASH(SIPHEADERS,${name})})',
    ' same = n,ExecIf($["${LEN(${value})}" != "0"]?Set(PJSIP_HEADER(add,${name})=${value}))',
    ' same = n,EndWhile()',
    ' same = n,Return()',
  ],
  'old-macro-hangup': [
    '; A call that ends within a macro goes to the h of whoever called the macro: Macro left it there, Gosub looks in the macro alone.',
    'exten = s,1,Set(MACRO_CALLER=${STACK_PEEK(1,c,1)})',
    ' same = n,GotoIf($["${MACRO_CALLER}" = ""]?none)',
    ' same = n,StackPop()',
    ' same = n,GotoIf(${DIALPLAN_EXISTS(${MACRO_CALLER},h,1)}?${MACRO_CALLER},h,1:1)',
    ' same = n(none),NoOp()',
  ],
  'old-meetme': [
    '; What MeetMe did, by ConfBridge. ARG1 room, asked for where it is empty; ARG2 options of MeetMe; ARG3 PIN of a room that is made with D.',
    'exten = s,1,Set(LOCAL(room)=${ARG1})',
    ' same = n,GotoIf($["${room}" != ""]?enter)',
    ' same = n,Read(room,conf-getconfno,,,3,10)',
    ' same = n,GotoIf($["${room}" = ""]?left)',
    ' same = n(enter),ExecIf(${REGEX("a" ${ARG2})}?Set(CONFBRIDGE(user,admin)=yes))',
    ' same = n,ExecIf(${REGEX("A" ${ARG2})}?Set(CONFBRIDGE(user,marked)=yes))',
    ' same = n,ExecIf(${REGEX("w" ${ARG2})}?Set(CONFBRIDGE(user,wait_marked)=yes))',
    ' same = n,ExecIf(${REGEX("x" ${ARG2})}?Set(CONFBRIDGE(user,end_marked)=yes))',
    ' same = n,ExecIf(${REGEX("[ml]" ${ARG2})}?Set(CONFBRIDGE(user,startmuted)=yes))',
    ' same = n,ExecIf(${REGEX("M" ${ARG2})}?Set(CONFBRIDGE(user,music_on_hold_when_empty)=yes))',
    ' same = n,ExecIf(${REGEX("q" ${ARG2})}?Set(CONFBRIDGE(user,quiet)=yes))',
    ' same = n,ExecIf(${REGEX("c" ${ARG2})}?Set(CONFBRIDGE(user,announce_user_count)=yes))',
    ' same = n,ExecIf(${REGEX("[iI]" ${ARG2})}?Set(CONFBRIDGE(user,announce_join_leave)=yes))',
    ' same = n,ExecIf(${REGEX("1" ${ARG2})}?Set(CONFBRIDGE(user,announce_only_user)=no))',
    ' same = n,ExecIf(${REGEX("r" ${ARG2})}?Set(CONFBRIDGE(bridge,record_conference)=yes))',
    ' same = n,ExecIf(${REGEX("p" ${ARG2})}?Set(CONFBRIDGE(menu,#)=leave_conference))',
    ' same = n,ExecIf($["${REGEX("D" ${ARG2})}" = "1" & "${ARG3}" != ""]?Set(CONFBRIDGE(user,pin)=${ARG3}))',
    ' same = n,ConfBridge(${room})',
    ' same = n(left),Return()',
  ],
};

export function routineOf(name: RoutineName): Routine {
  return { context: name, lines: [`[${name}]`, ...LINES[name]] };
}
