import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { MigrateError } from '../../error.ts';
import { type Finding, findingsFile } from '../../finding.ts';
import { type Build, editedFiles } from '../../model/build.ts';
import type { Verified } from './plan.ts';

/** Of report.json, what a cutover goes by. */
const report = z.looseObject({
  at: z.string(),
  sentence: z.string(),
  modelSha256: z.string(),
  editedFiles: z.array(z.string()),
  findings: findingsFile,
  static: z.looseObject({ lines: z.array(z.looseObject({ because: z.string().nullable() })), mismatches: z.array(z.unknown()) }).nullable(),
  counts: z.looseObject({ failed: z.int(), passed: z.int() }).nullable(),
});

/**
 * What the last verification says of a build, and whether a cutover may go by it: of the same model and of the same files, both layers run, and nothing wrong.
 * null where there is no report.
 * @throws MigrateError E_REPORT for a file that is none
 */
export async function readVerified(path: string, build: Build): Promise<{ verified: Verified; findings: readonly Finding[] } | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return null;
  const read = parse(text, path);
  const edited = editedFiles(build).filter((file) => !read.editedFiles.includes(file));
  const unexplained = read.static?.lines.filter((line) => line.because === null).length ?? 0;
  const but = [
    ...(read.modelSha256 === build.manifest.modelSha256 ? [] : ['it is older than the build: the model has changed since']),
    ...(edited.length === 0 ? [] : [`edited by hand since: ${edited.slice(0, 3).join(', ')}${edited.length > 3 ? ', ...' : ''}`]),
    ...(read.static === null ? ['the static checks were left out'] : []),
    ...(unexplained === 0 ? [] : [`${unexplained} lines of the log that nobody can explain`]),
    ...(read.static === null || read.static.mismatches.length === 0
      ? []
      : [`${read.static.mismatches.length} things that Asterisk has otherwise than the model`]),
    ...(read.counts === null ? ['no calls were placed'] : []),
    ...(read.counts === null || read.counts.failed === 0 ? [] : [`${read.counts.failed} calls failed`]),
    ...(read.counts?.passed === 0 ? ['not one call was placed'] : []),
  ];
  return { verified: { at: read.at, sentence: read.sentence, isGreen: but.length === 0, but }, findings: read.findings };
}

function parse(text: string, where: string): z.output<typeof report> {
  try {
    return report.parse(JSON.parse(text));
  } catch (cause) {
    throw new MigrateError({
      code: 'E_REPORT',
      where,
      why: 'it is no report of `migrate verify` as this version writes it',
      hint: 'Verify the build again.',
      cause,
    });
  }
}
