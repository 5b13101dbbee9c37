/** What takes weeks of a subscription, in a real browser on the virtual clock: refunds by agreement, expiry, differences. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Instance } from '../packages/marketplace/src/instances/index.ts';
import { resourceOf } from '../packages/marketplace/src/instances/resource.ts';
import { applyForRefund } from '../packages/marketplace/src/ordering/index.ts';
import { money } from '../packages/marketplace/src/platform/money.ts';
import { launchBrowser } from './support/browser.ts';
import { type ConsoleStage, openConsoleStage } from './support/console-stage.ts';
import {
  type Area,
  enterRefundCode,
  expectSound,
  picture,
  signInAs,
  tabTo,
  type Visit,
  visitWith,
} from './support/console-visits.ts';
import { ready } from './support/fake-seller.ts';
import { boughtImage, imageProduct } from './support/images.ts';
import { advanceTo, DAY_MS, instanceOf, inTx, obedient, ordering, subscribed } from './support/lives.ts';
import { granted } from './support/resources.ts';
import { balanceOf, enter } from './support/sandbox-person.ts';

let stage: ConsoleStage;
let browser: Browser;
/** bought at the same moment for a month, five users each */
let returned: Instance;
let kept: Instance;
let forgotten: Instance;
/** an image, bought with them */
let image = '';

