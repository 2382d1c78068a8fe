// Pictures of a report for docs/pictures: node test/docs/pictures.mjs REPORT. Called by `make pictures`, with the report of a bundled box.
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const WIDTH = 1000;
const HEIGHT = 620;
const WIDE = 1400;

const [report = 'rehearsal/report'] = process.argv.slice(2);
const out = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
await mkdir(out, { recursive: true });
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  const page = await browser.newPage({ viewport: { width: WIDTH, height: HEIGHT }, colorScheme: 'light' });
  await page.goto(pathToFileURL(join(resolve(report), 'index.html')).href);
  await page.screenshot({ path: join(out, 'report.png') });

  await page.setViewportSize({ width: WIDE, height: HEIGHT });
  // the number whose calls have the most to go through
  const ways = page.locator('#ways details');
  const sizes = await ways.evaluateAll((all) => all.map((way) => way.querySelectorAll('svg .node').length));
  const way = ways.nth(sizes.indexOf(Math.max(...sizes)));
  await way.evaluate((shown) => shown.setAttribute('open', ''));
  await page.screenshot({ path: join(out, 'way.png'), clip: await way.boundingBox(), fullPage: true });
} finally {
  await browser.close();
}
