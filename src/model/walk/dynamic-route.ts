import type { DynamicRoute } from '../dynamic-route.ts';
import { promptsOf } from '../recording.ts';
import { type Ref, ref } from '../ref.ts';
import { ask } from './ask.ts';
import type { Call, Run } from './call.ts';
import { knownOf } from './custom-known.ts';
import { filledIn } from './custom-value.ts';
import { goTo } from './go-on.ts';
import { passes } from './passing.ts';
import type { Ending } from './step.ts';

/** dynroute-N: the caller may be asked for keys; then a value decides. */
export function routeByValue(run: Run, call: Call, id: string, held: DynamicRoute): Ending {
  const by = ref('dynamic-route', id);
  if (!passes(run, call, by)) return 'congestion';
  let keyed = '';
  if (held.asksKeys) {
    keyed = ask(call, by, promptsOf(run.model, held.announcement), { seconds: held.seconds, settleSeconds: held.seconds });
    set(call, held.keysVariable, keyed);
  }
  const value = foundValue(run, call, held, keyed, by);
  if (value === null) {
    call.steps.push({ do: 'stay', by, at: 'not-understood' });
    return 'answered';
  }
  if (held.source !== 'keys') set(call, held.resultVariable, value);
  const entry = held.entries.find((e) => e.value === value);
  return goTo(run, call, by, entry?.destination ?? held.next);
}

function set(call: Call, variable: string, value: string): void {
  if (variable !== '') call.variables = { ...call.variables, [`DYNROUTE_${variable}`]: value };
}

/** null: nobody can tell, a web server for one. */
function foundValue(run: Run, call: Call, held: DynamicRoute, keyed: string, by: Ref): string | null {
  if (held.source === 'keys') return keyed;
  if (held.source === 'unknown') return '';
  if (held.source === 'url') return null;
  const seen: Call = { ...call, variables: { ...call.variables, dtmfinput: keyed } };
  return filledIn(held.query, knownOf({ run, call: seen, at: { context: `dynroute-${by.id}`, extension: 's', priority: 1 } }));
}
