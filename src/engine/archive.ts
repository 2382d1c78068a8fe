import { posix } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { extract, type Header, pack } from 'tar-stream';
import type { TarEntry } from './container.ts';

/** A tar stream of the entries, owned by root; entrypoints give files to their users by name. */
export function packEntries(entries: readonly TarEntry[]): Readable {
  const tar = pack();
  const write = async (): Promise<void> => {
    for (const { path, content, mode } of entries) {
      const header = { name: path, mode, uid: 0, gid: 0, mtime: new Date() };
      await new Promise<void>((resolve, reject) => {
        const done = (error?: Error | null): void => (error ? reject(error) : resolve());
        if (content === null) tar.entry({ ...header, type: 'directory' }, done);
        else tar.entry({ ...header, type: 'file' }, Buffer.from(content.buffer, content.byteOffset, content.byteLength), done);
      });
    }
    tar.finalize();
  };
  write().catch((error: Error) => tar.destroy(error));
  return Readable.from(tar, { objectMode: false });
}

/** A file, a folder or a hard link (content is then the name it links to) of a tar stream. */
export interface UnpackedEntry {
  readonly path: string;
  readonly type: 'file' | 'folder' | 'hard-link';
  readonly content: Uint8Array;
  readonly linkTo: string;
  readonly mode: number;
}

/** The entries of a tar stream, one in memory at a time. Symbolic links, sockets and devices are left out. */
export async function* unpackEntries(tar: Readable): AsyncGenerator<UnpackedEntry> {
  const entries = extract();
  tar.on('error', (error: Error) => entries.destroy(error));
  tar.pipe(entries);
  try {
    for await (const entry of entries) {
      const header = entry.header;
      const content = await buffer(entry);
      const type = typeOf(header);
      if (type === null) continue;
      const path = posix.normalize(header.name).replace(/\/$/, '');
      yield { path, type, content, linkTo: header.linkname ?? '', mode: (header.mode ?? 0) & 0o7777 };
    }
  } finally {
    tar.destroy();
  }
}

function typeOf(header: Header): UnpackedEntry['type'] | null {
  switch (header.type) {
    case 'file':
    case 'contiguous-file':
      return 'file';
    case 'directory':
      return 'folder';
    case 'link':
      return 'hard-link';
    default:
      return null;
  }
}
