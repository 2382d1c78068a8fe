import { splitArguments } from '../argument-list.ts';
import { hasVariable } from './channel-name.ts';
import { type Call, NOTHING, type Rules, type Step } from './step.ts';

/**
 * Headers of calls that go out: kept in a hash that every leg inherits, and put into the INVITE by a pre-dial handler of Dial, Page and Queue (routine
 * old-sip-headers): chan_pjsip has no other place for them.
 */
export const SIP_HEADER_RULES: Rules = { sipaddheader: add, sipremoveheader: remove };

function add(args: string, step: Step): Call {
  const [name = '', ...value] = splitArguments(args, ':');
  step.changed('SIP headers are kept until the call goes out');
  if (!hasVariable(name) && value.length > 0 && name.trim() !== '') {
    return { application: 'Set', args: `HASH(__SIPHEADERS,${name.trim()})=${value.join(':').trim()}` };
  }
  const [, variable] = /^"?\$\{(\w+)\}"?$/.exec(args.trim()) ?? [];
  if (variable !== undefined) {
    return { application: 'Set', args: `HASH(__SIPHEADERS,\${CUT(${variable},:,1)})=\${TRIM(\${CUT(${variable},:,2-)})}` };
  }
  step.problem('DIALPLAN_NOT_TRANSLATED', 'It adds a SIP header whose name is not plain: the telephone or carrier does not get it.');
  return NOTHING;
}

function remove(args: string, step: Step): Call {
  const name = args.trim().replace(/:$/, '');
  step.changed('SIP headers are kept until the call goes out');
  return name === '' ? { application: 'ClearHash', args: 'SIPHEADERS' } : { application: 'Set', args: `HASH(__SIPHEADERS,${name})=` };
}
