import type { Context } from '../../context.ts';
import type { Build } from '../../model/build.ts';
import type { Journal } from './journal.ts';
import type { Machine } from './machine.ts';

/** How call records are copied: given by whoever composes the stages, since that is another one's work. Gives how many came. */
export type CopyRecords = (queueLog: string | null) => Promise<string>;

/** What a cutover is asked to do. */
export interface Asked {
  /** Where the call records of the old PBX come from; null: they are not copied. */
  readonly copyRecords: CopyRecords | null;
  /** New recordings are copied as well. */
  readonly recordings: boolean;
  /** Address that moves from the old machine to the new one, with the interfaces that have it; null: none does. */
  readonly address: { readonly cidr: string; readonly oldInterface: string; readonly newInterface: string } | null;
  /** Scripts of sh by which the old PBX stops and starts, where it does so in another way than usual. */
  readonly stopOld?: string;
  readonly startOld?: string;
  /** Why a build goes live whose verification is not green; null: it must be. */
  readonly despite: string | null;
}

/** The two machines, the build that goes from one to the other, and what was done so far. */
export interface Sides {
  readonly old: Machine;
  readonly new: Machine;
  readonly build: Build;
  readonly journal: Journal;
  readonly asked: Asked;
  readonly context: Context;
}

/**
 * How the web PBXs of CentOS stop Asterisk: amportal knows the watchdog that would start it again. Whoever starts the machine meanwhile must not start a second PBX that
 * takes the carriers back.
 */
export const STOP_OLD = `if command -v amportal > /dev/null 2>&1; then amportal stop; elif [ -x /etc/init.d/asterisk ]; then /etc/init.d/asterisk stop; else asterisk -rx 'core stop now'; fi
if command -v chkconfig > /dev/null 2>&1; then chkconfig asterisk off; fi
n=0; while asterisk -rx 'core show version' > /dev/null 2>&1; do n=$((n + 1)); [ $n -lt 30 ] || exit 1; sleep 1; done`;

export const START_OLD = `if command -v chkconfig > /dev/null 2>&1; then chkconfig asterisk on; fi
if command -v amportal > /dev/null 2>&1; then amportal start; elif [ -x /etc/init.d/asterisk ]; then /etc/init.d/asterisk start; else asterisk; fi
n=0; until asterisk -rx 'core show version' > /dev/null 2>&1; do n=$((n + 1)); [ $n -lt 30 ] || exit 1; sleep 1; done`;
