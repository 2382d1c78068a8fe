/** What the dialler is told, on its stdin: one storm, bounded in count and time. Holds the secret of its AMI login. */
export interface Job {
  readonly pbx: { readonly host: string; readonly port: number; readonly user: string; readonly secret: string };
  /** The far side, whose events say what really happens and when. */
  readonly world: Job['pbx'];
  /**
   * race: for a free agent `perAgent` customers are called, the first who answers is joined with him, the others are cut. progressive: one customer for a free agent.
   * plain: customers are called at the given rate, and whoever answers gets the first free agent.
   */
  readonly mode: Mode;
  readonly perAgent: number;
  readonly context: string;
  readonly stem: string;
  readonly slotDigits: number;
  /** The first slot to dial; the next ones in turn. */
  readonly firstSlot: number;
  /** Where a customer waits for his agent, extension 's'. */
  readonly holdContext: string;
  readonly agentContext: string;
  readonly agents: readonly { readonly extension: string; readonly device: string }[];
  /** Calls that an agent's telephone stands for at a time. */
  readonly seats: number;
  /** Originates a second, in all. */
  readonly rate: number;
  readonly seconds: number;
  /** How long a customer is rung. */
  readonly ringMs: number;
  readonly wrapUpMs: number;
  /** So long after the last originate everything has to be over: what is not is hung up. */
  readonly drainMs: number;
  /** Set on each originated channel. */
  readonly variables: Readonly<Record<string, string>>;
}

/** What a panel is told on its stdin. */
export interface PanelJob {
  readonly pbx: Job['pbx'];
  /** So many of them. */
  readonly panels: number;
  readonly everyMs: number;
  readonly seconds: number;
}

export type Mode = 'race' | 'progressive' | 'plain';

/** One customer; times in milliseconds since the storm began, by one clock: the dialler's. null: it did not happen. */
export interface Customer {
  readonly slot: number;
  /** The originate was sent. */
  readonly sentMs: number;
  /** By the far side's word. */
  readonly rangMs: number | null;
  readonly answeredMs: number | null;
  readonly agentRangMs: number | null;
  readonly joinedMs: number | null;
  readonly goneMs: number | null;
  /** By the PBX's word: when the dialler was told how it went, and what. */
  readonly toldMs: number | null;
  readonly told: 'answered' | 'failed' | 'refused' | null;
  /** Q.850-like reason of a failure, as OriginateResponse has it. */
  readonly reason: number | null;
  /** The dialler gave this call up itself. */
  readonly cutMs: number | null;
  /** Packets of speech that the customer got and that were lost on the way to him; null: nobody spoke, or the far side does not count them. */
  readonly speech: { readonly got: number; readonly lost: number } | null;
}

/** What the dialler says on its stdout, at the end. */
export interface Told {
  readonly customers: readonly Customer[];
  /** Agents that were rung for a customer whom they had already, or by nobody's order. */
  readonly doubleJoins: number;
  /** Originates that were due and had no free agent. */
  readonly withoutAgent: number;
  /** CPU of the dialler itself. */
  readonly cpuSeconds: number;
  /** Its events came in so late at worst: then what it tells is not the PBX's. */
  readonly loopLagMs: number;
  readonly seconds: number;
  /** Why it ended before its time. */
  readonly trouble: string | null;
}
