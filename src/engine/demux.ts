/** One frame of Docker's multiplexed stream: 1 is stdout, 2 is stderr. */
export interface Frame {
  readonly channel: 1 | 2;
  readonly bytes: Buffer;
}

const HEADER = 8;

/**
 * The frames of an attached stream without a terminal. Reads no further than is asked for, so back pressure holds.
 * Each frame has a header of eight bytes: channel, three zeros, size in big-endian (Docker Engine API, "Stream format").
 */
export async function* frames(stream: AsyncIterable<Buffer | string>): AsyncGenerator<Frame> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of stream) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    held = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
    while (held.length >= HEADER) {
      const end = HEADER + held.readUInt32BE(4);
      if (held.length < end) break;
      yield { channel: held[0] === 2 ? 2 : 1, bytes: held.subarray(HEADER, end) };
      held = held.subarray(end);
    }
  }
}
