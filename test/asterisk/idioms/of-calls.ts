import type { Idiom } from './idiom.ts';

/** Calls that go out and come in. The carrier behind mango, gateway and office tells what arrives: '3101' as 'arrived 01' of idiom 31; 486 is busy. */
export const OF_CALLS: readonly Idiom[] = [
  {
    number: 10,
    fact: 'a call goes on by how Dial ended',
    old: 'exten => 1,1,Dial(SIP/486@mango,5)\nexten => 1,n,Goto(s-${DIALSTATUS},1)\nexten => s-BUSY,1,OUT(busy)\nexten => _s-.,1,OUT(other)',
    told: ['busy'],
  },
  {
    number: 11,
    fact: 'a telephone is called',
    old: 'exten => 1,1,Dial(SIP/1101|5|g)\nexten => 1,n,OUT(${DIALSTATUS} ${SIPPEER(1101,context)}${SIPPEER(1101:useragent)})',
    told: ['arrived 01', 'ANSWER arrives'],
  },
  {
    number: 20,
    fact: 'a queue keeps its time, and its macro is run on who answers',
    old: 'exten => 1,1,Queue(i20|t|||1)\nexten => 1,n,OUT(${QUEUESTATUS})\nexten => 1,n,Queue(i20-two,c,,,5,,i20)\nexten => 1,n,OUT(back)\n[i20-agent]\nexten => 1,1,Answer\nexten => 1,n,Wait(0.5)\n[macro-i20]\nexten => s,1,OUT(agent)',
    told: ['TIMEOUT', 'agent', 'back'],
  },
  {
    number: 26,
    fact: 'the letter in front of a mailbox picks the greeting',
    old: 'exten => 1,1,Answer\nexten => 1,n,MailboxExists(100@default)\nexten => 1,n,OUT(${VMBOXEXISTSSTATUS})\nexten => 1,n,VoiceMail(b100)',
    told: ['SUCCESS'],
    heard: ['vm-theperson', 'digits/1', 'digits/0', 'digits/0', 'vm-isonphone'],
  },
  {
    number: 31,
    fact: 'both forms of a trunk bring the number to it',
    old: 'exten => 1,1,Dial(SIP/mango/3101|5|g)\nexten => 1,n,Dial(SIP/3102@mango|5|g)\nexten => 1,n,Dial(SIP/3103@10.0.0.9:5060|5|g)\nexten => 1,n,OUT(${DIALSTATUS})',
    told: ['arrived 01', 'arrived 02', 'arrived 03', 'ANSWER'],
  },
  {
    number: 36,
    fact: 'a macro is run on who answers, and may turn the call away',
    old: 'exten => 1,1,Dial(SIP/mango/3601|5|M(i36^x)g)\nexten => 1,n,OUT(${DIALSTATUS})\n[macro-i36]\nexten => s,1,OUT(${ARG1})\nexten => s,n,Set(MACRO_RESULT=BUSY)',
    told: ['arrived 01', 'x', 'BUSY'],
  },
  {
    number: 37,
    fact: 'an IAX2 trunk is called',
    old: 'exten => 1,1,Dial(IAX2/office/3701|5|g)\nexten => 1,n,OUT(${DIALSTATUS})',
    told: ['arrived 01', 'ANSWER'],
  },
  {
    number: 38,
    fact: 'a number of another context is called as by a telephone',
    old: 'exten => 1,1,Dial(Local/2@i38/n|5|g)\nexten => 1,n,OUT(${DIALSTATUS})\nexten => 2,1,OUT(two)\nexten => 2,n,Answer\nexten => 2,n,Wait(0.2)',
    told: ['two', 'ANSWER'],
  },
  {
    number: 39,
    fact: 'the number that was called is cut out of the To header',
    old: 'exten => 1,1,Dial(SIP/mango/3901|5|g)\nexten => _39X.,1,Set(did=${SIP_HEADER(To)})\nexten => _39X.,n,Set(did=${CUT(did,@,1)})\nexten => _39X.,n,OUT(${CUT(did,:,2)})',
    told: ['arrived 01', '3901'],
  },
  {
    number: 40,
    fact: 'headers that are added go out with the call',
    old: 'exten => 1,1,SIPAddHeader(Alert-Info: <http://x/y>\\;info=ring)\nexten => 1,n,SIPAddHeader(X-Two: b)\nexten => 1,n,Dial(SIP/mango/4001|5|g)\nexten => 1,n,OUT(on)',
    told: ['arrived 01 <http://x/y>;info=ring b', 'on'],
  },
  {
    number: 42,
    fact: 'a text is sent to a telephone',
    old: 'exten => 1,1,Set(MESSAGE(body)=hello)\nexten => 1,n,MessageSend(sip:1101,sip:42@example)\nexten => 1,n,OUT(${MESSAGE_SEND_STATUS})',
    told: ['SUCCESS'],
  },
  {
    number: 43,
    fact: 'what a GSM stick was told does nothing, and the call goes on',
    old: 'exten => sms,1,OUT(${BASE64_DECODE(${IF($[1]?aGk=)})})\nexten => sms,n,DongleSendSMS(dongle0,1,hi)\nexten => sms,n,Dial(Dongle/dongle0/1)\nexten => sms,n,OUT(${DIALSTATUS})',
    calls: [{ dial: 'sms' }],
    told: ['hi', 'CHANUNAVAIL'],
  },
  {
    number: 47,
    fact: 'what went out by a card goes out by the gateway in its place',
    old: 'exten => 1,1,Dial(Zap/g0/4701|5|g)\nexten => 1,n,Dial(DAHDI/2/4702|5|g)\nexten => 1,n,OUT(${DIALSTATUS})',
    told: ['arrived 01', 'CHANUNAVAIL'],
  },
  {
    number: 49,
    fact: 'callers meet in a room, are counted, and leave it by # where they may',
    old: 'exten => 1,1,Answer\nexten => 1,n,MeetMe(49|dqM)\nexten => 2,1,MeetMeCount(49|n)\nexten => 2,n,OUT(${n})\nexten => 3,1,Answer\nexten => 3,n,MeetMe(49,dqp)\nexten => 3,n,OUT(left)',
    calls: [{ dial: '1', seconds: 1 }, { dial: '2' }, { dial: '3', keys: 'wwwwww#' }],
    told: ['joined 49', '0', 'joined 49', 'left'],
  },
  {
    number: 50,
    fact: 'a lamp shows what it showed',
    old: 'exten => 50,hint,SIP/1101&Custom:x50\nexten => 1,1,OUT(${HINT(50@i50)})\nexten => 1,n,Set(DEVSTATE(Custom:x50)=INUSE)\nexten => 1,n,OUT(${EXTENSION_STATE(50@i50)})',
    told: ['PJSIP/1101&Custom:x50', 'INUSE'],
  },
  {
    number: 52,
    fact: 'who listens in finds telephones under their new names',
    old: 'exten => 1,1,Answer\nexten => 1,n,ChanSpy(SIP/1101|qS)\nexten => 1,n,OUT(nobody)',
    told: ['nobody'],
  },
  {
    number: 57,
    fact: 'a trunk named by a global variable gets the number',
    old: '[globals]\nOUT_57=SIP/mango\n[i57]\nexten => 1,1,Set(DIAL_TRUNK=57)\nexten => 1,n,Dial(${OUT_${DIAL_TRUNK}}/5701|5|g)\nexten => 1,n,OUT(${DIALSTATUS})\nexten => 1,n,Set(TECH=IAX2/office)\nexten => 1,n,Dial(${TECH}/5702|5|g)\nexten => 1,n,Set(TECH=SIP)\nexten => 1,n,Dial(${TECH}/5703|5|g)\nexten => 1,n,OUT(${DIALSTATUS})',
    told: ['arrived 01', 'ANSWER', 'arrived 02', 'arrived 03', 'ANSWER'],
  },
  {
    number: 58,
    fact: 'a busy telephone leads to n+101',
    old: 'exten => 1,1,Dial(SIP/486@mango|5|j)\nexten => 1,2,OUT(no)\nexten => 1,102,OUT(busy)\nexten => 2,1(top),Dial(SIP/486@mango|5|j)\nexten => 2,n,OUT(no)\nexten => 2,top+101,OUT(busy too)',
    calls: [{ dial: '1' }, { dial: '2' }],
    told: ['busy', 'busy too'],
  },
];
