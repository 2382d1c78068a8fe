import { branches, callOf, collapse, split, UNKNOWN } from './arguments.ts';

/** Objects that a dialplan calls by name. */
export type NamedObject = 'endpoint' | 'IAX peer' | 'queue' | 'mailbox' | 'music class';

/** A place that a call is sent to: texts may hold UNKNOWN. null: where it is now. */
export interface Place {
  readonly context: string | null;
  readonly extension: string | null;
  readonly priority: string;
}

/** Something that a step of the dialplan names and that must be there. Texts may hold UNKNOWN. */
export type Named =
  | {
      readonly is: 'application' | 'function' | 'endpoint' | 'IAX peer' | 'queue' | 'mailbox' | 'music class' | 'sound';
      readonly name: string;
    }
  | { readonly is: 'place'; readonly place: Place }
  /** A state that is asked for: extension and context. */
  | { readonly is: 'hint'; readonly extension: string; readonly context: string };

export interface NamingStep {
  readonly extension: string;
  readonly application: string;
  readonly data: string;
  readonly context: string;
}

/** All that a step names: applications and functions, places it leads to, endpoints, queues, mailboxes, music, sounds. */
export function namedBy(step: NamingStep): Named[] {
  return [...calls(step.application, step.data, knownOf(step)), ...functions(`${step.application}(${step.data})`), ...hints(step.data)];
}

/** What is known of the channel's own variables where the extension is no pattern. */
function knownOf(step: NamingStep): Record<string, string> {
  const context = { CONTEXT: step.context };
  return step.extension.startsWith('_') ? context : { ...context, EXTEN: step.extension };
}

type Known = Readonly<Record<string, string>>;

function calls(application: string, data: string, known: Known): Named[] {
  if (application === '' || application.includes('$')) return [];
  const text = collapse(data, known);
  const own: Named = { is: 'application', name: application };
  const particular = APPLICATIONS[application.toLowerCase()]?.(text, data, known) ?? [];
  return [own, ...particular, ...anywhere(text)];
}

/** By name in lower case: Asterisk does not look at it. */
const APPLICATIONS: Readonly<Record<string, (text: string, raw: string, known: Known) => Named[]>> = {
  goto: (text) => [place(text)],
  gotoif: (text) => branches(text).map(place),
  gotoiftime: (text) => branches(text).map(place),
  gosub: (text) => [place(text)],
  gosubif: (text) => branches(text).map(place),
  execif: nested,
  execiftime: nested,
  exec: (_, raw, known) => call(raw, known),
  tryexec: (_, raw, known) => call(raw, known),
  dial: (text) => [...options(split(text, ',')[2] ?? ''), ...musicOption(split(text, ',')[2] ?? '')],
  page: (text) => options(split(text, ',')[1] ?? ''),
  queue: (text) => {
    const [name = '', , , announcement = '', , , gosub = ''] = split(text, ',');
    return [
      ...nameOf('queue', name),
      ...nameOf('sound', announcement),
      ...(gosub === '' ? [] : [place(gosub.includes('^') ? gosub.replaceAll('^', ',') : `${gosub},s,1`)]),
    ];
  },
  voicemail: (text) => mailboxes(text),
  voicemailmain: (text) => mailboxes(text),
  playback: (text) => sounds(split(text, ',')[0] ?? ''),
  background: (text) => {
    const [files = '', , , context = ''] = split(text, ',');
    return [...sounds(files), ...contextOf(context)];
  },
  controlplayback: (text) => sounds(split(text, ',')[0] ?? ''),
  read: (text) => sounds(split(text, ',')[1] ?? ''),
  readexten: (text) => [...sounds(split(text, ',')[1] ?? ''), ...contextOf(split(text, ',')[2] ?? '')],
  musiconhold: (text) => nameOf('music class', split(text, ',')[0] ?? ''),
  startmusiconhold: (text) => nameOf('music class', split(text, ',')[0] ?? ''),
  disa: (text) => contextOf(split(text, ',')[1] ?? ''),
  park: (text) => returnOf(text),
  parkandannounce: (text) => returnOf(text),
  channelredirect: (text) => [place(split(text, ',').slice(1).join(','))],
  originate: originated,
  addqueuemember: (text) => nameOf('queue', split(text, ',')[0] ?? ''),
  removequeuemember: (text) => nameOf('queue', split(text, ',')[0] ?? ''),
  set: assigned,
};

/** `condition?App(args):Other(args)`. */
function nested(_: string, raw: string, known: Known): Named[] {
  return branches(raw).flatMap((way) => call(way, known));
}

function call(raw: string, known: Known): Named[] {
  const { name, args } = callOf(raw);
  return calls(name, args, known);
}

/** `[[context,]extension,]priority[(arguments)]`. */
function place(text: string): Named {
  const parts = split(callOf(text).name, ',');
  const [priority = '', extension = null, context = null] = parts.reverse();
  return { is: 'place', place: { context: emptyAsNull(context), extension: emptyAsNull(extension), priority } };
}

