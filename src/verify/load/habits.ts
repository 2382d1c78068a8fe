import type { Change } from '../lab/overlay.ts';
import type { LoadSide } from './load-lab.ts';
import { makeNames, NAME_MASK_DIALPLAN, NAME_MASK_VARIABLES } from './name-mask.ts';
import type { Whom } from './whom.ts';

/** Something that old boxes do at every call, and that is switched on in the new one to see what it costs alone. */
export interface Habit {
  readonly name: string;
  on(side: LoadSide): Promise<void>;
  off(side: LoadSide): Promise<void>;
  /** Set on each originated channel. */
  readonly variables?: Readonly<Record<string, string>>;
  /** The way that customers are called by, where the habit is a longer one. */
  readonly context?: string;
  /** Programs that are logged in to AMI with every event, and ask for all channels twice a second. */
  readonly panels?: number;
}

const AGI = '/usr/share/asterisk/agi-bin/load-habit.agi';
const AGI_CONTEXT = 'load-habit-agi';
const LONG_CONTEXT = 'load-habit-long';
const OLD_STEPS = 100;
const OLD_PANELS = 3;
const LOGS = ['full', 'verbose', 'debug'];

/** What the hooks of habits are in the dialplan; `context`: by which customers are called otherwise. */
export function habitDialplan({ context }: Whom): Change {
  const steps = Array.from({ length: OLD_STEPS }, (_, i) =>
    i % 3 === 0
      ? `Set(STEP${i}=\${CALLERID(num)})`
      : i % 3 === 1
        ? `GotoIf($["\${STEP${i - 1}}" = "x"]?last)`
        : `NoOp(\${STEP${i - 2}} \${EXTEN})`,
  );
  const to = `
${NAME_MASK_DIALPLAN}
[${AGI_CONTEXT}]
exten => s,1,AGI(load-habit.agi,\${UNIQUEID})
exten => s,n,Return()

[${LONG_CONTEXT}]
exten => _X.,1,NoOp()
${steps.map((step) => `exten => _X.,n,${step}`).join('\n')}
exten => _X.,n(last),Goto(${context},\${EXTEN},1)
`;
  return { file: 'etc/asterisk/extensions.conf', from: null, to, because: 'habits of old boxes, to see what each costs' };
}

/** The account by which the AGI script asks the database. */
export interface HabitAccount {
  readonly user: string;
  readonly password: string;
  readonly host: string;
}

/** Each habit of an old box, alone. */
export function habits(account: HabitAccount): readonly Habit[] {
  return [
    {
      name: 'AGI script at each hang-up, which opens a connection to the database',
      variables: { 'CHANNEL(hangup_handler_push)': `${AGI_CONTEXT},s,1` },
      on: (side) => script(side, account),
      off: async () => undefined,
    },
    {
      name: 'test -e with a mask over 200,000 names at each hang-up',
      variables: NAME_MASK_VARIABLES,
      on: async (side) => {
        await load(side, ['app_system']);
        await makeNames(side);
      },
      off: async () => undefined,
    },
    {
      name: 'call records to CSV and SQLite as well',
      on: async (side) => {
        await put(side, CDR_FILES);
        // without a section of its own cdr_csv declines to load
        await side.pbx.exec(['sh', '-c', "printf '\\n[csv]\\nusegmtime = no\\n' >> /etc/asterisk/cdr.conf"]);
        await load(side, ['cdr_csv', 'cdr_sqlite3_custom']);
      },
      off: (side) => unload(side, ['cdr_csv', 'cdr_sqlite3_custom']),
    },
    {
      name: 'full and verbose logs to three files',
      on: async ({ ami }) => {
        for (const log of LOGS) await ami.command(`logger add channel ${log} notice,warning,error,debug,dtmf,verbose(9)`);
        await ami.command('core set debug 1');
      },
      off: async ({ ami }) => {
        await ami.command('core set debug 0');
        for (const log of LOGS) await ami.command(`logger remove channel ${log}`);
      },
    },
    { name: 'three panels on AMI with every event', panels: OLD_PANELS, on: async () => undefined, off: async () => undefined },
    { name: 'a hundred steps more on the way of each call', context: LONG_CONTEXT, on: async () => undefined, off: async () => undefined },
  ];
}

const CDR_FILES: Readonly<Record<string, string>> = {
  '/etc/asterisk/cdr_sqlite3_custom.conf': `[master]
table => cdr
columns => calldate, clid, dcontext, channel, dstchannel, lastapp, lastdata, duration, billsec, disposition, uniqueid
values => '\${CDR(start)}','\${CDR(clid)}','\${CDR(dcontext)}','\${CDR(channel)}','\${CDR(dstchannel)}','\${CDR(lastapp)}','\${CDR(lastdata)}','\${CDR(duration)}','\${CDR(billsec)}','\${CDR(disposition)}','\${CDR(uniqueid)}'
`,
};

/** As a PHP script of old: an interpreter starts, reads what Asterisk says of the call, and asks the database for one row. The account is in a file. */
async function script(side: LoadSide, { user, password, host }: HabitAccount): Promise<void> {
  const ini = `[habit]\nDriver = MariaDB Unicode\nSERVER = ${host}\nPORT = 3306\nDATABASE = asteriskcdrdb\nUID = ${user}\nPWD = {${password}}\n`;
  const agi = `#!/usr/bin/perl
while (my $line = <STDIN>) { last if $line =~ /^$/; }
open(my $isql, '|-', 'ODBCINI=/etc/load-habit.ini isql -b habit > /dev/null 2>&1');
print $isql "SELECT COUNT(*) FROM cdr WHERE uniqueid = '$ARGV[0]'\\n";
close($isql);
`;
  await put(side, { '/etc/load-habit.ini': ini, [AGI]: agi });
  await side.pbx.exec(['sh', '-c', `chown asterisk /etc/load-habit.ini && chmod 0755 ${AGI}`]);
  await load(side, ['res_speech', 'res_agi']);
}

async function put({ pbx }: LoadSide, files: Readonly<Record<string, string>>): Promise<void> {
  const entries = Object.entries(files).map(([path, text]) => ({ path: path.slice(1), content: Buffer.from(text), mode: 0o644 }));
  await pbx.put('/', entries);
}

/**
 * One that is loaded already is not loaded again, and says so; that it is there is asked for. By the console, since AMI refuses `module load` ("Command blacklisted", 22.10).
 * @throws MigrateError E_AMI_REFUSED where it is not
 */
async function load({ ami, pbx }: LoadSide, modules: readonly string[]): Promise<void> {
  for (const name of modules) {
    await pbx.exec(['asterisk', '-rx', `module load ${name}.so`]);
    await ami.action({ Action: 'ModuleCheck', Module: name });
  }
}

async function unload({ pbx }: LoadSide, modules: readonly string[]): Promise<void> {
  for (const name of modules) await pbx.exec(['asterisk', '-rx', `module unload ${name}.so`]);
}
