import { isNetwork } from '../../asterisk/network.ts';
import type { AmiUser } from '../../model/ami-user.ts';
import { ref } from '../../model/ref.ts';
import { setting } from './asked.ts';
import { defineCheck, differing, type Mismatch, missing } from './mismatch.ts';

/** Programs that log in over AMI: who, from where, and what each may. Only the lab's own user stands beside them. */
export const amiUserCheck = defineCheck(async ({ print, config }, model) => {
  const file = await config('manager.conf');
  const found: Mismatch[] = [];
  for (const [id, user] of Object.entries(model['ami-user'])) {
    const about = ref('ami-user', id);
    const shown = await print(`manager show user ${id}`);
    if (!/^\s*username: /m.test(shown)) {
      found.push(missing(about, 'AMI user'));
      continue;
    }
    const addresses = (key: string): string =>
      (file.get(id) ?? [])
        .filter(([name]) => name.toLowerCase() === key)
        .map(([, v]) => v)
        .join(', ');
    const secret = model.secrets[`ami-user/${id}/secret`];
    if (secret !== undefined && setting(file, id, 'secret') !== secret)
      found.push({ about, what: 'secret', expected: 'the one of the model', held: 'another' });
    found.push(
      ...differing(about, {
        'may see': [classes(user.read.join(',')), classes(/read perm: (.*)/.exec(shown)?.[1] ?? '')],
        'may do': [classes(user.write.join(',')), classes(/write perm: (.*)/.exec(shown)?.[1] ?? '')],
        'may not come from': [user.deny.map((n) => (isNetwork(n) ? n : EVERYWHERE)).join(', '), addresses('deny')],
        'may come from': [user.permit.filter(isNetwork).join(', '), addresses('permit')],
        ...besideAll('see', user.read, setting(file, id, 'read')),
        ...besideAll('do', user.write, setting(file, id, 'write')),
        ...slowReader(user, setting(file, id, 'writetimeout')),
      }),
    );
  }
  return found;
});

/** What is no network shuts the door: Asterisk would else drop the whole user. */
const EVERYWHERE = '0.0.0.0/0.0.0.0';

/** Asterisk's own 100 ms cut off a program that is busy for a moment: where the model says nothing, it has longer. */
function slowReader({ writeTimeoutMs }: AmiUser, held: string | null): Record<string, readonly [number | string, string | null]> {
  if (writeTimeoutMs === null && Number(held ?? 100) > 100) return {};
  return { 'milliseconds for a slow reader': [writeTimeoutMs ?? 'more than 100', held] };
}

/** All classes that Asterisk 22 knows (main/manager.c, perms): a name that it does not know gives no right. */
const CLASSES =
  'system,call,log,verbose,command,agent,user,config,dtmf,reporting,cdr,dialplan,originate,agi,cc,aoc,test,security,message'.split(',');

/** Rights beside 'all' give no more until somebody takes that away: they are kept as they stand. */
function besideAll(what: string, wanted: readonly string[], held: string | null): Record<string, readonly [string, string]> {
  return wanted.includes('all') ? { [`rights to ${what}`]: [known(wanted), known((held ?? '').split(','))] } : {};
}

function known(names: readonly string[]): string {
  return ['all', ...CLASSES].filter((name) => names.some((n) => n.trim() === name)).join(',');
}

function classes(text: string): string {
  const named = text.split(',').map((name) => name.trim());
  return CLASSES.filter((name) => named.includes(name) || named.includes('all')).join(',');
}
