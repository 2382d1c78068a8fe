/** A call that an agent's telephone can take. */
export interface Seat {
  readonly extension: string;
  readonly device: string;
}

/** Who is free, and who rings or talks with whom. */
export class Agents {
  /** The one who waited longest comes first. */
  private readonly free: Seat[];
  /** Slots of the customers whom a telephone is to ring for, in the order in which they were sent. */
  private readonly ordered = new Map<string, number[]>();
  private readonly ringing = new Map<string, number[]>();

  constructor(agents: readonly Seat[], seats: number) {
    this.free = Array.from({ length: seats }, () => agents.map((a) => ({ ...a }))).flat();
  }

  take(): Seat | null {
    return this.free.shift() ?? null;
  }

  release(seat: Seat): void {
    this.free.push(seat);
  }

  /** A customer was sent to this agent. */
  expect({ device }: Seat, slot: number): void {
    listOf(this.ordered, device).push(slot);
  }

  /**
   * The telephone rings, and shows whom for where the dialplan left the number alone; else it is whoever was sent first.
   * @returns the customer; null: nobody was sent there
   */
  rings(device: string, shown: number | null): number | null {
    const slot = takeFrom(listOf(this.ordered, device), shown);
    if (slot !== null) listOf(this.ringing, device).push(slot);
    return slot;
  }

  /** The telephone was answered. */
  answers(device: string, shown: number | null): number | null {
    return takeFrom(listOf(this.ringing, device), shown);
  }
}

function listOf(lists: Map<string, number[]>, device: string): number[] {
  const list = lists.get(device) ?? [];
  lists.set(device, list);
  return list;
}

function takeFrom(list: number[], wanted: number | null): number | null {
  const at = wanted === null ? -1 : list.indexOf(wanted);
  return list.splice(Math.max(at, 0), 1)[0] ?? null;
}
