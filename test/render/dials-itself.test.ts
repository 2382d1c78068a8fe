import { expect, it } from 'vitest';
import { silentContext } from '../../src/context.ts';
import { readBox } from '../../src/extract/read-box.ts';
import { renderModel } from '../../src/render/render.ts';
import { device, pattern, route, trunk, user } from '../extract/planted-rows.ts';
import { soundBox } from '../extract/sound-box.ts';

const box = soundBox({
  tables: {
    users: [user('210')],
    devices: [device('210', { tech: 'custom', dial: 'Local/210@from-internal/n' })],
    trunks: [trunk('2', { tech: 'custom', channelid: 'Local/$OUTNUM$@from-internal' })],
    outbound_routes: [route('2')],
    outbound_route_patterns: [pattern('2', '77XX')],
    outbound_route_trunks: [{ route_id: '2', trunk_id: '2', seq: '0' }],
    outbound_route_sequence: [{ route_id: '2', seq: '1' }],
  },
});

/** Lines of one extension or context, as far as the first Dial(). */
async function untilDial(file: string, begin: string): Promise<string[]> {
  const { files } = await renderModel(readBox(box).model, { live: false }, silentContext());
  const lines = String(files.find((f) => f.path.endsWith(file))?.content).split('\n');
  const from = lines.findIndex((line) => line.startsWith(begin));
  return lines.slice(from, lines.findIndex((line, i) => i > from && line.includes('Dial(Local/')) + 1);
}

it.each([
  ['telephone', 'extensions.d/extension.conf', 'exten = 210,1,'],
  ['carrier', 'extensions.d/trunk.conf', '[trunk-2]'],
])('a %s that dials itself counts its rounds before each, and ends', async (_what, file, begin) => {
  const lines = await untilDial(file, begin);
  expect(lines.at(-1)).toContain('Dial(Local/');
  expect(lines.filter((line) => line.includes('Gosub(goes-on,'))).toHaveLength(1);
});

it('a telephone that rings by itself counts nothing', async () => {
  const { files } = await renderModel(readBox(soundBox()).model, { live: false }, silentContext());
  const extensions = String(files.find((f) => f.path.endsWith('extensions.d/extension.conf'))?.content);
  expect(extensions).toContain('Dial(PJSIP/201');
  expect(extensions).not.toContain('goes-on');
});
