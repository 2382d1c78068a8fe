import { type Finding, finding } from '../finding.ts';
import { circlesOfMembers, circlesOn, UNANSWERED } from '../model/circles.ts';
import type { Model } from '../model/kinds.ts';
import { parseRef } from '../model/ref.ts';

/**
 * Calls that come back to where they were without anybody doing anything. The old box had no guard: such a call ran round at full speed, or rang the same people
 * again and again, until the caller gave up (ELASTIX.md, section 19).
 */
export function checkCircles(model: Model): Finding[] {
  return [
    ...circlesOn(model).map((way) => told(way, 'A call that nobody takes goes round and never ends by itself')),
    ...circlesOfMembers(model).map((way) => told(way, 'Whoever calls it makes it ring itself')),
  ];
}

function told(way: readonly string[], what: string): Finding {
  const [start = ''] = way;
  const text = [...way, start].join(' > ');
  // a line of hand-made dialplan is told by its context
  const about = parseRef(start.replace(UNANSWERED, '').replace(/^(custom-dialplan\/[^,]+),.*$/, '$1'));
  return finding('CALL_CIRCLE', { ...(about === null ? {} : { about }), where: text, means: `${what}: ${text}.` });
}
