import { SOUND_EXTENSIONS } from './sound-type.ts';

/** What a link of the old box asks for. */
export type OldLink =
  /** The recording of a call; where the call has several, `name` may say which. */
  | { readonly by: 'uniqueid'; readonly uniqueid: string; readonly name: string; readonly isDownload: boolean }
  /** A recording by its path below the folder of recordings. */
  | { readonly by: 'path'; readonly path: string };

/** Where the recordings of an Elastix lie, as links have it. */
const FOLDERS = /^\/(?:cdr_static|monitor)\/+/;
const MONITOR = /^\/+var\/+spool\/+asterisk\/+monitor\/+/;

/**
 * Reads a link of the old box; null where it is none. `/cdr_static/NAME`, `/monitor/NAME` and `/NAME` name a file; the monitoring module of Elastix has
 * `index.php?menu=monitoring&action=download|display_record&id=UNIQUEID[&namefile=NAME]&rawmode=yes` (modules/monitoring/index.php: its list, its popup); the recordings
 * portal (ARI) of FreePBX has `/recordings/misc/audio.php?recording=PATH`, where it was told not to encrypt paths.
 * @param path decoded, of the address that was asked for
 */
export function readOldLink(path: string, query: Readonly<Record<string, unknown>>): OldLink | null {
  const text = (name: string): string => (typeof query[name] === 'string' ? query[name] : '');
  if (/^\/(?:index\.php)?$/.test(path)) {
    const [action, uniqueid] = [text('action'), text('id')];
    if (text('menu') !== 'monitoring' || !['download', 'display_record'].includes(action) || uniqueid === '') return null;
    return { by: 'uniqueid', uniqueid, name: text('namefile'), isDownload: action === 'download' };
  }
  const isPortal = /^\/recordings\/misc\/audio\.php$/.test(path);
  const file = isPortal ? text('recording').replace(MONITOR, '') : path.replace(FOLDERS, '').replace(/^\/+/, '');
  const extension = /\.(\w+)$/.exec(file)?.[1]?.toLowerCase() ?? '';
  return SOUND_EXTENSIONS.includes(extension) ? { by: 'path', path: file } : null;
}
