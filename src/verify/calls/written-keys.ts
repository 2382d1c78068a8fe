import { callOf, split } from '../../asterisk/arguments.ts';
import type { Step } from './watch.ts';

type Executed = Pick<Step, 'application' | 'data'>;

/**
 * Keys of AstDB that the dialplan wrote or deleted in these steps, 'DND/101', each once. Steps tell their data with variables filled in; what an application writes by
 * itself (a queue its members) is not among them.
 */
export function writtenKeys(steps: readonly Executed[]): string[] {
  return [...new Set(steps.flatMap(({ application, data }) => keysOf(application.toLowerCase(), data)))];
}

function keysOf(application: string, data: string): string[] {
  switch (application) {
    case 'set':
    case 'mset':
      return [...data.matchAll(/(?:^|,)_*DB(?:_DELETE)?\(([^()]+)\)=?/g)].map((m) => tidy(m[1] ?? ''));
    case 'dbdel':
      return [tidy(data)];
    case 'execif':
      return taken(data);
    default:
      return [];
  }
}

/** `1?Set(DB(DND/101)=YES):NoOp()`: the application that ExecIf ran. */
function taken(data: string): string[] {
  const [condition = '', ways = ''] = split(data, '?', 2).map((part) => part.trim());
  const [then = '', otherwise = ''] = split(ways, ':', 2);
  // pbx_checkcondition (main/pbx.c): nothing and 0 do not hold, any other text does
  const holds = condition !== '' && !/^[+-]?0+$/.test(condition);
  const { name, args } = callOf(holds ? then : otherwise);
  return name === '' ? [] : keysOf(name.toLowerCase(), args);
}

function tidy(key: string): string {
  return key.trim().replace(/^\//, '');
}
