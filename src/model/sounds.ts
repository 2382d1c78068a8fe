/**
 * Prompts that FreePBX plays and that are not among Asterisk's core sounds: they came with its `extra` set, which Debian does not pack. For each the core prompts
 * that say the same, and the languages whose core set has the first all the same; null: nothing says it.
 * Source: asterisk-core-sounds-{en,es,ru} 1.6.1 in Debian, compared with what the old dialplan plays.
 */
const EXTRA: Readonly<Record<string, { readonly instead: string | null; readonly core: readonly string[] }>> = {
  'pls-try-call-later': { instead: 'please-try-call-later', core: ['ru'] },
  'incoming-call-1-accept-2-decline': { instead: 'followme/options', core: [] },
  'no-valid-responce-pls-try-again': { instead: 'pbx-invalid', core: [] },
  'no-valid-responce-transfering': { instead: null, core: [] },
  'an-error-has-occured': { instead: null, core: [] },
  'incoming-call-no-longer-avail': { instead: null, core: [] },
  'enter-conf-pin-number': { instead: 'conf-getpin', core: [] },
  'line-busy-transfer-menu': { instead: null, core: [] },
  'exited-vm-will-be-transfered': { instead: null, core: [] },
  'ent-target-attendant': { instead: 'vm-enter-num-to-call', core: [] },
  'then-press-pound': { instead: 'vm-then-pound', core: [] },
  followed_pound: { instead: 'vm-then-pound', core: [] },
  'astcc-followed-by-pound': { instead: 'vm-then-pound', core: [] },
  'please-enter-your': { instead: null, core: [] },
  'please-enter-the': { instead: null, core: [] },
  followme: { instead: 'call-forwarding', core: [] },
  featurecode: { instead: null, core: [] },
  'speed-enterlocation': { instead: 'speed-dial', core: [] },
  'speed-enternumber': { instead: 'vm-enter-num-to-call', core: [] },
  'press-1': { instead: 'vm-press&digits/1', core: [] },
  'press-2': { instead: 'vm-press&digits/2', core: [] },
  'press-3': { instead: 'vm-press&digits/3', core: [] },
  'press-4': { instead: 'vm-press&digits/4', core: [] },
  'press-star': { instead: 'vm-press&digits/star', core: [] },
  'to-enter-a-diff': { instead: null, core: [] },
  'to-change': { instead: null, core: [] },
  intercom: { instead: null, core: [] },
  'you-dialed-wrong-number': { instead: 'cannot-complete-as-dialed&check-number-dial-again', core: [] },
  'rqsted-wakeup-for': { instead: 'time&is-set-to', core: [] },
  'for-wakeup-call': { instead: 'time', core: [] },
  'to-cancel-wakeup': { instead: 'cancelled', core: [] },
  'wakeup-call-cancelled': { instead: 'cancelled', core: [] },
  'this-is-yr-wakeup-call': { instead: 'time&is', core: [] },
  'to-snooze-for': { instead: null, core: [] },
  '1-for-am-2-for-pm': { instead: 'digits/a-m&vm-press&digits/1&digits/p-m&vm-press&digits/2', core: [] },
  'agent-login': { instead: 'agent-user', core: [] },
  'agent-logoff': { instead: 'agent-user', core: [] },
};

/** The prompts as the new PBX has them, in order. One that a language lacks is played in English by Asterisk itself. */
export function playable(prompts: readonly string[], language: string): string[] {
  return prompts.flatMap((prompt) => {
    const extra = EXTRA[prompt];
    if (extra === undefined || extra.core.some((l) => language === l || language.startsWith(`${l}_`))) return [prompt];
    return extra.instead?.split('&') ?? [];
  });
}
