import { splitArguments } from '../argument-list.ts';
import type { Call, Rules } from './step.ts';

/** AstDB, and what was looked up in it. */
export const DATABASE_RULES: Rules = {
  dbget: (args, step): Call => {
    const [name = '', key = ''] = splitArguments(args, '=', 2);
    step.changed('AstDB is read by DB()');
    return { application: 'Set', args: `${name.trim()}=\${DB(${key.trim()})}` };
  },
  dbput: (args, step): Call => {
    const [key = '', value = ''] = splitArguments(args, '=', 2);
    step.changed('AstDB is written by DB()');
    return { application: 'Set', args: `DB(${key.trim()})=${value}` };
  },
  dbdel: (args, step): Call => {
    step.changed('an entry of AstDB is deleted by DB_DELETE()');
    return { application: 'NoOp', args: `\${DB_DELETE(${args.trim()})}` };
  },
  lookupcidname: (_, step): Call => {
    step.changed('names of callers are looked up by DB()');
    return { application: 'ExecIf', args: '${DB_EXISTS(cidname/${CALLERID(num)})}?Set(CALLERID(name)=${DB(cidname/${CALLERID(num)})})' };
  },
  lookupblacklist: (_, step): Call => {
    step.changed('BLACKLIST() tells whether a caller is on it');
    return { application: 'Set', args: 'LOOKUPBLSTATUS=${IF(${BLACKLIST()}?FOUND:NOTFOUND)}' };
  },
};
