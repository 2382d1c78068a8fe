/** A question about something that does not change, such as a model, answered once for each: for what every telephone would else ask anew of all others. */
export function onceFor<Of extends object, T>(answer: (of: Of) => T): (of: Of) => T {
  const known = new WeakMap<Of, { readonly is: T }>();
  return (of) => {
    const held = known.get(of) ?? { is: answer(of) };
    known.set(of, held);
    return held.is;
  };
}
