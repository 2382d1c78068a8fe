import type { CustomStep } from './custom-dialplan.ts';
import { type CountedStep, stepFor, stepsIn } from './custom-steps.ts';
import type { Destination } from './destination.ts';
import type { Model } from './kinds.ts';
import { destinationAt } from './walk/custom-destination.ts';

/** A place in hand-made dialplan, by its own line: context, extension or pattern, priority. */
export function customPlace({ context, step, priority }: CountedStep): string {
  return `custom-dialplan/${context},${step.extension},${priority}`;
}

/** Where a call that enters hand-made dialplan begins there; null: there is no such place. A pattern stands for the numbers that it takes. */
export function customEntry(model: Model, { context, extension, priority }: Extract<Destination, { to: 'custom' }>): string | null {
  const at = /^\d+$/.test(priority) ? Number(priority) : priority;
  const own = stepsIn(model, context).find((s) => s.step.extension === extension && (s.priority === at || s.step.label === at));
  const found = own ?? stepFor(model, context, extension, at);
  return found === null ? null : customPlace(found);
}

/** What goes on to the next priority whatever the caller does, and leaves the call as it is. Applications of Asterisk 1.4 to 11. */
const GOES_ON = new Set(
  `answer noop verbose set setglobalvar setvar global log wait playback progress ringing resetcdr nocdr setmusiconhold setlanguage setcallerpres playtones
  stopplaytones saydigits saynumber sayalpha sayphonetic sayunixtime monitor mixmonitor stopmixmonitor stopmonitor dial queue dbdel dbdeltree userevent queuelog
  sipaddheader system trysystem musiconhold ringing zapateller`.split(/\s+/),
);

/** Where each line of hand-made dialplan sends a call on by itself: to the next Goto() behind it that nothing decides on, no key, state or script. */
export function waysThroughCustom(model: Model): CustomWay[] {
  return Object.keys(model['custom-dialplan']).flatMap((context) =>
    stepsIn(model, context).flatMap((start) => {
      const way = onwards(model, start);
      return way === null ? [] : [{ from: customPlace(start), ...way }];
    }),
  );
}

interface CustomWay {
  readonly from: string;
  readonly to: Destination;
  /** The Goto() that sends it there. */
  readonly by: CustomStep;
}

function onwards(model: Model, start: CountedStep): Pick<CustomWay, 'to' | 'by'> | null {
  let at: CountedStep | undefined = start;
  while (at !== undefined) {
    const application = at.step.application.toLowerCase();
    if (application === 'goto') {
      const to = target(model, at);
      return to === null ? null : { to, by: at.step };
    }
    if (!GOES_ON.has(application)) return null;
    const { step, priority, context }: CountedStep = at;
    at = stepsIn(model, context).find(
      (s) => s.priority === priority + 1 && s.step.extension === step.extension && s.step.callerId === step.callerId,
    );
  }
  return null;
}

/** Goto([[context,]extension,]priority); null: what it depends on is not known. */
function target(model: Model, { context, step, priority }: CountedStep): Destination | null {
  const parts = step.arguments.split(/[,|]/).map((part) => part.trim());
  const [to = '', extension = step.extension, other = context] = parts.toReversed();
  const number = extension === '${EXTEN}' ? step.extension : extension;
  const next = /^n(?:\+(\d+))?$/.exec(to);
  const at = next === null ? to : String(priority + 1 + Number(next[1] ?? 0));
  if (`${number}${at}${other}`.includes('$') || parts.length > 3) return null;
  return destinationAt(model, other, number, at);
}
