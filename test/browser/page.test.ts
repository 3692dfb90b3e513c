/** The HTML report in a browser: it opens from a file, shows paths by pointer and by keyboard, prints, and asks nobody. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { check, loadNetwork } from '../../src/index.ts';
import { reportsOf } from '../../src/report/formats.ts';
import { paint } from '../../src/report/text/paint.ts';
import type { CheckDocument } from '../../src/result/document.ts';
import { noBrowser, openBrowser } from './browser.ts';
import { brokenIds, focused, folded, litPoints, misplaced, placed, styleOf } from './in-page.ts';
import { type Colour, alike, pixelsOf } from './pixels.ts';

const scenario = 'scenarios/genai-private';
const hostile = '"><img src=x onerror=alert(1)><script>alert(1)</script>\u202E שלום '.repeat(8);

const folder = mkdtempSync(join(tmpdir(), 'page-'));
let browser: Browser;
let checked: CheckDocument;
let opened: Page | undefined;

const made = async (document: CheckDocument, format: 'html' | 'svg', name: string): Promise<string> => {
  const file = join(folder, `${name}.${format}`);
  writeFileSync(file, await reportsOf(document)[format]!(paint(false), false));
  return pathToFileURL(file).href;
};

/** What the page said on its console, and whom it asked. */
interface Heard {
  readonly page: Page;
  readonly said: string[];
  readonly asked: string[];
}

