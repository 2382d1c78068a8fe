import { describe, expect, it } from 'vitest';
import type { Customer, Told } from '../../../src/verify/load/dialler/job.ts';
import type { Fate } from '../../../src/verify/load/fate.ts';
import { figuresOf, spread } from '../../../src/verify/load/figures.ts';
import { broken, inconclusive, USUAL_THRESHOLDS } from '../../../src/verify/load/thresholds.ts';

const ANSWERS: Fate = { is: 'answers', afterMs: 500 };
const SILENT: Fate = { is: 'silent' };

/** A customer who was called, rang, answered and was joined, but for what `o` says. */
function customer(o: Partial<Customer> = {}): Customer {
  return {
    slot: 0,
    sentMs: 0,
    rangMs: 40,
    answeredMs: 540,
    toldMs: 550,
    told: 'answered',
    reason: 4,
    agentRangMs: 590,
    joinedMs: 800,
    goneMs: 2000,
    cutMs: null,
    speech: null,
    ...o,
  };
}

const told = (customers: readonly Customer[], o: Partial<Told> = {}): Told => ({
  customers,
  doubleJoins: 0,
  withoutAgent: 0,
  cpuSeconds: 0.1,
  loopLagMs: 3,
  seconds: 10,
  trouble: null,
  ...o,
});
const figures = (customers: readonly Customer[], fate: Fate = ANSWERS, o: Partial<Told> = {}) =>
  figuresOf(told(customers, o), { fates: [fate], asked: 4, placingSeconds: 10 });

const NO_AGENT = { agentRangMs: null, joinedMs: null };

describe('what a storm was like', () => {
  it('a customer who stays on the line for two seconds and hears nobody is an orphan', () => {
    expect(figures([customer({ ...NO_AGENT, goneMs: 3000 })]).orphans).toBe(1);
    expect(figures([customer({ ...NO_AGENT, goneMs: null })]).orphans).toBe(1);
    expect(figures([customer({ joinedMs: 2600, goneMs: 4000 })]).orphans).toBe(1);
    expect(figures([customer()]).orphans).toBe(0);
  });

  it('speech that is lost on the way is counted over all who heard any', () => {
    const heard = figures([customer({ speech: { got: 97, lost: 3 } }), customer({ speech: { got: 100, lost: 0 } }), customer()]);
    expect(heard.speechLostPercent).toBe(1.5);
    expect(broken(heard, { recordsMissing: 0, backlog: null }, USUAL_THRESHOLDS)).toEqual(['speech lost 1.5 %, over 1 %']);
    expect(figures([customer()]).speechLostPercent).toBeNull();
  });

  it('a queue inside Asterisk that is longer than Asterisk itself allows breaks', () => {
    const backlog = { processor: 'pjsip/distributor-1', depth: 812, limit: 500 };
    expect(broken(figures([customer()]), { recordsMissing: 0, backlog }, USUAL_THRESHOLDS)).toEqual([
      'tasks waiting in pjsip/distributor-1 812, over 500',
    ]);
  });

  it('one who hangs up before, or is cut since another was first, is none', () => {
    expect(figures([customer({ ...NO_AGENT, goneMs: 900 })]).orphans).toBe(0);
    const cut = figures([customer({ ...NO_AGENT, goneMs: 700, cutMs: 560 })]);
    expect([cut.orphans, cut.cutOff, cut.failures]).toEqual([0, 1, 0]);
  });

  it('a call that never rang has failed, but not where the dialler gave it up before', () => {
    const silent = customer({ rangMs: null, answeredMs: null, told: 'failed', ...NO_AGENT, goneMs: null });
    expect(figures([silent]).failures).toBe(1);
    expect(figures([{ ...silent, cutMs: 20 }]).failures).toBe(0);
  });

  it('an answer that the PBX did not tell has failed, silence that it tells so has not', () => {
    expect(figures([customer({ told: 'failed' })]).failures).toBe(1);
    expect(figures([customer({ told: null, toldMs: null })]).failures).toBe(1);
    expect(figures([customer({ told: 'failed', answeredMs: null, ...NO_AGENT })], SILENT).failures).toBe(0);
    expect(figures([customer({ told: 'refused' })], SILENT).failures).toBe(1);
  });

  it('its times are the far side’s, but for how late the dialler was told', () => {
    const f = figures([customer(), customer({ rangMs: 80, agentRangMs: 740, toldMs: 640 })]);
    expect(f.originateToRing).toEqual({ p50: 40, p95: 80, p99: 80 });
    expect(f.answerToAgent).toEqual({ p50: 50, p95: 200, p99: 200 });
    expect(f.eventLag).toEqual({ p50: 10, p95: 100, p99: 100 });
    expect(f.rate).toBe(0.2);
  });

  it('where nothing happened there are no times', () => {
    expect(spread([null, null])).toBeNull();
    expect(figures([]).originateToRing).toBeNull();
  });
});

describe('what the thresholds say', () => {
  const good = Array.from({ length: 200 }, () => customer());

  it('nothing of a storm in which everything went well', () => {
    expect(broken(figures(good), { recordsMissing: 0, backlog: null }, USUAL_THRESHOLDS)).toEqual([]);
    expect(broken(figures(good), { recordsMissing: null, backlog: null }, USUAL_THRESHOLDS)).toEqual([]);
  });

  it.each([
    ['calls that fail', figures([...good, ...Array.from({ length: 3 }, () => customer({ told: 'failed' }))]), /failed calls 1.5 %/],
    [
      'customers who hear nobody',
      figures([...good, ...Array.from({ length: 3 }, () => customer({ joinedMs: null, goneMs: 9000 }))]),
      /heard nobody/,
    ],
    ['rings that come late', figures(good.map((c) => ({ ...c, rangMs: 1200 }))), /originate to ring 1200 ms/],
    ['agents that ring late', figures(good.map((c) => ({ ...c, agentRangMs: 1100 }))), /answer to agent 560 ms/],
    ['events that come late', figures(good.map((c) => ({ ...c, toldMs: 1200 }))), /event lag 660 ms/],
    ['one double join', figures(good, ANSWERS, { doubleJoins: 1 }), /double joins 1/],
    ['a connection that was lost', figures(good, ANSWERS, { trouble: 'AMI 10.0.0.2:5038: gone' }), /gone/],
  ])('%s break one', (_, f, expected) => {
    const said = broken(f, { recordsMissing: 0, backlog: null }, USUAL_THRESHOLDS);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(expected);
  });

  it('one call record that is missing breaks one', () => {
    expect(broken(figures(good), { recordsMissing: 1, backlog: null }, USUAL_THRESHOLDS)).toEqual(['call records missing 1, over 0']);
  });

  it('a step for which the agents or the dialler were short says nothing of the PBX', () => {
    expect(inconclusive(figures(good))).toBeNull();
    expect(inconclusive(figures(good, ANSWERS, { withoutAgent: 100 }))).toMatch(/agents/);
    expect(inconclusive(figures(good, ANSWERS, { loopLagMs: 400 }))).toMatch(/dialler/);
  });
});
