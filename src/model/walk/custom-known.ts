import type { Visit } from './custom-turn.ts';
import type { Known } from './custom-value.ts';

/** Variables and functions whose value follows from the model and the situation. */
export function knownOf({ run, call, at }: Visit): Known {
  const fixed: Readonly<Record<string, string>> = {
    EXTEN: at.extension,
    CONTEXT: at.context,
    CALLERIDNUM: call.caller.number,
    CALLERIDNAME: call.caller.name,
    FROM_DID: call.did ?? '',
    AMPUSER: call.from.extension ?? '',
    FROMEXTEN: call.from.extension ?? '',
  };
  return {
    variable: (name) => (name in call.variables ? (call.variables[name] ?? null) : (fixed[name] ?? globalOf(run, name))),
    read: (name, args) => {
      if (name === 'LEN') return String(args.length);
      if (name === 'CALLERID') return /^num/i.test(args) ? call.caller.number : /^name$/i.test(args) ? call.caller.name : null;
      return name === 'DB' ? database(run, args) : null;
    },
  };
}

/** A variable that nothing has set is empty, but for those that Asterisk or FreePBX set. */
function globalOf(run: Visit['run'], name: string): string | null {
  const held = run.model['custom-dialplan']['globals']?.lines.find((l) => 'variable' in l && l.variable === name);
  if (held !== undefined && 'variable' in held) return held.value;
  const isSet = Object.values(run.model['custom-dialplan']).some((c) =>
    c.lines.some((l) => 'application' in l && new RegExp(`(?:^|[,(?:_])${name}=`).test(l.arguments)),
  );
  return isSet ? '' : null;
}

/** Keys of the site's own; a family that the model does not hold is not known. */
function database(run: Visit['run'], path: string): string | null {
  const family = path.split('/')[0] ?? '';
  const set = run.at.state.database?.[path];
  if (set !== undefined) return set ?? '';
  for (const { astdb } of Object.values(run.model['custom-dialplan'])) if (astdb[path] !== undefined) return astdb[path];
  return NOT_THE_SITES.test(family) ? null : '';
}
const NOT_THE_SITES = /^(?:AMPUSER|DEVICE|CF[BU]?|CW|DND|CALLTRACE|DAYNIGHT|TC|blacklist|cidname|sysspeeddials|Queue|QPENALTY)$/;