async function open(url: string, scheme: 'light' | 'dark' = 'light'): Promise<Heard> {
  const page = await browser.newPage({ viewport: { width: 1500, height: 950 }, colorScheme: scheme });
  opened = page;
  const [said, asked]: string[][] = [[], []];
  page.on('console', (message) => said!.push(message.text()));
  page.on('pageerror', ({ message }) => said!.push(message));
  page.on('dialog', (dialog) => {
    said!.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('request', (request) => asked!.push(request.url()));
  await page.goto(url);
  return { page, said: said!, asked: asked! };
}

/** The middles of the lit path's lines, and their colour on the screen there. */
async function seen(page: Page, look: 'there' | 'back'): Promise<readonly Colour[]> {
  const points = await page.evaluate<readonly { x: number; y: number }[]>(litPoints(look));
  const pixels = pixelsOf(await page.screenshot());
  const pane = (await page.locator('#pane').boundingBox())!;
  const inside = points.filter(
    ({ x, y }) =>
      x > pane.x && y > pane.y && x < pane.x + pane.width && y < Math.min(pane.y + pane.height, pixels.height),
  );
  return inside.map(({ x, y }) => pixels.at(x - 0.5, y - 0.5));
}

const there = { light: [10, 92, 192], dark: [108, 178, 255] } as const;

const choose = (page: Page, title: RegExp) => page.locator('button.choose', { hasText: title });

describe.skipIf(noBrowser)('the page in a browser', () => {
  let url: string;

  beforeAll(async () => {
    const network = await loadNetwork(`${scenario}/variants/nacl-blocks-replies`);
    if (!network.ok) throw new Error('the scenario is read');
    const result = await check(network.value, { policies: [`${scenario}/policy.yaml`], repair: true });
    if (!result.ok) throw new Error('the policy is read');
    checked = result.value;
    url = await made(checked, 'html', 'check');
    browser = await openBrowser();
  });
  afterEach(() => opened?.close());
  afterAll(() => browser.close());

  test('opens from a file, without an error, and asks for nothing else', async () => {
    const { page, said, asked } = await open(url);
    expect(await page.title()).toBe('2 of 23 properties violated');
    await choose(page, /S3 by the gateway/).click();
    await page.locator('#fit').click();
    expect(said).toEqual([]);
    expect(asked).toEqual([url]);
  });

  test.each(['light', 'dark'] as const)(
    'a click shows the path where its lines are, and a second one hides it (%s)',
    async (scheme) => {
      const { page } = await open(url, scheme);
      const first = choose(page, /approved domain, and the replies/);
      expect(await first.getAttribute('aria-expanded')).toBe('true');
      const lines = await seen(page, 'there');
      expect(lines.filter((colour) => alike(colour, there[scheme])).length).toBeGreaterThan(8);
      expect(await page.locator('#map .spot.stop.lit').isVisible()).toBe(true);
      await first.click();
      expect(await page.locator('#map .lit').count()).toBe(0);
      await choose(page, /S3 by the gateway/).click();
      const others = await seen(page, 'there');
      expect(others.length).toBeGreaterThan(2);
      expect(others.every((colour) => alike(colour, there[scheme]))).toBe(true);
      expect(await page.locator('#caption').textContent()).toContain('S3 by the gateway endpoint');
      expect(await page.locator('.entry.open .hops.back li.stopped').isVisible()).toBe(true);
    },
  );

  test('a property that holds shows the places it speaks of', async () => {
    const { page } = await open(url);
    await choose(page, /Every application host reaches every model/).click();
    expect(await page.locator('#map .spot.from').count()).toBe(3);
    expect(await page.locator('#map .spot.to').count()).toBe(4);
  });

  test('repairs stand below the path that they close, in boxes of their own width, on paper too', async () => {
    const { page } = await open(url);
    await choose(page, /S3 by the gateway/).click();
    const repairs = page.locator('.entry.open .remedies');
    expect(await repairs.locator('> li').count()).toBeGreaterThan(0);
    const [of, path] = await Promise.all([repairs.boundingBox(), page.locator('.entry.open .hops.back').boundingBox()]);
    expect(of!.y).toBeGreaterThan(path!.y + path!.height);
    expect(await repairs.locator('.edit').first().textContent()).toMatch(/^acl-\S+ (in|out)bound /);
    expect(await repairs.locator('pre').first().textContent()).toMatch(/^aws ec2 /);
    expect(of!.x + of!.width).toBeLessThan((await page.locator('#map').boundingBox())!.x);
    await page.emulateMedia({ media: 'print' });
    for (const each of await page.locator('.remedies').all()) expect(await each.isVisible()).toBe(true);
  });

  test('everything is done by keyboard, and where one is can be seen', async () => {
    const { page } = await open(url);
    const focus = () => page.evaluate<string>(focused);
    const press = async (...keys: readonly string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await press('Tab');
    expect(await focus()).toBe('skip');
    for (let i = 0; i < 6 && (await focus()) !== 'choose'; i++) await press('Tab');
    expect(await focus()).toBe('choose');
    expect(await page.evaluate(styleOf('document.activeElement', 'outlineStyle'))).toBe('solid');
    await press('ArrowDown', 'Enter');
    const second = choose(page, /S3 by the gateway/);
    expect(await second.getAttribute('aria-expanded')).toBe('true');
    expect(await page.locator('#map .tie.lit').count()).toBeGreaterThan(0);
    await press('Escape');
    expect(await second.getAttribute('aria-expanded')).toBe('false');
    expect(await page.locator('#map .lit').count()).toBe(0);
    expect(await focus()).toBe('choose');
    await press('Space');
    expect(await second.getAttribute('aria-expanded')).toBe('true');
  });

  test('what a button opens is what it names, and every picture has a name', async () => {
    const { page } = await open(url);
    expect(await page.evaluate(brokenIds)).toEqual([]);
    expect(await page.getByRole('img', { name: 'The network' }).count()).toBe(1);
  });

  test('on paper everything is unfolded, each path has its picture, and nothing is dark', async () => {
    const { page } = await open(url, 'dark');
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate(folded)).toBe(0);
    expect(await page.locator('.print svg').count()).toBe(2);
    for (const each of await page.locator('.print svg').all()) expect(await each.isVisible()).toBe(true);
    expect(await page.evaluate(styleOf('document.documentElement', 'backgroundColor'))).toBe('rgb(255, 255, 255)');
    expect(await page.locator('#fit').isVisible()).toBe(false);
  });

  test('no text leaves its box, and no box lies over another', async () => {
    const { page } = await open(url);
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate(misplaced)).toEqual([]);
    expect(await page.evaluate(placed)).toBeGreaterThan(100);
  });

  test('on a narrow screen nothing is wider than it', async () => {
    const { page } = await open(url);
    await page.setViewportSize({ width: 390, height: 800 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  });

  test('without its script everything can be read', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    opened = page;
    await page.goto(url);
    expect(await page.locator('.details').last().isVisible()).toBe(true);
    expect(await page.locator('.hops li.stopped').first().isVisible()).toBe(true);
  });

  test("somebody else's names are text, however they are written, and stay in their boxes", async () => {
    const places = checked.topology.places.map((place) => ({ ...place, name: `${place.kind} ${hostile}` }));
    const results = checked.results.map((each) => ({ ...each, title: hostile, reason: hostile }));
    const named = { ...checked, topology: { ...checked.topology, places }, results };
    const { page, said, asked } = await open(await made(named, 'html', 'hostile'));
    expect([said, asked.length]).toEqual([[], 1]);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('button.choose').first().textContent()).toContain('<img src=x onerror=alert(1)>');
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate(misplaced)).toEqual([]);
  });

  test.each(['light', 'dark'] as const)(
    'the paths are a picture of their own, in the colours of its reader (%s)',
    async (scheme) => {
      const { page, said } = await open(await made(checked, 'svg', 'paths'), scheme);
      expect(said).toEqual([]);
      expect(await page.evaluate('document.documentElement.nodeName')).toBe('svg');
      expect(await page.evaluate(styleOf('document.querySelector(".wire.there")', 'stroke'))).toBe(
        `rgb(${there[scheme].join(', ')})`,
      );
      expect(await page.evaluate(`document.querySelectorAll('.card.stop').length`)).toBe(2);
    },
  );
});
