/** A wait in a queue that is longer than this a rehearsal does not sit out. */
export const LONG_WAIT_SECONDS = 30;

/** AstDB key that has, for one call, how many seconds callers of a queue wait. */
export function shortWaitKey(queue: string): string {
  return `lab/wait-${queue}`;
}

/** `Queue(400,tb(queue-agent^400^1),,,180)`, at the end of its line: the time that a caller waits is the fifth argument. */
const LONG_QUEUE = /Queue\(([\w*#+]+),([^,]*,[^,]*,[^,]*),(\d+)\)$/gm;
/** The same as the lab has it. */
const SHORTENED = /\$\{IF\(\$\{DB_EXISTS\(lab\/wait-[^)]*\)\}\?\$\{DB\(lab\/wait-[^)]*\)\}:(\d+)\)\}/;

/** Calls of Queue whose callers wait long, and the same that ask first whether this call is to wait for seconds only. */
export function shortWaits(dialplan: string): { from: string; to: string }[] {
  return [...dialplan.matchAll(LONG_QUEUE)].flatMap(([from, queue = '', between = '', seconds = '']) => {
    if (Number(seconds) < LONG_WAIT_SECONDS) return [];
    const key = shortWaitKey(queue);
    return [{ from: `${from}\n`, to: `Queue(${queue},${between},\${IF(\${DB_EXISTS(${key})}?\${DB(${key})}:${seconds})})\n` }];
  });
}

/** Arguments of a step as the build has them. */
export function withoutShortWait(data: string): string {
  return data.replace(SHORTENED, '$1');
}
