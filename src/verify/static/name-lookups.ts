import type { NameLookup } from '../../model/name-lookup.ts';
import { ref } from '../../model/ref.ts';
import type { HeldStep } from './held-dialplan.ts';
import { defineCheck, differing, type Mismatch, yes } from './mismatch.ts';

/** What a name look-up asks, and what becomes of a name that is found: no call of the lab can ask a web server. */
export const nameLookupCheck = defineCheck(async ({ dialplan }, model) =>
  Object.entries(model['name-lookup']).flatMap(([id, held]): Mismatch[] => {
    const steps = dialplan.stepsIn(`name-lookup-${id}`);
    return steps.length === 0 ? [] : differing(ref('name-lookup', id), looked(held, steps));
  }),
);

function looked(held: NameLookup, steps: readonly HeldStep[]): Parameters<typeof differing>[1] {
  const { source, remembers, into } = held;
  const isBook = source === 'phonebook';
  const sets = (variable: string): HeldStep[] => steps.filter((s) => s.data.startsWith(`${variable}=`));
  const asks = (text: string): boolean => steps.some((s) => s.data.includes(text));
  const host = /^https?:\/\/([^\s/]+)/i.exec(held.url)?.[1] ?? '';
  // what is remembered is shown; what is new goes where the look-up says
  const shown = (isBook ? into === 'name' : remembers) ? 1 : 0;
  return {
    'asks the phone book': [isBook || remembers, yes(asks('${DB(cidname/'))],
    'asks a web server': [source === 'http', yes(asks('${CURL('))],
    ...(source === 'http'
      ? { 'web server': [host, sets('LOCAL(page)').some((s) => s.data.includes(`://${host}`)) ? host : 'another'] as const }
      : {}),
    'asks the name server': [source === 'enum', yes(asks('${TXTCIDNAME('))],
    'keeps what it finds': [!isBook && remembers, yes(sets('DB(cidname/${FILTER(+*#0-9A-Za-z,${CALLERID(num)})})').length > 0)],
    'shows the name': [shown + (isBook || into === 'record' ? 0 : 1), String(sets('CALLERID(name)').length)],
    'writes it into the call record': [into === 'record' ? 1 : 0, String(sets('CDR(userfield)').length)],
    'ways out': [Number(isBook || remembers) + 1, String(steps.filter((s) => s.application.toLowerCase() === 'return').length)],
    'goes on where it finds none': [
      Number(isBook || remembers) + Number(!isBook),
      String(steps.filter((s) => /LEN\(\$\{found\}\)\} = 0\]\?/.test(s.data)).length),
    ],
  };
}
