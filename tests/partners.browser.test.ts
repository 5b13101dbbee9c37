/**
 * The operator's finance keeps a distributor, taxes and the working calendar in a real browser; the distributor signs in and
 * reads what it earns and how it came about.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commissionBill } from './support/brought-line.ts';
import { broughtOrder, yanxuanOnSale } from './support/brought-order.ts';
import { launchBrowser } from './support/browser.ts';
import { type ConsoleStage, openConsoleStage } from './support/console-stage.ts';
import { choosePassword, expectSound, picture, signInAs, type Visit, visitWith } from './support/console-visits.ts';

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
