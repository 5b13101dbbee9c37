/**
 * The operator's finance keeps a distributor, taxes and the working calendar in a real browser; the distributor signs in and
 * reads what it earns and how it came about.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDistributor, createUser } from '../packages/marketplace/src/directory/index.ts';
import { commissionBill } from './support/brought-line.ts';
import { broughtOrder, yanxuanOnSale } from './support/brought-order.ts';
import { launchBrowser } from './support/browser.ts';
import { type ConsoleStage, openConsoleStage } from './support/console-stage.ts';
import {
  choosePassword,
  expectSound,
  picture,
  signInAs,
  tabTo,
  type Visit,
  visitWith,
} from './support/console-visits.ts';

let stage: ConsoleStage;
let browser: Browser;
let priceItemId: string;

beforeAll(async () => {
  [stage, browser] = await Promise.all([openConsoleStage(new Date('2026-11-20T02:00:00.000Z')), launchBrowser()]);
  priceItemId = await yanxuanOnSale(stage.world);
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

async function as(account: { loginName: string; password: string }, path: string, how?: Visit): Promise<Page> {
  const page = await visitWith(browser, how);
  await signInAs(page, { ...stage, accounts: { ...stage.accounts, operator: account } }, 'operator', path);
  return page;
}
function finance(path: string, how?: Visit): Promise<Page> {
  const account = stage.world.demo.accounts.find(({ role }) => role === 'OF');
  if (!account) throw new Error('the demo has no finance operator');
  return as(account, path, how);
}

const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('data-testid'));

describe('a distributor', () => {
  it('S3-17: is kept by the operator, signs in with its first password, and sees how its commission came about', async () => {
    const page = await finance('/operator/partners');
    await page.getByTestId('empty').waitFor();
    await expectSound(page);
    await page.getByTestId('add-partner').click();
    await page.getByTestId('field-name').fill('远山渠道');
    await page.getByText('与平台联合销售').click();
    await page.getByTestId('field-ratio').fill('50');
    await expectSound(page);
    await page.getByTestId('partner-confirm').click();
    await page.getByTestId('partner-terms-row').waitFor();
    await page.getByTestId('add-member').click();
    await page.getByTestId('member-login').fill('farhill');
    await page.getByTestId('member-name').fill('林远');
    await page.getByTestId('member-confirm').click();
    const password = (await page.getByTestId('first-password').textContent()) ?? '';
    await page.getByTestId('member').waitFor();
    const distributorId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    await broughtOrder(stage.world, priceItemId, distributorId);
    await page.reload();
    await page.getByTestId('commission-row').waitFor();
    await expectSound(page);
    await picture(page, 'operator-partner-zh');

    const own = await as({ loginName: 'farhill', password }, '/distributor/commissions', { language: 'en' });
    const chosen = 'a much longer one';
    await choosePassword(own, password, chosen);
    await own.getByTestId('must-change').waitFor({ state: 'hidden' });
    await own.goto(`${stage.url}/distributor/commissions`);
    await own.getByTestId('income-chart').locator('svg').waitFor();
    const earned = await own.getByTestId('month-commission').textContent();
    await expectSound(own);
    await picture(own, 'distributor-commissions-en');
    await own.getByTestId('commission-link').click();
    await own.locator('[data-testid="commission-state"][data-state="READY"]').waitFor();
    expect(await own.getByTestId('commission-amount').textContent()).toBe(earned);
    expect(await own.getByTestId('derivation').locator('li').count()).toBe(2);
    await expectSound(own);
    await picture(own, 'distributor-commission-en');
    const narrow = await as({ loginName: 'farhill', password: chosen }, '/distributor/commissions', { width: 360 });
    await narrow.getByTestId('commission-row').waitFor();
    await expectSound(narrow);

    // 4.6: its bill is confirmed by it; the operator sees where it stands
    const billId = await commissionBill(stage.world.platform, distributorId, { name: 'farhill', state: 'TO_CONFIRM' });
    await narrow.goto(`${stage.url}/distributor/bills`);
    await narrow.getByTestId('commission-bill-row').waitFor();
    await expectSound(narrow);
    await own.goto(`${stage.url}/distributor/bills/${billId}`);
    await own.getByTestId('confirm-bills').click();
    await own.getByTestId('confirm-bills-yes').click();
    await own.locator('[data-testid="bill-state"][data-state="TO_COUNTERSIGN"]').waitFor();
    await expectSound(own);
    await picture(own, 'distributor-bill-en');
    await page.goto(`${stage.url}/operator/commission-bills`);
    await page.getByTestId('commission-bill-link').click();
    await page.getByTestId('to-COUNTERSIGNING').waitFor();
    await expectSound(page);
    await page.goto(`${stage.url}/operator/seller-agreements`);
    await page.getByTestId('new-agreement').waitFor();
    await expectSound(page);

    // S-12: it names who else is told; nothing is sent to it by text message, so no phone is asked for
    await narrow.goto(`${stage.url}/messages/receivers`);
    await narrow.getByTestId('receiver-row').waitFor();
    await expectSound(narrow);
    await picture(narrow, 'distributor-receivers-narrow');
    await own.goto(`${stage.url}/messages/receivers`);
    await tabTo(own, 'add-receiver');
    await own.keyboard.press('Enter');
    await tabTo(own, 'receiver-name');
    await own.keyboard.type('Ann');
    await own.keyboard.press('Tab');
    await own.keyboard.type('ann@farhill.example');
    expect(await own.getByTestId('receiver-phone').count()).toBe(0);
    await expectSound(own);
    await picture(own, 'distributor-receiver-form-en');
    await tabTo(own, 'save-receiver');
    await own.keyboard.press('Enter');
    await own.getByTestId('receiver-row').filter({ hasText: 'ann@farhill.example' }).waitFor();
    await expectSound(own);
    await picture(own, 'distributor-receivers-en');
  });

  it.each([
    { language: 'zh', width: 1280, amount: '-12.50', shown: '-¥12.50' },
    { language: 'en', width: 360, amount: '40', shown: 'CN¥40.00' },
  ] as const)(
    'S4-3: a bill of it is corrected with the keyboard, $language at $width',
    async ({ amount, shown, ...how }) => {
      const { platform } = stage.world;
      const party = { kind: 'DISTRIBUTOR' as const, name: `近山渠道 ${how.width}`, site: 'CN' as const };
      const distributorId = await createDistributor(platform, platform.db, party, platform.clock.now());
      const name = `nearhill-${how.width}`;
      const billId = await commissionBill(platform, distributorId, { name, state: 'TO_COUNTERSIGN' });
      const page = await finance(`/operator/commission-bills/${billId}`, how);
      await page.getByTestId('adjust').waitFor();
      await tabTo(page, 'adjust');
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog');
      await dialog.getByText(party.name).waitFor();
      // the reason has the focus; without one, and with nothing to correct, it says what is missing
      await expect.poll(() => focused(page)).toBe('reason');
      await tabTo(page, 'reason-confirm');
      await page.keyboard.press('Enter');
      await dialog.getByRole('alert').first().waitFor();
      await expect.poll(() => focused(page)).toBe('reason');
      await page.keyboard.type('订单计算了两次');
      await tabTo(page, 'adjust-amount');
      await page.keyboard.type('0');
      await tabTo(page, 'reason-confirm');
      await dialog.getByRole('alert').waitFor();
      await page.keyboard.press('Enter');
      await expect.poll(() => focused(page)).toBe('adjust-amount');
      await expectSound(page);
      await picture(page, `operator-adjust-fault-${how.language}-${how.width}`);
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type(amount);
      await expect.poll(() => dialog.getByRole('alert').count()).toBe(0);
      await expectSound(page);
      await picture(page, `operator-adjust-${how.language}-${how.width}`);
      await tabTo(page, 'reason-confirm');
      await page.keyboard.press('Enter');
      await dialog.waitFor({ state: 'hidden' });
      await expect.poll(() => focused(page)).toBe('adjust');
      await page.goto(`${stage.url}/operator/partners/${distributorId}`);
      await page.getByTestId('commission-row').getByText(shown).waitFor();
      await expectSound(page);
    },
  );
});

describe('a service provider', () => {
  it('S9-3: asks for its customer on the product page; the seller’s offer is bought by its link or QR code', async () => {
    const { platform, demo, clock } = stage.world;
    const party = { kind: 'CSP' as const, name: '云帆服务商', site: 'CN' as const };
    const distributorId = await createDistributor(platform, platform.db, party, clock.now());
    const account = { loginName: 'yunfan', password: 'a sail on the horizon' };
    const person = { ...account, displayName: '苏帆', role: 'DO' as const, distributorId };
    await createUser(platform, platform.db, person, clock.now());

    const page = await as(account, '/distributor/demands');
    await page.getByTestId('empty').waitFor();
    await expectSound(page);
    await picture(page, 'provider-demands-empty-zh');
    await page.goto(`${stage.url}/products/${demo.goodsId}`);
    await page.getByTestId('ask-for-customer').waitFor();
    await tabTo(page, 'ask-for-customer');
    await page.keyboard.press('Enter');
    // the first field has the focus; what is missing is named, and led to
    await expect.poll(() => focused(page)).toBe('demand-accountName');
    await tabTo(page, 'demand-send');
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('demand-accountName');
    await page.keyboard.type('globex');
    await page.getByTestId('demand-buyerId').fill('somebody else');
    await page.getByTestId('offer-percent').fill('85');
    await page.getByTestId('demand-text').fill('20 人，一年，年底上线');
    await page.getByTestId('demand-send').click();
    await page.locator('[data-testid="problem"][data-code="UNKNOWN_BUYER"]').waitFor();
    await expectSound(page);
    await picture(page, 'provider-demand-form-zh');
    await page.getByTestId('demand-buyerId').fill(demo.buyerId);
    await page.getByTestId('demand-send').click();
    await page.locator('[data-testid="demand-state"][data-state="OPEN"]').waitFor();
    await expectSound(page);

    const seller = await visitWith(browser, { language: 'en' });
    await signInAs(seller, stage, 'seller', '/seller/demands');
    await seller.getByTestId('demand-partner').getByText(party.name).waitFor();
    expect(await seller.getByTestId('demand-wish').textContent()).toContain('15');
    await expectSound(seller);
    await picture(seller, 'seller-demand-of-provider-en');
    await seller.getByTestId('accept-demand').click();
    await seller.getByTestId('answer-demand').click();
    await seller.getByTestId('offer-name').fill('Year end');
    expect(await seller.getByTestId('offer-distributor').inputValue()).toBe(distributorId);
    expect(await seller.getByTestId('offer-percent').inputValue()).toBe('85.00');
    await expectSound(seller);
    await picture(seller, 'seller-answers-provider-en');
    await seller.getByTestId('create-offer').click();
    await seller.getByTestId('offer-link').waitFor();
    clock.moveTo(new Date(clock.now().getTime() + 20 * 60_000));

    await page.reload();
    await page.getByTestId('offer-link').click();
    await page.getByTestId('qr-code').waitFor();
    await expectSound(page);
    await picture(page, 'provider-offer-link-zh');
    const address = (await page.getByTestId('offer-address').textContent()) ?? '';
    const buyer = await visitWith(browser);
    await signInAs(buyer, stage, 'buyer', new URL(address).pathname);
    await buyer.getByTestId('use-offer').first().click();
    await buyer.getByTestId('buy-now').click();
    await buyer.getByTestId('agreement-marketplace').check();
    await buyer.getByTestId('agreement-product').check();
    await buyer.locator('[data-testid="submit-order"]:not([disabled])').click();
    await buyer.waitForURL(/\/pay$/);

    const narrow = await as(account, '/distributor/demands', { language: 'en', width: 360 });
    await narrow.locator('[data-testid="demand-state"][data-state="CLOSED"]').waitFor();
    await narrow.locator('[data-state="PENDING_PAYMENT"]').waitFor();
    await expectSound(narrow);
    await picture(narrow, 'provider-demands-narrow-en');
    await page.reload();
    await page.locator('[data-testid="demand-state"][data-state="CLOSED"]').waitFor();
    await picture(page, 'provider-demands-zh');
  });
});

describe('what settlement rests on', () => {
  it('S3-14: a management fee of a project user, from now on', async () => {
    const page = await finance('/operator/trade-terms', { language: 'en', width: 360 });
    await page.getByTestId('write-buyer').click();
    await page.getByTestId('field-party').fill('globex');
    await page.getByTestId('field-project').click();
    await page.getByTitle('Base cloud', { exact: true }).click();
    await page.getByTestId('field-managementFeeRatio').fill('2');
    await expectSound(page);
    await page.getByTestId('trade-terms-confirm').click();
    await page.getByTestId('buyer-terms-row').waitFor();
    expect(await page.getByTestId('buyer-terms-row').textContent()).toContain('2%');
    await expectSound(page);
    await picture(page, 'operator-trade-terms-narrow-en');
  });

  it('S4-1: the holidays of next year are given; a day that does not fit is named', async () => {
    const page = await finance('/operator/working-days');
    await page.getByTestId('missing-year').waitFor();
    await expectSound(page);
    await page.getByTestId('give-2027').click();
    await page.getByTestId('field-off').fill('1月1日、2月7日');
    await page.getByTestId('year-confirm').click();
    await page.getByTestId('faulty-day').waitFor();
    expect(await page.getByTestId('faulty-day').textContent()).toContain('2027-02-07');
    await page.getByTestId('field-off').fill('1月1日、2月8日、2月9日');
    await page.getByTestId('field-worked').fill('2月20日');
    await expectSound(page);
    await page.getByTestId('year-confirm').click();
    await page.getByTestId('missing-year').waitFor({ state: 'detached' });
    expect(await page.getByTestId('year-row').first().textContent()).toContain('02-08 02-09');
    await expectSound(page);
    await picture(page, 'operator-working-days-zh');
  });
});
