/** What a process waits for: a moment, in seconds from the beginning; null: none. */
export interface Wait {
  readonly until: number | null;
  /** It goes on sooner where somebody wakes it. */
  readonly listens?: true;
}

export type Steps<T = void> = Generator<Wait, T, void>;

/** Something that goes on beside others: a channel in the dialplan. */
export class Process {
  readonly depth: number;
  readonly steps: Steps;
  isOver = false;
  isListening = false;
  /** Counts its waits: a timer of an earlier one means nothing any more. */
  waits = 0;

  constructor(depth: number, steps: Steps) {
    this.depth = depth;
    this.steps = steps;
  }
}

interface Timer {
  readonly at: number;
  readonly process: Process;
  readonly wait: number;
}

/**
 * Lets processes run in simulated time. Of one moment: first those whose time is up, who called before whom they call, so that a caller who gives up gives up in time; then
 * those who were woken, the deepest first, so that who waits for several others sees all that became of them.
 */
export class Scheduler {
  now: number;
  private readonly timers: Timer[] = [];
  private readonly woken = new Set<Process>();

  constructor(now: number) {
    this.now = now;
  }

  start(process: Process): void {
    this.resume(process);
  }

  wake(process: Process): void {
    if (!process.isOver && process.isListening) this.woken.add(process);
  }

  end(process: Process): void {
    process.isOver = true;
    this.woken.delete(process);
  }

  /** Runs until `isDone`, or until nothing will ever happen any more. */
  run(isDone: () => boolean): void {
    while (!isDone()) {
      const due = this.nextTimer();
      if (due !== null && due.at <= this.now) this.fire(due);
      else if (this.woken.size > 0) this.resume(this.deepest());
      else if (due !== null) this.now = due.at;
      else return;
    }
  }

  private resume(process: Process): void {
    this.woken.delete(process);
    if (process.isOver) return;
    process.waits++;
    process.isListening = false;
    const { done, value } = process.steps.next();
    if (done === true) {
      process.isOver = true;
      return;
    }
    process.isListening = value.listens === true;
    if (value.until === null) return;
    const timer = { at: value.until, process, wait: process.waits };
    const after = this.timers.findLastIndex((t) => t.at < timer.at || (t.at === timer.at && t.process.depth <= process.depth));
    this.timers.splice(after + 1, 0, timer);
  }

  private nextTimer(): Timer | null {
    for (;;) {
      const [first] = this.timers;
      if (first === undefined) return null;
      if (!first.process.isOver && first.wait === first.process.waits) return first;
      this.timers.shift();
    }
  }

  private fire(timer: Timer): void {
    this.timers.splice(this.timers.indexOf(timer), 1);
    this.resume(timer.process);
  }

  private deepest(): Process {
    return [...this.woken].reduce((a, b) => (b.depth > a.depth ? b : a));
  }
}
