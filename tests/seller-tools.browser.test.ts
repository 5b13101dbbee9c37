/** What sellers and operators do about running services in a real browser: messages by hand, freezes, customers. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { callPage, type sellerCall } from '../packages/marketplace/src/api/console-api/call-schemas.ts';
import { order as orderSchema } from '../packages/marketplace/src/api/console-api/order-schemas.ts';
import { launchBrowser } from './support/browser.ts';
import {
  type Area,
  enterRefundCode,
  expectFailuresTold,
  expectSound,
  picture,
  signInAs,
  tabTo,
  type Visit,
  visitWith,
} from './support/console-visits.ts';
import { control, tenantOf } from './support/demo-seller.ts';
import { balanceOf, enter, order, type Person, renew, subscribe } from './support/sandbox-person.ts';
import { type SandboxProcess, startSandbox } from './support/sandbox-process.ts';
import { until } from './support/until.ts';

let sandbox: SandboxProcess;
let browser: Browser;
let buyer: Person;
let seller: Person;

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([startSandbox(), launchBrowser()]);
  buyer = await enter(sandbox.url, sandbox.accounts.buyer);
  seller = await enter(sandbox.url, sandbox.accounts.seller);
});
afterAll(async () => {
  await browser?.close();
  await sandbox?.stop();
});
afterEach(() => control(sandbox.sellerUrl, { faults: [] }));

const visit = (how?: Visit): Promise<Page> => visitWith(browser, how);
const signIn = (page: Page, area: Area, path?: string): Promise<void> => signInAs(page, sandbox, area, path);
const open = (page: Page, path: string): Promise<unknown> => page.goto(`${sandbox.url}${path}`);

/** The call of this activity that failed and will be repeated. */
const failedCall = (orderId: string, activity: string): Promise<z.infer<typeof sellerCall>> =>
  until(`${activity} of ${orderId} fails`, async () => {
    const { items } = await seller.get(`/calls?orderId=${orderId}`, callPage);
    return items.find((call) => call.activity === activity && call.state === 'DUE' && call.attempts > 0) ?? null;
  });
const stateOf = async (orderId: string): Promise<string> => (await buyer.get(`/orders/${orderId}`, orderSchema)).state;

describe('messages of the production interface', () => {
  it('are restarted together', async () => {
    await control(sandbox.sellerUrl, { faults: [{ activity: 'newInstance', kind: 'html', times: 2 }] });
    const orders = [await order(buyer), await order(buyer)];
    for (const { orderId } of orders) await failedCall(orderId, 'newInstance');
    const page = await visit({ language: 'en' });
    await signIn(page, 'seller', '/seller/calls?state=DUE');
    await page.getByTestId('choose-all').click();
    expect(await page.getByTestId('choose-row').count()).toBe(2);
    await expectSound(page);
    await picture(page, 'seller-restart-many-en');
    await page.getByTestId('restart-chosen').click();
    await page.getByTestId('restart-confirm').click();
    for (const { orderId } of orders) await expect.poll(() => stateOf(orderId), { timeout: 30_000 }).toBe('COMPLETED');
    await page.getByTestId('empty').waitFor({ timeout: 15_000 });
    await expectSound(page);
  });

  it('are stopped with a reason; the buyer gets the money back', async () => {
    await control(sandbox.sellerUrl, { faults: [{ activity: 'newInstance', kind: 'html', times: 1 }] });
    const { orderId } = await order(buyer);
    const { callId } = await failedCall(orderId, 'newInstance');
    const page = await visit();
    await signIn(page, 'seller', `/seller/calls/${callId}`);
    await page.getByTestId('call-stop').click();
    await page.getByTestId('reason-confirm').click();
    await page.getByRole('alert').filter({ hasText: /原因/ }).waitFor();
    expect(await page.getByTestId('reason').evaluate((field) => field === document.activeElement)).toBe(true);
    await page.getByTestId('reason').fill('客户要求取消');
    await expectSound(page);
    await picture(page, 'seller-stop-call-zh');
    await page.getByTestId('reason-confirm').click();
    await page.locator('[data-testid="call-state"][data-state="STOPPED"]').waitFor();
    await expect.poll(() => page.locator('main').textContent()).toContain('客户要求取消');
    await expect.poll(() => stateOf(orderId), { timeout: 30_000 }).toBe('REFUNDED');
    await expectSound(page);
  });

  it('are closed as done by hand', async () => {
    const resourceId = await subscribe(buyer);
    await control(sandbox.sellerUrl, { faults: [{ activity: 'refreshInstance', kind: 'status-500' }] });
    const { orderId } = await renew(buyer, resourceId);
    const { callId } = await failedCall(orderId, 'refreshInstance');
    const page = await visit({ language: 'en', width: 360 });
    await signIn(page, 'seller', `/seller/calls/${callId}`);
    await expectSound(page);
    await page.getByTestId('call-done').click();
    await page.getByTestId('reason').fill('extended in our own back office');
    await expectSound(page);
    await page.getByTestId('reason-confirm').click();
    await page.locator('[data-testid="call-state"][data-state="RESOLVED"]').waitFor();
    await expect.poll(() => page.locator('main').textContent()).toContain('extended in our own back office');
    await expect.poll(() => stateOf(orderId), { timeout: 30_000 }).toBe('COMPLETED');
    await picture(page, 'seller-done-by-hand-narrow-en');
  });
});

