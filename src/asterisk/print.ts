import type { Dialplan, DialplanContext, DialplanStep } from './dialplan.ts';

/**
 * A dialplan as extensions.conf: read again, it is the same one, up to the places where things stood. Priorities are numbers, `|` and commas of old forms are
 * parentheses. A context without a name is left out: nothing enters it.
 */
export function printDialplan({ contexts, globals }: Dialplan): string {
  const head = globals.length === 0 ? [] : ['[globals]', ...globals.map((g) => `${unread(g.name)} = ${masked(g.value)}`)];
  return `${[...head, ...contexts.filter((c) => c.name !== '').flatMap(printContext)].join('\n')}\n`;
}

function printContext(context: DialplanContext): string[] {
  return [
    `[${masked(context.name)}]`,
    ...context.hints.map((h) => `exten = ${masked(h.extension)},hint,${masked(h.devices)}`),
    ...context.steps.map(printStep),
    ...context.includes.map((i) => `include = ${masked(i.context)}${i.timing === null ? '' : `,${masked(i.timing)}`}`),
    ...context.ignorePatterns.map((i) => `ignorepat = ${masked(i.pattern)}`),
    ...context.switches.map((s) => `${s.kind} = ${masked(s.value)}`),
  ];
}

function printStep({ extension, callerId, priority, label, application, arguments: args, form }: DialplanStep): string {
  const who = `${masked(extension)}${callerId === null ? '' : `/${masked(callerId)}`}`;
  const call = form === 'none' ? masked(application) : `${masked(application)}(${masked(args)})`;
  return `exten = ${who},${priority}${label === null ? '' : `(${masked(label)})`},${call}`;
}

/** One backslash is taken off in front of a `;`. */
function masked(text: string): string {
  return text.replaceAll(';', '\\;');
}

/** A name that begins like a header or a directive loses that by a backslash. */
function unread(name: string): string {
  return /^[[#=\\]/.test(name) ? `\\${masked(name)}` : masked(name);
}
