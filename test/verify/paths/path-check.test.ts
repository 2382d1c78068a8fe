import { beforeAll, describe, expect, test } from 'vitest';
import { silentContext } from '../../../src/context.ts';
import type { Model } from '../../../src/model/kinds.ts';
import type { RenderedFile } from '../../../src/render/render.ts';
import { renderModel } from '../../../src/render/render.ts';
import { pathCheck } from '../../../src/verify/paths/path-check.ts';
import { withCodes } from '../../render/codes.ts';
import { flowSecrets, houseWithFlows } from '../../render/house-with-flows.ts';
import { houseWithPassing, passingSecrets } from '../../render/house-with-passing.ts';
import { houseWith, pbx, smallHouse } from '../../render/some-pbx.ts';
import { holding } from '../false-alarms.ts';

const HOUSE = pbx({
  ...smallHouse,
  ...withCodes,
  ...houseWithFlows,
  secrets: { ...smallHouse.secrets, ...withCodes.secrets, ...flowSecrets },
});

/** Callers without a number must key one before it rings. */
const ASKING = pbx(
  houseWith('inbound-route', '74951234500/any', {
    destination: { to: 'extension', id: '102', by: 'direct' },
    privacyManager: { retries: '2', shortest: '3' },
  }),
);

/** Routes that have calls recorded from when somebody is called: a group, an extension, somebody outside, and one whose rule is taken back; and a page group. */
const LATER = pbx({
  ...smallHouse,
  'recording-rule': {
    '1': { mode: 'never', next: { to: 'recording-rule', id: '2' } },
    '2': { next: { to: 'extension', id: '101', by: 'direct' } },
  },
  'misc-destination': { '1': { number: '9161112233' } },
  announcement: { '1': { next: { to: 'end', how: 'busy' } } },
  'page-group': { '70': { devices: ['101', '102'] } },
  'inbound-route': Object.fromEntries(
    [
      { to: 'ring-group', id: '600' },
      { to: 'extension', id: '102', by: 'direct' },
      { to: 'misc-destination', id: '1' },
      { to: 'recording-rule', id: '1' },
      { to: 'announcement', id: '1' },
    ].map((destination, i) => [`7495123450${i}/any`, { did: `7495123450${i}`, recording: 'when-joined', destination }]),
  ),
});

/** Languages, caller ids, DISA, directories, groups of mailboxes. */
const PASSING = pbx({ ...smallHouse, ...houseWithPassing, secrets: { ...smallHouse.secrets, ...passingSecrets } });

const filesOf = new Map<Model, readonly RenderedFile[]>();
beforeAll(async () => {
  for (const house of [HOUSE, ASKING, LATER, PASSING])
    filesOf.set(house, (await renderModel(house, { live: false }, silentContext())).files);
});

/** What is said of a house when one line of its dialplan is another. */
async function saidOf(house: Model, file: string, from: string | RegExp, to: string): Promise<string[]> {
  let changed = false;
  const other = (filesOf.get(house) ?? []).map((f) => {
    const content = String(f.content);
    if (!f.path.endsWith(`/${file}`)) return f;
    changed = content.replace(from, to) !== content;
    return { ...f, content: content.replace(from, to) };
  });
  expect(changed).toBe(true);
  return (await pathCheck(holding(house, other), house)).map(
    (m) => `${m.about.kind} ${m.what.replace(/^.*?: /, '')}: ${m.expected}, held ${m.held}`,
  );
}

