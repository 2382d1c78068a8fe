import { functionOf, lastOption, sectionsOf } from '../model/custom-configuration.ts';
import type { Model } from '../model/kinds.ts';
import { OwnOptions, ownSections, type WrittenOption } from './custom-configuration.ts';
import { defineView, type Notes } from './view.ts';

/** Class of res_odbc.conf that reads the call records, and names of the same database on old boxes. */
const CALL_RECORDS = 'cdr';
const OLD_CALL_RECORDS = /asteriskcdrdb/i;

/** func_odbc.conf: functions of the site's own that ask a database. */
export const customFunctionView = defineView({
  file: 'etc/asterisk/func_odbc.conf',
  secret: true,
  data: (model, notes) => {
    if (!hasOwnFunctions(model)) return null;
    const functions = ownSections(model, notes, 'func_odbc.conf').map((f) => ({
      ...f,
      options: f.options.map((o) => (HANDLES.has(o.name) ? { ...o, value: classesNow(model, o.value) } : o)),
    }));
    tellClasses(model, notes);
    return {
      functions: functions.map((f) => ({ ...f, function: functionNamed(model, f.name) })),
    };
  },
});

const HANDLES = new Set(['dsn', 'readhandle', 'writehandle']);

export function hasOwnFunctions(model: Model): boolean {
  return sectionsOf(model, 'func_odbc.conf').length > 0;
}

function functionNamed(model: Model, name: string): string {
  const held = sectionsOf(model, 'func_odbc.conf').find((s) => s.name === name);
  return held === undefined ? name : functionOf(name, held.section);
}

/** Databases of the site that its functions ask, for res_odbc.conf: not that of the call records, which is there. */
export function ownDatabases(model: Model, notes: Notes): { name: string; options: WrittenOption[] }[] {
  return ownSections(model, notes, 'res_odbc.conf').filter(({ name }) => !isCallRecords(model, name));
}

/** Whether a class of the old box is the database of call records. */
function isCallRecords(model: Model, name: string): boolean {
  const held = sectionsOf(model, 'res_odbc.conf').find((s) => s.name === name);
  return OLD_CALL_RECORDS.test(name) || (held !== undefined && OLD_CALL_RECORDS.test(lastOption(held.section, 'dsn')));
}

function classesNow(model: Model, value: string): string {
  return value
    .split(',')
    .map((one) => (isCallRecords(model, one.trim()) ? CALL_RECORDS : one.trim()))
    .join(',');
}

/** Where a database is stood in the old machine's /etc/odbc.ini, which no source holds. */
function tellClasses(model: Model, notes: Notes): void {
  for (const { id, name, section } of sectionsOf(model, 'func_odbc.conf')) {
    const classes = ['dsn', 'readhandle', 'writehandle'].flatMap((option) => lastOption(section, option).split(','));
    for (const asked of new Set(classes.map((one) => one.trim()).filter((one) => one !== '' && !isCallRecords(model, one)))) {
      const held = sectionsOf(model, 'res_odbc.conf').find((s) => s.name === asked);
      const called = held === undefined ? '' : lastOption(held.section, 'dsn');
      const means =
        held === undefined
          ? `${functionOf(name, section)}() asks the database '${asked}', which res_odbc.conf of the source does not describe: it gives nothing.`
          : `${functionOf(name, section)}() asks the database '${asked}', whose address stood in the old machine's /etc/odbc.ini as [${called}]: until the new one has that section, it gives nothing.`;
      new OwnOptions(model, notes, id).tell(section.options[0]?.at ?? 'func_odbc.conf', means, 'ODBC_DATABASE_UNKNOWN');
    }
  }
}
