import { describe, expect, test } from 'vitest';
import { problemsOf, step } from './translated.ts';

/** What a step of the old language says in Asterisk 22. */
const SAID: readonly (readonly [string, string])[] = [
  // separators
  ['Playback(hello|noanswer)', 'Playback(hello,noanswer)'],
  ['Goto(a|1|1)', 'Goto(a,1,1)'],
  ['GotoIf($["${A}" = "b|c"]?a|1|1:b|2|1)', 'GotoIf($["${A}" = "b|c"]?a,1,1:b,2,1)'],
  ['GotoIfTime(9:00-17:00|mon-fri|*|*?a|1|1)', 'GotoIfTime(9:00-17:00,mon-fri,*,*?a,1,1)'],
  ['System(a | b)', 'System(a | b)'],
  ['NoOp(a|b)', 'NoOp(a|b)'],
  ['Verbose(1|x|y)', 'Verbose(1,x|y)'],
  ['MixMonitor(f.wav|b|cat x | mail y)', 'MixMonitor(f.wav,b,cat x | mail y)'],
  ['UserEvent(A|B: 1|C: 2)', 'UserEvent(A,B: 1,C: 2)'],
  ['Set(X=${STRFTIME(${EPOCH}||%H|%M)})', 'Set(X=${STRFTIME(${EPOCH},,%H,%M)})'],
  ['Set(X=$[${A} | ${B}])', 'Set(X=$[${A} | ${B}])'],
  ['Set(a=1|b=2)', 'MSet(a=1,b=2)'],
  ['Set(X=1|g)', 'Set(GLOBAL(X)=1)'],
  ['Set(X=a|b)', 'Set(X=a|b)'],
  ['Playback|hello|noanswer', 'Playback(hello,noanswer)'],
  ['Wait,5', 'Wait(5)'],
  ['Wait(5', 'Wait(5)'],
  // macros
  ['Macro(x,a,${EXTEN})', 'Gosub(macro-x,s,1(a,${EXTEN}))'],
  ['Macro(x)', 'Gosub(macro-x,s,1)'],
  ['Macro(user-callerid,)', 'Gosub(macro-user-callerid,s,1())'],
  ['MacroExit', 'Return'],
  ['MacroIf($[1]?x,a:x)', 'GosubIf($[1]?macro-x,s,1(a):macro-x,s,1)'],
  ['ExecIf($[1]?Macro(x,a):Playback(b|c))', 'ExecIf($[1]?Gosub(macro-x,s,1(a)):Playback(b,c))'],
  ['ExecIf($[1]|Playback|b)', 'ExecIf($[1]?Playback(b))'],
  ['ExecIf($[1],Set,A=1)', 'ExecIf($[1]?Set(A=1))'],
  ['NoOp(${MACRO_EXTEN}/${MACRO_CONTEXT:0:3})', 'NoOp(${STACK_PEEK(1,e,1)}/${STACK_PEEK(1,c,1):0:3})'],
  ['Set(MACRO_RESULT=BUSY)', 'Set(GOSUB_RESULT=BUSY)'],
  // calling
  ['Dial(SIP/101|20|tr)', 'Dial(PJSIP/101,20,tr)'],
  ['Dial(sip/mango/${EXTEN}&Local/5@from-internal/n,,M(x^a)j)', 'Dial(PJSIP/${EXTEN}@mango&Local/5@from-internal/n,,U(macro-x^a))'],
  ['Dial(SIP/${EXTEN}@mango)', 'Dial(PJSIP/${EXTEN}@mango)'],
  ['Dial(SIP/5@10.0.0.9:5060,20)', 'Dial(PJSIP/5@mango,20)'],
  ['Dial(Zap/g0/${EXTEN:1},30)', 'Dial(PJSIP/${EXTEN:1}@gateway,30)'],
  ['Dial(IAX2/office/5)', 'Dial(IAX2/office/5)'],
  ['Dial(SIP/5,,M(x,a|b))', 'Dial(PJSIP/5,,U(macro-x^a^b))'],
  [
    'Dial(${OUT_1}/5)',
    'Dial(${IF($["${OUT_1:0:3}" = "SIP" | "${OUT_1:0:5}" = "PJSIP"]?PJSIP/5${IF($["${CUT(OUT_1,/,2)}" != ""]?@${CUT(OUT_1,/,2)})}:${OUT_1}/5)})',
  ],
  ['Dial(DAHDI/1/5)', 'Set(DIALSTATUS=CHANUNAVAIL)'],
  ['Dial(DAHDI/1/5&SIP/101)', 'Dial(PJSIP/101)'],
  ['Queue(400|t|||30)', 'Queue(400,t,,,30)'],
  ['Queue(400,t,,,30,,x,,r,1)', 'Queue(400,t,,,30,,macro-x,r,1)'],
  ['Queue(400,t,,,30,,,sub,r)', 'Queue(400,t,,,30,,sub,r)'],
  ['ChanSpy(SIP/101|q)', 'ChanSpy(PJSIP/101,q)'],
  ['AddQueueMember(400,SIP/101)', 'AddQueueMember(400,PJSIP/101)'],
  ['Page(SIP/1&SIP/2|d)', 'Page(PJSIP/1&PJSIP/2,d)'],
  // voicemail, recording, parking, rooms
  ['VoiceMail(u100)', 'VoiceMail(100,u)'],
  ['VoiceMail(su100@default)', 'VoiceMail(100@default,su)'],
  ['VoiceMail(bob)', 'VoiceMail(bob)'],
  ['VoiceMail(101@default,u)', 'VoiceMail(101@default,u)'],
  ['VoiceMailMain(s${CALLERID(num)})', 'VoiceMailMain(${CALLERID(num)},s)'],
  ['HasVoicemail(100/Old@x|n)', 'Set(n=${VMCOUNT(100@x,Old)})'],
  ['Monitor(wav49|f-${UNIQUEID}|m)', 'MixMonitor(f-${UNIQUEID}.WAV)'],
  ['Monitor(wav,f)', 'MixMonitor(,r(f-in.wav)t(f-out.wav))'],
  ['Park(45000,a,1,1)', 'Park(,t(45)c(a,1,1))'],
  ['ParkedCall(701)', 'ParkedCall(,701)'],
  ['ParkAndAnnounce(vm:PARKED|40|SIP/101|a,1,1)', 'ParkAndAnnounce(,t(40)c(a,1,1),vm:PARKED,PJSIP/101)'],
  ['MeetMe(800,dM)', 'Gosub(old-meetme,s,1(800,dM,))'],
  ['MeetMeCount(800,n)', 'Set(n=${CONFBRIDGE_INFO(parties,800)})'],
  // what only sets or reads
  ['NoCDR', 'Set(CDR_PROP(disable)=1)'],
  ['SetCallerPres(prohib)', 'Set(CALLERID(pres)=prohib)'],
  ['SetMusicOnHold(jazz)', 'Set(CHANNEL(musicclass)=jazz)'],
  ['SetVar(A=1)', 'Set(A=1)'],
  ['SetGlobalVar(A=1)', 'Set(GLOBAL(A)=1)'],
  ['DigitTimeout(5)', 'Set(TIMEOUT(digit)=5)'],
  ['DBget(x=f/k)', 'Set(x=${DB(f/k)})'],
  ['DBput(f/k=v)', 'Set(DB(f/k)=v)'],
  ['DBdel(f/k)', 'NoOp(${DB_DELETE(f/k)})'],
  ['Set(LANGUAGE()=ru)', 'Set(CHANNEL(language)=ru)'],
  ['Set(CDR(accountcode)=x)', 'Set(CHANNEL(accountcode)=x)'],
  ['Set(DEVSTATE(Custom:x)=INUSE)', 'Set(DEVICE_STATE(Custom:x)=INUSE)'],
  ['Set(AUDIOHOOK_INHERIT(MixMonitor)=yes)', 'NoOp()'],
  ['Set(x=${SIP_HEADER(To)})', 'Set(x=${PJSIP_HEADER(read,To)})'],
  ['Set(x=${CHANNEL(peerip)})', 'Set(x=${CUT(CHANNEL(pjsip,remote_addr),:,1)})'],
  ['GotoIf($["${DEVICE_STATE(SIP/101)}" = "NOT_INUSE"]?a,1,1)', 'GotoIf($["${DEVICE_STATE(PJSIP/101)}" = "NOT_INUSE"]?a,1,1)'],
  ['GotoIf($["${CHANNEL:0:3}" = "SIP"]?a,1,1)', 'GotoIf($["${CHANNEL:0:5}" = "PJSIP"]?a,1,1)'],
  ['NoOp(${CALLERIDNUM})', 'NoOp(${CALLERID(num)})'],
  ['Set(x=${ODBC_DEBTOR(1)})', 'Set(x=${ODBC_DEBTOR(1)})'],
  ['DeadAGI(x.php|1)', 'AGI(x.php,1)'],
  ['SIPAddHeader("${H}")', 'Set(HASH(__SIPHEADERS,${CUT(H,:,1)})=${TRIM(${CUT(H,:,2-)})})'],
  ['Set(_SIPADDHEADER01=Alert-Info: a:b)', 'Set(HASH(__SIPHEADERS,Alert-Info)=a:b)'],
  ['NoOp(${CHANNEL:4:3} ${BRIDGEPEER:4})', 'NoOp(${CHANNEL:6:3} ${BRIDGEPEER:6})'],
  ['ResetCDR(vw)', 'ResetCDR(v)'],
  ['MessageSend(sip:101,x)', 'MessageSend(pjsip:101,x)'],
  ['UserEvent(A,V: a|b)', 'UserEvent(A,V: a|b)'],
  ['rxfax(/tmp/f.tif)', 'ReceiveFAX(/tmp/f.tif)'],
  // what 22 has nothing for
  ['MYSQL(Connect c h u p d)', 'NoOp()'],
  ['Flite(hello)', 'NoOp()'],
  ['SiteThing(1)', 'NoOp()'],
  ['Macro(nowhere)', 'NoOp()'],
  ['Set(x=${SIPPEER(101,status)})', 'Set(x=)'],
  ['Set(x=${SIPPEER(101,context)})', 'Set(x=${PJSIP_ENDPOINT(101,context)})'],
  ['Set(x=${SIPPEER(101:ip)})', 'Set(x=${PJSIP_CONTACT(${PJSIP_AOR(101,contact)},via_addr)})'],
];

describe('the old language in that of Asterisk 22', () => {
  test.each(SAID)('%s', (old, now) => {
    expect(step(old)).toBe(now);
  });

  test('what cannot be said is told, and never quotes what may hold a password', () => {
    expect(problemsOf('MYSQL(Connect c h u geheim d)')).toEqual(['DIALPLAN_NOT_TRANSLATED']);
    expect(problemsOf('SiteThing(1)')).toEqual(['DIALPLAN_CALL_UNKNOWN']);
    expect(problemsOf('Macro(nowhere)')).toEqual(['DIALPLAN_NAME_UNKNOWN']);
    expect(problemsOf('Dial(DAHDI/1/5)')).toEqual(['DIALPLAN_NOT_TRANSLATED']);
    expect(problemsOf('Dial(SIP/199)', { peers: new Map() })).toEqual(['DIALPLAN_NAME_UNKNOWN']);
    expect(problemsOf('Dial(SIP/101,20)')).toEqual([]);
  });
});
