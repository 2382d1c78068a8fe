import { DESTINATION_KINDS } from '../model/ref.ts';

/** What `show` can be asked about: a number that a carrier sends, one that somebody inside dials, or an object. Apart, so that the command line need not load what answers. */
export const SHOWN = ['did', 'number', 'extension', ...DESTINATION_KINDS] as const;
