import { isNetwork } from '../asterisk/network.ts';
import { finding } from '../finding.ts';
import type { AmiUser } from '../model/ami-user.ts';
import type { Model } from '../model/kinds.ts';
import { ref } from '../model/ref.ts';

import { defineView, type Notes } from './view.ts';

/** manager.conf: the door itself. It is open to other machines only where some program may come from one. */
export const managerView = defineView({
  file: 'etc/asterisk/manager.conf',
  data: (model) => {
    const users = Object.entries(model['ami-user']).filter(([, u]) => comesFromElsewhere(u));
    return { elsewhere: users.map(([id]) => id).join(', '), bind: users.length > 0 ? '0.0.0.0' : '127.0.0.1' };
  },
});

/** manager.d/users.conf: rights and addresses as the old box had them, so that no connector breaks. */
export const managerUsersView = defineView({
  file: 'etc/asterisk/manager.d/users.conf',
  secret: true,
  data: (model, notes) => {
    const users = Object.entries(model['ami-user']).flatMap(([id, u]) => user(model, id, u, notes) ?? []);
    return users.length === 0 ? null : { users };
  },
});

/** Milliseconds that a slow program may keep an event waiting. Asterisk's own default, 100, cuts a busy dialler off. */
const WRITE_TIMEOUT_MS = 5000;

function user(model: Model, id: string, u: AmiUser, notes: Notes): object | null {
  const about = ref('ami-user', id);
  const secret = model.secrets[`ami-user/${id}/secret`] ?? '';
  if (secret === '' || id === 'general' || !/^[^\]\r\n]{1,79}$/.test(id)) {
    const means = `the program '${id}' cannot log in over AMI: ${secret === '' ? 'its secret is not known' : 'Asterisk takes its name for something else'}`;
    notes.finding(finding('SECRET_MISSING', { about, where: `secrets: ami-user/${id}/secret`, means }));
    return null;
  }
  notes.from(about);
  for (const network of [...u.deny, ...u.permit].filter((n) => !isNetwork(n))) {
    const means = `the program '${id}' may come from fewer addresses than before: '${network}' is no network`;
    notes.finding(finding('OPTION_NOT_CARRIED', { about, where: network, means }));
  }
  return {
    name: id,
    secret,
    // a network that cannot be read shuts the door rather than opening it
    deny: u.deny.map((n) => (isNetwork(n) ? n : '0.0.0.0/0.0.0.0')),
    permit: u.permit.filter(isNetwork),
    read: classes(u.read),
    write: classes(u.write),
    writeTimeout: u.writeTimeoutMs ?? WRITE_TIMEOUT_MS,
    mayDoAll: [...u.read, ...u.write].some((c) => ['all', 'system', 'command'].includes(c)),
    from: comesFromElsewhere(u) ? 'other machines too' : 'this machine alone',
  };
}

/** Asterisk passes over a class that it does not know; a word that is none would spoil the line. */
function classes(list: readonly string[]): string[] {
  return list.map((c) => c.trim()).filter((c) => /^[a-z]+$/.test(c));
}

/** Whether it may log in from another machine: no address is denied, or one is permitted that is not this machine's own. */
function comesFromElsewhere(u: AmiUser): boolean {
  return u.deny.length === 0 || u.permit.some((n) => isNetwork(n) && !/^(127\.|::1(\/|$))/.test(n));
}
