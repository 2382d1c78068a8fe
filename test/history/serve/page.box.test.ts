import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { put, wav } from '../sounds.ts';
import { type ServedPbx, startServedPbx } from './a-served-pbx.ts';

/** Debian's (`make setup` is not what brings it: the Makefile does, for tests). */
const CHROMIUM = '/usr/bin/chromium';
const SECONDS = 40;

let pbx: ServedPbx;
let browser: Browser;
beforeAll(async () => {
  pbx = await startServedPbx();
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required'] });
});
afterAll(async () => {
  await browser.close();
  await pbx.close();
});

let page: Page;
/** What the browser complained of: scripts that failed, and what the page's own policy forbids. */
let complaints: string[];
beforeEach(async () => {
  await pbx.server.db.query('TRUNCATE asteriskcdrdb.cdr');
  page = await openPage();
});
afterEach(async () => {
  await page.context().close();
  expect(complaints).toEqual([]);
});

async function openPage(o: { locale?: string; isStranger?: boolean } = {}): Promise<Page> {
  const login = o.isStranger === true ? {} : { httpCredentials: { username: pbx.name, password: pbx.password } };
  const context = await browser.newContext({ locale: o.locale ?? 'en-GB', ...login });
  const opened = await context.newPage();
  complaints = [];
  opened.on('pageerror', (error) => complaints.push(error.message));
  opened.on('console', (message) => {
    // that a recording is gone is for the page to say
    if (message.type() === 'error' && !/status of (?:401|404)/.test(message.text())) complaints.push(message.text());
  });
  return opened;
}

async function recordedCall(name: string, src: string): Promise<string> {
  await put(pbx.monitor, name, wav(SECONDS));
  return pbx.addCall({ src, dst: '400', recordingfile: name, billsec: SECONDS });
}

/** What the player is at. */
function player(): Promise<{ at: number; length: number; rate: number; isPaused: boolean; error: number | null }> {
  return page.evaluate(`(() => { const s = document.getElementById('sound');
    return { at: s.currentTime, length: s.duration, rate: s.playbackRate, isPaused: s.paused, error: s.error && s.error.code }; })()`);
}

/** Waits until it is so. The page's policy lets nothing be evaluated in it, so it is asked from outside. */
async function soundIs(condition: string, element = "document.getElementById('sound')"): Promise<void> {
  const asked = `(() => { const sound = ${element}; return sound !== null && ${condition}; })()`;
  await expect.poll(() => page.evaluate(asked), { timeout: 15_000, interval: 50 }).toBe(true);
}

