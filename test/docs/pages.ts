import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** README and every page of docs/, by its path in the repository. */
export async function pages(): Promise<[string, string][]> {
  const found = await readdir(join(root, 'docs'), { recursive: true });
  const paths = ['README.md', 'CONTRIBUTING.md', ...found.filter((path) => path.endsWith('.md')).map((path) => `docs/${path}`)];
  return Promise.all(paths.map(async (path) => [path, await readFile(join(root, path), 'utf8')] as [string, string]));
}

/** Words as a shell makes them: quotes keep spaces together, a # begins a comment. */
function words(line: string): string[] {
  return [...line.replace(/\s+#.*$/, '').matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
}

/** Lines of code blocks that call the kit. */
export function commands(text: string): string[] {
  const blocks = [...text.matchAll(/^```\n([\s\S]*?)^```$/gm)].map(([, block]) => block ?? '');
  return blocks.flatMap((block) => block.split('\n').filter((line) => line.startsWith('npx migrate ')));
}

/** Arguments of such a line: what is optional stands in brackets and is left out, and so is where its output goes. */
export function argumentsOf(line: string): string[] {
  const bare = line.replace(/^npx migrate /, '').replace(/ > \S+.*$/, '');
  return words(bare.replace(/\[[^\]]*\]/g, ''));
}
