import { type Model, settingsOf } from '../model/kinds.ts';
import { playable } from '../model/sounds.ts';
import { tracesCalls } from './code.ts';
import { hookAt } from './custom-hook.ts';
import { extensionDial } from './dial-string.ts';
import { hasAlerts } from './extension.ts';
import { confirmsOutside } from './queue.ts';
import { recordsCalls } from './recording.ts';
import { defineView } from './view.ts';

/** extensions.d/ring-members.conf: routines of ring groups and follow me. */
export const ringMembersView = defineView({
  file: 'etc/asterisk/extensions.d/ring-members.conf',
  data: (model) => {
    if (!ringsMembers(model)) return null;
    const { language } = settingsOf(model);
    return {
      extensions: Object.entries(model.extension)
        .map(([id, e]) => ({ id, phones: extensionDial(model, e) }))
        .filter((e) => e.phones !== ''),
      confirms: groups(model).some((g) => g.confirms && g.members.some((m) => m.outside)) || queuesConfirm(model),
      question: playable(['incoming-call-1-accept-2-decline'], language),
      tooLate: playable(['incoming-call-no-longer-avail'], language),
      alerts: hasAlerts(model),
      hook: hookAt(model, 'before-hunt'),
      traces: tracesCalls(model),
      records: recordsCalls(model),
      primary: groups(model).some((g) => g.firstMemberIsPrimary),
    };
  },
});

/** Whether anything rings several at once. */
export function ringsMembers(model: Model): boolean {
  return groups(model).length > 0 || queuesConfirm(model);
}

function groups(model: Model): { confirms: boolean; firstMemberIsPrimary: boolean; members: readonly { outside: boolean }[] }[] {
  return [...Object.values(model['ring-group']), ...Object.values(model['follow-me'])];
}

function queuesConfirm(model: Model): boolean {
  return Object.values(model.queue).some(confirmsOutside(model));
}
