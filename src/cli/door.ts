import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type Answer, type Asked, readArguments } from './arguments.ts';
import { DebugLog } from './debug-log.ts';
import { type Failure, failureOf, failureText, usageFailure } from './failure.ts';
import { type ProgressMode, runParts } from './progress.ts';
import { reply } from './question.ts';
import type { Question } from './question-arguments.ts';
import { type Redact, redactor } from './redact.ts';
import { errorDocument, resultDocument, whatWasFound } from './result.ts';
import type { Stages } from './stages.ts';
import { summary } from './summary.ts';
import { type Work, workOf } from './work.ts';

/** What the door needs of the process. */
export interface Surroundings {
  readonly stages: Stages;
  readonly signal: AbortSignal;
  /** stdout and stderr; text comes with its line ends. */
  out(text: string): void;
  err(text: string): void;
  /** stderr is a terminal that a person looks at. */
  readonly terminal: boolean;
  /** Secrets that are known before any model is: passwords from the environment. */
  readonly secrets: readonly string[];
}

/** Reason of an abort that no person asked for: an error that no stage was there to catch. */
export class StrayError extends Error {
  constructor(cause: unknown) {
    super('an error that nothing caught', { cause });
    this.name = 'StrayError';
  }
}

export type ExitStatus = 0 | 1 | 2 | 3 | 130;

/** Runs one command line (what follows `migrate`) and tells the exit status. Never throws. */
export async function open(argv: readonly string[], s: Surroundings): Promise<ExitStatus> {
  const asked = readArguments(argv);
  if (asked.command === null) return answer(asked, argv.includes('--json'), s);
  if (isQuestion(asked)) return answerAtOnce(asked, s);
  const door = new Door(asked, s);
  try {
    return await door.run();
  } catch (thrown) {
    return door.fail(thrown);
  }
}

function answer(a: Answer, json: boolean, s: Surroundings): ExitStatus {
  if (!a.wrong) {
    s.out(a.text);
    return 0;
  }
  return tell('migrate: the command line makes no sense', usageFailure(a.text, a.hint), { json, debug: false }, s);
}

function isQuestion(asked: Asked | Question): asked is Question {
  return asked.command === 'collect' || asked.command === 'show' || asked.command === 'diff';
}

async function answerAtOnce(question: Question, s: Surroundings): Promise<ExitStatus> {
  try {
    const { text, document, found } = await reply(question);
    s.out(question.json ? `${JSON.stringify(document)}\n` : text);
    return found ? 1 : 0;
  } catch (thrown) {
    const failure = failureOf(thrown, s.signal.aborted, redactor(s.secrets));
    return tell(`migrate: ${question.command} did not come to its end`, failure, question, s);
  }
}

function tell(what: string, f: Failure, manner: { json: boolean; debug: boolean }, s: Surroundings): ExitStatus {
  if (manner.json) s.out(`${JSON.stringify(errorDocument.parse({ schema: 1, error: f.error }))}\n`);
  s.err(failureText(what, f, manner.debug));
  return f.exit;
}

/** One run of one command. */
class Door {
  readonly #asked: Asked;
  readonly #s: Surroundings;
  readonly #work: Work;
  readonly #log: DebugLog | null;
  #redact: Redact;
  /** Name of the part that runs. */
  #at: string;

  constructor(asked: Asked, s: Surroundings) {
    this.#asked = asked;
    this.#s = s;
    this.#at = asked.command;
    this.#redact = redactor(s.secrets);
    const log = (level: string, message: string, data?: object): void => this.#log?.write(level, message, data);
    this.#work = workOf(asked, s.stages, { signal: s.signal, log });
    this.#log = asked.debug ? new DebugLog(this.#work.out) : null;
  }

  async run(): Promise<ExitStatus> {
    await this.#learnSecrets();
    const parts = this.#work.parts.map((part) => ({
      title: part.title,
      run: async (progress: Parameters<typeof part.run>[0]) => {
        this.#at = part.title;
        await part.run((event) => {
          this.#log?.write('progress', event.step, event);
          progress(event);
        });
        if (await this.#learnSecrets()) this.#log?.open(this.#redact);
      },
    }));
    await runParts(parts, this.#progressMode(), (line) => this.#s.err(`${line}\n`));
    // a stage that ended in spite of the signal has left something out
    if (this.#s.signal.aborted) return this.fail(null);
    return this.#finish();
  }

  async fail(thrown: unknown): Promise<ExitStatus> {
    // while it is being read, a source may hold secrets that no model knows yet
    const known = (await this.#learnSecrets()) && this.#at !== 'extract';
    const { aborted, reason } = this.#s.signal;
    const stray = aborted && reason instanceof StrayError;
    const failure = failureOf(stray ? reason.cause : thrown, aborted && !stray, this.#redact);
    this.#log?.write('error', failure.error.why, { ...failure.error, stack: failure.stack });
    // a folder that is not ours gets no file of ours
    if (failure.error.code !== 'E_FOLDER_NOT_OURS') this.#closeLog(known);
    return tell(`migrate: ${this.#at} did not come to its end`, failure, this.#asked, this.#s);
  }

  #finish(): ExitStatus {
    const result = resultDocument.parse(this.#work.result);
    const found = whatWasFound(result, this.#asked.strict);
    this.#log?.write('info', 'done', result);
    this.#closeLog(false);
    if (this.#asked.json) this.#s.out(`${JSON.stringify(result)}\n`);
    else if (!this.#asked.quiet) this.#s.out(summary(result));
    if (!this.#asked.quiet) for (const line of found) this.#s.err(`found: ${line}\n`);
    return found.length === 0 ? 0 : 1;
  }

  #progressMode(): ProgressMode {
    if (this.#asked.quiet) return 'quiet';
    return this.#s.terminal ? 'terminal' : 'plain';
  }

  /** True once a model is there whose secrets are known. */
  async #learnSecrets(): Promise<boolean> {
    const known = await Promise.all(this.#work.models.map(secretsOf));
    this.#redact = redactor([...this.#s.secrets, ...known.flatMap((values) => values ?? [])]);
    return known.every((values) => values !== null);
  }

  /** The log must not hide why the run failed: that it cannot be written is told, and no more. */
  #closeLog(secretsKnown: boolean): void {
    try {
      if (secretsKnown) this.#log?.open(this.#redact);
      else this.#log?.openBlind(this.#redact);
    } catch (error) {
      this.#s.err(`debug.jsonl could not be written: ${error instanceof Error ? error.message : error}\n`);
    }
  }
}

/** Values of a model's secrets.yaml; null where there is none. A damaged file is the stage's to complain about. */
async function secretsOf(model: string): Promise<string[] | null> {
  const text = await readFile(join(model, 'secrets.yaml'), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    const held: unknown = parse(text, { schema: 'failsafe' });
    return typeof held === 'object' && held !== null ? Object.values(held).filter((v) => typeof v === 'string') : [];
  } catch {
    // not YAML: each line's last word may be one
    return text.split('\n').flatMap((line) => line.split(/:\s+/).slice(1));
  }
}
