/** A buyer's subscriptions in a real browser: renewed, changed, tried, converted, given back; messages and receivers. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { subscription } from '../packages/marketplace/src/api/console-api/subscription-schemas.ts';
import { launchBrowser } from './support/browser.ts';
import {
  type Area,
  choose,
  enterRefundCode,
  expectFailuresTold,
  expectSound,
  payAndComplete,
  picture,
  signInAs,
  tabTo,
  type Visit,
  visitWith,
} from './support/console-visits.ts';
import { tenantOf } from './support/demo-seller.ts';
import { balanceOf, enter, type Person, serviceOf, subscribe } from './support/sandbox-person.ts';
import { type SandboxProcess, startSandbox } from './support/sandbox-process.ts';

let sandbox: SandboxProcess;
let browser: Browser;
let buyer: Person;
let operator: Person;

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([startSandbox(), launchBrowser()]);
  buyer = await enter(sandbox.url, sandbox.accounts.buyer);
  operator = await enter(sandbox.url, sandbox.accounts.operator);
});
afterAll(async () => {
  await browser?.close();
  await sandbox?.stop();
});

const visit = (how?: Visit): Promise<Page> => visitWith(browser, how);
const signIn = (page: Page, area: Area, path?: string): Promise<void> => signInAs(page, sandbox, area, path);
const open = (page: Page, path: string): Promise<unknown> => page.goto(`${sandbox.url}${path}`);

/** Accepts what has to be accepted, places the order and pays it. */
async function submitAndPay(page: Page): Promise<void> {
  await page.getByTestId('agreement').check();
  await page.locator('[data-testid="submit-order"]:not([disabled])').click();
  await payAndComplete(page);
}

/** Gives the reason, the tick and, where it is asked, the code (B-81), confirms, and waits until the money is back. */
async function confirmRefund(page: Page, withCode = false): Promise<void> {
  await page.getByTestId('refund-reasons').getByRole('radio').first().check();
  await page.getByTestId('refund-tick').check();
  if (withCode) await enterRefundCode(page, operator);
  await page.locator('[data-testid="refund-confirm"]:not([disabled])').click();
  await page.waitForURL(/\/refunds\/[^/]+$/);
  await expect
    .poll(() => page.getByTestId('refund-state').first().getAttribute('data-state'), { timeout: 30_000 })
    .toBe('DONE');
}

describe('messages', () => {
  const unread = (page: Page) => page.getByTestId('bell').getAttribute('data-unread');

  it('are counted at the bell until they are read, by keyboard alone', async () => {
    const page = await visit();
    await signIn(page, 'buyer');
    await expect.poll(() => unread(page)).not.toBe('0');
    const before = Number(await unread(page));
    await tabTo(page, 'bell');
    await page.keyboard.press('Enter');
    await page.getByTestId('message-row').first().waitFor();
    await expectSound(page);
    await picture(page, 'messages-zh');
    await tabTo(page, 'message-link');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/(orders|services)\//);
    await expect.poll(() => unread(page)).toBe(String(before - 1));
    await page.goBack();
    await tabTo(page, 'mark-all-read');
    await page.keyboard.press('Enter');
    await expect.poll(() => unread(page)).toBe('0');
    await open(page, '/messages?state=unread');
    await page.getByTestId('empty').waitFor();
    await expectSound(page);
  });

  it('go to receivers whose address was proven by a code', async () => {
    const page = await visit({ language: 'en' });
    await signIn(page, 'buyer', '/messages/receivers');
    await page.getByTestId('add-receiver').click();
    await page.getByTestId('receiver-name').fill('Hanna');
    await page.getByTestId('receiver-email').fill('hanna@globex');
    await page.getByTestId('save-receiver').click();
    await page.locator('.ant-form-item-explain-error').first().waitFor();
    await page.getByTestId('receiver-email').fill('hanna@globex.example');
    await expectSound(page);
    await picture(page, 'receiver-form-en');
    await page.getByTestId('save-receiver').click();
    const row = page.getByTestId('receiver-row').filter({ hasText: 'Hanna' });
    await row.getByTestId('verify-address').click();

    const operator = await visit({ language: 'en' });
    await signIn(operator, 'operator', '/operator/outbox?channel=EMAIL&address=hanna%40globex.example');
    const delivery = operator.getByTestId('delivery-row').first();
    await delivery.locator('summary').click();
    await expectSound(operator);
    await picture(operator, 'operator-outbox-en');
    const code = /\b\d{6}\b/.exec((await delivery.locator('details p').textContent()) ?? '')?.[0] ?? '';

    await page.getByTestId('verify-code').fill(code === '000000' ? '111111' : '000000');
    await page.getByTestId('verify-submit').click();
    await page.getByRole('dialog').getByTestId('problem').waitFor();
    await expectSound(page);
    await page.getByTestId('verify-code').fill(code);
    await page.getByTestId('verify-submit').click();
    await row.getByText('Verified').waitFor();
    await picture(page, 'receivers-en');
    await row.getByTestId('remove-receiver').click();
    await page.getByTestId('remove-confirm').click();
    await expect.poll(() => row.count()).toBe(0);
  });
});

