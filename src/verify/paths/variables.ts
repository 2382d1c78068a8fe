/** How far a variable goes along: to no other channel, to those that this one calls, or to all that come of it. */
type Reach = 0 | 1 | 2;

interface Held {
  readonly value: string;
  readonly reach: Reach;
}

/** Variables of a channel. Several values of one name lie over each other: those of a routine (Gosub) hide the ones before it. */
export class Variables {
  private readonly stacks = new Map<string, Held[]>();

  get(name: string): string | null {
    return this.stacks.get(name)?.at(-1)?.value ?? null;
  }

  /** `_NAME` goes along one step, `__NAME` without end. Takes the place of the topmost value of that name. */
  set(text: string, value: string): void {
    const { name, reach } = named(text);
    const stack = this.stacks.get(name);
    if (stack === undefined) this.stacks.set(name, [{ value, reach }]);
    else stack[Math.max(0, stack.length - 1)] = { value, reach };
  }

  /** Hides what is there, until it is taken off again. */
  push(name: string, value: string): void {
    const stack = this.stacks.get(name);
    if (stack === undefined) this.stacks.set(name, [{ value, reach: 0 }]);
    else stack.push({ value, reach: 0 });
  }

  pop(name: string): void {
    const stack = this.stacks.get(name);
    stack?.pop();
    if (stack?.length === 0) this.stacks.delete(name);
  }

  /** What a channel begins with that this one calls (ast_channel_inherit_variables). */
  inherited(): Variables {
    const child = new Variables();
    for (const [name, stack] of this.stacks) {
      const going = stack.filter((v) => v.reach > 0).map(({ value, reach }): Held => ({ value, reach: reach === 2 ? 2 : 0 }));
      if (going.length > 0) child.stacks.set(name, going);
    }
    return child;
  }

  /** The other half of a Local channel has the same ones. */
  copied(): Variables {
    const copy = new Variables();
    for (const [name, stack] of this.stacks) copy.stacks.set(name, [...stack]);
    return copy;
  }
}

function named(text: string): { name: string; reach: Reach } {
  if (text.startsWith('__')) return { name: text.slice(2), reach: 2 };
  return text.startsWith('_') ? { name: text.slice(1), reach: 1 } : { name: text, reach: 0 };
}
