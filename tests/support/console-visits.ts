/** Visits to the consoles in a real Chromium, and what every page has to keep: no faults, no barrier, no raw key. */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { zh } from '../../packages/console/src/i18n/zh/index.ts';
import { outboxPage } from '../../packages/marketplace/src/api/console-api/message-schemas.ts';
import type { Person } from './sandbox-person.ts';
import type { Account, SandboxProcess } from './sandbox-process.ts';

export type Area = keyof SandboxProcess['accounts'];

/** What a visit needs to know of the marketplace that is visited. */
export interface Visited {
  readonly url: string;
  readonly accounts: Readonly<Record<Area, Account>>;
}
export interface Visit {
  readonly language?: 'zh' | 'en';
  readonly width?: number;
  readonly dark?: boolean;
}

const PICTURES = process.env.CONSOLE_PICTURES;
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const root = fileURLToPath(new URL('../..', import.meta.url));

/** A fresh browser profile, closed with the test; every error of the page itself fails the test. */
export async function visitWith(browser: Browser, visit: Visit = {}): Promise<Page> {
  const { page, close } = await openVisit(browser, visit);
  onTestFinished(async ({ task }) => {
    const [failure] = task.result?.errors ?? [];
    if (failure !== undefined) failure.message += await shownBy(page);
    await close();
  });
  return page;
}

/** What the page of a failed test shows, for its message: a locator that is not found does not say why. */
async function shownBy(page: Page): Promise<string> {
  const texts = await page
    .locator('main, .ant-modal, .ant-message')
    .allInnerTexts()
    .catch((error: unknown) => [String(error)]);
  return `\nthe page at the end, ${page.url()}:\n${texts.join('\n').replaceAll(/\n+/g, ' | ')}`;
}

/** A profile for several tests, to be closed after them: that fails if the page had errors. */
export async function openVisit(
  browser: Browser,
  visit: Visit = {},
): Promise<{ readonly page: Page; close(): Promise<void> }> {
  const { language = 'zh', width = 1280, dark = false } = visit;
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'Asia/Shanghai',
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  const faults: string[] = [];
  const page = await context.newPage();
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    // The browser itself reports answers such as 401 before sign-in; what the program does with them is tested.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      faults.push(message.text());
  });
  return {
    page,
    async close() {
      await context.close();
      expect(faults).toEqual([]);
    },
  };
}

/** Signs in without the form, which `signInByForm` is for, and opens `path`: a page less to load in each test. */
export async function signInAs(page: Page, { url, accounts }: Visited, area: Area, path = '/'): Promise<void> {
  const { loginName, password } = accounts[area];
  const answer = await page.context().request.post(`${url}/api/console/session`, { data: { loginName, password } });
  expect(answer.status()).toBe(201);
  await page.goto(`${url}${path}`);
  await page.getByTestId('account-menu').waitFor();
}

/** Opens `path`, which asks to sign in first, and does so; ends on that page. */
export async function signInByForm(page: Page, { url, accounts }: Visited, area: Area, path = '/'): Promise<void> {
  await page.goto(`${url}${path}`);
  const { loginName, password } = accounts[area];
  await page.getByTestId('sign-in-name').fill(loginName);
  await page.getByTestId('sign-in-password').fill(password);
  await page.getByTestId('sign-in-password').press('Enter');
  await page.getByTestId('account-menu').waitFor();
}

/** On the page that an initial password leads to, or on one's own. */
export async function choosePassword(page: Page, current: string, next: string): Promise<void> {
  await page.getByTestId('password-current').fill(current);
  await page.getByTestId('password-next').fill(next);
  await page.getByTestId('password-again').fill(next);
  await page.getByTestId('password-save').click();
}

/** Kept only where the environment names a folder for pictures. */
export async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES === undefined) return;
  mkdirSync(join(root, PICTURES), { recursive: true });
  await page.evaluate(() => window.scrollTo(0, 0));
  // what was just done is said for some seconds above the page
  await page.locator('.ant-message-notice').first().waitFor({ state: 'hidden' });
  await page.screenshot({ path: join(root, PICTURES, `${name}.png`), fullPage: true });
}

/** WCAG 2.2 AA by axe: contrast, names, landmarks, languages. */
export async function expectAccessible(page: Page): Promise<void> {
  // half of its time is reading it: once for what the page shows one after the other
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  const found = await page.evaluate(async () => {
    const axe: unknown = Reflect.get(window, 'axe');
    if (typeof axe !== 'object' || axe === null) return ['axe is not there'];
    const run: unknown = Reflect.get(axe, 'run');
    if (typeof run !== 'function') return ['axe can not run'];
    const { violations } = await run.call(axe, document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      resultTypes: ['violations'],
      selectors: false,
    });
    return violations.map(
      (each: { id: string; help: string; nodes: { html: string }[] }) =>
        `${each.id}: ${each.help}: ${each.nodes[0]?.html.slice(0, 200)}`,
    );
  });
  expect(found).toEqual([]);
}

export const noSidewaysScroll = async (page: Page): Promise<void> =>
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
  ).toBeLessThanOrEqual(1);