describe('calls in simulated time', () => {
  test.each([HOUSE, ASKING, LATER, PASSING])('go as the model says where the dialplan is as it was rendered', async (house) => {
    expect(await pathCheck(holding(house, filesOf.get(house) ?? []), house)).toEqual([]);
  });

  test.each<[string, string, string | RegExp, string]>([
    ['do not disturb is looked at', 'routines.conf', '"${DB(DND/${EXTEN})}" != ""]?busy', '"${DB(DNX/${EXTEN})}" != ""]?busy'],
    ['a forward on busy is followed', 'routines.conf', 'Set(LOCAL(to)=${DB(CFB/${EXTEN})})', 'Set(LOCAL(to)=${DB(CFU/${EXTEN})})'],
    ['a trunk that fails leads to the next', 'trunk.conf', '"${HANGUPCAUSE}" = "17"', '"${HANGUPCAUSE}" = "34"'],
    [
      'a code answers in the right words',
      'forward-code.conf',
      'Playback(do-not-disturb&activated)',
      'Playback(do-not-disturb&de-activated)',
    ],
    [
      'a queue watches the whole name of the lamp of who logs in',
      'queue-code.conf',
      /ExecIf\((\$\["\$\{HINT\(\$\{AGENT\}@ext-local\)\}" != ""\])\?Set\(LOCAL\(hint\)=(hint:\$\{AGENT\}@ext-local)\)\)/,
      'Set(LOCAL(hint)=${IF($1?$2)})',
    ],
    ['an agent who logs in has his penalty', 'queue-code.conf', '${DB(QPENALTY/${EXTEN}/agents/${AGENT})},,', ',,'],
    ['an agent who logs in has his name', 'queue-code.conf', '${GOSUB_RETVAL},${hint}', '${AGENT},${hint}'],
    ['who is in a call is not spoken to at once', 'page-group.conf', /\^\(NOT_INUSE\|UNKNOWN\)\$/g, '^(INUSE|UNKNOWN)$'],
    ['a code waits no longer than it should', 'switch-code.conf', 'Wait(1)', 'Wait(5)'],
    ['a group rings for as long as it should', 'ring-group.conf', /(Dial\(\$\{MEMBERS:1\},)\d+/, '$199'],
  ])('%s: another line is told', async (_fact, file, from, to) => {
    expect(await saidOf(HOUSE, file, from, to)).not.toEqual([]);
  });

  test.each<[string, string, string | RegExp, string]>([
    ['a group records what a rule wants', 'ring-group.conf', '"${RECORD_ALL}" = "yes"]?record', '"${RECORD_ALL}" = "all"]?record'],
    ['an extension records what a rule wants', 'extension.conf', /"\$\{RECORD_ALL\}" = "yes"/g, '"${RECORD_ALL}" = "all"'],
    ['a route out records what a rule wants', 'outbound-route.conf', '"${RECORD_ALL}" = "yes"', '"${RECORD_ALL}" = "all"'],
    ['a rule is taken back by another', 'routines.conf', 'Set(__RECORD_ALL=)', 'NoOp()'],
    ['who is in a call is not paged', 'page-group.conf', '"${state}" != "NOT_INUSE"', '"${state}" = "NOT_INUSE"'],
    ['nothing is recorded before somebody is called', 'routines.conf', 'Set(__RECORD_ALL=yes)', 'Gosub(record,${number},1(force))'],
  ])('%s: another line is told', async (_fact, file, from, to) => {
    expect(await saidOf(LATER, file, from, to)).not.toEqual([]);
  });

  test.each<[string, string, string]>([
    ['a caller without a number has two tries', 'PrivacyManager(${ARG1},', 'PrivacyManager(1,'],
    ['who keys a number that is too short goes no further', 'PrivacyManager(${ARG1},${ARG2})', 'PrivacyManager(${ARG1},1)'],
    ['who keys none goes no further', '"${PRIVACYMGRSTATUS}" != "FAILED"', '"${PRIVACYMGRSTATUS}" != "REFUSED"'],
  ])('%s: another line is told', async (_fact, from, to) => {
    expect(await saidOf(ASKING, 'inbound-route.conf', from, to)).not.toEqual([]);
  });

  test.each<[string, string, string | RegExp, string]>([
    ['a name is found by its last part', 'directory.conf', 'directory-1-dial,b)', 'directory-1-dial,f)'],
    ['who is taken is dialled', 'voicemail.conf', '101 => -,Ann Young', '102 => -,Ann Young'],
    ['who is taken is shown by which directory', 'directory.conf', 'Set(PREFIX=D: )', 'Set(PREFIX=E: )'],
    ['who keys no name is led on', 'directory.conf', /exten = o,1,Goto\(from-internal,102,1\)/, 'exten = o,1,Hangup()'],
  ])('%s: another line is told', async (_fact, file, from, to) => {
    expect(await saidOf(PASSING, file, from, to)).not.toEqual([]);
  });
});
