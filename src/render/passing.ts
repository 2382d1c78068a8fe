import type { Model, ModelKind, ObjectOf } from '../model/kinds.ts';
import { ref } from '../model/ref.ts';
import { circles } from './circle.ts';
import { idsOf } from './place.ts';
import { defineView, type Notes, type View } from './view.ts';

/** A file of objects that a call passes on its way to somewhere else. `guarded`: a call can come back to the object by itself, and must count how often it does. */
export function passingView<K extends ModelKind>(o: {
  readonly kind: K;
  readonly file: string;
  readonly one: (model: Model, id: string, held: ObjectOf<K>, notes: Notes) => object;
}): View {
  return defineView({
    file: `etc/asterisk/extensions.d/${o.file}`,
    data: (model, notes) => {
      const ids = idsOf(model, o.kind);
      if (ids.length === 0) return null;
      notes.from(...ids.map((id) => ref(o.kind, id)));
      const inCircle = circles(model);
      const objects = ids.map((id) => ({
        id,
        guarded: inCircle(ref(o.kind, id)),
        ...o.one(model, id, model[o.kind][id] as ObjectOf<K>, notes),
      }));
      return { objects };
    },
  });
}
