import { finding } from '../finding.ts';
import type { AmiUser } from '../model/ami-user.ts';
import { ref } from '../model/ref.ts';
import { readConfTree, type TreeEntry } from './conf-tree.ts';
import { MODULE_OFF } from './module-off.ts';
import { defineReader, type Notes, type Row } from './reader.ts';
import { wholeNumber } from './source.ts';

const CONF = 'manager.conf';
const GENERATED = 'manager_additional.conf';

/**
 * Who may log in over AMI: FreePBX's own user and what people wrote in manager.conf and its custom file, and the table `manager`, from which FreePBX
 * writes manager_additional.conf. Where two have one name, the later in Asterisk's order wins: manager.conf, the table, the custom file.
 */
export default defineReader({
  kind: 'ami-user',
  tables: ['manager'],
  astdb: [],
  files: [CONF, GENERATED, 'manager_custom.conf'],
  dead: { manager: ['manager_id'] },
  read: (source, notes) => {
    const fromTable = source.hasTable('manager');
    const conf = readConfTree(source, CONF, (path) => path === GENERATED && (fromTable || source.file(path) === null));
    for (const problem of conf.problems) notes.finding(problem);
    const users = new Map<string, Found>();
    const sections = conf.sections.filter((s) => s.name !== '' && s.name !== 'general' && !s.template);
    const isCustom = (entries: readonly TreeEntry[]) => entries.some((entry) => /_custom\.conf$/.test(entry.path));
    for (const s of sections) if (!isCustom(s.entries)) users.set(s.name, fromSection(notes, s.name, s.entries));
    for (const row of source.rows('manager')) {
      const name = row.text('name').trim();
      if (source.moduleOff('manager')) notes.dropped(row, MODULE_OFF);
      else if (isName(notes, name, `manager ${row.key}`)) {
        if (users.get(name)?.where.startsWith('manager ') === true) tellTwice(notes, row, name);
        users.set(name, fromRow(notes, row, name));
      } else notes.dropped(row, 'its name cannot be used');
    }
    for (const s of sections) if (isCustom(s.entries)) users.set(s.name, fromSection(notes, s.name, s.entries));
    for (const file of conf.files) for (const [name] of users) notes.carried(file, ref('ami-user', name));
    tellGeneral(notes, conf.sections.find((s) => s.name === 'general')?.entries ?? []);
    return kept(notes, users);
  },
});

interface Found {
  readonly user: AmiUser;
  readonly secret: string;
  readonly where: string;
}

function kept(notes: Notes, users: ReadonlyMap<string, Found>): Record<string, AmiUser> {
  const found: Record<string, AmiUser> = {};
  for (const [name, { user, secret, where }] of users) {
    if (!isName(notes, name, where)) continue;
    found[name] = user;
    if (secret !== '') notes.secret(`ami-user/${name}/secret`, secret);
    else {
      const means = 'The AMI user has no secret, and Asterisk lets nobody log in without one.';
      notes.finding(finding('AMI_USER_INCOMPLETE', { about: ref('ami-user', name), where, means }));
    }
  }
  return found;
}

/** A name that is the header of a section. */
function isName(notes: Notes, name: string, where: string): boolean {
  const isUsable = /^[^\s[\];#\p{Cc}][^[\];\p{Cc}]*$/u.test(name);
  if (!isUsable) {
    const means = 'An AMI user has a name that no section of a configuration can have: on the old box nobody could log in with it.';
    notes.finding(finding('AMI_USER_INCOMPLETE', { where, means }));
  }
  return isUsable;
}

/** FreePBX writes both, and Asterisk's later section of a name changes what the first said (manager.c, "look for an existing entry"). */
function tellTwice(notes: Notes, row: Row, name: string): void {
  const means = `Two AMI users are called '${name}': programs log in by the secret of the second, here as on the old box.`;
  notes.finding(finding('OBJECT_TWICE', { about: ref('ami-user', name), where: `manager ${row.key}`, means }));
}

function fromRow(notes: Notes, row: Row, name: string): Found {
  const about = ref('ami-user', name);
  const where = `manager ${row.key}`;
  notes.carried(row, about);
  const written = row.text('secret').trim();
  // FreePBX writes the secret as it stands, and for Asterisk a semicolon begins a comment
  const secret = (/^((?:\\;|[^;])*)/.exec(written)?.[1] ?? '').replaceAll('\\;', ';').trim();
  if (secret !== written && secret !== '') {
    const means =
      'The secret holds a semicolon, where Asterisk cut it: on the old box programs log in with what stands before it, and so they do here.';
    notes.finding(finding('AMI_SECRET_CUT', { about, where, means }));
  }
  return {
    where,
    secret,
    user: {
      deny: parts(row.text('deny'), /&/),
      permit: parts(row.text('permit'), /&/),
      read: parts(row.text('read'), /,/),
      write: parts(row.text('write'), /,/),
      writeTimeoutMs: null,
    },
  };
}

/** Options of a user with a meaning of their own; what Asterisk takes several times stands here several times. */
const READ = new Set(['secret', 'deny', 'permit', 'read', 'write', 'writetimeout']);

function fromSection(notes: Notes, name: string, entries: readonly TreeEntry[]): Found {
  const where = entries[0]?.where ?? CONF;
  const all = (option: string) => entries.filter((entry) => entry.name.toLowerCase() === option).map((entry) => entry.value.trim());
  const last = (option: string) => all(option).at(-1) ?? '';
  const left = [...new Set(entries.map((entry) => entry.name.toLowerCase()).filter((option) => !READ.has(option)))].sort();
  if (left.length > 0) {
    const means = `Options of the AMI user that the new box does not set: ${left.join(', ')}.`;
    notes.finding(finding('OPTION_NOT_CARRIED', { about: ref('ami-user', name), where, means }));
  }
  return {
    where,
    secret: last('secret'),
    user: {
      deny: all('deny'),
      permit: all('permit'),
      read: parts(last('read'), /,/),
      write: parts(last('write'), /,/),
      writeTimeoutMs: wholeNumber(last('writetimeout')),
    },
  };
}

function parts(text: string, separator: RegExp): string[] {
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** What holds for all users has no place in the model: said where it is not what the build does. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  enabled: ['yes'],
  port: ['5038'],
  bindaddr: ['0.0.0.0', '127.0.0.1', '::'],
  displayconnects: ['yes', 'no'],
  webenabled: ['no'],
  debug: ['no', 'off'],
};

function tellGeneral(notes: Notes, entries: readonly TreeEntry[]): void {
  const odd = entries.filter((entry) => !(USUAL[entry.name.toLowerCase()] ?? []).includes(entry.value.trim().toLowerCase()));
  if (odd.length === 0) return;
  const means = `General options of AMI that the new box does not set: ${[...new Set(odd.map((entry) => entry.name))].sort().join(', ')}.`;
  notes.finding(finding('OPTION_NOT_CARRIED', { where: odd[0]?.where ?? CONF, means }));
}
