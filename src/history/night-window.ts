import { setTimeout } from 'node:timers/promises';
import { Interrupted, MigrateError } from '../error.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

/** Hours of the day in which work may be done, by the clock of this machine; may go over midnight. */
export class NightWindow {
  readonly #from: number;
  readonly #to: number;
  readonly #minuteNow: () => number;

  /** @param text '01:00-06:00' @throws MigrateError E_USAGE */
  constructor(text: string, minuteNow: () => number = minuteOfDay) {
    const found = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
    if (found === null) {
      const hint = 'Write it as 01:00-06:00.';
      throw new MigrateError({ code: 'E_USAGE', where: text, why: 'it is no window of time', hint });
    }
    const [from, to] = [Number(found[1]) * 60 + Number(found[2]), Number(found[3]) * 60 + Number(found[4])];
    this.#from = from;
    this.#to = to;
    this.#minuteNow = minuteNow;
  }

  /** Minutes until it opens; 0 where it is open. A window from a time to the same time is always open. */
  minutesUntilOpen(): number {
    const now = this.#minuteNow();
    const [length, into] = [(this.#to - this.#from + DAY_MINUTES) % DAY_MINUTES, (now - this.#from + DAY_MINUTES) % DAY_MINUTES];
    return length === 0 || into < length ? 0 : DAY_MINUTES - into;
  }

  /** Waits until it is open. @throws Interrupted */
  async open(signal: AbortSignal, waits: () => void): Promise<void> {
    while (this.minutesUntilOpen() > 0) {
      waits();
      await setTimeout(MINUTE_MS, undefined, { signal }).catch(() => {
        throw new Interrupted();
      });
    }
  }
}

function minuteOfDay(): number {
  const now = new Date();
  return now.getHours() * 60 + now.getMinutes();
}
