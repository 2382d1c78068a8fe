import type { FindingCode } from '../../finding.ts';
import type { Dialplan } from '../dialplan.ts';

/** One line of a dialplan as it stands in a file of the old box. */
export interface DialplanLine {
  /** Its name alone, or a path: only passed on and compared with what #include names. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/** What must be known of the box to say its dialplan on Asterisk 22. */
export interface AboutBox {
  /** By the name that the old dialplan calls it: `101` of SIP/101, `mango` of SIP/mango/…; IAX2 as well. null: not known, any name is taken as it is. */
  readonly peers: ReadonlyMap<string, Peer> | null;
  /** Names of trunks by the host that they lead to, for SIP/number@host. */
  readonly hosts: ReadonlyMap<string, string>;
  /** Names of trunks that took the place of DAHDI or Zap channels: `g0`, `1`, `*` for all others. */
  readonly lines: ReadonlyMap<string, string>;
  /** The rest of the new box's dialplan, where it is at hand: a place in it is looked up, where of `contexts` the name alone is known. */
  readonly rest: Dialplan | null;
  /** `context,extension,priority` at which a call ends in silence: a step that leads nowhere leads there. null: such a step stays as it is. */
  readonly end: string | null;
  /** Contexts that the new box has besides those of these lines, `macro-user-callerid` among them where it is offered as a routine. */
  readonly contexts: ReadonlySet<string>;
  /** Functions of the site's own: the names that func_odbc.conf makes. */
  readonly functions: ReadonlySet<string>;
  /** Version of the old Asterisk, '1.8.20'; null where nobody knows. Below 1.6 applications jump to n+101. */
  readonly release: string | null;
  /** `priorityjumping = yes` in extensions.conf: every application jumps to n+101, not only those with the option j. */
  readonly jumps: boolean;
}

export interface Peer {
  readonly technology: 'PJSIP' | 'IAX2';
  /** Name of its endpoint or IAX2 peer on the new box. */
  readonly name: string;
}

/** What becomes of the lines; each stands for itself, in their order. */
export interface Translation {
  readonly lines: readonly TranslatedLine[];
  /** Contexts of ours that the translated lines enter, each with its lines, to be written behind them. */
  readonly routines: readonly Routine[];
  /** All problems of all lines. */
  readonly problems: readonly DialplanProblem[];
}

export interface TranslatedLine extends DialplanLine {
  /** 'same': as it was. 'changed': means in Asterisk 22 what it meant. 'comment': it was one, or Asterisk 22 has nothing for it (then it has problems). */
  readonly fate: 'same' | 'changed' | 'comment';
  /** What to write in its place; a step that could not be said leaves one that does nothing, so that priorities stay. */
  readonly written: readonly string[];
  /** The section that it belongs to; null before the first. */
  readonly context: string | null;
  /** What is different, and why: one sentence each. */
  readonly changes: readonly string[];
  readonly problems: readonly DialplanProblem[];
}

export interface DialplanProblem {
  readonly code: FindingCode;
  readonly file: string;
  readonly line: number;
  /** What a caller would meet. Never quotes arguments: they may hold a password. */
  readonly means: string;
  readonly hint: string;
}

/** A context that shared work was put into. */
export interface Routine {
  readonly context: string;
  readonly lines: readonly string[];
}