describe('a violation', () => {
  it('freezes a service: the buyer is told why, and it works again once it is cured', async () => {
    const id = await subscribe(buyer, { quantity: 10 });
    const operator = await visit();
    await signIn(operator, 'operator', '/operator/services?state=ACTIVE');
    await operator.locator(`[data-row="${id}"]`).getByTestId('service-link').click();
    await operator.getByTestId('violation-freeze').click();
    await operator.getByTestId('reason').fill('发布违规内容');
    await operator.getByTestId('evidence').fill('7 月 12 日 14:05 首页截图');
    await operator.getByTestId('references').fill('工单 20260712-0031');
    await expectSound(operator);
    await picture(operator, 'operator-freeze-zh');
    await operator.getByTestId('reason-confirm').click();
    await operator
      .locator('[data-testid="instance-state"][data-state="VIOLATION_FROZEN"]')
      .waitFor({ timeout: 30_000 });
    await expect.poll(async () => (await tenantOf(sandbox.sellerUrl, id)).phase).toBe('frozen');

    const page = await visit({ language: 'en', width: 360 });
    await signIn(page, 'buyer', `/services/${id}`);
    await page.locator('[data-testid="instance-state"][data-state="VIOLATION_FROZEN"]').waitFor();
    await expect.poll(() => page.getByTestId('next-step').textContent()).toContain('发布违规内容');
    expect(await page.getByTestId('violation-evidence').textContent()).toContain('首页截图');
    expect(await page.getByTestId('open-product').count()).toBe(0);
    await expectSound(page);
    await picture(page, 'buyer-frozen-narrow-en');

    await expectSound(operator);
    await operator.getByTestId('cure').click();
    await operator.getByTestId('reason').fill('内容已删除');
    await operator.getByTestId('reason-confirm').click();
    await operator.locator('[data-testid="instance-state"][data-state="ACTIVE"]').waitFor({ timeout: 30_000 });
    await expect.poll(async () => (await tenantOf(sandbox.sellerUrl, id)).phase).toBe('active');
    await picture(operator, 'operator-service-zh');
    await open(page, `/services/${id}`);
    await page.locator('[data-testid="instance-state"][data-state="ACTIVE"]').waitFor();
    await page.getByTestId('open-product').waitFor();
  });
});

