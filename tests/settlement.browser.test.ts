/**
 * A month is settled in a real browser on the virtual clock: the seller reads what is in no bill yet and why, the
 * operator tries the run and runs it, the seller exports the bill and opens the workbook.
 */
import { readFile } from 'node:fs/promises';
import ExcelJS from 'exceljs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../packages/marketplace/src/platform/database/database.ts';
import { launchBrowser } from './support/browser.ts';
import { type ConsoleStage, openConsoleStage } from './support/console-stage.ts';
import { type Area, expectSound, picture, signInAs, type Visit, visitWith } from './support/console-visits.ts';
import { advanceTo, renewedAndPaid, subscribed } from './support/lives.ts';

let stage: ConsoleStage;
let browser: Browser;
/** of a renewal that takes effect when the service would have ended, in February */
let renewalLine: string;

beforeAll(async () => {
  [stage, browser] = await Promise.all([openConsoleStage(new Date('2026-01-20T02:00:00.000Z')), launchBrowser()]);
  const { world } = stage;
  await subscribed(world, { periodType: 'year', quantity: 20 });
  const monthly = await subscribed(world, { quantity: 5 });
  const renewal = await renewedAndPaid(world, monthly.resourceId);
  renewalLine = renewal.lines[0]?.orderLineId ?? '';
  await world.simulator.drain();
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

const visit = (how?: Visit): Promise<Page> => visitWith(browser, how);
const signIn = (page: Page, area: Area, path?: string): Promise<void> => signInAs(page, stage, area, path);
/** who runs settlement (6.2); the demo's other operator does not */
function signInFinance(page: Page, path: string): Promise<void> {
  const finance = stage.world.demo.accounts.find(({ role }) => role === 'OF');
  if (!finance) throw new Error('the demo has no finance operator');
  return signInAs(page, { ...stage, accounts: { ...stage.accounts, operator: finance } }, 'operator', path);
}
const open = (page: Page, path: string): Promise<unknown> => page.goto(`${stage.url}${path}`);

describe('before the month is over', () => {
  it('S-62: the seller reads of each line which bill it will be in, and what it waits for', async () => {
    const page = await visit();
    await signIn(page, 'seller', '/seller/transactions');
    await page.getByTestId('line-row').first().waitFor();
    expect(await page.getByTestId('line-row').count()).toBe(3);
    await expectSound(page);
    await picture(page, 'seller-transactions-zh');
    await page.locator('.ant-table-row-expand-icon').first().click();
    await page.getByTestId('derivation').or(page.getByText('条件满足后显示计算过程。')).first().waitFor();
    await expectSound(page);

    await open(page, `/seller/transactions/${renewalLine}`);
    await page.locator('[data-testid="line-billing"][data-state="WAITING"]').first().waitFor();
    expect(await page.getByTestId('conditions').locator('[data-met="false"]').count()).toBe(1);
    await expectSound(page);
    await picture(page, 'seller-why-not-billed-zh');
    await open(page, '/seller/income');
    await page.getByTestId('forecast-row').first().waitFor();
    await expectSound(page);
    await picture(page, 'seller-income-zh');
  });

  it('S5-4: filters and class stand in the address, on a narrow screen too', async () => {
    const page = await visit({ language: 'en', width: 360 });
    await signIn(page, 'seller', '/seller/transactions?class=GENERAL&billing=WAITING');
    await page.getByTestId('line-row').first().waitFor();
    expect(await page.getByTestId('line-row').count()).toBe(1);
    await expectSound(page);
    await picture(page, 'seller-transactions-narrow-en');
    await page.getByTestId('tab-JOINT').click();
    await page.getByTestId('empty').waitFor();
    await expectSound(page);
    await open(page, `/seller/transactions/${renewalLine}`);
    await page.getByTestId('next-step').waitFor();
    await expectSound(page);
  });
});

describe('on the billing day', () => {
  it('O-30: the operator tries the run, runs it once, and sends the bill on', async () => {
    // the evening before; the day begins, and the operator is earlier than the run that would come by itself
    await advanceTo(stage.world, '2026-02-02T15:00:00.000Z');
    stage.world.clock.moveTo(new Date('2026-02-03T02:00:00.000Z'));
    const page = await visit({ language: 'en' });
    await signInFinance(page, '/operator/settlement');
    await page.getByTestId('period-link').filter({ hasText: '202601' }).first().waitFor();
    await expectSound(page);
    await open(page, '/operator/settlement/202601');
    await page.getByTestId('preview-row').first().waitFor();
    await expectSound(page);
    await picture(page, 'operator-bill-run-en');
    await page.getByTestId('run').click();
    await page.getByTestId('run-confirm').click();
    await page.getByTestId('bills-of-period').click();
    await page.getByTestId('bill-row').first().waitFor();
    await expectSound(page);
    await page.getByTestId('bill-link').first().click();
    await page.locator('[data-testid="bill-state"][data-state="UNDER_REVIEW"]').waitFor();
    await expectSound(page);
    await picture(page, 'operator-bill-en');
    await page.getByTestId('to-TO_COUNTERSIGN').click();
    await page.getByTestId('move-confirm').click();
    await page.locator('[data-testid="bill-state"][data-state="TO_COUNTERSIGN"]').waitFor();
    await stage.world.simulator.drain();
    await open(page, '/operator/bills?period=202601');
    await page.getByTestId('bill-row').first().waitFor();
    expect(await page.getByTestId('bill-row').count()).toBe(1);
  });

  it('S5-10, S5-11: the seller opens the bill, exports its lines and finds its total in the workbook', async () => {
    const page = await visit();
    await signIn(page, 'seller', '/seller/bills');
    await page.getByTestId('bill-link').first().waitFor();
    await expectSound(page);
    await page.getByTestId('bill-link').first().click();
    const total = Number((await page.getByTestId('bill-total').textContent())?.replaceAll(/[^\d.-]/g, ''));
    expect(total).toBeGreaterThan(1000);
    await page.getByTestId('line-row').first().waitFor();
    await expectSound(page);
    await picture(page, 'seller-bill-zh');

    await page.getByTestId('export').click();
    await page.getByTestId('export-confirm').waitFor();
    await expectSound(page);
    await page.getByTestId('export-confirm').click();
    await page.waitForURL(/\/seller\/exports$/);
    const download = page.getByTestId('export-download').first();
    await stage.happens('the export is written', async () => (await download.count()) > 0);
    await expectSound(page);
    await picture(page, 'seller-exports-zh');
    const arrives = page.waitForEvent('download');
    await download.click();
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(Uint8Array.from(await readFile((await (await arrives).path()) ?? '')).buffer);
    const sheet = workbook.worksheets[0];
    const titles = sheet?.getRow(1).values;
    const column = Array.isArray(titles) ? titles.indexOf('结算金额') : -1;
    const amounts = (sheet?.getColumn(column).values ?? []).filter((value) => typeof value === 'number');
    expect(amounts.length).toBe(2);
    expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBeCloseTo(total, 2);
  });
});

describe('S4-7: the seller leaves', () => {
  const rows = async (page: Page) =>
    page.getByTestId('hindrance-row').evaluateAll((all) => all.map((row) => row.getAttribute('data-row')));

  it('reads what hinders, on a narrow screen too, and declares which orders need no invoice', async () => {
    const { platform } = stage.world;
    const page = await visit();
    await signIn(page, 'seller', '/seller/leaving');
    await page.getByTestId('hindrance-row').first().waitFor();
    expect(await rows(page)).toEqual(['PRODUCTS', 'UNBILLED', 'UNPAID', 'UNINVOICED']);
    expect(await page.getByTestId('apply-to-leave').isDisabled()).toBe(true);
    await expectSound(page);
    await picture(page, 'seller-leaving-zh');
    // sold off and paid; what is bought ahead is billed with it
    await sql`UPDATE catalog.products SET state = 'STOPPED'`.execute(platform.db);
    await sql`UPDATE settlement.bills SET state = 'PAID', platform_fee = 0`.execute(platform.db);
    await sql`UPDATE settlement.lines SET bill_period = '202601' WHERE state = 'READY'`.execute(platform.db);

    const narrow = await visit({ language: 'en', width: 360 });
    await signIn(narrow, 'seller', '/seller/leaving');
    await narrow.getByTestId('hindrance-row').first().waitFor();
    expect(await rows(narrow)).toEqual(['UNINVOICED']);
    await expectSound(narrow);
    await picture(narrow, 'seller-leaving-narrow-en');
    await narrow.getByTestId('choose-all').click();
    await narrow.getByTestId('declare').click();
    await narrow.getByTestId('reason').fill('The customers wrote that they need none');
    await narrow.getByTestId('reason-confirm').click();
    await narrow.getByTestId('statement-row').waitFor();
    await narrow.getByTestId('empty').waitFor();
    await expectSound(narrow);
  });

  it('applies with a tick that it knows, the operator approves, and the past is left to read', async () => {
    const page = await visit();
    await signIn(page, 'seller', '/seller/leaving');
    await page.getByTestId('apply-to-leave').click();
    await page.getByTestId('reason').fill('业务调整');
    await page.getByTestId('reason-confirm').click();
    await page.getByText('请先勾选确认').waitFor();
    await page.getByTestId('leaving-sure').press('Space');
    await expectSound(page);
    await page.getByTestId('reason-confirm').click();
    await page.locator('[data-testid="leaving-state"][data-state="PENDING"]').waitFor();
    await expectSound(page);
    await picture(page, 'seller-leaving-asked-zh');

    const operator = await visit({ language: 'en' });
    await signIn(operator, 'operator', '/operator/leavings?state=REJECTED');
    await operator.getByTestId('empty').waitFor();
    await operator.getByTestId('clear-filters').click();
    await operator.getByTestId('leaving-row').getByRole('link').click();
    await operator.getByTestId('statement-row').waitFor();
    await expectSound(operator);
    await picture(operator, 'operator-leaving-en');
    await operator.getByTestId('approve-leaving').click();
    await operator.getByTestId('reason').fill('All is settled');
    await expectSound(operator);
    await operator.getByTestId('reason-confirm').click();
    await operator.locator('[data-testid="leaving-state"][data-state="APPROVED"]').waitFor();

    await signIn(page, 'seller', '/');
    await page.goto(`${stage.url}/seller/leaving`);
    await page.getByTestId('has-left').waitFor();
    await expectSound(page);
    await picture(page, 'seller-has-left-zh');
    await open(page, '/seller/bills');
    await page.getByTestId('bill-row').first().waitFor();
    expect(await page.getByRole('link', { name: '我的商品' }).count()).toBe(0);
  });
});
