import { join } from 'node:path';
import { type Context, silentContext } from '../../src/context.ts';
import { extract } from '../../src/extract/extract.ts';
import { type Build, readBuild } from '../../src/model/build.ts';
import { render } from '../../src/render/render.ts';

/**
 * A box, extracted and rendered: its model is in DIR/model, what is rendered of it in DIR/build.
 * @param o.edit what an owner does to the model's folder before it is rendered
 */
export async function builtBox(box: string, dir: string, o: { edit?: (model: string) => Promise<void>; context?: Context } = {}): Promise<Build> {
  const [model, build, context] = [join(dir, 'model'), join(dir, 'build'), o.context ?? silentContext()];
  await extract(box, model, {}, context);
  await o.edit?.(model);
  await render(model, build, { live: false }, context);
  return readBuild(build);
}
