import { baseName, type FilePath, pathText, splitExtension } from './file-path.ts';

/** What a recording's path tells of its call. */
export interface RecordingName {
  /** 'YYYY/MM/DD', or null where neither folder nor name tells. */
  readonly day: string | null;
  /** '' where the name holds none. */
  readonly uniqueid: string;
  /** How call records may name the file: bare, with the day's folder, with the whole path; and without its extension. */
  readonly namedAs: readonly string[];
}

/** Where Elastix and FreePBX record; call records of 2.x hold this path or none. */
const MONITOR = '/var/spool/asterisk/monitor';

/**
 * Reads the path of a recording below its folder. Names of Elastix 2.x end in the day, the time and the uniqueid, whatever stands before them
 * (OUT101-, IN-, q400-, g600-, exten-, external-, internal-, out-, rg-, force-): `OUT101-20130603-100310-1370253790.1210.wav`.
 * Source of that: macro-record-enable and sub-record-check of FreePBX 2.8 to 2.11.
 */
export function readRecordingName(path: FilePath): RecordingName {
  const text = pathText(path);
  const name = pathText(baseName(path));
  const stem = pathText(splitExtension(baseName(path)).stem);
  const day =
    dayOf(/^(?:.*\/)?(\d{4})\/(\d\d)\/(\d\d)\/[^/]*$/s.exec(text)) ?? dayOf(/(?:^|[^0-9])(\d{4})(\d\d)(\d\d)-\d{6}(?![0-9])/.exec(name));
  const uniqueid = /(?:^|[-_])((?:[A-Za-z][\w]*-)?\d{9,10}\.\d+)$/.exec(stem)?.[1] ?? '';
  const dated = day === null ? [] : [`${day}/${name}`, `${MONITOR}/${day}/${name}`];
  return { day, uniqueid, namedAs: [...new Set([name, stem, text, `${MONITOR}/${text}`, `${MONITOR}/${name}`, ...dated])] };
}

/** Where a recording may lie below the folder of recordings. @param recordingfile as a call record names it */
export function placesOf(recordingfile: string): string[] {
  const bare = recordingfile.replace(/^\/var\/spool\/asterisk\/monitor\//, '').replace(/^\/+/, '');
  const name = baseName(Buffer.from(bare)).toString();
  const { day } = readRecordingName(Buffer.from(bare));
  return [...new Set([bare, name, ...(day === null ? [] : [`${day}/${name}`])])];
}

function dayOf(found: RegExpExecArray | null): string | null {
  if (found === null) return null;
  const [, year, month, day] = found;
  const iso = `${year}-${month}-${day}`;
  const date = new Date(`${iso}T00:00:00Z`);
  const exists = Number(year) >= 1990 && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso);
  return exists ? `${year}/${month}/${day}` : null;
}