/** A text that is missing, or a value that was not filled in, would be read as its key. */
const rawKey = new RegExp(`(?<![\\w./@-])(?:${Object.keys(zh).join('|')})(?:\\.[A-Za-z]\\w*)+|\\{\\{`);

export async function noRawKeys(page: Page): Promise<void> {
  const texts = await page.evaluate(() => {
    const names = ['aria-label', 'title', 'placeholder'];
    const found = [...document.querySelectorAll('*')].flatMap((one) => [
      ...names.map((name) => one.getAttribute(name) ?? ''),
      ...(one.tagName === 'STYLE' || one.tagName === 'SCRIPT' ? [] : [...one.childNodes])
        .filter((node) => node.nodeType === Node.TEXT_NODE)
        .map((node) => node.textContent ?? ''),
    ]);
    return [document.title, ...found];
  });
  expect(texts.flatMap((text) => rawKey.exec(text)?.[0] ?? [])).toEqual([]);
}

/** All of it: what holds for every page in every language and width. */
export async function expectSound(page: Page): Promise<void> {
  await noRawKeys(page);
  await noSidewaysScroll(page);
  await expectAccessible(page);
}

/** Opens a list of choices and takes the one that reads like `label`. */
export async function choose(field: Locator, label: RegExp | string): Promise<void> {
  await field.click();
  await field
    .page()
    .locator('.ant-select-dropdown:visible .ant-select-item-option')
    .filter({ hasText: label })
    .first()
    .click();
}

/** From the payment page to the completed order. @returns the order id */
export async function payAndComplete(page: Page): Promise<string> {
  await page.locator('[data-testid="pay"]:not([disabled])').click();
  await page.waitForURL(/\/orders\/CS[0-9A-Z]+$/);
  await page.locator('[data-testid="order-state"][data-state="COMPLETED"]').first().waitFor({ timeout: 30_000 });
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

/** From the market to a paid order; ends on the order's page. @returns the order id */
export async function buyAtMarket(page: Page, quantity: string): Promise<string> {
  await page.getByTestId('product-card').first().getByRole('link').first().click();
  await page.getByTestId('quantity-input').fill(quantity);
  await page.getByTestId('quantity-input').blur();
  await page.locator('[data-testid="buy-now"]:not([disabled])').click();
  await page.getByTestId('agreement-marketplace').check();
  await page.getByTestId('agreement-product').check();
  await page.locator('[data-testid="submit-order"]:not([disabled])').click();
  await page.locator('[data-testid="pay"]:not([disabled])').click();
  await page.waitForURL(/\/orders\/CS[0-9A-Z]+$/);
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

/** Reaches a control with the Tab key, as somebody does who has no mouse. */
export async function tabTo(page: Page, testId: string, way: 'onwards' | 'backwards' = 'onwards'): Promise<void> {
  const mostStops = 150;
  for (let stop = 0; stop < mostStops; stop += 1) {
    await page.keyboard.press(way === 'onwards' ? 'Tab' : 'Shift+Tab');
    const at = await page.evaluate(() => {
      const { activeElement: focused } = document;
      // a list of choices bears the name, what has the focus is within it
      return (focused?.closest('.ant-select') ?? focused)?.getAttribute('data-testid');
    });
    if (at === testId) return;
  }
  throw new Error(`the Tab key does not reach ${testId}`);
}

/**
 * Lets the console API fail under `reads`: each page of `paths` says so with the request id and offers to try again.
 * Ends on the last of them, which has succeeded at the second try.
 */
export async function expectFailuresTold(
  page: Page,
  url: string,
  reads: RegExp,
  paths: readonly string[],
): Promise<void> {
  const context = page.context();
  await context.route(reads, (route) =>
    route.fulfill({
      status: 500,
      contentType: 'application/problem+json',
      body: JSON.stringify({ type: 'x', title: 'x', status: 500, code: 'INTERNAL', requestId: 'f00dfeed' }),
    }),
  );
  // side by side: the console itself tries some seconds before it gives up
  const tabs = await Promise.all(
    paths.map(async (path, place) => {
      const tab = place === paths.length - 1 ? page : await context.newPage();
      await tab.goto(`${url}${path}`);
      await tab.getByTestId('retry').first().waitFor();
      return tab;
    }),
  );
  for (const tab of tabs) {
    expect(await tab.getByTestId('problem').first().textContent()).toContain('f00dfeed');
    await noRawKeys(tab);
    if (tab !== page) await tab.close();
  }
  await context.unroute(reads);
  await page.getByTestId('retry').first().click();
}

/** Has the code sent that confirms an unsubscription, reads it in the sandbox's outbox and types it in (B-81). */
export async function enterRefundCode(page: Page, operator: Pick<Person, 'get'>): Promise<void> {
  await page.getByTestId('send-refund-code').click();
  await page.locator('[data-testid="refund-code-help"][data-sent="true"]').waitFor();
  const { items } = await operator.get('/outbox', outboxPage);
  const sent = items.find(({ entry }) => entry === null);
  await page.getByTestId('refund-code').fill(/\b\d{6}\b/.exec(sent?.body ?? '')?.[0] ?? '');
}
