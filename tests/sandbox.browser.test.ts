/** The sandbox in a real browser: two years of a subscription by buttons and clock, misbehaviour on purpose, scenario files. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { exchange, exchangePage } from '../packages/marketplace/src/sandbox/schemas.ts';
import { launchBrowser } from './support/browser.ts';
import {
  choose,
  expectFailuresTold,
  expectSound,
  picture,
  signInAs,
  tabTo,
  type Visit,
  visitWith,
} from './support/console-visits.ts';
import { type SandboxProcess, startSandbox } from './support/sandbox-process.ts';

let sandbox: SandboxProcess;
let browser: Browser;

beforeAll(async () => {
  // The daily comparison with the seller is 730 calls in two years; once a month shows it as well.
  const env = { JISHI_COMPARISON_HOURS: '720' };
  [sandbox, browser] = await Promise.all([startSandbox(undefined, env), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await sandbox?.stop();
});

const DAY_MS = 86_400_000;

async function open(how?: Visit): Promise<Page> {
  const page = await visitWith(browser, how);
  await signInAs(page, sandbox, 'buyer', '/sandbox');
  await page.getByTestId('scenario-newInstance').waitFor();
  return page;
}
const now = async (page: Page): Promise<number> =>
  Date.parse((await page.getByTestId('sandbox-now').getAttribute('data-now')) ?? '');

/** Presses a button of the clock and waits until it has come so far. */
async function move(page: Page, testId: string, atLeastMs: number): Promise<void> {
  const before = await now(page);
  await page.locator(`[data-testid="${testId}"]:not([disabled])`).click();
  await expect.poll(() => now(page), { timeout: 150_000 }).toBeGreaterThanOrEqual(before + atLeastMs);
  await page.getByTestId('clock-play').waitFor({ timeout: 150_000 });
}
async function press(page: Page, scenario: string): Promise<void> {
  await page.locator(`[data-testid="scenario-${scenario}"]:not([disabled])`).click();
  await page.locator('.ant-message-success').last().waitFor();
  await page.locator('.ant-message-notice').last().waitFor({ state: 'hidden' });
}
const serviceIs = (page: Page, state: string): Promise<void> =>
  page.locator(`[data-testid="service-now"][data-state="${state}"]`).waitFor({ timeout: 60_000 });
async function reset(page: Page): Promise<void> {
  await page.getByTestId('reset').click();
  await page.getByTestId('reset-confirm').click();
  await page.getByTestId('nothing-due').waitFor();
}

/** All exchanges, oldest first, as the sandbox's API has them. */
async function summaries(page: Page) {
  const found: z.infer<typeof exchangePage>['items'] = [];
  for (let before = ''; ; ) {
    const answer = await page.request.get(`${sandbox.url}/api/sandbox/exchanges?limit=500${before}`);
    const { items, nextBefore } = exchangePage.parse(await answer.json());
    found.push(...items);
    if (nextBefore === null) return found.reverse();
    before = `&before=${nextBefore}`;
  }
}
/** Request and answer of each, whole; how long the machine took is no part of it. */
async function wholes(page: Page) {
  const all = await summaries(page);
  return Promise.all(
    all.map(async ({ exchangeId }) => {
      const answer = await page.request.get(`${sandbox.url}/api/sandbox/exchanges/${exchangeId}`);
      const whole = exchange.parse(await answer.json());
      // numbers of requests are drawn for the page's own requests too
      const headers = whole.response?.headers.filter(({ name }) => name !== 'x-request-id');
      return { ...whole, response: { ...whole.response, headers }, durationMs: 0 };
    }),
  );
}

