import type { AmiEvent } from '../../src/asterisk/ami.ts';
import { type OneAsterisk, startAsterisk } from '../asterisk/one-asterisk.ts';
import type { Tree } from './some-pbx.ts';

const ETC = 'etc/asterisk/';
/** Modules that wait for a database, which there is none of. */
const WITH_DATABASE = /^load = (?:res_odbc|cdr_|func_odbc|res_cdrel|res_config_odbc)/;

/** What keys for the test: PlayDTMF. */
const KEYS = 'load = app_senddtmf.so';

/** One Asterisk with the rendered files, alone: without its database, and with AMI for the test. */
export function startRendered({ files }: Tree): Promise<OneAsterisk> {
  const own = files.filter((f) => f.path.startsWith(ETC) && !/manager\.conf$/.test(f.path));
  return startAsterisk(Object.fromEntries(own.map((f) => [f.path.slice(ETC.length), without(f.path, String(f.content))])));
}

function without(path: string, text: string): string {
  if (!path.endsWith('/modules.conf')) return text;
  const lines = text.split('\n').filter((line) => !WITH_DATABASE.test(line));
  return [...lines, KEYS, ''].join('\n');
}

/** The next event of this name that is meant. */
export function happens({ ami }: OneAsterisk, name: string, isMeant: (e: AmiEvent) => boolean = () => true): Promise<AmiEvent> {
  return new Promise((resolve) => {
    const stop = ami.on(name, (e) => {
      if (!isMeant(e)) return;
      stop();
      resolve(e);
    });
  });
}
