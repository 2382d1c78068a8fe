import { finding } from '../finding.ts';
import { destinationText } from '../model/destination.ts';
import { ref } from '../model/ref.ts';
import { passingView } from './passing.ts';
import { placeOf } from './place.ts';

/** Seconds that somebody who is called back may take to answer (the callback script of FreePBX). */
const RING_SECONDS = 15;

/** extensions.d/callback.conf: who is hung up on and called back. */
export const callbackView = passingView({
  kind: 'callback',
  file: 'callback.conf',
  one: (model, id, { description, number, waitSeconds, next }, notes) => {
    const isDialled = /^[0-9+*#]*$/.test(number);
    if (!isDialled) {
      const means = `nobody is called back by callback ${id}: '${number}' is no number that can be dialled`;
      notes.finding(finding('NUMBER_NOT_RENDERED', { about: ref('callback', id), where: number, means }));
    }
    return {
      description,
      number: number === '' ? 'the caller' : number,
      fixed: isDialled && number !== '' ? number : null,
      callsCaller: number === '',
      waitSeconds,
      ringSeconds: RING_SECONDS,
      wholeSeconds: waitSeconds + RING_SECONDS,
      next: placeOf(model, next),
      nextText: destinationText(next),
    };
  },
});
