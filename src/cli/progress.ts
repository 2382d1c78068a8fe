import { DefaultRenderer, Listr, ListrLogger, PRESET_TIMER, ProcessOutput } from 'listr2';
import type { Progress } from '../context.ts';

/** A part of the work as a person sees it: its name, and the work itself, which tells how far it is. */
export interface Part {
  readonly title: string;
  run(progress: (event: Progress) => void): Promise<void>;
}

/** How the parts are shown: moving lines on a terminal, else a line a part, or nothing. */
export type ProgressMode = 'terminal' | 'plain' | 'quiet';

/** Runs the parts one after the other and shows on stderr how far they are. Ends with the first that throws, with what it threw. */
export async function runParts(parts: readonly Part[], mode: ProgressMode, say: (line: string) => void): Promise<void> {
  if (mode === 'terminal') return onTerminal(parts);
  for (const part of parts) {
    const start = performance.now();
    await part.run((event) => {
      if (mode === 'plain' && event.isNews === true) say(`${part.title}: ${event.step}`);
    });
    if (mode === 'plain') say(`${part.title}: done in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  }
}

async function onTerminal(parts: readonly Part[]): Promise<void> {
  // stdout is for the result: what listr2 writes to stdout goes to stderr
  const logger = new ListrLogger({ useIcons: true, toStderr: [], processOutput: new ProcessOutput(process.stderr, process.stdout) });
  const list = new Listr(
    parts.map((part) => ({
      title: part.title,
      task: async (_, task) => {
        await part.run((event) => {
          task.output = progressText(event);
        });
      },
    })),
    {
      renderer: StderrRenderer,
      // Ctrl-C is ours: containers go first. The error is printed once, by the door, through the redactor.
      registerSignalListeners: false,
      rendererOptions: {
        logger,
        showErrorMessage: false,
        collapseErrors: false,
        timer: PRESET_TIMER,
      },
    },
  );
  await list.run();
}

/** listr2 asks whether stdout is a terminal; here stderr was asked. */
class StderrRenderer extends DefaultRenderer {
  static override nonTTY = true as unknown as false;
}

/** 'reading tables: 3 of 40' */
export function progressText(event: Progress): string {
  if (event.done === undefined) return event.step;
  return event.of === undefined ? `${event.step}: ${event.done}` : `${event.step}: ${event.done} of ${event.of}`;
}
