import type { Model } from '../model/kinds.ts';
import { moments } from '../model/moments.ts';
import { numbering } from '../model/numbering.ts';
import type { Scenario } from './scenario.ts';
import { analogLineScenarios } from './scenarios/analog-line.ts';
import { announcementScenarios } from './scenarios/announcement.ts';
import { blacklistScenarios } from './scenarios/blacklist.ts';
import { callFlowScenarios } from './scenarios/call-flow.ts';
import { allPhones, carriersOf, FEW_PHONES, phonesOf } from './scenarios/callers.ts';
import { carrierScenarios } from './scenarios/carrier.ts';
import { classOfServiceScenarios } from './scenarios/class-of-service.ts';
import { codeScenarios } from './scenarios/code.ts';
import { tryingPhones } from './scenarios/codes.ts';
import { conferenceScenarios } from './scenarios/conference.ts';
import { customDialplanScenarios } from './scenarios/custom-dialplan.ts';
import type { PlanContext, ScenarioKind, Skipped } from './scenarios/define.ts';
import { directoryScenarios } from './scenarios/directory.ts';
import { disaScenarios } from './scenarios/disa.ts';
import { dynamicRouteScenarios } from './scenarios/dynamic-route.ts';
import { extensionScenarios } from './scenarios/extension.ts';
import { extensionStateScenarios } from './scenarios/extension-state.ts';
import { followMeScenarios } from './scenarios/follow-me.ts';
import { greetingScenarios } from './scenarios/greeting.ts';
import { inboundRouteScenarios } from './scenarios/inbound-route.ts';
import { ivrScenarios } from './scenarios/ivr.ts';
import { outboundRouteScenarios } from './scenarios/outbound-route.ts';
import { pageGroupScenarios } from './scenarios/page-group.ts';
import { parkingScenarios } from './scenarios/parking.ts';
import { passingScenarios } from './scenarios/passing.ts';
import { queueScenarios } from './scenarios/queue.ts';
import { ringGroupScenarios } from './scenarios/ring-group.ts';
import { timeConditionScenarios } from './scenarios/time-condition.ts';
import { spreadOverChannels } from './scenarios/trunk-channels.ts';
import { voicemailScenarios } from './scenarios/voicemail.ts';
import { voicemailBlastScenarios } from './scenarios/voicemail-blast.ts';
import { type Way, waysOf } from './scenarios/ways.ts';

/** Every kind that has calls of its own. A new one is its file and one line here. */
const KINDS: readonly ScenarioKind[] = [
  extensionScenarios,
  extensionStateScenarios,
  inboundRouteScenarios,
  outboundRouteScenarios,
  ringGroupScenarios,
  timeConditionScenarios,
  callFlowScenarios,
  ivrScenarios,
  queueScenarios,
  conferenceScenarios,
  codeScenarios,
  followMeScenarios,
  parkingScenarios,
  pageGroupScenarios,
  announcementScenarios,
  classOfServiceScenarios,
  ...passingScenarios,
  directoryScenarios,
  dynamicRouteScenarios,
  disaScenarios,
  voicemailBlastScenarios,
  blacklistScenarios,
  carrierScenarios,
  analogLineScenarios,
  voicemailScenarios,
  greetingScenarios,
  customDialplanScenarios,
];

export interface PlanOptions {
  /** Objects of a kind for which calls are planned, at most: a spread sample beyond that. */
  readonly limit?: number;
  /** Plan calls that take longer than a minute, too. */
  readonly patient?: boolean;
}

/** A call that is not placed, of which kind, and why. */
export type SkippedCall = Skipped & { readonly kind: string };

/** So many objects of a kind are called unless it is said otherwise. */
const LIMIT = 200;

/**
 * The calls that prove the build, and what must come of each; both follow from the model alone. Ids are stable between runs.
 * @returns scenarios, and calls that are not placed with the reason.
 */
export function plan(model: Model, o: PlanOptions = {}): { scenarios: Scenario[]; skipped: SkippedCall[] } {
  const context = planContext(model, o);
  const planned = KINDS.map(({ kind, plan: planKind }) => ({ kind, ...planKind(context) }));
  return {
    scenarios: spreadOverChannels(
      model,
      planned.flatMap((p) => p.scenarios),
    ),
    skipped: planned.flatMap(({ kind, skipped }) => skipped.map((s) => ({ kind, ...s }))),
  };
}

/** What all kinds plan with, for a model. */
export function planContext(model: Model, o: PlanOptions = {}): PlanContext {
  let ways: ReadonlyMap<string, Way> | null = null;
  let times: readonly string[] | null = null;
  const phones = phonesOf(model);
  const all: PlanContext = {
    model,
    inside: numbering(model),
    phones,
    trying: [],
    everyPhone: allPhones(model),
    carriers: carriersOf(model),
    patient: o.patient ?? false,
    limit: o.limit ?? LIMIT,
    ways: () => (ways ??= waysOf(context)),
    moments: () => (times ??= moments(model)),
  };
  const trying = tryingPhones(all);
  const others = phones.filter((p) => !trying.includes(p));
  const context: PlanContext = { ...all, trying, phones: others.length < FEW_PHONES ? phones : others };
  return context;
}
