import { basename } from 'node:path';
import { parseConf } from '../../src/asterisk/conf.ts';
import { dialplanOf } from '../../src/verify/static/dialplan-files.ts';
import type { Files, Mutant, Place } from './mutant.ts';
import type { Random } from './random.ts';

/** One line of a file, changed or (null) gone. */
interface Edit {
  readonly rule: string;
  readonly what: string;
  /** The same without what may be a secret. */
  readonly shown: string;
  readonly line: string | null;
}

/** Files of objects, whose options callers and telephones notice. Those of the frame (logger, timers, sockets) are left out. */
const OBJECT_FILES =
  /^etc\/asterisk\/(pjsip_wizard|voicemail|queues|musiconhold|confbridge|res_parking|iax|features|manager\.d\/.*)\.conf$/;
export const DIALPLAN = /^etc\/asterisk\/extensions(\.conf|\.d\/.*\.conf)$/;

export interface Built {
  readonly files: Files;
  /** Files that hold a secret: their lines are shown to nobody. */
  readonly secret: ReadonlySet<string>;
  /** Ids and names of the model's objects: a section of another name is the frame's. */
  readonly ids: ReadonlySet<string>;
}

/** Every small change of every file that a hand, a template or a merge may get wrong. */
export function buildMutants({ files, secret, ids }: Built, random: Random): Mutant[] {
  const found: Mutant[] = [];
  const places = placesByLine(files);
  const targets = gotoTargets(files);
  for (const [path, content] of files) {
    const edits = DIALPLAN.test(path)
      ? (line: string) => dialplanEdits(line, targets, random)
      : OBJECT_FILES.test(path)
        ? optionEdits
        : null;
    if (edits === null) {
      if (/\/(sounds|moh|mohmp3)\//.test(path)) found.push(gone(files, path));
      continue;
    }
    const lines = Buffer.from(content).toString('utf8').split('\n');
    let section = '';
    lines.forEach((line, i) => {
      section = /^\[([^\]]*\](?:\(!\))?)/.exec(line)?.[1] ?? section;
      if (/^\s*(;|$)/.test(line) || !(DIALPLAN.test(path) || isOfObject(path, section, ids))) return;
      for (const edit of edits(line)) {
        const changed = edit.line === null ? lines.toSpliced(i, 1) : lines.with(i, edit.line);
        found.push({
          what: `${basename(path)}:${i + 1} ${secret.has(path) ? edit.shown : edit.what}`,
          rule: `${basename(path)}: ${edit.rule}`,
          about: null,
          made: {
            in: 'build',
            files: new Map(files).set(path, Buffer.from(changed.join('\n'))),
            place: places.get(`${basename(path)}:${i + 1}`) ?? null,
          },
        });
      }
    });
  }
  return found;
}

/** What stands for the whole driver and templates are the frame's; of voicemail both sections are the model's. */
function isOfObject(path: string, section: string, ids: ReadonlySet<string>): boolean {
  if (path.endsWith('voicemail.conf')) return true;
  const name = section.replace(/\].*$/, '');
  return !section.endsWith('(!)') && (ids.has(name) || [...ids].some((id) => name.endsWith(`-${id}`)) || path.endsWith('res_parking.conf'));
}

function gone(files: Files, path: string): Mutant {
  const left = new Map(files);
  left.delete(path);
  return { what: `${path} is missing`, rule: 'sound file missing', about: null, made: { in: 'build', files: left, place: null } };
}

/** By 'ring-group.conf:12'. */
function placesByLine(files: Files): Map<string, Place> {
  const dialplan = dialplanOf([...files].map(([path, content]) => ({ path, content, mode: 0 })));
  return new Map(
    dialplan.contexts.flatMap((c) =>
      c.steps.map(
        (s) => [`${basename(s.at.file)}:${s.at.line}`, { context: c.name, extension: s.extension, priority: s.priority }] as const,
      ),
    ),
  );
}