describe('the sandbox', () => {
  it('plays two years of a subscription, every event of it, from the clock of the console', async () => {
    const page = await open();
    await page.locator('[data-testid="clock-play"][data-playing="true"]').click();
    await page.locator('[data-testid="clock-play"][data-playing="false"]').waitFor();
    await reset(page);
    await expectSound(page);

    await press(page, 'newInstance');
    await serviceIs(page, 'ACTIVE');
    await press(page, 'upgrade');
    await press(page, 'freeze');
    await serviceIs(page, 'VIOLATION_FROZEN');
    await press(page, 'unfreeze');
    await serviceIs(page, 'ACTIVE');
    await press(page, 'renew');
    await expect.poll(() => page.getByTestId('due').count()).toBeGreaterThanOrEqual(1);
    await expectSound(page);
    await picture(page, 'sandbox-zh');

    await move(page, 'clock-1y', 365 * DAY_MS);
    await serviceIs(page, 'ACTIVE');
    await move(page, 'clock-1y', 365 * DAY_MS);
    await move(page, 'clock-30d', 30 * DAY_MS);
    await serviceIs(page, 'RELEASED');

    const activities = (await summaries(page)).map(({ activity }) => activity);
    const times = (activity: string) => activities.filter((each) => each === activity).length;
    expect({
      newInstance: times('newInstance'),
      upgradeInstance: times('upgradeInstance'),
      refreshInstance: times('refreshInstance'),
      // frozen and unfrozen for a violation, frozen at the end
      updateInstanceStatus: times('updateInstanceStatus'),
      releaseInstance: times('releaseInstance'),
    }).toEqual({ newInstance: 1, upgradeInstance: 1, refreshInstance: 1, updateInstanceStatus: 3, releaseInstance: 1 });
    expect(activities.slice(0, 4)).toContain('queryOrder');
    expect(activities.at(-1)).not.toBe('newInstance');
  });

  it('moves by the keyboard to the next thing that is due', async () => {
    const page = await open({ language: 'en', width: 390 });
    await reset(page);
    await press(page, 'newInstance');
    await expect.poll(() => page.getByTestId('due').count()).toBeGreaterThanOrEqual(1);
    const before = await now(page);
    await page.getByTestId('account-menu').focus();
    await tabTo(page, 'clock-next');
    await page.keyboard.press('Enter');
    await expect.poll(() => now(page), { timeout: 30_000 }).toBeGreaterThan(before + 3_600_000);
    await expectSound(page);
    await picture(page, 'sandbox-narrow-en');
  });

  it('misbehaves once when asked to, shows how the call was signed, and repeats it as an attacker would', async () => {
    const page = await open({ language: 'en' });
    await reset(page);
    await press(page, 'newInstance');
    await choose(page.getByTestId('fault-kind'), 'Wrong signature');
    await page.getByTestId('fault-add').click();
    await page.locator('[data-testid="fault"][data-kind="wrong-signature"]').waitFor();
    await page.locator('[data-testid="scenario-query"]:not([disabled])').click();
    const spoilt = page.getByTestId('exchange-row').filter({ has: page.locator('[data-fault="wrong-signature"]') });
    await spoilt.waitFor({ timeout: 30_000 });
    expect(await spoilt.textContent()).toContain('000001');
    await page.getByTestId('faults-waiting').waitFor({ state: 'detached' });

    const first = page.getByTestId('exchange-row').filter({ hasText: 'newInstance' });
    await first.getByTestId('replay-same').click();
    const again = page.getByTestId('exchange-row').filter({ has: page.getByTestId('replayed') });
    await again.waitFor({ timeout: 30_000 });
    expect(await again.getByTestId('answer').getAttribute('data-fine')).toBe('false');

    await spoilt.getByRole('link').first().click();
    await page.getByTestId('diagnosis').first().waitFor();
    const steps = page.getByTestId('signature-steps').locator('[data-step]');
    expect(await steps.evaluateAll((all) => all.map((one) => one.getAttribute('data-step')))).toEqual([
      'payload',
      'bodyMac',
      'canonicalRequest',
      'signature',
      // what went out instead
      'sent',
    ]);
    expect(await page.getByTestId('signature-steps').textContent()).toContain('<accessKey>');
    await expectSound(page);
    await picture(page, 'sandbox-call-en');
  });

  it('writes down what was done, and plays a file twice with the same exchanges, nonces and all', async () => {
    const page = await open({ language: 'en', dark: true });
    await reset(page);
    await press(page, 'newInstance');
    await page.getByTestId('scenario-read').click();
    const text = page.getByTestId('scenario-text');
    await expect.poll(() => text.inputValue()).toContain('trigger: newInstance');

    await text.fill(`name: A year
start: 2026-01-01T09:00:00+08:00
seed: 11
steps:
  - trigger: newInstance
    as: workspace
    quantity: 10
  - clock: advance 7d
  - trigger: renew
  - expect: { on: workspace, state: ACTIVE, calls: { refreshInstance: 1 } }
`);
    const play = async () => {
      await page.locator('[data-testid="scenario-run"]:not([disabled])').click();
      await page.getByTestId('scenario-result').waitFor({ state: 'detached' });
      await page.locator('[data-testid="scenario-result"][data-ok="true"]').waitFor({ timeout: 60_000 });
      return wholes(page);
    };
    const once = await play();
    expect(once.map(({ activity }) => activity)).toContain('refreshInstance');
    expect(await play()).toEqual(once);
    expect(await page.getByTestId('scenario-step').count()).toBe(4);
    await expectSound(page);
    await picture(page, 'sandbox-scenario-dark-en');

    await text.fill('name: x\nstart: 2026-01-01T00:00:00Z\nsteps:\n  - clock: later\n');
    await page.getByTestId('scenario-run').click();
    await expect.poll(() => page.getByTestId('problem').textContent()).toContain('line 4');
  });

  it('says what failed and offers to try again', async () => {
    const page = await open();
    await expectFailuresTold(page, sandbox.url, /\/api\/sandbox\/(state|upcoming|exchanges)/, ['/sandbox']);
    await page.getByTestId('scenario-newInstance').waitFor();
  });
});
