import type { Ami } from '../../asterisk/ami.ts';
import type { Container } from '../../engine/container.ts';
import { type Finding, finding } from '../../finding.ts';
import type { Build } from '../build.ts';
import { askBack } from './asked-back.ts';
import { checkIncludes, checkLoaded, checkNames } from './dialplan.ts';
import { dialplanOf } from './dialplan-files.ts';
import { HeldDialplan } from './held-dialplan.ts';
import type { Mismatch } from './mismatch.ts';
import { listOf, nameable } from './nameable.ts';
import { unreached } from './unreached.ts';

/** What the static checks found, the log apart: that is read once the calls are over. */
export interface StaticChecks {
  readonly mismatches: readonly Mismatch[];
  readonly findings: readonly Finding[];
}

/** Asks a running PBX for all that it holds, and compares it with the model; then whether its dialplan leads anywhere. */
export async function checkStatic(pbx: { ami: Ami; container: Container }, build: Build): Promise<StaticChecks> {
  const files = dialplanOf(build.entries);
  const dialplan = new HeldDialplan(await listOf(pbx.ami, { Action: 'ShowDialPlan' }), files);
  const mismatches = [
    ...(await askBack(pbx.ami, build.model)),
    ...checkLoaded(dialplan, files),
    ...checkIncludes(dialplan),
    ...checkNames(dialplan, await nameable(pbx.ami, pbx.container, build.model)),
  ];
  return { mismatches, findings: await contextsWithoutEntry(pbx.ami, dialplan) };
}

/** Names by which telephones, carriers and programs enter (the old box's own). */
const ENTRIES = ['from-internal', 'from-trunk', 'default'];

async function contextsWithoutEntry(ami: Ami, dialplan: HeldDialplan): Promise<Finding[]> {
  const globals = (await ami.command('dialplan show globals')).matchAll(/^\s*\w*CONTEXT=(\S+)$/gm);
  const own = await entryContexts(ami);
  return unreached(dialplan, [...ENTRIES, ...own, ...[...globals].map((m) => m[1] as string)]).map((context) =>
    finding('CONTEXT_UNREACHED', { where: context, means: 'No telephone, carrier or step of the dialplan leads to this context.' }),
  );
}

async function entryContexts(ami: Ami): Promise<string[]> {
  const endpoints = await listOf(ami, { Action: 'PJSIPShowEndpoints' });
  const details = await Promise.all(endpoints.map((e) => listOf(ami, { Action: 'PJSIPShowEndpoint', Endpoint: e['ObjectName'] ?? '' })));
  const sip = details.flat().flatMap((e) => [e['Context'], e['SubscribeContext'], e['MessageContext']]);
  const iax = [...(await ami.command('iax2 show users').catch(() => '')).matchAll(/^\S+\s+\S+\s+\S+\s+(\S+)/gm)].map((m) => m[1]);
  return [...sip, ...iax].filter((name) => name !== undefined && name !== '') as string[];
}