/** Places that some Goto leads to, whole: a call may be sent to any of them by mistake. */
function gotoTargets(files: Files): string[] {
  const found = new Set<string>();
  for (const [path, content] of files) {
    if (!DIALPLAN.test(path)) continue;
    for (const [, target] of Buffer.from(content)
      .toString('utf8')
      .matchAll(/Goto\(([\w-]+,[\w*#-]+,1)\)/g))
      found.add(target as string);
  }
  return [...found];
}

function dialplanEdits(line: string, targets: readonly string[], random: Random): Edit[] {
  const found: Edit[] = [];
  const edit = (rule: string, changed: string | null): void => {
    if (changed !== line)
      found.push({
        rule,
        shown: rule,
        what: changed === null ? `gone: ${line.trim()}` : `${line.trim()} -> ${changed.trim()}`,
        line: changed,
      });
  };
  if (/^\s*include\s*=/.test(line)) edit('include dropped', null);
  if (/^\s*(exten|same)\s*=/.test(line)) {
    edit('step dropped', null);
    edit(
      'other place',
      line.replace(/Goto\(([\w-]+,[\w*#-]+,1)\)/, (all, now) =>
        `Goto(${random.pick(targets.filter((t) => t !== now)) ?? now})`.replace(/^$/, all),
      ),
    );
    edit('wrong context', line.replace(/(Goto|Gosub)\(([A-Za-z][\w-]*),/, '$1($2x,'));
    edit(
      'other time',
      line.replace(
        /(Dial\([^()]*(?:\([^()]*\)[^()]*)*,|WaitExten\(|Wait\(|TIMEOUT\(digit\)=|Queue\([^()]*,)(\d+)/,
        (_, before, n) => `${before}${Number(n) * 2 + 3}`,
      ),
    );
    edit('condition turned', line.replace(/(GotoIf|GosubIf|ExecIf)\((\$\[[^\]]*?) = /, '$1($2 != '));
    edit('branches swapped', line.replace(/(GotoIf(?:Time)?\([^?]*\?)([^:?]*):([^:]*)\)$/, '$1$3:$2)'));
    edit(
      'other telephone',
      line.replace(/(PJSIP|IAX2)\/(\d+)/, (_, t, n) => `${t}/${Number(n) + 1}`),
    );
    edit(
      'other prompt',
      line.replace(
        /(Playback|BackGround|Read)\(((?:\w+,)?)([\w/-]+)/,
        (_, app, variable, now) => `${app}(${variable}${now === 'beep' ? 'goodbye' : 'beep'}`,
      ),
    );
    edit('application misspelt', line.replace(/(,|\?)(Playback|Dial|Gosub|VoiceMail|Queue)\(/, '$1$2s('));
    edit('AstDB key', line.replace(/DB\((CF|CFU|CFB|CW|DND|DAYNIGHT|TC)\//, 'DB($1X/'));
    edit('value set', line.replace(/Set\((_{0,2}[A-Z_]+)=([A-Za-z0-9: -]+)\)/, 'Set($1=$2X)'));
    edit('hint', line.replace(/,hint,(\w+\/)(\w+)/, ',hint,$1$2x'));
    edit(
      'number matched',
      line.replace(/^(exten = _?)(\d*)(\d)/, (_, head, digits, last) => `${head}${digits}${(Number(last) + 1) % 10}`),
    );
  }
  return found;
}

/** What Asterisk takes where such a line is not there (app_queue.c, init_queue; res_parking.c): a line that says the same may as well be gone. */
const OWN_DEFAULTS = new Set([
  ...['weight', 'wrapuptime', 'memberdelay', 'maxlen', 'penaltymemberslimit', 'autopausedelay', 'announce-frequency'].map((o) => `${o} 0`),
  ...[
    'periodic-announce-frequency 0',
    'retry 5',
    'timeout 15',
    'timeoutpriority app',
    'parkingtime 45',
    'findslot first',
    'context parkedcalls',
  ],
]);

function optionEdits(line: string): Edit[] {
  const [entry] = parseConf(`[x]\n${line}`, '').sections.at(-1)?.entries ?? [];
  if (entry === undefined || line.startsWith('[')) return [];
  const at = line.indexOf(entry.value);
  const with_ = (value: string): string => `${line.slice(0, line.indexOf('=') + 1)} ${value}`;
  const key = /^\d+$/.test(entry.name) ? 'a mailbox' : entry.name;
  const change = (value: string): Edit => ({
    rule: 'option changed',
    shown: `${key} changed`,
    what: `${line.trim()} -> ${value}`,
    line: with_(value),
  });
  const dropped: Edit = { rule: 'option dropped', shown: `${key} dropped`, what: `gone: ${line.trim()}`, line: null };
  const found: Edit[] = OWN_DEFAULTS.has(`${entry.name} ${entry.value}`) ? [] : [dropped];
  if (at < 0) return found;
  if (/^(yes|no)$/.test(entry.value)) return [change(entry.value === 'yes' ? 'no' : 'yes')];
  if (/^\d+$/.test(entry.value)) return [...found, change(String(Number(entry.value) * 2 + 3))];
  const digit = /\d/.exec(entry.value);
  if (digit === null) return found;
  return [...found, change(entry.value.replace(/\d/, String((Number(digit[0]) + 1) % 10)).replaceAll(';', '\\;'))];
}
