import { decodeText } from '../box/charset.ts';

/** Names of files are bytes: an old box has them in whatever charset, with newlines and quotes. They are never text on their way to the system. */
export type FilePath = Buffer;

const SLASH = 47;
const DOT = 46;

export function pathOf(text: string): FilePath {
  return Buffer.from(text);
}

export function joinPath(folder: FilePath, ...names: readonly (string | FilePath)[]): FilePath {
  const parts = names.flatMap((name) => [Buffer.from('/'), typeof name === 'string' ? Buffer.from(name) : name]);
  return Buffer.concat([folder, ...parts]);
}

export function baseName(path: FilePath): FilePath {
  return path.subarray(path.lastIndexOf(SLASH) + 1);
}

export function folderOf(path: FilePath): FilePath {
  return path.subarray(0, Math.max(0, path.lastIndexOf(SLASH)));
}

/** 'a.b.wav' to 'a.b' and 'wav'; a name that begins with its only dot has no extension. */
export function splitExtension(name: FilePath): { stem: FilePath; extension: string } {
  const dot = name.lastIndexOf(DOT);
  if (dot <= 0) return { stem: name, extension: '' };
  return { stem: name.subarray(0, dot), extension: name.subarray(dot + 1).toString('latin1') };
}

/** For people and for call records. */
export function pathText(path: FilePath): string {
  return decodeText(path).text;
}
