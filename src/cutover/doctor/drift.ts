import type { Build } from '../../model/build.ts';
import { sha256 } from '../../model/output-folder.ts';
import { partsOf } from '../package/installed.ts';
import type { Facts } from './facts.ts';
import { type Symptom, some, watch, well } from './symptom.ts';

/** How the machine differs from the build: its files, and what Asterisk holds of telephones and queues. Pure. */
export function drift(f: Facts, build: Build): Symptom {
  const told = [...ofFiles(f, build), ...ofAsterisk(f, build)];
  if (told.length === 0) return well('drift', 'every file is as the build has it, and Asterisk holds its telephones and queues');
  return watch('drift', told.join('; '), 'Write it into the model where it is to stay: the next package brings what the model says.');
}

function ofFiles({ files }: Facts, build: Build): string[] {
  const held = new Map([...files.matchAll(/^([0-9a-f]{64}) {2}(\S+)$/gm)].map(([, hash, path]) => [path ?? '', hash ?? '']));
  const { files: open, secrets } = partsOf(build);
  const ours = [...open, ...secrets].filter((f) => /^etc\/(asterisk|migrate|systemd\/system\/asterisk|msmtprc)/.test(f.path));
  const changed = ours.filter((f) => held.has(f.path) && held.get(f.path) !== sha256(f.content)).map((f) => f.path);
  const gone = ours.filter((f) => !held.has(f.path)).map((f) => f.path);
  const known = new Set(ours.map((f) => f.path));
  const more = [...held.keys()].filter(
    (path) => path.startsWith('etc/asterisk/') && !known.has(path) && !path.startsWith('etc/asterisk/live.d/'),
  );
  return [
    ...(changed.length === 0 ? [] : [`changed: ${some(changed)}`]),
    ...(gone.length === 0 ? [] : [`gone: ${some(gone)}`]),
    ...(more.length === 0 ? [] : [`not of the build: ${some(more)}`]),
  ];
}

/** Edited and not loaded, or loaded and taken away: what Asterisk runs is not what lies on the disc. Nothing is said of what did not answer. */
function ofAsterisk({ endpoints, queues }: Facts, { model }: Build): string[] {
  const held = (text: string, pattern: RegExp): Set<string> => new Set([...text.matchAll(pattern)].map(([, name = '']) => name));
  const sip = Object.entries(model.device).flatMap(([id, d]) => (d.technology === 'sip' ? [id] : []));
  const differs = (what: string, expected: readonly string[], found: Set<string>): string[] => {
    const missing = found.size === 0 ? [] : expected.filter((id) => !found.has(id));
    return missing.length === 0 ? [] : [`${what} that Asterisk does not hold: ${some(missing)}`];
  };
  return [
    ...differs('telephones', sip, held(endpoints, /^\s*Endpoint:\s+([^/\s]+)/gm)),
    ...differs('queues', Object.keys(model.queue), held(queues, /^(\S+) +has \d+ calls /gm)),
  ];
}
