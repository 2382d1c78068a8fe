import type { Act, EarlierCall, Scenario } from '../scenario.ts';
import { MASK, withoutSecrets } from '../secret-text.ts';
import type { CallResult } from './calls.ts';

/**
 * Results as they may be shown: no PIN and no password that a caller keys in any of these calls, neither among what he does nor among what the
 * dialplan was seen to compare it with; and none of these, which stand in the dialplan.
 */
export function masked(results: readonly CallResult[], inDialplan: readonly string[] = []): CallResult[] {
  const secrets = new Set(results.flatMap(({ scenario }) => callsOf(scenario).flatMap((call) => call.acts.flatMap(secretOf))));
  const inText = pattern(secrets);
  const unsaid = withoutSecrets(inDialplan);
  const hide = (text: string): string => unsaid(inText === null ? text : text.replace(inText, MASK));
  return results.map((r) => ({
    ...r,
    scenario: maskedScenario(r.scenario),
    differences: r.differences.map((d) => (d.what === 'astdb' ? { ...d, expected: hide(d.expected), seen: hide(d.seen) } : d)),
    way: r.way.map(hide),
  }));
}

function callsOf({ acts, before, after = [] }: Scenario): { readonly acts: readonly Act[] }[] {
  return [{ acts }, ...(before.calls ?? []), ...after];
}

function secretOf({ do: does }: Act): string[] {
  return typeof does === 'object' && does.secret === true ? [does.keys.replace(/#$/, '')] : [];
}

/** Each where it stands alone: a PIN of two digits is part of many a number. null: there is none. */
function pattern(secrets: ReadonlySet<string>): RegExp | null {
  const known = [...secrets].filter((s) => s !== '').map((s) => s.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  return known.length === 0 ? null : new RegExp(`(?<![0-9*#])(?:${known.join('|')})(?![0-9*])`, 'g');
}

function maskedScenario(s: Scenario): Scenario {
  const calls = (list: readonly EarlierCall[]): EarlierCall[] => list.map((c) => ({ ...c, acts: c.acts.map(maskedAct) }));
  return {
    ...s,
    acts: s.acts.map(maskedAct),
    before: { ...s.before, ...(s.before.calls === undefined ? {} : { calls: calls(s.before.calls) }) },
    ...(s.after === undefined ? {} : { after: calls(s.after) }),
  };
}

function maskedAct(act: Act): Act {
  return typeof act.do === 'object' && act.do.secret === true ? { ...act, do: { keys: MASK, secret: true } } : act;
}
