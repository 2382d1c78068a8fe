import { hasPipe } from '../../asterisk/argument-list.ts';
import type { TarEntry } from '../../engine/container.ts';
import type { Difference } from '../calls/compare.ts';
import { dialplanOf } from '../static/dialplan-files.ts';

/** A context that does not do in the clone what it did in the old PBX. */
export interface Gap {
  readonly context: string;
  readonly because: 'no script' | 'no passwords' | 'another macro-dial' | 'pipes';
  /** What of a call may be otherwise for that. */
  readonly decides: ReadonlySet<Difference['what']>;
}

const WHO_RINGS = ['legs', 'order', 'ring time', 'shown', 'music', 'end', 'recorded', 'cdr', 'astdb'] as const;
/** What FreePBX's own scripts decide of a call (core's agi-bin, 2.8 to 2.11); of any other script it is not known: all but whether it is recorded. */
const SCRIPTS: Readonly<Record<string, readonly Difference['what'][]>> = {
  'dialparties.agi': WHO_RINGS,
  fixlocalprefix: ['legs'],
  'enumlookup.agi': ['legs', 'end', 'cdr'],
  'trunkbalance.php': [],
  recordingcheck: ['recorded'],
  'hangup.agi': [],
};
const UNKNOWN: readonly Difference['what'][] = ['legs', 'order', 'ring time', 'shown', 'heard', 'music', 'keys', 'end', 'cdr', 'astdb'];

/**
 * Gaps of a clone: scripts that the dialplan runs (AGI, System) and files of passwords that the source lacks; a macro-dial in extensions.conf that is not FreePBX's; arguments parted by '|'.
 * extensions.conf is FreePBX's own (what a site changes stands in extensions_override_*.conf), and its macro-dial leaves to dialparties.agi who is rung.
 * @param entries the clone's configuration and scripts
 */
export function gapsOf(entries: readonly TarEntry[]): Gap[] {
  const held = new Set(entries.flatMap((e) => [`/${e.path}`, /\/agi-bin\/(.+)$/.exec(e.path)?.[1] ?? '']));
  return dialplanOf(entries.filter((e) => e.path.startsWith('etc/asterisk/'))).contexts.flatMap(({ name, at, steps }): Gap[] => {
    const scripts = steps.flatMap((s) => scriptOf(s.application, s.arguments) ?? []);
    const pipes = steps.some((s) => isParted(s.application, s.arguments));
    const lost = scripts.filter((script) => !held.has(script));
    const other = name === 'macro-dial' && at.file === 'extensions.conf' && !scripts.includes('dialparties.agi');
    const decides = new Set(lost.flatMap((script) => SCRIPTS[script] ?? UNKNOWN));
    return [
      ...(decides.size === 0 ? [] : [{ context: name, because: 'no script' as const, decides }]),
      ...(steps.some((s) => asksUnknown(s.application, s.arguments, held))
        ? [{ context: name, because: 'no passwords' as const, decides: new Set(UNKNOWN) }]
        : []),
      ...(pipes ? [{ context: name, because: 'pipes' as const, decides: new Set([...UNKNOWN, 'recorded' as const]) }] : []),
      ...(other ? [{ context: name, because: 'another macro-dial' as const, decides: new Set(WHO_RINGS) }] : []),
    ];
  });
}

/** Applications that 1.4 gave arguments parted by '|', where no other text of theirs has one. */
const PARTED =
  /^(?:Dial|Queue|Goto|GotoIfTime|Playback|BackGround|Macro|VoiceMail|VoiceMailMain|MeetMe|Read|WaitExten|Monitor|MixMonitor)$/i;

/** 'SIP/701|20|tr': one argument for Asterisk since 1.6. */
function isParted(application: string, args: string): boolean {
  return PARTED.test(application) && hasPipe(args);
}

/** Path below agi-bin, or of a program of FreePBX's; null where the step runs no script of the box. */
function scriptOf(application: string, args: string): string | null {
  if (/^(?:Try)?System$/i.test(application)) return /^\/var\/lib\/asterisk\/\S+/.exec(args.trim())?.[0] ?? null;
  if (!/^(?:Dead|E)?AGI$/i.test(application)) return null;
  const script = args.split(/[,|]/)[0]?.trim() ?? '';
  return script === '' || /[:$]/.test(script) ? null : script.replace(/^.*\/agi-bin\//, '');
}

/** Passwords of a file that is not there: Asterisk asks three times and takes none (app_authenticate.c). */
function asksUnknown(application: string, args: string, held: ReadonlySet<string>): boolean {
  const file = application.toLowerCase() === 'authenticate' ? (args.split(',')[0] ?? '').trim() : '';
  return file.startsWith('/') && !file.includes('$') && !held.has(file);
}
