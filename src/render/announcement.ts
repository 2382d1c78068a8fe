import { destinationText } from '../model/destination.ts';
import { ref } from '../model/ref.ts';
import { place, placeOf } from './place.ts';
import { soundFile } from './sound.ts';
import { defineView } from './view.ts';

/** extensions.d/announcement.conf: prompts on the way to somewhere else. */
export const announcementView = defineView({
  file: 'etc/asterisk/extensions.d/announcement.conf',
  data: (model, notes) => {
    const all = Object.entries(model.announcement);
    if (all.length === 0) return null;
    notes.from(...all.map(([id]) => ref('announcement', id)));
    return {
      announcements: all.map(([id, a]) => ({
        id,
        description: a.description,
        nextText: destinationText(a.next),
        next: a.returnsToIvr ? place(`app-announcement-${id}`, 'back') : placeOf(model, a.next),
        returns: a.returnsToIvr,
        after: placeOf(model, a.next),
        sound: soundFile(model, a.recording),
        answers: !a.withoutAnswer,
        options: a.withoutAnswer ? 'noanswer' : '',
        takesKeys: a.allowsSkip || a.repeatKey !== '',
        skips: a.allowsSkip,
        repeatKey: a.repeatKey,
      })),
    };
  },
});
