import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frames } from '../../src/engine/demux.ts';

function frame(channel: number, bytes: Uint8Array): Buffer {
  const header = Buffer.from([channel, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([header, bytes]);
}

test('what a program says on stdout and stderr stays apart, wherever the wire cuts it', async () => {
  const said = fc.array(fc.tuple(fc.constantFrom(1, 2), fc.uint8Array({ maxLength: 40 })), { maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(said, fc.integer({ min: 1, max: 30 }), async (parts, cut) => {
      const wire = Buffer.concat(parts.map(([channel, bytes]) => frame(channel, bytes)));
      async function* chunks(): AsyncGenerator<Buffer> {
        for (let i = 0; i < wire.length; i += cut) yield wire.subarray(i, i + cut);
      }
      const heard = [];
      for await (const f of frames(chunks())) heard.push([f.channel, [...f.bytes]]);
      expect(heard).toEqual(parts.map(([channel, bytes]) => [channel, [...bytes]]));
    }),
  );
});