describe('a large refund', () => {
  it('waits for the operator, who agrees by keyboard alone', async () => {
    const id = await subscribe(buyer, { periodType: 'year', quantity: 500 });
    const before = await balanceOf(buyer);
    const page = await visit();
    await signIn(page, 'buyer', `/services/${id}/unsubscription`);
    await page.getByTestId('refund-reasons').getByRole('radio').first().check();
    await page.getByTestId('refund-tick').check();
    await enterRefundCode(page, await enter(sandbox.url, sandbox.accounts.operator));
    await page.locator('[data-testid="refund-confirm"]:not([disabled])').click();
    await page.locator('[data-testid="refund-state"][data-state="LARGE_REVIEW"]').waitFor();
    await expectSound(page);

    const operator = await visit({ language: 'en' });
    await signIn(operator, 'operator', '/operator/refunds?state=LARGE_REVIEW');
    await tabTo(operator, 'review');
    await operator.keyboard.press('Enter');
    await operator.getByTestId('review-amount').waitFor();
    await expectSound(operator);
    await picture(operator, 'operator-refund-review-en');
    await tabTo(operator, 'agree');
    await operator.keyboard.press('Enter');
    await expect.poll(() => balanceOf(buyer), { timeout: 30_000 }).toBeCloseTo(before + 60_000, 2);
    await operator.getByTestId('empty').waitFor();
  });
});

describe('customers', () => {
  it('lead to their services, and each service to its calls', async () => {
    const page = await visit({ language: 'en' });
    await signIn(page, 'seller', '/seller/customers');
    const row = page.getByTestId('customer-row').first();
    await row.waitFor();
    expect(await row.textContent()).toContain('globex');
    await expectSound(page);
    await picture(page, 'seller-customers-en');
    await row.getByTestId('customer-services').click();
    await page.getByTestId('staff-service-row').first().waitFor();
    await expectSound(page);
    await picture(page, 'seller-services-en');
    await page.getByTestId('service-link').first().click();
    await page.getByTestId('timeline-entry').first().waitFor();
    expect(await page.getByTestId('password').count()).toBe(0); // no access data for anybody but the buyer
    await expectSound(page);
    await picture(page, 'seller-service-en');
    await page.getByTestId('service-calls').click();
    await page.getByTestId('call-row').first().waitFor();
  });
});

describe('every page of sellers and operators', () => {
  const pages = [
    ['seller', '/seller/services', 'staff-service-row'],
    ['seller', '/seller/services?state=RELEASED&product=nothing', 'empty'],
    ['seller', '/seller/customers', 'customer-row'],
    ['seller', '/seller/customers?name=nobody', 'empty'],
    ['seller', '/seller/refunds', 'review-row'],
    ['seller', '/seller/refunds?state=REJECTED', 'empty'],
    ['seller', '/seller/differences', 'empty'],
    ['seller', '/seller/calls', 'call-row'],
    ['operator', '/operator/services', 'staff-service-row'],
    ['operator', '/operator/customers', 'customer-row'],
    ['operator', '/operator/refunds', 'review-row'],
    ['operator', '/operator/differences', 'empty'],
    ['operator', '/operator/outbox', 'delivery-row'],
  ] as const;

  it.each(['zh', 'en'] as const)('keeps together on a telephone (%s)', async (language) => {
    for (const area of ['seller', 'operator'] as const) {
      const page = await visit({ language, width: 360 });
      await signIn(page, area, `/${area}/calls`);
      for (const [, path, what] of pages.filter(([whose]) => whose === area)) {
        await open(page, path);
        await page.getByTestId(what).first().waitFor();
        await expectSound(page);
      }
    }
  });

  it('says what failed and tries again', async () => {
    const page = await visit();
    await signIn(page, 'seller', '/seller/calls');
    await expectFailuresTold(page, sandbox.url, /\/api\/console\/(services|customers|refunds|differences)(\?|$)/, [
      '/seller/services',
      '/seller/refunds',
      '/seller/differences',
      '/seller/customers',
    ]);
    await page.getByTestId('customer-row').first().waitFor();
    await open(page, '/operator/services');
    await page.getByTestId('forbidden').waitFor();
  });
});
