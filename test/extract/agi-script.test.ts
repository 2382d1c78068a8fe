import { describe, expect, it } from 'vitest';
import { scriptTroubles } from '../../src/extract/agi-trouble.ts';
import { readBox } from '../../src/extract/read-box.ts';
import { scriptFiles } from '../../src/model/agi-script.ts';
import { boxOf } from './box-of.ts';

const php = '#!/usr/bin/php -q\n<?php $l = mysql_connect("localhost", "root", "geheim99"); ?>\n';
const reading = readBox(
  boxOf({
    etc: {
      'extensions_custom.conf':
        '[a]\nexten => 1,1,AGI(debt.php,${CALLERID(num)})\nexten => 1,n,DeadAGI(gone.agi|1)\nexten => 1,n,ExecIf($[1]?AGI(debt.php))\nexten => 1,n,AGI(agi://10.0.0.1/x)\nexten => 1,n,AGI(${WHICH})\nexten => 1,n,AGI(../../etc/passwd)\n',
    },
    scripts: { 'debt.php': php, 'other.agi': '#!/bin/sh\n' },
  }),
);

describe('an AGI script', () => {
  it('that hand-made dialplan runs is listed with what runs it, and carried where the source has it', () => {
    expect(reading.model['agi-script']['debt.php']).toEqual({
      calledBy: ['extensions_custom.conf:2', 'extensions_custom.conf:4'],
      carried: true,
    });
    expect(reading.model['agi-script']['gone.agi']).toMatchObject({ carried: false });
    expect(reading.model['agi-script']['other.agi']).toBeUndefined();
    expect(scriptFiles(reading.model).map(([name]) => name)).toEqual(['debt.php']);
  });

  it('brings along what it names of its folder, and what that names', () => {
    const { model, findings } = readBox(
      boxOf({
        etc: { 'extensions_custom.conf': '[a]\nexten => 1,1,AGI(crm/debt.php)\nexten => 1,n,AGI(say.py)\n' },
        scripts: {
          'crm/debt.php':
            '#!/usr/bin/php\n<?php require_once "/var/lib/asterisk/agi-bin/phpagi.php"; include("db.inc.php"); include("../../../etc/shadow.php");',
          'crm/db.inc.php': '<?php $c = parse_ini_file("settings.ini");',
          'crm/settings.ini': 'password=geheim\n',
          'phpagi.php': '<?php class AGI {}',
          'say.py': '#!/usr/bin/python3\nimport os, sys\nfrom words import one\n',
          'words.py': 'one = 1\n',
          'other.php': '<?php',
        },
      }),
    );
    expect(Object.keys(model['agi-script']).sort()).toEqual([
      'crm/db.inc.php',
      'crm/debt.php',
      'crm/settings.ini',
      'phpagi.php',
      'say.py',
      'words.py',
    ]);
    expect(findings.filter((f) => f.code === 'AGI_SCRIPT').map((f) => f.about?.id)).toEqual(['crm/debt.php', 'say.py']);
    expect(model['agi-script']['crm/settings.ini']).toEqual({ calledBy: ['agi-bin/crm/db.inc.php'], carried: true });
  });

  it('in a language of its day is told to be changed, and nothing of it is quoted', () => {
    const old = reading.findings.filter((f) => f.code === 'AGI_SCRIPT_OLD');
    expect(old[0]?.means).toContain('mysql_connect');
    expect(JSON.stringify([reading.findings, reading.ledger, reading.model])).not.toContain('geheim99');
  });

  it.each([
    ['#!/usr/bin/python\nprint "x"\n', 'print'],
    ['#!/usr/bin/env python2\nimport urllib2\n', 'python2'],
    ['#!/usr/bin/perl\nuse Asterisk::AGI;\n', 'Perl modules'],
    ['#!/bin/sh\nasterisk -rx "sip show peers"\n', 'chan_sip'],
    ['echo\n', 'first line'],
  ])('%j needs a look: %s', (text, what) => {
    expect(scriptTroubles(text).join(' ')).toContain(what);
  });

  it('that is as good today as then is left alone', () => {
    expect(scriptTroubles('#!/bin/sh\nread line\necho "SET VARIABLE X 1"\n')).toEqual([]);
    expect(scriptTroubles('#!/usr/bin/php\n<?php echo "x"; ?>')).toEqual([]);
  });
});
