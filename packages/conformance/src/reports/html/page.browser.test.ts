import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { diagnose } from '@jishi/protocol';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../../../../../tests/support/browser.ts';
import { expectAccessible, noSidewaysScroll } from '../../../../../tests/support/console-visits.ts';
import { exchange, SAMPLE_CASES, sampleReport } from '../sample.test-support.ts';
import { toHtml } from './page.ts';

/** The report in a real browser: nothing of a hostile server runs, languages and colours switch, any screen will do. */

const ATTACK = `</pre></style><script>document.title='pwned'</script><img src=x onerror="document.title='pwned'">`;
const long = 'x'.repeat(300);

let browser: Browser;
let folder = '';
beforeAll(async () => {
  browser = await launchBrowser();
  folder = await mkdtemp(join(tmpdir(), 'report-'));
  const [first] = SAMPLE_CASES;
  if (first === undefined) throw new Error('no sample');
  const hostile = {
    ...first,
    name: 'hostile.answer',
    status: 'failed' as const,
    diagnosis: [diagnose('body.not-json', { kind: ATTACK, kindZh: ATTACK, seen: ATTACK + long })],
    exchanges: [
      exchange(ATTACK, { url: `http://h/?${long}`, label: ATTACK }),
      exchange(JSON.stringify({ a: ATTACK, b: long })),
    ],
  };
  await writeFile(join(folder, 'report.html'), toHtml(sampleReport([...SAMPLE_CASES, hostile])));
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

async function open(width: number, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  await page.goto(pathToFileURL(join(folder, 'report.html')).href);
  return page;
}

it('shows a hostile answer as text', async () => {
  const page = await open(1280);
  expect(await page.title()).toContain('saas-v2');
  expect(await page.locator('script, img, iframe, link').count()).toBe(0);
  expect(await page.locator('pre').filter({ hasText: ATTACK }).count()).toBeGreaterThan(0);
  // Even what got in would not run: the page forbids it.
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = "document.title='pwned'";
    document.body.append(script);
  });
  expect(await page.title()).not.toBe('pwned');
  await page.close();
});

it('switches language, colours and filter without a script', async () => {
  const page = await open(1280);
  const heading = page.locator('.findings h2').first();
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const isShown = (text: string) => heading.getByText(text).isVisible();
  expect(await isShown('What to put right first')).toBe(true);
  await page.getByText('中文').click();
  expect(await isShown('What to put right first')).toBe(false);
  expect(await isShown('优先修复')).toBe(true);
  const light = await background();
  await page.getByText('深色').click();
  expect(await background()).not.toBe(light);
  expect(await page.locator('.case.passed').first().isVisible()).toBe(true);
  await page.getByText('未通过', { exact: true }).click();
  expect(await page.locator('.case.passed').first().isVisible()).toBe(false);
  expect(await page.locator('.case.failed').first().isVisible()).toBe(true);
  await page.close();
});

it.each([
  [1280, 'light'],
  [360, 'dark'],
] as const)('is readable %i wide, %s', async (width, colorScheme) => {
  const page = await open(width, colorScheme);
  for (const closed of await page.locator('details:not([open]) > summary').all())
    if (await closed.isVisible()) await closed.click();
  await noSidewaysScroll(page);
  await expectAccessible(page);
  await page.close();
});