function emptyAsNull(text: string | null): string | null {
  return text === '' ? null : text;
}

function contextOf(context: string): Named[] {
  return context === '' ? [] : [{ is: 'place', place: { context, extension: UNKNOWN, priority: UNKNOWN } }];
}

function nameOf(is: 'queue' | 'music class' | 'sound' | 'mailbox', name: string): Named[] {
  return name === '' || name.includes(UNKNOWN) ? [] : [{ is, name }];
}

function sounds(files: string): Named[] {
  return files.split('&').flatMap((file) => nameOf('sound', file.trim()));
}

/** Options that run a part of the dialplan: b, B and G, F take a place with '^' for ','; U a context, or such a place with arguments. */
function options(text: string): Named[] {
  const found: Named[] = [];
  for (const [, letter, inner = ''] of text.matchAll(/([bBUGF])\(((?:[^()]|\([^()]*\))*)\)/g)) {
    const target = inner.replaceAll('^', ',');
    if (letter === 'U' && !inner.includes('(')) found.push(...contextOf(inner.split('^')[0] ?? ''));
    else if (target !== '') found.push(place(target));
  }
  return found;
}

function musicOption(text: string): Named[] {
  return [...text.matchAll(/m\(([^()]*)\)/g)].flatMap(([, name = '']) => nameOf('music class', name));
}

/** Park(lot,options): c(context,extension,priority) says where it goes when nobody takes it back. */
function returnOf(text: string): Named[] {
  const [, target] = /c\(([^()]*)\)/.exec(split(text, ',').slice(1).join(',')) ?? [];
  return target === undefined ? [] : [place(target)];
}

function originated(text: string): Named[] {
  const [, kind = '', first = '', second = '', third = ''] = split(text, ',');
  if (kind === 'app') return first.includes(UNKNOWN) ? [] : [{ is: 'application', name: first }];
  return [{ is: 'place', place: { context: first, extension: second === '' ? 's' : second, priority: third === '' ? '1' : third } }];
}

function mailboxes(text: string): Named[] {
  const boxes = (split(text, ',')[0] ?? '').split('&');
  return boxes.flatMap((box) => nameOf('mailbox', box === '' || box.includes('@') ? box : `${box}@default`));
}

/** Set(CHANNEL(hangup_handler_push)=context,s,1), Set(CHANNEL(musicclass)=x), and options of Dial kept in a variable. */
function assigned(text: string): Named[] {
  const equals = text.indexOf('=');
  const [name, value] = [text.slice(0, equals), text.slice(equals + 1)];
  if (/^CHANNEL\(hangup_handler_(push|wipe)\)$/i.test(name)) return value === '' ? [] : [place(value)];
  if (/^CHANNEL\(musicclass\)$/i.test(name)) return nameOf('music class', value);
  if (/^_{0,2}TRANSFER_CONTEXT$/.test(name)) return contextOf(value);
  return options(value).filter((o) => o.is === 'place' && o.place.context !== null && o.place.extension !== null);
}

/** Telephones, trunks and own recordings are named by whatever hands them on. */
function anywhere(text: string): Named[] {
  const found: Named[] = [];
  const dialled = /(PJSIP|IAX2|Local)\/([^\s&,()@|]*)(?:@([^\s&,()/|]+))?/g;
  for (const [, technology, first = '', at] of text.matchAll(dialled)) {
    if (technology === 'Local') found.push(...(at === undefined ? [] : [localPlace(first, at)]));
    else {
      const name = technology === 'IAX2' ? (first.split('/')[0] ?? '') : (at ?? first.split('/')[0] ?? '');
      if (name !== '' && !name.includes(UNKNOWN)) found.push({ is: technology === 'IAX2' ? 'IAX peer' : 'endpoint', name });
    }
  }
  for (const [file] of text.matchAll(/custom\/[^\s&,()|"]+/g)) found.push(...nameOf('sound', file));
  return found;
}

function localPlace(extension: string, context: string): Named {
  return { is: 'place', place: { context, extension: extension === '' ? UNKNOWN : extension, priority: '1' } };
}

/** `${NAME(` and `Set(NAME(`: what is read and what is written. */
function functions(text: string): Named[] {
  const read = [...text.matchAll(/\$\{\s*([A-Za-z_][A-Za-z0-9_]*)\(/g)];
  const written = [...text.matchAll(/(?:^|[?:(])M?Set\(([A-Za-z_][A-Za-z0-9_]*)\(/g)];
  return [...new Set([...read, ...written].map((m) => m[1] as string))].map((name) => ({ is: 'function', name }));
}

function hints(data: string): Named[] {
  return [...data.matchAll(/(?:EXTENSION_STATE|HINT)\(([^()@]*)@([\w-]+)/g)].map(([, extension = '', context = '']) => ({
    is: 'hint',
    extension: collapse(extension),
    context,
  }));
}