describe('in a browser', () => {
  test('nobody sees a page without a login', async () => {
    await page.context().close();
    page = await openPage({ isStranger: true });
    const answer = await page.goto(pbx.address).catch((error: Error) => error);
    // Chromium shows no page at all where nobody gives it a name and a password
    if (answer instanceof Error) expect(answer.message).toContain('ERR_INVALID_AUTH_CREDENTIALS');
    else expect(answer?.status()).toBe(401);
  });

  test('a call is searched for, heard, wound on and back, and played faster', async () => {
    await recordedCall('a.wav', '101');
    await recordedCall('b.wav', '102');
    await page.goto(pbx.address);
    expect(await page.locator('tbody tr').count()).toBe(2);
    await page.getByLabel('Number', { exact: true }).fill('102');
    await page.getByRole('button', { name: 'Find' }).click();
    expect(await page.locator('tbody tr').count()).toBe(1);
    expect(await page.getByLabel('Number', { exact: true }).inputValue()).toBe('102');
    await page.getByRole('link', { name: /^Listen/ }).click();
    await soundIs('!sound.paused && sound.currentTime > 0.2');
    const playing = await player();
    expect(Math.abs(playing.length - SECONDS)).toBeLessThan(0.1);
    await page.getByRole('button', { name: '10 s on' }).click();
    await soundIs('!sound.seeking && sound.currentTime > 10');
    await page.getByRole('button', { name: '10 s back' }).click();
    await soundIs('!sound.seeking && sound.currentTime < 9');
    // a place that was not loaded yet: the browser asks for a range
    await page.evaluate("document.getElementById('sound').currentTime = 35");
    await soundIs('!sound.seeking && sound.currentTime >= 35');
    await page.getByLabel('Speed').selectOption('2');
    expect((await player()).rate).toBe(2);
    await soundIs('sound.ended');
    expect(await page.locator('#unplayable').isVisible()).toBe(false);
  });

  test('everything is done by keyboard alone', async () => {
    await recordedCall('a.wav', '101');
    await page.goto(pbx.address);
    await page.getByLabel('Extension').focus();
    await page.keyboard.type('101');
    await page.keyboard.press('Enter');
    await page.waitForURL(/extension=101/);
    const reached = new Set<string>();
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press('Tab');
      const at = (await page.evaluate(
        "document.activeElement.className + ' ' + (document.activeElement.name || document.activeElement.textContent.trim())",
      )) as string;
      reached.add(at.trim());
      if (at.startsWith('listen')) break;
    }
    expect([...reached].some((one) => one.startsWith('listen'))).toBe(true);
    expect(reached).toContain('number');
    await page.keyboard.press('Enter');
    await soundIs('!sound.paused && sound.currentTime > 0.1');
    // the player has the focus now: the browser's own keys work on it
    expect(await page.evaluate('document.activeElement.id')).toBe('sound');
  });

  test('a recording that was deleted meanwhile is told, where it stands and under its own address', async () => {
    const id = await recordedCall('gone.wav', '101');
    await page.goto(pbx.address);
    await rm(join(pbx.monitor, 'gone.wav'));
    await page.getByRole('link', { name: /^Listen/ }).click();
    await page.locator('#unplayable').waitFor({ state: 'visible' });
    const answer = await page.goto(`${pbx.address}/calls/${id}/sound`);
    expect(answer?.status()).toBe(404);
    expect(await page.getByRole('alert').textContent()).toContain('There is no such recording');
  });

  test('a link of the old box opens and sounds', async () => {
    await recordedCall('OUT101-20130603-100310-1370253790.1210.wav', '101');
    const answer = await page.goto(`${pbx.address}/cdr_static/OUT101-20130603-100310-1370253790.1210.wav`);
    expect(answer?.status()).toBe(200);
    // the browser's own player
    await soundIs('!sound.paused && sound.currentTime > 0.1', "document.querySelector('video, audio')");
  });

  test('it speaks Russian to those who do, and keeps to the language that was chosen', async () => {
    await page.context().close();
    page = await openPage({ locale: 'ru-RU' });
    await recordedCall('a.wav', '101');
    await page.goto(pbx.address);
    expect(await page.locator('html').getAttribute('lang')).toBe('ru');
    await page.getByRole('button', { name: 'Найти' }).click();
    expect(await page.getByRole('link', { name: /^Слушать/ }).count()).toBe(1);
    await page.getByRole('link', { name: 'English' }).click();
    await page.getByRole('button', { name: 'Find' }).click();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });

  test('a name that is a script is shown and not run, in the player too', async () => {
    await put(pbx.monitor, 'x.wav', wav(1));
    const name = '<img src=x onerror="document.title=1">';
    await pbx.addCall({ clid: `"${name}" <5>`, src: name, dst: '"><script>document.title=2</script>', recordingfile: 'x.wav' });
    await page.goto(pbx.address);
    await page.getByRole('link', { name: /^Listen/ }).click();
    await soundIs('sound.currentTime > 0');
    expect(await page.title()).toBe('Calls and recordings');
    expect(await page.locator('#title').textContent()).toContain(name);
    expect(await page.locator('img').count()).toBe(0);
  });

  test('pages turn forth and back', async () => {
    await pbx.server.db.query(
      "INSERT INTO asteriskcdrdb.cdr (calldate, src) SELECT '2013-07-01 10:00:00', seq FROM asteriskcdrdb.seq_1_to_120",
    );
    await page.goto(pbx.address);
    const first = await page.locator('tbody').textContent();
    await page.getByRole('link', { name: 'Older' }).click();
    await page.getByRole('link', { name: 'Older' }).click();
    expect(await page.locator('tbody tr').count()).toBe(20);
    expect(await page.getByRole('link', { name: 'Older' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Newer' }).click();
    await page.getByRole('link', { name: 'Newer' }).click();
    expect(await page.locator('tbody').textContent()).toBe(first);
  });
});
