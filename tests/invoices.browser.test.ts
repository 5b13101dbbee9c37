/**
 * Invoices in a real browser: a buyer asks for one, the seller issues it, the buyer downloads it and reads what it spent;
 * the seller invoices the marketplace for a bill to the cent, the operator rejects it once and verifies it.
 */
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction, sql } from '../packages/marketplace/src/platform/database/database.ts';
import { moveBill } from '../packages/marketplace/src/settlement/index.ts';
import { launchBrowser } from './support/browser.ts';
import { type ConsoleStage, openConsoleStage } from './support/console-stage.ts';
import { type Area, expectSound, picture, signInAs, type Visit, visitWith } from './support/console-visits.ts';
import { subscribed } from './support/lives.ts';
import { sentBill } from './support/sent-bill.ts';

const pdf = { name: 'invoice.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF\n') };
const BILL = 'JOINT';
let stage: ConsoleStage;
let browser: Browser;

beforeAll(async () => {
  [stage, browser] = await Promise.all([openConsoleStage(new Date('2026-01-20T02:00:00.000Z')), launchBrowser()]);
  const { world } = stage;
  await subscribed(world, { periodType: 'year', quantity: 20 });
  await subscribed(world, { quantity: 5 });
  await world.simulator.drain();
  const { platform, demo, clock } = world;
  await sentBill(platform, demo.sellerId, BILL);
  for (const to of ['COUNTERSIGNING', 'REQUISITION_PENDING', 'TO_INVOICE'] as const)
    await inTransaction(platform.db, (tx) => moveBill(platform, tx, { billId: BILL, to, by: 'OF' }, clock.now()));
  await world.simulator.drain();
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

const visit = (how?: Visit): Promise<Page> => visitWith(browser, how);
const signIn = (page: Page, area: Area, path?: string): Promise<void> => signInAs(page, stage, area, path);
function signInFinance(page: Page, path: string): Promise<void> {
  const finance = stage.world.demo.accounts.find(({ role }) => role === 'OF');
  if (!finance) throw new Error('the demo has no finance operator');
  return signInAs(page, { ...stage, accounts: { ...stage.accounts, operator: finance } }, 'operator', path);
}
const day = async (page: Page, label: string): Promise<void> => {
  await page.getByLabel(label).fill('2026-01-20');
  await page.getByLabel(label).press('Enter');
};
const stateIs = (page: Page, name: string, state: string) =>
  page.locator(`[data-testid="${name}"][data-state="${state}"]`).first().waitFor();

describe('from a buyer to its seller', () => {
  it('B-101, S5-18: the buyer chooses an order, says whom the invoice is for, and asks', async () => {
    const page = await visit();
    await signIn(page, 'buyer', '/invoices/orders');
    await page.getByTestId('invoiceable-row').first().waitFor();
    expect(await page.getByTestId('invoiceable-row').count()).toBe(2);
    await page.getByTestId('choose-order').first().click();
    await page.getByTestId('title-name').fill('上海云帆科技有限公司');
    await page.getByTestId('ask-invoice').click();
    // the rule is said before anything is sent
    await page.getByTestId('title-fault').waitFor();
    await page.getByTestId('title-taxNumber').fill('91310000MA1FL0000X');
    await page.getByTestId('title-email').fill('finance@example.com');
    await expectSound(page);
    await picture(page, 'buyer-invoice-request-zh');
    await page.getByTestId('ask-invoice').click();
    await page.getByTestId('invoice-link').first().waitFor();
    await stateIs(page, 'invoice-state', 'IN_REVIEW');
    await expectSound(page);
    await page.goto(`${stage.url}/invoices/titles`);
    await page.getByTestId('title-row').first().waitFor();
    await page.goto(`${stage.url}/invoices/orders`);
    await page.locator('[data-testid="obstacle"][data-obstacle="INVOICED"]').first().waitFor();
  });

  it('S-64, S5-15: the seller issues it with its file; a missing file is said', async () => {
    const page = await visit({ language: 'en' });
    await signIn(page, 'seller', '/seller/invoices');
    await page.getByTestId('invoice-link').first().click();
    await page.getByTestId('entry-number').fill('26312000000012345678');
    await day(page, 'Invoice date');
    await page.getByTestId('entry-send').click();
    await page.getByTestId('entry-gap').waitFor();
    await page.getByTestId('upload-INVOICE').first().locator('input[type=file]').setInputFiles(pdf);
    await page.getByTestId('file-link').first().waitFor();
    await expectSound(page);
    await page.getByTestId('entry-send').click();
    await stateIs(page, 'invoice-state', 'ISSUED');
    await expectSound(page);
  });

  it('the buyer downloads it on a phone, and reads by month and product what it spent', async () => {
    const page = await visit({ width: 360 });
    await signIn(page, 'buyer', '/invoices');
    await page.getByTestId('invoice-link').first().click();
    const arrives = page.waitForEvent('download');
    await page.getByTestId('invoice-file').locator('a').click();
    expect((await readFile((await (await arrives).path()) ?? '')).equals(pdf.buffer)).toBe(true);
    await page.getByTestId('ask-letter').click();
    await page.getByTestId('letter').waitFor();
    await expectSound(page);
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(`${stage.url}/spending`);
    await page.getByTestId('spending-row').first().waitFor();
    await page.getByTestId('income-chart').locator('svg').waitFor();
    await expectSound(page);
    await picture(page, 'buyer-spending-zh');
  });
});

describe('from a seller to the marketplace', () => {
  const enter = async (page: Page, net: string, tax: string, gross: string) => {
    await page.getByTestId('number-0').fill('26312000000099999999');
    await page.getByTestId('net-0').fill(net);
    await page.getByTestId('tax-0').fill(tax);
    await page.getByTestId('gross-0').fill(gross);
    await day(page, '开票日期');
    await page.getByTestId('upload-0').locator('input[type=file]').setInputFiles(pdf);
    await page.getByTestId('upload-0').getByTestId('file-link').waitFor();
  };

  it('S5-25, S5-27: the list says what is invoiced; a cent too little is refused by its rule, the right sum is sent', async () => {
    const page = await visit();
    await signIn(page, 'seller', '/seller/invoice-demands');
    await page.getByTestId('demand-link').first().click();
    await page.getByTestId('list-row').first().waitFor();
    await enter(page, '1075.46', '64.53', '1139.99');
    await page.getByTestId('sums').locator('[data-fits="false"]').waitFor();
    await page.getByTestId('send-invoices').click();
    await page.locator('[data-testid="invoice-refused"][data-rule="S5-27"]').waitFor();
    await expectSound(page);
    await picture(page, 'seller-invoice-refused-zh');
    await page.getByTestId('net-0').fill('1075.47');
    await page.getByTestId('gross-0').fill('1140.00');
    await page.getByTestId('sums').locator('[data-fits="true"]').waitFor();
    await page.getByTestId('send-invoices').click();
    await stateIs(page, 'demand-state', 'INVOICE_REVIEW');
  });

  it('4.2: the operator rejects it with a reason, the seller reads it; sent again it is verified', async () => {
    const operator = await visit({ language: 'en' });
    await signInFinance(operator, '/operator/invoice-demands?open=true');
    await operator.getByTestId('demand-link').first().click();
    await operator.getByTestId('reject').click();
    await operator.getByTestId('reason').fill('the date is not readable');
    await operator.getByTestId('reason-confirm').click();
    await stateIs(operator, 'demand-state', 'TO_INVOICE');
    const seller = await visit();
    await signIn(seller, 'seller', `/seller/invoice-demands/R-${BILL}`);
    await seller.getByTestId('rejected').waitFor();
    await enter(seller, '1075.47', '64.53', '1140.00');
    await seller.getByTestId('send-invoices').click();
    await stateIs(seller, 'demand-state', 'INVOICE_REVIEW');
    await operator.reload();
    await operator.getByTestId('supply-row').first().waitFor();
    await expectSound(operator);
    await picture(operator, 'operator-seller-invoice-en');
    await operator.getByTestId('verify').click();
    await stateIs(operator, 'demand-state', 'VERIFIED');
    const { rows } = await sql<{ state: string }>`SELECT state FROM settlement.bills WHERE bill_id = ${BILL}`.execute(
      stage.world.platform.db,
    );
    expect(rows[0]?.state).toBe('REQUISITION_REVIEW');
  });

  it('S5-29: once a bill is paid the seller asks for the invoice of the platform fee; the operator issues it', async () => {
    const seller = await visit({ language: 'en', width: 360 });
    await signIn(seller, 'seller', '/seller/fee-invoices');
    await seller.getByTestId('no-fee').waitFor();
    await expectSound(seller);
    const { platform, demo } = stage.world;
    await sentBill(platform, demo.sellerId, 'GENERAL');
    await sql`UPDATE settlement.bills SET state = 'PAID' WHERE bill_id = 'GENERAL'`.execute(platform.db);
    await seller.reload();
    await seller.getByTestId('title-name').fill('Acme Software');
    await seller.getByTestId('title-taxNumber').fill('91310000MA1FL0000X');
    await seller.getByTestId('title-email').fill('tax@example.com');
    await seller.getByTestId('save-template').click();
    await seller.getByTestId('fee-offers').locator('input').check();
    await seller.getByTestId('ask-fee').click();
    await stateIs(seller, 'fee-state', 'REQUESTED');

    const operator = await visit();
    await signInFinance(operator, '/operator/fee-invoices');
    await operator.getByTestId('decide-fee').first().click();
    await operator.getByTestId('entry-number').fill('26312000000077777777');
    await day(operator, '开票日期');
    await operator.getByTestId('upload-INVOICE').locator('input[type=file]').setInputFiles(pdf);
    await operator.getByTestId('file-link').first().waitFor();
    await expectSound(operator);
    await operator.getByTestId('entry-send').click();
    await stateIs(operator, 'fee-state', 'ISSUED');
    await seller.reload();
    await seller.getByTestId('fee-file').waitFor();
    await expectSound(seller);
  });
});
