import type { Model } from '../../model/kinds.ts';

/** Whether it matters that an extension is in a call when another comes: without call waiting it is busy. */
export function takesOneCall(model: Model, extension: string | null): boolean {
  return extension !== null && model.extension[extension]?.state.callWaiting === false;
}

/** Whether busy leads elsewhere than no answer: with call waiting a second call that nobody takes counts as busy. */
export function busyLeadsElsewhere(model: Model, extension: string | null): boolean {
  const x = extension === null ? undefined : model.extension[extension];
  if (x === undefined) return false;
  const { forwardBusy, forwardUnavailable } = x.state;
  return [forwardBusy, forwardUnavailable, x.voicemail, x.noAnswer, x.busy, x.unreachable].some((next) => next !== null);
}
