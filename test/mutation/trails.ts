import { matches } from '../../src/model/dial-pattern.ts';
import type { Passed } from '../../src/verify/calls/calls.ts';
import type { HeldDialplan } from '../../src/verify/static/held-dialplan.ts';
import type { Place } from './mutant.ts';

/** By which steps of the dialplan each call of the control run came, all its channels together. */
export class Trails {
  private readonly passed: ReadonlyMap<string, readonly Passed[]>;
  private readonly dialplan: HeldDialplan;
  private readonly includes = new Map<string, ReadonlySet<string>>();

  constructor(passed: ReadonlyMap<string, readonly Passed[]>, dialplan: HeldDialplan) {
    this.passed = passed;
    this.dialplan = dialplan;
  }

  /** True where a call may have come by a step: Asterisk names the context that a channel entered, not the included one that has the step. */
  comesBy(scenario: string, place: Place): boolean {
    return (this.passed.get(scenario) ?? []).some(
      ([context, number, priority]) =>
        priority === place.priority && takes(place.extension, number) && this.within(context).has(place.context),
    );
  }

  private within(context: string): ReadonlySet<string> {
    const known = this.includes.get(context) ?? new Set([context, ...this.dialplan.within(context)]);
    this.includes.set(context, known);
    return known;
  }
}

function takes(extension: string, number: string): boolean {
  return extension.startsWith('_') ? matches(extension.slice(1), number) : extension === number;
}
