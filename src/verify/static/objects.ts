import { ref } from '../../model/ref.ts';
import { entryName } from './entry.ts';
import { defineCheck, missing } from './mismatch.ts';

const KINDS = [
  'ring-group',
  'queue',
  'conference',
  'page-group',
  'ivr',
  'announcement',
  'time-condition',
  'call-flow',
  'language',
  'set-cid',
  'queue-priority',
  'misc-destination',
  'directory',
  'dynamic-route',
  'disa',
  'callback',
  'voicemail-blast',
] as const;
/** What the dialplan can hold as a part of a name; any other id is a finding of render. */
const NAMEABLE = /^[0-9A-Za-z_]+$/;

/** Each object that calls may be sent to is there, whether or not anything on this box sends one. */
export const objectCheck = defineCheck(async ({ dialplan }, model) =>
  KINDS.flatMap((kind) =>
    Object.keys(model[kind]).flatMap((id) => {
      const [context = '', extension = ''] = entryName(model, { to: kind, id }) ?? [];
      return !NAMEABLE.test(id) || dialplan.stepsOf(context, extension).length > 0
        ? []
        : [missing(ref(kind, id), `${context},${extension},1`)];
    }),
  ),
);
