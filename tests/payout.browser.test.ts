/**
 * Sellers are paid, in a real browser: one person makes the run, another approves it, its file goes to the bank, the
 * bank's statement comes back, and the seller reads on the bill when it was paid.
 */
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bodyOf, outbox } from '../packages/marketplace/src/notification/index.ts';
import { dueRequisition } from '../packages/marketplace/src/settlement/payout/payout.test-support.ts';
import { launchBrowser } from './support/browser.ts';
import { type ConsoleStage, openConsoleStage } from './support/console-stage.ts';
import { expectSound, picture, signInAs, type Visit, visitWith } from './support/console-visits.ts';

let stage: ConsoleStage;
let browser: Browser;
let requisitionId: string;

beforeAll(async () => {
  [stage, browser] = await Promise.all([openConsoleStage(new Date('2026-02-04T02:00:00.000Z')), launchBrowser()]);
  const { platform, demo } = stage.world;
  const due = { sellerId: demo.sellerId, name: 'GENERAL', totals: ['8000.00', '640.50'] };
  requisitionId = await dueRequisition(platform, due);
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

async function as(loginName: string, path: string, how?: Visit): Promise<Page> {
  const page = await visitWith(browser, how);
  const operator = stage.world.demo.accounts.find((account) => account.loginName === loginName);
  if (!operator) throw new Error(`the demo has no ${loginName}`);
  await signInAs(page, { ...stage, accounts: { ...stage.accounts, operator } }, 'operator', path);
  return page;
}
const open = (page: Page, path: string): Promise<unknown> => page.goto(`${stage.url}${path}`);
const stateIs = (page: Page, state: string) =>
  page.locator(`[data-testid="payout-state"][data-state="${state}"]`).waitFor();

/** What the bank says: the payment of the run, and charges that nobody asked for. */
const statement = (endToEndId: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr><Stmt><Id>1</Id>
<Acct><Id><Othr><Id>6217000012345678</Id></Othr></Id></Acct>
<Ntry><Amt Ccy="CNY">8640.50</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-02-04</Dt></BookgDt>
<NtryDtls><TxDtls><Refs><AcctSvcrRef>BOC-7781</AcctSvcrRef><EndToEndId>${endToEndId}</EndToEndId></Refs></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="CNY">12.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-02-04</Dt></BookgDt><AddtlNtryInf>手续费</AddtlNtryInf></Ntry>
</Stmt></BkToCstmrStmt></Document>`;

it('O-7: accounts, a run that another person approves, its file, the statement, paid', async () => {
  const page = await as('finance', '/operator/payout/accounts');
  for (const [place, number] of ['6217000012345678', '6222000011111111'].entries()) {
    await page.getByTestId('enter-account').nth(place).click();
    const values = { holder: '星云科技有限公司', bankName: '中国银行', bankCode: '104100000004', number };
    for (const [member, value] of Object.entries(values)) await page.getByTestId(`account-${member}`).fill(value);
    await page.getByTestId('account-save').click();
    await page.getByTestId('account-save').waitFor({ state: 'detached' });
  }
  expect(await page.getByText(/6222000011111111/).count()).toBe(0);
  await expectSound(page);

  await open(page, '/operator/payout');
  await page.getByTestId('due-row').first().waitFor();
  await expectSound(page);
  await page.getByTestId('preview-run').click();
  await page.getByTestId('run-preview').waitFor();
  await expectSound(page);
  await page.getByTestId('make-run').click();
  await stateIs(page, 'TO_APPROVE');
  expect(await page.getByTestId('approve').isDisabled()).toBe(true);
  await page.getByTestId('why-not').waitFor();
  await expectSound(page);
  const runPath = new URL(page.url()).pathname;

  const second = await as('treasury', runPath, { language: 'en', width: 360 });
  await stateIs(second, 'TO_APPROVE');
  await expectSound(second);
  await second.getByTestId('approve').click();
  await second.getByTestId('approve-confirm').click();
  await stateIs(second, 'APPROVED');
  await expectSound(second);
  for (const path of ['/operator/payout', '/operator/payout/statements', '/operator/payout/accounts']) {
    await open(second, path);
    await second.locator('h1').waitFor();
    await expectSound(second);
  }

  await open(page, runPath);
  await page.getByTestId('make-PAIN_001').click();
  const arrives = page.waitForEvent('download');
  await page.getByTestId('download').click();
  const file = await readFile((await (await arrives).path()) ?? '', 'utf8');
  const endToEndId = /<EndToEndId>([^<]+)</.exec(file)?.[1] ?? '';
  expect(endToEndId).toBe(requisitionId);
  expect(file).toContain('<CtrlSum>8640.50</CtrlSum>');
  await page.getByTestId('make-XLSX_EN').click();
  await page.getByTestId('file-row').nth(1).waitFor();
  await expectSound(page);

  await open(page, '/operator/payout/statements');
  const upload = (text: string) =>
    page
      .getByTestId('statement-file')
      .setInputFiles({ name: 'bank.xml', mimeType: 'text/xml', buffer: Buffer.from(text) });
  await upload(statement(endToEndId).replace('8640.50', 'much'));
  await page.getByTestId('statement-faults').waitFor();
  await expectSound(page);
  await upload(statement(endToEndId));
  await page.getByTestId('statement-done').waitFor();
  await page.getByTestId('booking-row').first().waitFor();
  expect(await page.getByTestId('booking-row').count()).toBe(1);
  await expectSound(page);
  await picture(page, 'operator-statement-zh');
  await page.getByTestId('choose-booking').check();
  await page.getByTestId('set-aside').click();
  await page.getByTestId('reason').fill('手续费');
  await page.getByTestId('reason-confirm').click();
  await page.getByTestId('no-bookings').waitFor();

  await open(page, runPath);
  await stateIs(page, 'COMPLETED');
  await page.locator('[data-testid="payment-state"][data-state="PAID"]').waitFor();
  await expectSound(page);
  await picture(page, 'operator-payout-zh');
});

it('the seller reads on the bill when it was paid, and by which reference of the bank', async () => {
  const page = await visitWith(browser, { width: 360 });
  await signInAs(page, stage, 'seller', '/seller/bills/B-GENERAL-0');
  await page.locator('[data-testid="bill-state"][data-state="PAID"]').waitFor();
  await page
    .getByTestId('bill-payments')
    .getByText(/2026-02-04/)
    .waitFor();
  expect(await page.getByTestId('bill-payments').textContent()).toContain('BOC-7781');
  await expectSound(page);
});

it('S-5, O-2: the seller enters another account with a code, and the operator puts it in force', async () => {
  const seller = await visitWith(browser, { width: 360 });
  await signInAs(seller, stage, 'seller', '/seller/bank-account');
  await seller.getByTestId('own-account').getByText('…1111').waitFor();
  await expectSound(seller);
  await seller.getByTestId('enter-own-account').click();
  const values = {
    holder: '云帆软件有限公司',
    bankName: '招商银行',
    bankCode: '308100005019',
    number: '6225880012349876',
  };
  for (const [member, value] of Object.entries(values)) await seller.getByTestId(`account-${member}`).fill(value);
  expect(await seller.getByTestId('account-save').isDisabled()).toBe(true);
  await expectSound(seller);
  await seller.getByTestId('send-code').click();
  await seller.getByTestId('code').fill(await sentCode());
  await seller.getByTestId('account-save').click();
  await seller.getByTestId('own-change').waitFor();
  await expectSound(seller);

  const page = await as('finance', '/operator/payout/accounts');
  await page.getByTestId('show-number').click();
  await page.getByTestId('account-number-shown').getByText(values.number).waitFor();
  await page.getByTestId('approve-account').click();
  await page.getByTestId('reason').fill('小额打款 0.17 元，财务确认');
  await expectSound(page);
  await page.getByTestId('reason-confirm').click();
  await page.getByTestId('account-change').waitFor({ state: 'detached' });
  await page.getByText('…9876').waitFor();
});

/** The code as the mailbox has it. */
async function sentCode(): Promise<string> {
  const { db, keys } = stage.world.platform;
  const find = async () => {
    const sent = (await outbox(db, { before: null, limit: 50 })).find(({ variant }) => variant === 'code');
    return sent ? (/\b\d{6}\b/.exec(bodyOf(keys, sent))?.[0] ?? '') : '';
  };
  await stage.happens('code', async () => (await find()) !== '');
  return find();
}
