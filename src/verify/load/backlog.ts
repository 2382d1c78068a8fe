import type { Ami } from '../../asterisk/ami.ts';

/** The longest queue that one of Asterisk's task processors had. */
export interface Backlog {
  readonly processor: string;
  readonly depth: number;
  /** From so many on Asterisk itself takes it for overloaded (its high water mark). */
  readonly limit: number;
}

/** Forgets how long the queues were. An older Asterisk than 16.11 cannot: then they are those since its start. */
export async function forgetBacklogs(ami: Ami): Promise<void> {
  await ami.command('core reset taskprocessors').catch(() => '');
}

/** The processor that came nearest to its limit, or farthest over it; null: Asterisk does not say. */
export async function worstBacklog(ami: Ami): Promise<Backlog | null> {
  const said = await ami.command('core show taskprocessors').catch(() => '');
  return backlogsOf(said).sort((a, b) => b.depth / b.limit - a.depth / a.limit)[0] ?? null;
}

/** Name, processed, in queue, greatest depth, low water, high water, and since 18 two times (main/taskprocessor.c). */
const ROW = /^(\S+)\s+\d+\s+\d+\s+(\d+)\s+\d+\s+(\d+)(?:\s+\d+\s+\d+)?\s*$/;

/** @param said what `core show taskprocessors` prints */
export function backlogsOf(said: string): Backlog[] {
  return said.split('\n').flatMap((line) => {
    const [, processor, depth, limit] = ROW.exec(line) ?? [];
    return processor === undefined || Number(limit) === 0 ? [] : [{ processor, depth: Number(depth), limit: Number(limit) }];
  });
}
