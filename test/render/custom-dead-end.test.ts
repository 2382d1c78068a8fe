import { describe, expect, test } from 'vitest';
import { contextOf, smallHouse, treeOf } from './some-pbx.ts';

const step = (line: number, extension: string, priority: string, application: string, args: string) => ({
  at: `extensions_custom.conf:${line}`,
  extension,
  priority,
  application,
  arguments: args,
});

const tree = await treeOf({
  ...smallHouse,
  'custom-dialplan': {
    door: {
      lines: [
        step(2, '7', '1', 'GotoIf', '$["${X}" = "1"]?nowhere,s,1:ext-group,600,1'),
        step(3, '7', 'n', 'Goto', 'lost'),
        step(4, '7', 'n', 'Dial', 'Local/9@nowhere/n'),
        step(5, '7', 'n', 'Goto', 'ext-group,600,1'),
        step(6, '7', 'n', 'Goto', 'door,${X},1'),
        step(7, '8', '1', 'Goto', 'door,7,1'),
      ],
    },
  },
});
const lines = contextOf(tree.text('extensions.d/custom.conf'), 'door');

describe("a step of the site's dialplan that leads nowhere", () => {
  test('ends the call there, and leaves the other way as it is', () => {
    expect(lines).toContain('exten = 7,1,GotoIf($["${X}" = "1"]?app-blackhole,hangup,1:ext-group,600,1)');
    expect(lines).toContain('same = n,Goto(app-blackhole,hangup,1)');
    expect(lines.some((l) => l.includes('nowhere'))).toBe(false);
  });

  test('is told with its file and line', () => {
    const told = tree.findings.filter((f) => f.code === 'DIALPLAN_TARGET_MISSING').map((f) => f.where);
    expect(told).toEqual(['extensions_custom.conf:2', 'extensions_custom.conf:3', 'extensions_custom.conf:4']);
  });

  test('is none where the place is there, or known only when a call comes', () => {
    expect(lines).toContain('same = n,Goto(ext-group,600,1)');
    expect(lines).toContain('same = n,Goto(door,${X},1)');
    expect(lines).toContain('exten = 8,1,Goto(door,7,1)');
  });
});
