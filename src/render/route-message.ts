import { type Model, settingsOf } from '../model/kinds.ts';
import { messagePrompts, type RouteMessages } from '../model/route-message.ts';
import { playable } from '../model/sounds.ts';

/** What callers hear whose call did not come through, as Playback takes it; none: the tone alone. */
export function routePrompts(model: Model, what: keyof RouteMessages): string[] {
  const { language, routeMessages } = settingsOf(model);
  return playable(messagePrompts(model, routeMessages, what), language);
}
