import { beforeAll, describe, expect, it } from 'vitest';
import { silentContext } from '../../src/context.ts';
import type { Finding } from '../../src/finding.ts';
import { checkScripts } from '../../src/verify/static/scripts.ts';
import { leftOver } from '../lab/left-over.ts';
import { aModel } from '../model/a-model.ts';

const SCRIPTS: Record<string, string> = {
  'debt.php':
    '#!/usr/bin/php -q\n<?php\nrequire "lib.php";\n$l = mysql_connect("localhost", "root", "geheim");\nfunction mine($x) { return each($x); }\nmine(1); helper(2); echo strlen("x"); $agi->answer();\n',
  'lib.php': '<?php function helper($x) { return 1; }\n',
  'brace.php': '#!/usr/bin/php\n<?php\n$s = "geheim"; if ($s { echo 1; }\n',
  'fine.php': '#!/usr/bin/php\n<?php $m = new mysqli("a", "b", "geheim"); echo json_encode([1]);\n',
  'net.pl': '#!/usr/bin/perl\nuse Asterisk::AGI;\nuse Net::Nothing;\n',
  'fine.pl': '#!/usr/bin/perl\nuse strict;\nuse Asterisk::AGI;\nuse DBI;\nprint 1;\n',
  'bad.pl': '#!/usr/bin/perl\nBEGIN { open(F, ">/usr/local/share/migrate/check.sh"); print F "geheim"; fork() while 1; }\n',
  'quote.pl': '#!/usr/bin/perl\nmy $x = "geheim" "y";\n',
  'old.py': '#!/usr/bin/python\nimport urllib2\nprint("a")\n',
  'print.py': '#!/usr/bin/env python3\nprint "geheim"\n',
  'open.sh': '#!/bin/sh\nif true; then\n',
  'dos.sh': '#!/bin/sh\r\necho 1\r\n',
  'bare.php': '<?php echo 1;\n',
};

describe("AGI scripts, as the target's interpreters take them", () => {
  let found: Finding[];
  let lines: string[];

  beforeAll(async () => {
    const names = Object.keys(SCRIPTS);
    const calledBy = (name: string): string[] => [name === 'lib.php' ? 'agi-bin/debt.php' : 'extensions_custom.conf:2'];
    const model = aModel({ 'agi-script': Object.fromEntries(names.map((name) => [name, { calledBy: calledBy(name), carried: 'yes' }])) });
    const entries = names.map((name) => ({
      path: `usr/share/asterisk/agi-bin/${name}`,
      content: Buffer.from(SCRIPTS[name] ?? ''),
      mode: 0o750,
    }));
    found = await checkScripts(
      { dir: '', manifest: { schema: 1, modelSha256: '', sounds: [], files: [] }, model, entries },
      silentContext(),
    );
    lines = found.map((f) => `${f.where} ${f.means}`);
  }, 180_000);

  const of = (name: string): string[] => lines.filter((l) => l.startsWith(`agi-bin/${name}:`));

  it('that call what PHP has given up are told with their lines', () => {
    expect(of('debt.php')).toEqual([
      expect.stringContaining('debt.php:4 It calls mysql_connect()'),
      expect.stringContaining('debt.php:5 It calls each()'),
    ]);
    expect(of('brace.php')).toEqual([expect.stringContaining('brace.php:3 PHP of today refuses')]);
  });

  it('that lack a module, or are written in the language of then, are told with their lines', () => {
    expect(of('net.pl')).toEqual([expect.stringContaining('net.pl:3 It needs the module Net::Nothing')]);
    expect(of('quote.pl')).toEqual([expect.stringContaining('quote.pl:2 Perl of today refuses')]);
    expect(of('print.py')).toEqual([expect.stringContaining('print.py:2 Python 3 refuses')]);
    expect(of('old.py').join(' ')).toMatch(/old\.py:1 It is started by \/usr\/bin\/python,.*old\.py:2 It needs the module urllib2/);
    expect(of('open.sh')).toEqual([expect.stringContaining('The shell refuses')]);
  });

  it('that Asterisk cannot start at all are told', () => {
    expect(of('dos.sh').join(' ')).toContain('lines of Windows');
    expect(of('bare.php').join(' ')).toContain('no first line');
  });

  it('that are as good today are left alone, one beside them that does harm or not, and nothing of them is quoted', () => {
    expect(of('bad.pl')).toEqual([expect.stringContaining('comes to no end')]);
    for (const fine of ['fine.php', 'fine.pl', 'lib.php']) expect(of(fine)).toEqual([]);
    expect(JSON.stringify(found)).not.toContain('geheim');
  });

  it('leave nothing in the engine', async () => {
    expect(await leftOver(process.pid)).toEqual([]);
  });
});
