import type { Plan } from './plan.ts';

/** CUTOVER.md: the plan as an administrator follows it on the night. */
export function planText(p: Plan): string {
  return [
    '# Cutover\n',
    'Made by `migrate cutover plan` from the model and the last verification. Make it again after a change; what is decided by hand belongs elsewhere.\n',
    ready(p),
    telephones(p),
    carriers(p),
    programs(p),
    section(
      'What the old machine does beside its PBX',
      p.beside.map((b) => `- ${b.code} ${b.where}: ${b.means} ${b.hint}`),
      'Nothing is known: the source brings no facts of the machine.',
    ),
    section(
      'Ports of the new machine',
      p.ports.map((o) => `- ${o.port}/${o.protocol}: ${o.why}`),
      '',
    ),
    ORDER,
    times(p),
  ].join('\n');
}

function section(title: string, lines: readonly string[], none: string): string {
  return `## ${title}\n\n${lines.length === 0 ? none : lines.join('\n')}\n`;
}

function ready({ verified, open }: Plan): string {
  const lines =
    verified === null
      ? ['**No verification of this build was found: `migrate cutover go` refuses.** Run `migrate verify BUILD`.']
      : [`${verified.at}: ${verified.sentence}`, ...verified.but.map((why) => `- **${why}**`)];
  const decide = open.map((f) => `- ${f.code} (${f.about}): ${f.means} ${f.hint}`);
  return section('Is it ready?', [...lines, '', ...(decide.length === 0 ? [] : [`Decide first (${decide.length}):`, '', ...decide])], '');
}

function telephones({ telephones: t }: Plan): string {
  const lines = [
    `${t.sip} by SIP, ${t.iax2} by IAX2, ${t.others} of another kind. ${t.seen ?? ''}`.trim(),
    '',
    'Names, passwords and codes stay. Where the old address is taken over, nothing changes at the telephones; where it is not, each must be told the new one.',
    '',
    ...t.changed.map((c) => `- ${c.id}: ${c.what}`),
  ];
  return section('Telephones', lines, '');
}

function carriers(p: Plan): string {
  const lines = p.carriers.map(
    (c) =>
      `- ${c.name} (trunk ${c.trunk}, ${c.technology}${c.registers.length === 0 ? '' : `; registers as ${c.registers.join(', ')}`}): tell: ${c.tell}`,
  );
  return section('Carriers', lines, 'There are none.');
}

function programs(p: Plan): string {
  const users = p.clients.map((c) => `- \`${c.user}\` from ${c.from.join(', ') || 'anywhere'}`);
  const lines = p.lines.map((l) => `- \`${l.says}\` → ${l.instead}`);
  const change = lines.length === 0 ? [] : ['', 'Lines that they must change:', '', ...lines];
  return section('Programs that are connected over AMI', [...users, ...change], 'There are none.');
}

function times(p: Plan): string {
  const rows = p.times.map(({ phase, says, last }) =>
    last === null
      ? `| ${phase} | ${says} | not measured | |`
      : `| ${phase} | ${says} | ${last.seconds} | ${last.at}: ${last.result.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ').slice(0, 80)} |`,
  );
  const silent = p.times.filter(({ phase }) => phase === 'go').map(({ last }) => last?.seconds);
  const known = silent.every((seconds) => seconds !== undefined);
  return section(
    'How long it takes',
    [
      'As the journal of this build has it: `sync` measures its part as often as it is given, `go` and `back` once they were done.',
      '',
      '| phase | what | seconds | when, and what came |',
      '| --- | --- | --- | --- |',
      ...rows,
      '',
      `Nobody can call: ${known ? `${Math.round(silent.reduce((sum, seconds) => sum + (seconds ?? 0), 0))} seconds, at the last \`go\`` : 'not measured here; six seconds in the lab, with twenty telephones'}.`,
    ],
    '',
  );
}

const ORDER = `## In this order

| when | what | how long calls are touched |
| --- | --- | --- |
| days before | \`apt-get install ./pbx-config_*.deb\`, \`pbx-config secrets\`; \`migrate cutover sync\`, as often as you like; \`migrate doctor\` | not at all |
| days before | \`migrate cutover pilot\`: some telephones on the new PBX | those telephones |
| the evening | \`migrate cutover freeze\`: nobody changes the old PBX by its web pages any more | not at all |
| the evening | \`migrate cutover sync\` once more | not at all |
| the night | \`migrate cutover go\`: the last of call records, voicemail and forwards; the old Asterisk stops; contacts of telephones are taken over; the address moves; the new PBX goes live | until telephones are called again: under a minute where the address moves |
| right after | \`migrate doctor\`: telephones, carriers, call records | not at all |

**The way back**: \`migrate cutover back\`, within a minute: the new PBX is quiet again, the old one starts, the address moves back, forwards that were set meanwhile go along; call
records and voicemail of the time between lie in a folder.

**The point of no return** is none of the kit's: it is when somebody changes what the old PBX does not know (a new telephone, a number at the carrier). Until then \`back\` works.
`;
