import type { Model } from '../../model/kinds.ts';
import { moments } from '../../model/moments.ts';
import { numbering } from '../../model/numbering.ts';
import { beginning, didsOf } from '../../way/beginning.ts';
import { type Drawing, drawing } from '../../way/picture.ts';
import { asOne } from '../../way/show.ts';
import { storiesByHour } from '../../way/story.ts';

/** Numbers that are drawn at most: a page that a browser cannot open helps nobody. */
const MOST = 200;

/** The way of a call to each number from outside that the model has, at every hour that it depends on, while nobody answers. */
export async function waysOfDids(model: Model): Promise<Drawing[]> {
  const [inside, hours] = [numbering(model), moments(model)];
  const drawn: Drawing[] = [];
  for (const did of didsOf(model).slice(0, MOST)) {
    const ways = storiesByHour(model, beginning(model, 'did', did, { time: null, phones: 'ignore' }), inside, hours);
    drawn.push(await drawing(did, asOne(ways)));
  }
  return drawn;
}