describe('renewal', () => {
  it('takes two services at once to the same day, and one of them back', async () => {
    const ids = [await subscribe(buyer), await subscribe(buyer, { specification: 1, quantity: 3 })] as const;
    const page = await visit();
    await signIn(page, 'buyer', '/renewals');
    for (const id of ids) await page.locator(`[data-row="${id}"]`).getByTestId('choose-row').check();
    await expectSound(page);
    await picture(page, 'buyer-renewals-zh');

    await page.getByTestId('renew-chosen').click();
    await expect.poll(() => page.getByTestId('renewal-item').count()).toBe(2);
    await choose(page.getByTestId('unify-day'), /\b5\b/);
    await expect
      .poll(() => page.getByTestId('quote-line').allTextContents())
      .toEqual([expect.stringMatching(/月5日 23:59/), expect.stringMatching(/月5日 23:59/)]);
    await expectSound(page);
    await picture(page, 'buyer-renewal-order-zh');
    await submitAndPay(page);
    for (const id of ids) expect((await serviceOf(buyer, id)).expireAt).toMatch(/-05T15:59:59/); // 23:59:59 in Beijing

    await open(page, `/services/${ids[0]}`);
    await page.locator('[data-testid="life-plot"] [data-kind="ahead"]').waitFor();
    await page.getByTestId('timeline-entry').first().waitFor();
    await expectSound(page);
    await picture(page, 'buyer-service-life-zh');
    const before = await balanceOf(buyer);
    await page.getByTestId('act-cancelRenewal').click();
    await confirmRefund(page);
    expect(await balanceOf(buyer)).toBeGreaterThan(before);
    await open(page, `/services/${ids[0]}`);
    await page.getByTestId('life-plot').waitFor();
    expect(await page.locator('[data-testid="life-plot"] [data-kind="ahead"]').count()).toBe(0);
  });

  it('can be left to the marketplace', async () => {
    const id = await subscribe(buyer);
    const page = await visit({ language: 'en' });
    await signIn(page, 'buyer', '/renewals');
    const row = page.locator(`[data-row="${id}"]`);
    await row.getByTestId('policy-open').click();
    await page.getByTestId('policy-AUTO').check();
    await expectSound(page);
    await picture(page, 'buyer-renewal-policy-en');
    await page.getByTestId('policy-save').click();
    await expect.poll(() => row.count()).toBe(0);
    await open(page, '/renewals?tab=AUTO');
    await row.waitFor();
    await expectSound(page);
    await open(page, '/renewals?tab=NONE');
    await page.getByTestId('empty').waitFor();
    await expectSound(page);
  });
});

describe('change', () => {
  it('from 5 to 10 users by keyboard alone: the difference is explained, and the seller has 10', async () => {
    const id = await subscribe(buyer, { periodType: 'year' });
    const page = await visit({ language: 'en' });
    await signIn(page, 'buyer', `/services/${id}/change`);
    await tabTo(page, 'quantity-input');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('10');
    await expect.poll(() => page.getByTestId('derivation').textContent()).toMatch(/600/); // 5 users more at 120.00 a year
    await expectSound(page);
    await picture(page, 'buyer-change-en');
    const difference = Number((await page.getByTestId('amount').textContent())?.replace(/[^0-9.]/g, ''));
    expect(difference).toBeGreaterThan(590);
    expect(difference).toBeLessThanOrEqual(600);
    const before = await balanceOf(buyer);

    await tabTo(page, 'agreement');
    await page.keyboard.press('Space');
    await page.locator('[data-testid="submit-order"]:not([disabled])').waitFor();
    await tabTo(page, 'submit-order');
    await page.keyboard.press('Enter');
    await page.locator('[data-testid="pay"]:not([disabled])').waitFor();
    await tabTo(page, 'pay');
    await page.keyboard.press('Enter');
    await page.locator('[data-testid="order-state"][data-state="COMPLETED"]').waitFor({ timeout: 30_000 });
    expect(before - (await balanceOf(buyer))).toBeCloseTo(difference, 2);
    expect((await tenantOf(sandbox.sellerUrl, id)).userLimit).toBe(10);

    const seller = await visit();
    await signIn(seller, 'seller', `/seller/services/${id}`);
    await expect.poll(() => seller.locator('main').textContent()).toContain('10 人');
  });
});

