import { naturalOrder } from '../../model/kinds.ts';
import { refText } from '../../model/ref.ts';
import type { CallResult } from '../calls/calls.ts';
import { counted, grouped } from './words.ts';

/** Objects of one kind, each with the calls that are about it. */
export interface KindOfObjects {
  readonly kind: string;
  readonly words: string;
  readonly hasFailed: boolean;
  readonly objects: readonly {
    readonly id: string;
    readonly words: string;
    readonly hasFailed: boolean;
    readonly calls: readonly { readonly id: string; readonly passed: boolean; readonly heard: string }[];
  }[];
}

/** Every object that calls are about, by kind; those with failed calls first. */
export function objectCalls(results: readonly CallResult[]): KindOfObjects[] {
  const about = results.flatMap((call) => call.scenario.about.map((r) => ({ r, call })));
  const kinds = [...grouped(about, ({ r }) => r.kind)].map(([kind, list]) => {
    const objects = [...grouped(list, ({ r }) => refText(r)).values()].map((calls) => {
      const failed = calls.filter(({ call }) => !call.passed).length;
      return {
        id: calls[0]?.r.id ?? '',
        words: `${counted(calls.length, 'call')}${failed === 0 ? '' : `, ${failed} failed`}`,
        hasFailed: failed > 0,
        calls: calls.map(({ call }) => ({ id: call.scenario.id, passed: call.passed, heard: what(call) })),
      };
    });
    objects.sort((a, b) => Number(b.hasFailed) - Number(a.hasFailed) || naturalOrder(a.id, b.id));
    const hasFailed = objects.some((o) => o.hasFailed);
    return { kind, words: `${counted(objects.length, 'object')}, ${counted(list.length, 'call')}`, hasFailed, objects };
  });
  return kinds.sort((a, b) => Number(b.hasFailed) - Number(a.hasFailed) || (a.kind < b.kind ? -1 : 1));
}

/** What came of it, in a few words. */
function what({ trace }: CallResult): string {
  if (trace === null) return 'not judged';
  const rang = trace.legs.length === 0 ? 'nobody rang' : `${counted(trace.legs.length, 'telephone or line', 'telephones or lines')} rang`;
  return `${rang}${trace.heard.length === 0 ? '' : `, heard ${trace.heard.slice(0, 3).join(', ')}${trace.heard.length > 3 ? ', ...' : ''}`}`;
}
