import { finding } from '../finding.ts';
import { destinationText } from '../model/destination.ts';
import type { InboundRoute } from '../model/inbound-route.ts';
import { type Model, settingsOf } from '../model/kinds.ts';
import { hookAt } from './custom-hook.ts';
import { musicKnown } from './music.ts';
import { lookupsOf } from './name-lookup.ts';
import { extensionName } from './number.ts';
import { placeOf } from './place.ts';
import { hasRecordingRules } from './recording.ts';
import { routeRule } from './recording-rule.ts';
import { defineView, type Notes } from './view.ts';

/** extensions.d/inbound-route.conf: what happens to a call from outside, by the number that was dialled and by its caller. */
export const inboundRouteView = defineView({
  file: 'etc/asterisk/extensions.d/inbound-route.conf',
  data: (model, notes) => {
    const routes = Object.entries(model['inbound-route']);
    notes.from(...routes.map(([id]) => ({ kind: 'inbound-route' as const, id })));
    const blocks = routes.flatMap(([id, r]) => route(model, id, r, notes));
    const { dialOptions, trunkDialOptions } = settingsOf(model);
    return {
      first: blocks.filter((b) => b.first),
      second: blocks.filter((b) => !b.first),
      hangup: hookAt(model, 'at-hangup'),
      takesAny: blocks.some((b) => b.name === 's'),
      turnsAwayNumberless: model.blacklist['blocked'] !== undefined,
      privacy: routes.some(([, r]) => r.privacyManager !== null),
      dialOptions: /T/.test(dialOptions) ? { letters: dialOptions.replace(/T/g, '') } : null,
      trunkOptions: /T/.test(trunkDialOptions) ? { letters: trunkDialOptions.replace(/T/g, '') } : null,
    };
  },
});

interface Block {
  readonly name: string;
  readonly first: boolean;
}

/**
 * Elastix looks in two lists: first DID with caller, the row for all, and a caller marked to go first; then DID alone, and caller alone. A row for one caller and any DID
 * stands for every number, and goes on at `s`, where the row for all, found earlier, wins: as the old box did (ELASTIX.md, sections 5 and 19).
 */
function route(model: Model, id: string, r: InboundRoute, notes: Notes): Block[] {
  report(model, id, r, notes);
  const name = extensionName(r.did === '' ? 's' : r.did, r.callerId);
  if (name === null) {
    notes.finding(
      finding('NUMBER_NOT_RENDERED', {
        about: { kind: 'inbound-route', id },
        where: id,
        means: `calls of ${id} are not told apart: a dialplan line cannot hold the number; they go where unknown numbers go`,
      }),
    );
    return [];
  }
  const first = r.callerId === '' ? r.did === '' : r.did !== '' || r.callerIdFirst;
  const anyNumber = r.did === '' && r.callerId !== '' ? extensionName('.', r.callerId) : null;
  return [
    {
      name,
      first,
      ...{
        description: r.description,
        dialled: r.did === '' ? 'any number' : r.did,
        caller: r.callerId === '' ? '' : `, caller ${r.callerId}`,
        anyNumber,
        ringsFirst: r.ringsFirst,
        waitSeconds: r.waitSeconds > 0 ? r.waitSeconds : null,
        lookup: r.nameLookup !== null && lookupsOf(model).includes(r.nameLookup) ? r.nameLookup : null,
        privacy: r.privacyManager,
        alertInfo: r.alertInfo,
        music: r.musicClass !== 'default' && r.musicClass !== '' && musicKnown(model, r.musicClass) ? r.musicClass : null,
        recordingRule: hasRecordingRules(model) ? routeRule(r.recording) : '',
        language: /^[\w-]+$/.test(r.language) ? r.language : null,
        prefix: r.callerNamePrefix,
        to: placeOf(model, r.destination),
        toText: destinationText(r.destination),
      },
    },
  ];
}

function report(model: Model, id: string, r: InboundRoute, notes: Notes): void {
  const about = { kind: 'inbound-route' as const, id };
  if (r.musicClass !== '' && !musicKnown(model, r.musicClass)) {
    notes.finding(
      finding('MUSIC_NOT_CARRIED', {
        about,
        where: r.musicClass,
        means: `callers of ${id} hear the default music instead of '${r.musicClass}'`,
      }),
    );
  }
  if (r.destination.to === 'missing') {
    notes.finding(
      finding('DESTINATION_MISSING', { about, where: destinationText(r.destination), means: `callers of ${id} are hung up on in silence` }),
    );
  }
}