describe('trial', () => {
  it('is taken for nothing, becomes a subscription, and is not given twice', async () => {
    const page = await visit();
    await signIn(page, 'buyer');
    await page.getByTestId('product-card').first().getByRole('link').first().click();
    await page.locator('[data-testid="start-trial"]:not([disabled])').click();
    await page.getByTestId('agreement-marketplace').check();
    await page.getByTestId('agreement-product').check();
    await expectSound(page);
    await picture(page, 'buyer-trial-zh');
    await page.locator('[data-testid="submit-order"]:not([disabled])').click();
    const orderId = await payAndComplete(page);
    const id = `${orderId}-000001`;

    const reader = await visit({ language: 'en', width: 360 });
    await signIn(reader, 'buyer', `/services/${id}`);
    await reader.locator('[data-testid="instance-state"][data-state="TRIAL"]').waitFor();
    await reader.getByTestId('act-convert').click();
    await expect.poll(() => reader.getByTestId('derivation').textContent()).toMatch(/5/);
    await expectSound(reader);
    await picture(reader, 'buyer-conversion-narrow-en');
    await submitAndPay(reader);
    await open(reader, `/services/${id}`);
    await reader.locator('[data-testid="instance-state"][data-state="ACTIVE"]').waitFor({ timeout: 30_000 });

    await open(page, '/');
    await page.getByTestId('product-card').first().getByRole('link').first().click();
    await page.locator('[data-testid="start-trial"][disabled]').waitFor();
    expect(await page.getByTestId('why-not').allTextContents()).toContainEqual(expect.stringContaining('试用'));
    await open(page, `/services/${id}/conversion`);
    await page.getByTestId('why-not').waitFor();
    await expectSound(page);
  });
});

describe('automatic renewals of the account', () => {
  it('begin on the day that it sets, and end on one day of the month (B-63)', async () => {
    const id = await subscribe(buyer);
    const page = await visit();
    await signIn(page, 'buyer', '/renewals?tab=AUTO');
    await choose(page.getByTestId('deduct-days'), '到期前 3 天');
    await choose(page.getByTestId('unify-day'), '每月 1 日');
    await page.getByTestId('save-renewal-settings').click();
    await page.locator('[data-testid="save-renewal-settings"][disabled]').waitFor();
    await expectSound(page);
    await picture(page, 'buyer-renewal-settings-zh');
    expect((await buyer.get(`/instances/${id}/subscription`, subscription)).renewDays).toBe(3);
    await choose(page.getByTestId('deduct-days'), '到期前 7 天');
    await choose(page.getByTestId('unify-day'), '不统一');
    await page.getByTestId('save-renewal-settings').click();
    await page.locator('[data-testid="save-renewal-settings"][disabled]').waitFor();
  });
});

describe('unsubscription', () => {
  it('within five days gives all of the money back, after saying what is lost', async () => {
    const page = await visit({ language: 'en' });
    await signIn(page, 'buyer', '/refunds?state=WITHDRAWN');
    await page.getByTestId('empty').waitFor();
    await expectSound(page);
    const id = await subscribe(buyer);
    const before = await balanceOf(buyer);
    await open(page, `/services/${id}/unsubscription`);
    await expect.poll(() => page.getByTestId('refund-amount').textContent()).toContain('60.00');
    expect(await page.getByTestId('refund-instrument').textContent()).toContain('60.00');
    expect(await page.getByTestId('refund-confirm').isDisabled()).toBe(true);
    await expectSound(page);
    await picture(page, 'buyer-unsubscription-en');
    await confirmRefund(page, true);
    await expectSound(page);
    expect((await balanceOf(buyer)) - before).toBeCloseTo(60, 2);
    await open(page, `/services/${id}`);
    await page.locator('[data-testid="instance-state"][data-state="RELEASED"]').waitFor({ timeout: 30_000 });
    expect((await tenantOf(sandbox.sellerUrl, id)).phase).toBe('released');
    await open(page, '/refunds');
    await page.getByTestId('refund-row').first().waitFor();
    await expectSound(page);
    await picture(page, 'buyer-refunds-en');
  });
});

describe('every page of the buyer', () => {
  it('keeps together on a telephone in both languages', async () => {
    const id = await subscribe(buyer);
    const paths = [
      ['/renewals', 'renewal-row'],
      [`/renewals/order?ids=${id}`, 'quote-line'],
      ['/renewals/order', 'empty'],
      [`/services/${id}`, 'life-plot'],
      [`/services/${id}/change`, 'quantity-input'],
      [`/services/${id}/unsubscription`, 'refund-amount'],
      [`/services/${id}/conversion`, 'why-not'],
      ['/refunds', 'refund-row'],
      ['/trial', 'empty'],
      ['/messages', 'message-row'],
      ['/messages/receivers', 'receiver-row'],
    ] as const;
    for (const language of ['zh', 'en'] as const) {
      const page = await visit({ language, width: 360 });
      await signIn(page, 'buyer');
      for (const [path, what] of paths) {
        await open(page, path);
        await page.getByTestId(what).first().waitFor();
        await expectSound(page);
      }
    }
  });

  it('says what failed and tries again', async () => {
    const page = await visit({ language: 'en' });
    await signIn(page, 'buyer');
    await expectFailuresTold(page, sandbox.url, /\/api\/console\/(instances|refunds|messages|receivers)(\?|$)/, [
      '/renewals',
      '/refunds',
      '/messages',
      '/messages/receivers',
    ]);
    await page.getByTestId('receiver-row').first().waitFor();
    await open(page, '/refunds/nothing');
    await page.getByTestId('problem').waitFor();
    expect(await page.getByTestId('problem').getAttribute('data-code')).toBe('NOT_FOUND');
  });
});
