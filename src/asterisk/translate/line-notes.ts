import { FINDINGS, type FindingCode } from '../../finding.ts';
import type { DialplanLine, DialplanProblem } from './translation.ts';

/** What is told of one line, each thing once. */
export class LineNotes {
  readonly changes: string[] = [];
  readonly problems: DialplanProblem[] = [];
  private readonly file: string;
  private readonly line: number;

  constructor({ file, line }: { file: string; line: number }) {
    this.file = file;
    this.line = line;
  }

  changed(what: string): void {
    if (!this.changes.includes(what)) this.changes.push(what);
  }

  problem(code: FindingCode, means: string, hint?: string): void {
    if (this.problems.some((p) => p.code === code && p.means === means)) return;
    this.problems.push({ code, file: this.file, line: this.line, means, hint: hint ?? FINDINGS[code].cure });
  }

  /** Whether something is missing from what was written, so that the original stands beside it. */
  get lost(): boolean {
    return this.problems.some((p) => ['DIALPLAN_NOT_TRANSLATED', 'DIALPLAN_CALL_UNKNOWN', 'DIALPLAN_NAME_UNKNOWN'].includes(p.code));
  }
}

/** The comment behind what a line says, with its `;`; '' where there is none, or where it has to do with a block comment. */
export function commentOf({ text }: DialplanLine): string {
  if (/;--|--;/.test(text)) return '';
  const at = /(?<!\\);/.exec(text)?.index ?? -1;
  return at < 0 ? '' : ` ${text.slice(at).trimEnd()}`;
}
