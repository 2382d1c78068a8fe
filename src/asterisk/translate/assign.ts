import { pipesToCommas, splitArguments, splitCall } from '../argument-list.ts';
import { writtenFunction } from './function.ts';
import { type Call, NOTHING, type Rule, type Rules, type Step } from './step.ts';

const set =
  (name: string, why = `it is set by ${name}`): Rule =>
  (args, step): Call => {
    step.changed(why);
    return { application: 'Set', args: `${name}=${args.trim()}` };
  };

/** Applications that only set something, up to 11, and Set itself. */
export const ASSIGN_RULES: Rules = {
  set: (args, step) => assign(args, step),
  setvar: (args, step) => {
    step.changed('SetVar is Set');
    return assign(args, step);
  },
  setglobalvar: (args, step) => {
    const [name = '', ...value] = args.split('=');
    step.changed('global variables are set by GLOBAL()');
    return { application: 'Set', args: `GLOBAL(${name.trim()})=${value.join('=')}` };
  },
  setcallerid: (args, step) => {
    const [value = ''] = splitArguments(args, '|');
    step.changed('the caller is set by CALLERID()');
    return { application: 'Set', args: `CALLERID(all)=${value}` };
  },
  setcidname: set('CALLERID(name)'),
  setcidnum: set('CALLERID(num)'),
  setrdnis: set('CALLERID(rdnis)'),
  setcallerpres: set('CALLERID(pres)'),
  setlanguage: set('CHANNEL(language)'),
  setmusiconhold: set('CHANNEL(musicclass)'),
  setaccount: set('CHANNEL(accountcode)'),
  setamaflags: set('CHANNEL(amaflags)'),
  settransfercapability: set('CHANNEL(transfercapability)'),
  setcdruserfield: set('CDR(userfield)'),
  appendcdruserfield: (args, step) => {
    step.changed('the user field is set by CDR()');
    return { application: 'Set', args: `CDR(userfield)=\${CDR(userfield)}${args}` };
  },
  setgroup: set('GROUP()'),
  digittimeout: set('TIMEOUT(digit)'),
  responsetimeout: set('TIMEOUT(response)'),
  absolutetimeout: set('TIMEOUT(absolute)'),
  nocdr: (_, step) => {
    step.changed('CDR_PROP leaves a call without a record');
    return { application: 'Set', args: 'CDR_PROP(disable)=1' };
  },
  sipdtmfmode: (args, step) => {
    step.changed('the kind of key tones is set by PJSIP_DTMF_MODE()');
    return { application: 'Set', args: `PJSIP_DTMF_MODE()=${args.trim() === 'rfc2833' ? 'RFC4733' : args.trim()}` };
  },
  cut: read('CUT'),
  eval: read('EVAL'),
  importvar: read('IMPORT'),
  math: read('MATH'),
  md5: read('MD5'),
  readfile: (args, step) => {
    const [name = '', what = ''] = splitArguments(args, '=', 2);
    const [file = '', length] = splitArguments(what, ',|');
    step.changed('a file is read by FILE()');
    return { application: 'Set', args: `${name}=\${FILE(${file},0${length === undefined ? '' : `,${length}`})}` };
  },
  curl: (args, step) => {
    step.changed('a page is fetched by CURL()');
    return { application: 'Set', args: `CURL=\${CURL(${pipesToCommas(args)})}` };
  },
};

/** `Cut(new=variable,delimiter,field)`: an application that is a function now. */
function read(name: string): Rule {
  return (args, step): Call => {
    const [variable = '', what = ''] = splitArguments(args, '=', 2);
    step.changed(`${name} is a function`);
    return { application: 'Set', args: `${variable.trim()}=\${${name}(${pipesToCommas(what)})}` };
  };
}

/** One of several assignments. */
const ASSIGNMENT = /^\s*_{0,2}[A-Za-z]\w*(\([^=]*\))?\s*=/s;

function assign(args: string, step: Step): Call {
  const several = severalOf(args, step);
  if (several !== null) {
    const all = several.map((one) => assignment(one, step)).filter((one) => one !== null);
    step.changed('several variables at once are set by MSet');
    return all.length === 0 ? NOTHING : { application: 'MSet', args: all.join(',') };
  }
  const [, globally] = /^(.*)\|g$/s.exec(args) ?? [];
  if (globally !== undefined && ASSIGNMENT.test(globally)) {
    const [name = '', value = ''] = splitArguments(globally, '=', 2);
    step.changed('global variables are set by GLOBAL()');
    return { application: 'Set', args: `GLOBAL(${name.trim()})=${value}` };
  }
  const one = assignment(args, step);
  return one === null ? NOTHING : { application: 'Set', args: one };
}

/** `a=1|b=2`, and before 1.6 `a=1,b=2`, set two variables; since then a comma is part of the value. null: it is one. */
function severalOf(args: string, step: Step): string[] | null {
  const old = Number.parseFloat(step.about.release ?? '') < 1.6 || /^1\.[0-5]\b/.test(step.about.release ?? '');
  const parts = splitArguments(args, old ? ',|' : '|');
  return parts.length > 1 && parts.every((part) => ASSIGNMENT.test(part)) ? parts : null;
}

/** `name=value`; null: it is nothing in Asterisk 22, and what it did is told. */
function assignment(text: string, step: Step): string | null {
  const equals = splitArguments(text, '=', 2);
  const [left = '', value] = equals;
  if (value === undefined) return text;
  const { name, inner, rest } = splitCall(left.trim());
  if (inner !== null && rest.trim() === '') {
    const written = writtenFunction(name, inner, step);
    return written === null ? null : written === left ? text : `${written}=${value}`;
  }
  return variable(left.trim(), value, text, step);
}

/** chan_sip sent what SIPADDHEADER01 and its like held. */
function addedHeader(name: string, value: string, step: Step): string | null {
  const [header = '', ...rest] = splitArguments(value, ':');
  if (!/^_*SIPADDHEADER\d*$/.test(name) || rest.length === 0 || header.includes('$')) return null;
  step.changed('SIP headers are kept until the call goes out');
  return `HASH(__SIPHEADERS,${header.trim()})=${rest.join(':').trim()}`;
}

function variable(name: string, value: string, text: string, step: Step): string | null {
  const header = addedHeader(name, value, step);
  if (header !== null) return header;
  switch (name.replace(/^_+/, '')) {
    case 'MACRO_RESULT':
      step.changed('Dial asks the subroutine for GOSUB_RESULT');
      return `GOSUB_RESULT=${value}`;
    case 'MACRO_OFFSET':
      step.problem(
        'DIALPLAN_NOT_TRANSLATED',
        'A macro that ends with an offset goes on with the next step instead.',
        'Return a value, and test it where the macro is called.',
      );
      return null;
    case 'SIP_CODEC':
    case 'SIP_CODEC_INBOUND':
    case 'SIP_CODEC_OUTBOUND':
      step.problem(
        'DIALPLAN_APPROXIMATED',
        'The codec that the line asks for is not forced.',
        'Set PJSIP_MEDIA_OFFER(audio) on the outgoing leg.',
      );
      return text;
    default:
      return text;
  }
}
