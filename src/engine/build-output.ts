import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** The engine reported an error in the middle of a build, a pull or an import. */
export class StreamFailed extends Error {
  /** What it had said before, oldest first. */
  readonly lastLines: readonly string[];

  constructor(message: string, lastLines: readonly string[]) {
    super(message);
    this.name = 'StreamFailed';
    this.lastLines = lastLines;
  }
}

const KEPT_LINES = 25;

/**
 * Reads the JSON lines of a build, a pull or an import to their end.
 * @param onLine gets what the engine says, a line at a time
 * @throws StreamFailed
 */
export async function followOutput(stream: NodeJS.ReadableStream, onLine: (line: string) => void): Promise<void> {
  const kept: string[] = [];
  for await (const json of createInterface({ input: stream as Readable, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (json.trim() === '') continue;
    const event = JSON.parse(json) as { stream?: string; status?: string; error?: string };
    if (event.error !== undefined) throw new StreamFailed(event.error, kept);
    for (const line of (event.stream ?? event.status ?? '').split('\n').map((l) => l.trimEnd())) {
      if (line === '') continue;
      kept.push(line);
      if (kept.length > KEPT_LINES) kept.shift();
      onLine(line);
    }
  }
}
