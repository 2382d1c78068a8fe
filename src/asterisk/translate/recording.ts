import { splitArguments } from '../argument-list.ts';
import type { Call, Rules, Step } from './step.ts';

export const RECORDING_RULES: Rules = {
  monitor,
  stopmonitor: (_, step) => {
    step.changed('StopMonitor is StopMixMonitor');
    return { application: 'StopMixMonitor', args: '' };
  },
};

/** Monitor(format,name,options): both sides are one file, or with no m two of their own; the name had no ending, MixMonitor takes the format from it. */
function monitor(args: string, step: Step): Call {
  const [format = '', name = '', options = ''] = splitArguments(args, ',|').map((p) => p.trim());
  const ending = { wav49: 'WAV', '': 'wav' }[format.split(':')[0] ?? ''] ?? format.split(':')[0] ?? 'wav';
  const file = name === '' ? '${UNIQUEID}' : name;
  if (name === '') step.problem('DIALPLAN_APPROXIMATED', "The recording is named by the call's own id and no longer by its channel.");
  if (step.sets('MONITOR_EXEC'))
    step.problem('DIALPLAN_APPROXIMATED', 'MONITOR_EXEC is no longer run when a recording ends.', 'Give the command to MixMonitor.');
  step.changed('Monitor is MixMonitor');
  const only = options.includes('b') ? 'b' : '';
  if (options.includes('m')) return { application: 'MixMonitor', args: `${file}.${ending}${only === '' ? '' : ',b'}` };
  return { application: 'MixMonitor', args: `,${only}r(${file}-in.${ending})t(${file}-out.${ending})` };
}
