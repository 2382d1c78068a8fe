import type { LoadSide } from './load-lab.ts';

/** The habit that the story of this kit begins with: at each hang-up a shell looks with a mask whether a call was recorded, in a folder of all recordings. */
const CONTEXT = 'load-name-mask';
const FOLDER = '/var/spool/asterisk/load-names';
export const NAMES = 200_000;

export const NAME_MASK_DIALPLAN = `[${CONTEXT}]
exten => s,1,System(test -e ${FOLDER}/*-\${UNIQUEID}.*)
exten => s,n,Return()
`;

/** With these each originated channel does so when it ends. */
export const NAME_MASK_VARIABLES = { 'CHANNEL(hangup_handler_push)': `${CONTEXT},s,1` };

/** Makes the names: empty files, as a shell sees them. */
export async function makeNames({ pbx }: LoadSide): Promise<void> {
  const make = `mkdir -p ${FOLDER} && cd ${FOLDER} && seq ${NAMES} | sed 's/.*/auto-20140101-&-1388534400.&.wav/' | xargs touch && chown -R asterisk ${FOLDER}`;
  const { code, err } = await pbx.exec(['sh', '-c', make]);
  if (code !== 0) throw new Error(`the names cannot be made: ${err.trim()}`);
}