beforeAll(async () => {
  [stage, browser] = await Promise.all([openConsoleStage(), launchBrowser()]);
  const month = { quantity: 5 };
  returned = await subscribed(stage.world, month);
  kept = await subscribed(stage.world, month);
  forgotten = await subscribed(stage.world, month);
  const product = await imageProduct(stage.world, { month: '300.00', year: '3000.00' });
  image = await boughtImage(stage.world, { priceItemId: product.month });
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

const visit = (how?: Visit): Promise<Page> => visitWith(browser, how);
const signIn = (page: Page, area: Area, path?: string): Promise<void> => signInAs(page, stage, area, path);
const open = (page: Page, path: string): Promise<unknown> => page.goto(`${stage.url}${path}`);
const expiry = (): number => kept.expireAt?.getTime() ?? 0;
const instanceIn = (page: Page, state: string) =>
  page.locator(`[data-testid="instance-state"][data-state="${state}"]`).waitFor({ timeout: 30_000 });
const refundIn = (page: Page, state: string) =>
  page.locator(`[data-testid="refund-state"][data-state="${state}"]`).first().waitFor({ timeout: 30_000 });

async function payInStage(page: Page): Promise<void> {
  await page.getByTestId('agreement').check();
  await page.locator('[data-testid="submit-order"]:not([disabled])').click();
  await page.locator('[data-testid="pay"]:not([disabled])').click();
  const done = page.locator('[data-testid="order-state"][data-state="COMPLETED"]');
  await stage.happens('the order is completed', async () => (await done.count()) > 0);
}

/** A negotiated application as supervised products have it; the catalogue offers none of those yet. */
async function askBack(amount: string): Promise<string> {
  const { world } = stage;
  const input = {
    resource: resourceOf(returned),
    kind: 'NEGOTIATED' as const,
    lineIds: [returned.resourceId],
    amount: money(amount, 'CNY'),
    paid: money('60.00', 'CNY'),
    reason: 'The team is smaller than planned',
    contactConsent: true,
    ...ordering(world),
  };
  const { refundId } = granted(await inTx(world, (tx) => applyForRefund(world.platform, tx, input, world.clock.now())));
  await world.simulator.drain();
  return refundId;
}

describe('a refund after the first five days', () => {
  it('is not the buyer’s alone: withdrawn, rejected with a reason, and at last agreed to', async () => {
    await advanceTo(stage.world, new Date(stage.world.clock.now().getTime() + 6 * DAY_MS));
    const page = await visit({ language: 'en', width: 360 });
    await signIn(page, 'buyer', `/services/${returned.resourceId}/unsubscription`);
    await page.getByTestId('why-not').waitFor();
    await expectSound(page);
    await open(page, `/refunds/${await askBack('30.00')}`);
    await refundIn(page, 'SELLER_REVIEW');
    await expectSound(page);
    await picture(page, 'buyer-refund-narrow-en');
    await page.getByTestId('withdraw').click();
    await page.getByTestId('withdraw-confirm').click();
    await refundIn(page, 'WITHDRAWN');

    const rejected = await askBack('30.00');
    const seller = await visit();
    await signIn(seller, 'seller', '/seller/refunds?state=SELLER_REVIEW');
    await seller.getByTestId('review').click();
    await seller.getByTestId('reject').click();
    expect(await seller.getByTestId('review-comment').evaluate((one) => one === document.activeElement)).toBe(true);
    await expectSound(seller);
    await picture(seller, 'seller-refund-review-zh');
    await seller.keyboard.type('请先导出数据');
    await seller.getByTestId('reject').click();
    await seller.getByTestId('empty').waitFor();
    await open(page, `/refunds/${rejected}`);
    await refundIn(page, 'REJECTED');
    expect(await page.locator('main').textContent()).toContain('请先导出数据');
    await expectSound(page);

    const buyer = await enter(stage.url, stage.accounts.buyer);
    const before = await balanceOf(buyer);
    const agreed = await askBack('30.00');
    await open(seller, `/seller/refunds/${agreed}`);
    await tabTo(seller, 'review');
    await seller.keyboard.press('Enter');
    await tabTo(seller, 'agree');
    await seller.keyboard.press('Enter');
    await stage.happens('the money is back', async () => (await balanceOf(buyer)) > before);
    expect((await balanceOf(buyer)) - before).toBeCloseTo(30, 2);
    await open(seller, `/seller/refunds/${agreed}`);
    await refundIn(seller, 'DONE');
    await expectSound(seller);
    // the money may have been back before anything was done about the service
    await stage.world.simulator.drain();
    await open(page, `/services/${returned.resourceId}`);
    await instanceIn(page, 'RELEASED');
  });
});

describe('an image after its five days (S7-12)', () => {
  const text = (page: Page, id: string) => page.getByTestId(id).textContent();

  it('costs the hours that it was there: told before, taken back at once, explained to both sides', async () => {
    const { activatedAt } = await instanceOf(stage.world, image);
    const sixth = (activatedAt?.getTime() ?? 0) + 6 * DAY_MS;
    await advanceTo(stage.world, new Date(Math.max(stage.world.clock.now().getTime(), sixth)));
    const path = `/services/${image}/unsubscription`;
    const narrow = await visit({ width: 360 });
    await signIn(narrow, 'buyer', path);
    await narrow.getByTestId('refund-holds').waitFor();
    await expectSound(narrow);
    await picture(narrow, 'buyer-late-refund-narrow-zh');

    const page = await visit({ language: 'en' });
    await signIn(page, 'buyer', path);
    await page.getByTestId('refund-holds').waitFor();
    const [, used = '', total = ''] = /(\d+) of (\d+) hours/.exec((await text(page, 'refund-used')) ?? '') ?? [];
    expect(Number(used)).toBe(144);
    const kept = ((300 * Number(used)) / Number(total)).toFixed(2);
    expect(await text(page, 'refund-consumed')).toContain(kept);
    expect(await text(page, 'refund-amount')).toContain((300 - Number(kept)).toFixed(2));
    expect(await page.getByTestId('quota').count()).toBe(0);
    await expectSound(page);
    await picture(page, 'buyer-late-refund-en');
    await page.getByTestId('refund-reasons').getByRole('radio').first().check();
    await page.getByTestId('refund-tick').check();
    await enterRefundCode(page, await enter(stage.url, stage.accounts.operator));
    await page.locator('[data-testid="refund-confirm"]:not([disabled])').click();
    await page.waitForURL(/\/refunds\/[^/]+$/);
    await refundIn(page, 'DONE');
    expect(await text(page, 'refund-consumed')).toContain(kept);
    await expectSound(page);
    await stage.world.simulator.drain();
    const refundId = page.url().split('/').at(-1) ?? '';
    await open(page, `/services/${image}`);
    await instanceIn(page, 'RELEASED');

    const seller = await visit();
    await signIn(seller, 'seller', `/seller/refunds/${refundId}`);
    await refundIn(seller, 'DONE');
    expect(await text(seller, 'refund-used')).toContain(used);
    await expectSound(seller);
    await picture(seller, 'seller-late-refund-zh');
  });
});

describe('the last days', () => {
  it('let a renewal change the service, if the seller agrees', async () => {
    await advanceTo(stage.world, new Date(expiry() - 10 * DAY_MS));
    stage.seller.behave((call, response) =>
      call.activity === 'changeInstanceCheck' && !/"linearValue":"?15\b/.test(JSON.stringify(call.body))
        ? { resultCode: '000100', resultMsg: 'your plan has room for 15 users or more' }
        : obedient(call, response),
    );
    const page = await visit({ language: 'en', width: 360 });
    await signIn(page, 'buyer', `/renewals/order?ids=${kept.resourceId}`);
    await page.getByTestId('with-change').check();
    await page.getByTestId('quantity-input').fill('10');
    await page.getByTestId('check-refused').waitFor({ timeout: 30_000 });
    expect(await page.getByTestId('check-refused').textContent()).toContain('your plan has room for 15 users or more');
    expect(await page.getByTestId('submit-order').isDisabled()).toBe(true);
    await expectSound(page);
    await picture(page, 'buyer-renewal-refused-narrow-en');
    await page.getByTestId('quantity-input').fill('15');
    await page.getByTestId('check-allowed').waitFor({ timeout: 30_000 });
    await payInStage(page);
    stage.seller.behave(obedient);
    await open(page, `/services/${kept.resourceId}`);
    await page.locator('[data-testid="life-plot"] [data-kind="ahead"]').waitFor();
    await expectSound(page);
  });

  it('end in grace and a freeze; a renewal brings the service back', async () => {
    await advanceTo(stage.world, new Date(expiry() + 60_000));
    const early = await visit();
    await signIn(early, 'buyer', `/services/${forgotten.resourceId}`);
    await instanceIn(early, 'GRACE');
    await expectSound(early);
    await picture(early, 'buyer-service-grace-zh');

    await advanceTo(stage.world, new Date(expiry() + DAY_MS + 60_000));
    const page = await visit();
    await signIn(page, 'buyer', '/messages?state=unread');
    await page.getByTestId('message-row').first().waitFor();
    await expect
      .poll(() => page.getByTestId('message-row').allTextContents())
      .toContainEqual(expect.stringContaining('冻结'));
    await expectSound(page);
    await picture(page, 'messages-freeze-zh');
    await open(page, `/services/${forgotten.resourceId}`);
    await instanceIn(page, 'FROZEN');
    expect(await page.getByTestId('open-product').count()).toBe(0);
    await expectSound(page);
    await picture(page, 'buyer-service-frozen-zh');
    await page.getByTestId('act-renew').click();
    await payInStage(page);
    await stage.happens(
      'the service is back',
      async () => (await instanceOf(stage.world, forgotten.resourceId)).state === 'ACTIVE',
    );
    await open(page, `/services/${forgotten.resourceId}`);
    await instanceIn(page, 'ACTIVE');
    await page.getByTestId('open-product').waitFor();

    const seller = await visit({ language: 'en', width: 360 });
    await signIn(seller, 'seller', `/seller/services/${kept.resourceId}`);
    await instanceIn(seller, 'ACTIVE');
    await expect.poll(() => seller.locator('main').textContent()).toContain('15 users'); // changed with its renewal
    await expectSound(seller);
  });
});

describe('differences', () => {
  it('tell the seller which service its server does not know, and what to do', async () => {
    stage.seller.behave((call, response) =>
      call.activity === 'queryInstance'
        ? {
            resultCode: '000000',
            resultMsg: 'success.',
            info: String(call.body.instanceId)
              .split(',')
              .filter((id) => id !== kept.instanceId)
              .flatMap((id) => ready(id).info),
          }
        : obedient(call, response),
    );
    await advanceTo(stage.world, new Date(stage.world.clock.now().getTime() + DAY_MS));
    const page = await visit();
    await signIn(page, 'seller', '/seller/differences');
    await expect
      .poll(() => page.getByTestId('difference-row').allTextContents())
      .toContainEqual(expect.stringContaining(kept.instanceId ?? '-'));
    await expectSound(page);
    await picture(page, 'seller-differences-zh');
    const operator = await visit({ language: 'en', width: 360 });
    await signIn(operator, 'operator', '/operator/differences');
    await operator.getByTestId('difference-row').first().waitFor();
    await expectSound(operator);
    const row = operator.getByTestId('difference-row').filter({ hasText: kept.instanceId ?? '-' });
    await row.getByTestId('service-link').first().click();
    await operator.getByTestId('life-plot').waitFor();
  });
});
