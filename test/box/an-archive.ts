import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { type Header, pack } from 'tar-stream';

/** An entry of an archive for a test: a path and what it holds, or a header of its own. */
export type Packed = readonly [path: string, content: string | Uint8Array] | (Partial<Header> & { readonly name: string });

/** A tar of these entries. */
export async function tarOf(entries: readonly Packed[]): Promise<Buffer> {
  const tar = pack();
  const bytes = buffer(tar as AsyncIterable<Uint8Array>);
  for (const entry of entries) {
    if (Array.isArray(entry)) tar.entry({ name: entry[0] }, Buffer.from(entry[1] as string));
    else tar.entry(entry as Header);
  }
  tar.finalize();
  return bytes;
}

export async function tgzOf(entries: readonly Packed[]): Promise<Buffer> {
  return gzipSync(await tarOf(entries));
}
