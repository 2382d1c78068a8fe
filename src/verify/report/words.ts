import { type Ref, refText } from '../../model/ref.ts';

/** '1 call', '2,310 calls'. */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${figure(n)} ${n === 1 ? one : many}`;
}

/** A figure as people read it: 2,310. */
export function figure(n: number): string {
  return n.toLocaleString('en');
}

/** '48 s', '3 min 20 s'. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${figure(Math.floor(whole / 60))} min ${whole % 60} s`;
}

/** '2026-03-02 14:05 UTC'; what is no time is shown as it is. */
export function moment(iso: string): string {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(iso) ? `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC` : iso;
}

/** '"Anna Petrova" <101>', as a telephone shows it; the number alone where there is no name. */
export function shownAs(caller: { readonly number: string; readonly name: string }): string {
  return caller.name === '' ? caller.number || 'nobody' : `"${isolated(caller.name)}" <${caller.number}>`;
}

/** A name that is written from right to left must not turn the words around it. */
function isolated(name: string): string {
  return /[\p{Script=Hebrew}\p{Script=Arabic}\u202a-\u202e\u2066-\u2069]/u.test(name) ? `\u2068${name}\u2069` : name;
}

export function nameOf(to: Ref | string): string {
  return typeof to === 'string' ? to : refText(to);
}

/** Values by key, both in the order of their first appearance. */
export function grouped<T>(values: readonly T[], key: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(key(value));
    if (group === undefined) groups.set(key(value), [value]);
    else group.push(value);
  }
  return groups;
}
