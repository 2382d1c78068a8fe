import type { Box } from '../box/box.ts';
import { type Finding, finding } from '../finding.ts';
import { emptyModel, MODEL_KINDS, type Model } from '../model/kinds.ts';
import type { Ledger } from '../model/ledger.ts';
import { refText } from '../model/ref.ts';
import { checkCircles } from './check-circles.ts';
import { checkEmergency } from './check-emergency.ts';
import { checkGaps } from './check-gaps.ts';
import { checkHours } from './check-hours.ts';
import { checkMembers } from './check-members.ts';
import { checkMusic } from './check-music.ts';
import { checkNumbers } from './check-numbers.ts';
import { checkPatterns } from './check-patterns.ts';
import { checkRoutes } from './check-routes.ts';
import { checkSecrets } from './check-secrets.ts';
import { checkTelephones } from './check-telephones.ts';
import { Account, buildLedger } from './ledger.ts';
import { noNumberFindings } from './no-number.ts';
import { tellOwnerless } from './ownerless.ts';
import type { Reader } from './reader.ts';
import { READERS } from './readers.ts';
import { rowKeys } from './row-key.ts';
import { openSource } from './source.ts';
import { tellText } from './tell-text.ts';
import { tellUnknown, tellUnreadColumns } from './unknown.ts';

export interface Reading {
  readonly model: Model;
  readonly ledger: Ledger;
  /** In a stable order, each once. */
  readonly findings: readonly Finding[];
}

/** A box as a model, with the account of all that it held. Pure: the loop knows no kind. */
export function readBox(box: Box, readers: readonly Reader[] = READERS): Reading {
  const account = new Account();
  const source = openSource(box, account, new Set(readers.flatMap((r) => r.kind ?? [])));
  const objects: Record<string, unknown> = {};
  for (const reader of readers) {
    const read = reader.read(source, account);
    if (reader.kind !== null) objects[reader.kind] = read;
  }
  const model = { ...emptyModel(), ...objects, secrets: account.secrets } as Model;
  tellMissingParts(box, account);
  tellOwnerless(box, source, account);
  tellUnreadColumns(box, source, account, readers);
  tellUnknown(box, source, account, readers);
  const findings = [
    ...box.findings,
    ...tellMoved(box),
    ...tellText(box, (table) => keysOf(box, table)),
    ...account.findings,
    ...noNumberFindings(source, account),
    ...checkCircles(model),
    ...checkEmergency(model, source),
    ...checkGaps(model),
    ...checkHours(model),
    ...checkMembers(model, source),
    ...checkMusic(model),
    ...checkNumbers(model),
    ...checkPatterns(model),
    ...checkRoutes(model),
    ...checkSecrets(model),
    ...checkTelephones(model),
  ];
  return { model, ledger: buildLedger(box, source, account), findings: inOrder(findings) };
}

/** How many objects of each kind. */
export function countObjects(model: Model): Record<string, number> {
  return Object.fromEntries(MODEL_KINDS.map((kind) => [kind, Object.keys(model[kind]).length]));
}

function keysOf(box: Box, name: string): string[] {
  const table = box.tables.get(name);
  return table === undefined ? [] : rowKeys(table);
}

function tellMoved(box: Box): Finding[] {
  return [...box.tables.values()]
    .filter((table) => table.moved)
    .map(({ name }) =>
      finding('TABLE_MOVED', {
        where: name,
        means: 'The table was written to each time that it was read: its rows may be of two moments.',
      }),
    );
}

function tellMissingParts(box: Box, account: Account): void {
  if (box.astdb === null) {
    account.finding(
      finding('SOURCE_INCOMPLETE', {
        where: 'astdb',
        means:
          'The source holds no AstDB: forwards, do not disturb, call waiting and day and night modes are not carried, and extensions ring the devices that the tables name.',
      }),
    );
  }
  if (box.etc === null) {
    account.finding(
      finding('SOURCE_INCOMPLETE', {
        where: 'etc/asterisk',
        means: 'The source holds no /etc/asterisk: mailboxes and hand-made dialplan stand nowhere else, and are not carried.',
      }),
    );
  }
}

const SEVERITY = { error: 0, warning: 1, info: 2 } as const;

function inOrder(findings: readonly Finding[]): Finding[] {
  const keyed = new Map(
    findings.map((f) => [[SEVERITY[f.severity], f.code, f.about === null ? '' : refText(f.about), f.where ?? '', f.means].join('\0'), f]),
  );
  return [...keyed].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, f]) => f);
}
