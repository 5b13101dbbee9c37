/** A seller connects a server in a real browser: address, keys, debugging, cases, probes, order notification. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.ts';
import {
  type Area,
  choose,
  expectFailuresTold,
  expectSound,
  picture,
  signInAs,
  tabTo,
  type Visit,
  visitWith,
} from './support/console-visits.ts';
import { control } from './support/demo-seller.ts';
import { type SandboxProcess, startSandbox } from './support/sandbox-process.ts';

let sandbox: SandboxProcess;
let browser: Browser;

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([startSandbox(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await sandbox?.stop();
});
afterEach(() => control(sandbox.sellerUrl, { faults: [] }));

const visit = (how?: Visit): Promise<Page> => visitWith(browser, how);
const signIn = (page: Page, area: Area, path?: string): Promise<void> => signInAs(page, sandbox, area, path);
const open = (page: Page, path: string): Promise<unknown> => page.goto(`${sandbox.url}${path}`);
const outcome = (page: Page, state: 'PASSED' | 'FAILED') =>
  page.locator(`[data-testid="debug-outcome"][data-state="${state}"]`).waitFor({ timeout: 30_000 });

describe('debugging', () => {
  it('starts with empty pages that lead on', async () => {
    const page = await visit();
    await signIn(page, 'seller', '/seller/cases');
    await page.getByTestId('empty').waitFor();
    await expectSound(page);
    await page.getByTestId('empty').getByRole('link').click();
    await page.getByTestId('debug-run').waitFor();
    await expectSound(page);
  });

  it('runs an interface by keyboard alone and saves the case', async () => {
    const page = await visit({ language: 'en' });
    await signIn(page, 'seller', '/seller/debugging');
    await tabTo(page, 'debug-generate');
    await page.keyboard.press('Enter');
    await page.getByTestId('curl').waitFor();
    expect(await page.getByTestId('curl').textContent()).toMatch(/^curl [\s\S]*signature/);
    await tabTo(page, 'debug-run', 'backwards');
    await page.keyboard.press('Enter');
    await outcome(page, 'PASSED');
    expect(await page.locator('[data-testid="check"][data-outcome="failed"]').count()).toBe(0);
    await expect.poll(() => page.locator('[data-testid="required-cases"] [data-done="true"]').count()).toBe(1);
    await expectSound(page);
    await picture(page, 'seller-debugging-en');
    await open(page, '/seller/cases');
    await page.getByTestId('case-row').first().waitFor();
    await expectSound(page);
    await picture(page, 'seller-cases-en');
  });

  it('explains what a spoilt answer lacks, and saves no case of it', async () => {
    await control(sandbox.sellerUrl, { faults: [{ kind: 'html', times: 1 }] });
    const page = await visit({ width: 360 });
    await signIn(page, 'seller', '/seller/debugging');
    await page.getByTestId('debug-run').click();
    await outcome(page, 'FAILED');
    await page.getByTestId('diagnosis').first().waitFor();
    await expectSound(page);
    await picture(page, 'seller-debugging-failed-narrow-zh');
    await open(page, '/seller/cases');
    await expect.poll(() => page.getByTestId('case-row').count()).toBe(1);
    await expectSound(page);
  });

  it('probes the case: it fails while the server does, for the seller and for the operator', async () => {
    const page = await visit({ language: 'en' });
    await signIn(page, 'seller', '/seller/probes');
    await control(sandbox.sellerUrl, { faults: [{ kind: 'status-500' }] });
    const row = page.getByTestId('probe-row').first();
    await row.getByTestId('probe-now').click();
    await row.getByText('failed', { exact: false }).first().waitFor({ timeout: 30_000 });
    await expectSound(page);
    await picture(page, 'seller-probes-en');
    await row.getByRole('link').first().click();
    await page.getByTestId('round-row').first().waitFor();
    await expectSound(page);
    await page.getByTestId('round-row').first().getByRole('link').first().click();
    await outcome(page, 'FAILED');
    await page.getByTestId('diagnosis').first().waitFor();
    await expectSound(page);

    await control(sandbox.sellerUrl, { faults: [] });
    await open(page, '/seller/cases');
    await page.getByTestId('case-run').first().click();
    await page.getByTestId('case-row').first().getByText('passed', { exact: false }).waitFor({ timeout: 30_000 });
  });
});

describe('the operator', () => {
  it('freezes a product: nobody can buy it until it is released', async () => {
    const page = await visit();
    await signIn(page, 'operator', '/operator/probes');
    await page.getByTestId('probe-row').first().getByRole('link').first().click();
    await page.getByTestId('product-freeze').click();
    await page.getByTestId('sanction-reason').fill('连续失败，等待商家修复');
    await expectSound(page);
    await page.getByTestId('sanction-confirm').click();
    await page.getByTestId('frozen').waitFor();
    await page.getByTestId('sanction-row').first().waitFor();
    await expectSound(page);
    await picture(page, 'operator-product-frozen-zh');

    const buyer = await visit({ language: 'en' });
    await signIn(buyer, 'buyer');
    const cards = buyer.getByTestId('product-card');
    await buyer.locator('[data-testid="empty"], [data-testid="product-card"]').first().waitFor();
    if ((await cards.count()) > 0) {
      await cards.first().getByRole('link').first().click();
      await buyer.locator('[data-testid="buy-now"][disabled]').waitFor();
    }
    await expectSound(buyer);

    await page.getByTestId('product-release').click();
    await page.getByTestId('sanction-reason').fill('已修复');
    await page.getByTestId('sanction-confirm').click();
    await page.getByTestId('product-freeze').waitFor();
    await open(buyer, '/');
    await cards.first().getByRole('link').first().click();
    await buyer.locator('[data-testid="buy-now"]:not([disabled])').waitFor();
  });
});

describe('addresses and keys', () => {
  it('takes an address once it is proven, and shows a key when it is asked for', async () => {
    const page = await visit({ language: 'en' });
    await signIn(page, 'seller', '/seller/addresses');
    await page.getByTestId('address-origin').fill('not an address');
    await page.getByTestId('address-add').click();
    await page.locator('.ant-form-item-explain-error').waitFor();
    await page.getByTestId('address-origin').fill('https://seller.invalid');
    await page.getByTestId('address-add').click();
    const address = page.getByTestId('address').filter({ hasText: 'https://seller.invalid' });
    await address.getByTestId('address-token').waitFor();
    await address.getByTestId('address-check').click();
    await expect.poll(() => address.textContent(), { timeout: 30_000 }).toMatch(/Last check/);
    expect(await address.getAttribute('data-state')).not.toBe('VERIFIED');
    const keys = await page.getByTestId('key-row').count();
    await page.getByTestId('key-create').click();
    await expect.poll(() => page.getByTestId('key-row').count()).toBe(keys + 1);
    await expectSound(page);
    await picture(page, 'seller-addresses-en');
    await page.getByTestId('key-view').first().click();
    await page.getByTestId('access-key').waitFor();
    await expectSound(page);
  });

  it('are told of orders at an address of one’s own', async () => {
    const page = await visit();
    await signIn(page, 'seller', '/seller/addresses');
    await page.getByTestId('address-origin').fill(sandbox.sellerUrl);
    await page.getByTestId('address-add').click();
    const address = page
      .locator('[data-testid="address"][data-state="VERIFIED"]')
      .filter({ hasText: sandbox.sellerUrl });
    await address.waitFor();
    await choose(page.getByRole('combobox', { name: '接口类别' }), '通用接口');
    await page.getByTestId('key-create').click();
    const bind = address.getByTestId('bind-GENERAL');
    await choose(bind.getByRole('combobox'), /.+/);
    await bind.getByRole('button').click();
    await expect.poll(() => bind.getByRole('button').isDisabled()).toBe(true);
    await open(page, '/seller/order-notices');
    await page.getByTestId('empty').waitFor();
    await choose(page.getByTestId('notice-what'), /.+/);
    await choose(page.getByRole('combobox').nth(1), sandbox.sellerUrl);
    await page.getByTestId('notice-path').fill('/orders-heard');
    await page.getByTestId('notice-add').click();
    await page.getByTestId('notice-row').waitFor();
    await expectSound(page);
    await picture(page, 'seller-order-notices-zh');
    await page.getByTestId('notice-remove').click();
    await page.locator('.ant-popover:visible').getByRole('button').last().click();
    await page.getByTestId('empty').waitFor();
  });
});

describe('every page about a seller’s server', () => {
  it.each(['zh', 'en'] as const)('keeps together on a telephone (%s)', async (language) => {
    for (const [area, path, what] of [
      ['seller', '/seller/addresses', 'address'],
      ['seller', '/seller/order-notices', 'empty'],
      ['seller', '/seller/debugging', 'debug-run'],
      ['seller', '/seller/cases', 'case-row'],
      ['seller', '/seller/probes', 'probe-row'],
      ['operator', '/operator/probes', 'probe-row'],
    ] as const) {
      const page = await visit({ language, width: 360 });
      await signIn(page, area, path);
      await page.getByTestId(what).first().waitFor();
      await expectSound(page);
    }
  });

  it('says what failed and tries again', async () => {
    const page = await visit();
    await signIn(page, 'seller', '/seller/calls');
    await expectFailuresTold(
      page,
      sandbox.url,
      /\/api\/console\/(addresses|debugging\/.*|probes|order-notices)(\?|$)/,
      ['/seller/cases', '/seller/debugging', '/seller/probes', '/seller/order-notices', '/seller/addresses'],
    );
    await page.getByTestId('address').first().waitFor();
  });
});
