import { z } from 'zod';
import { off, optionalText, or, text, whole } from './field.ts';

/** A room where many talk. PINs: 'conference/800/user-pin' and 'conference/800/leader-pin'. */
export const conference = z.strictObject({
  description: text,
  asksUserPin: off,
  asksLeaderPin: off,
  /** Nobody hears anybody before the leader is there. */
  waitsForLeader: off,
  musicWhenAlone: off,
  /** '*' brings a menu. */
  hasMenu: off,
  /** Nobody is told who comes and goes. */
  quiet: off,
  announcesCount: off,
  /** Each says his name when he comes; it is played to the others. */
  announcesNames: off,
  records: off,
  /** Everybody but the leader starts muted. */
  startsMuted: off,
  talkerOptimization: off,
  talkDetection: off,
  /** Recording played to who comes in. */
  joinAnnouncement: optionalText,
  /** null: the caller's own. */
  musicClass: optionalText,
  /** 0: any number. */
  maxUsers: or(whole, 0),
});
export type Conference = z.output<typeof conference>;
