import type { FindingCode } from '../../finding.ts';
import type { AboutBox } from './translation.ts';

/** An application with its arguments, as they stand between the parentheses. */
export interface Call {
  readonly application: string;
  readonly args: string;
}

/** What a rule may ask and tell while one step is translated. */
export interface Step {
  readonly about: AboutBox;
  readonly context: string;
  readonly extension: string;
  /** Lines of this dialplan, or the new box, have the context. */
  hasContext(name: string): boolean;
  /** Some line sets the variable, so that it is not Asterisk's own. */
  sets(variable: string): boolean;
  /** A call that comes here may have SIP headers to take along. */
  readonly addsHeaders: boolean;
  /** Another application within this step, as ExecIf has one; null: there is nothing for it, and the problem has been told. */
  call(call: Call): Call | null;
  /** `[[context,]extension,]priority[(args)]` as it is after steps were put in between: a number may have moved. */
  place(text: string): string;
  changed(what: string): void;
  problem(code: FindingCode, means: string, hint?: string): void;
  /** The routine is entered by what was written: gives its context. */
  routine(name: RoutineName): string;
}

export type RoutineName = 'old-sip-headers' | 'old-meetme' | 'old-macro-hangup';

/** How one application of the old language is said in Asterisk 22; null: it cannot be, and the problem has been told. */
export type Rule = (args: string, step: Step) => Call | null;

/** By name of the application in lower case. */
export type Rules = Readonly<Record<string, Rule>>;

/** Does nothing, and keeps the priority. */
export const NOTHING: Call = { application: 'NoOp', args: '' };
