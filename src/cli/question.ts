import { collectorScript } from '../box/collector.ts';
import type { Question } from './question-arguments.ts';

/** What is said to a question: as text, and as the one document of `--json`. */
export interface Reply {
  readonly text: string;
  readonly document: object;
  /** Something was found: the exit status is 1. */
  readonly found: boolean;
}

/**
 * Answers a question.
 * @throws MigrateError of what is asked, or of the model.
 */
export async function reply(q: Question): Promise<Reply> {
  switch (q.command) {
    case 'collect': {
      const script = await collectorScript();
      return { text: script, document: { schema: 1, script }, found: false };
    }
    case 'show': {
      // loaded when it is needed: `collect` does not wait for it
      const { show, shownText } = await import('../way/show.ts');
      const shown = await show(q.model, q.kind, q.id, q.circumstances);
      return { text: shownText(shown), document: { schema: 1, ...shown }, found: false };
    }
    case 'diff': {
      const { compareModels, comparisonText, isSame } = await import('../way/compare.ts');
      const comparison = await compareModels(q.before, q.now);
      return { text: comparisonText(comparison), document: { schema: 1, ...comparison }, found: !isSame(comparison) };
    }
  }
}
