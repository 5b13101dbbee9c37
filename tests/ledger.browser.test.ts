/** The operator's finance reads the books in a real browser: trial balance, accounts, statement, the check; a month is closed. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealEntries } from '../packages/marketplace/src/ledger/index.ts';
import { sql } from '../packages/marketplace/src/platform/database/database.ts';
import { launchBrowser } from './support/browser.ts';
import { type ConsoleStage, openConsoleStage } from './support/console-stage.ts';
import { expectSound, picture, signInAs, type Visit, visitWith } from './support/console-visits.ts';
import { subscribed } from './support/lives.ts';

let stage: ConsoleStage;
let browser: Browser;

beforeAll(async () => {
  [stage, browser] = await Promise.all([openConsoleStage(new Date('2026-01-20T02:00:00.000Z')), launchBrowser()]);
  await subscribed(stage.world, { quantity: 5 });
  stage.world.clock.moveTo(new Date('2026-02-02T02:00:00.000Z'));
  await sealEntries(stage.world.platform.db, stage.world.clock.now());
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

/** who keeps the books (6.2); the demo's other operator does not */
async function finance(path: string, how?: Visit): Promise<Page> {
  const account = stage.world.demo.accounts.find(({ role }) => role === 'OF');
  if (!account) throw new Error('the demo has no finance operator');
  const page = await visitWith(browser, how);
  await signInAs(page, { ...stage, accounts: { ...stage.accounts, operator: account } }, 'operator', path);
  return page;
}

describe('the books', () => {
  it('are read from the trial balance to the single posting, and a month is closed', async () => {
    const page = await finance('/operator/ledger?month=202601');
    await page.getByTestId('trial-row').first().waitFor();
    expect(await page.locator('[data-testid="trial-total"][data-balanced="true"]').count()).toBe(1);
    await expectSound(page);
    await picture(page, 'ledger-zh');
    await page.getByTestId('kind-link').filter({ hasText: '买家余额' }).click();
    await page.getByTestId('account-row').first().waitFor();
    await expectSound(page);
    await page.getByTestId('account-link').first().click();
    await page.getByTestId('statement-row').first().waitFor();
    await expectSound(page);
    await picture(page, 'ledger-statement-zh');
    await page.getByTestId('back').click();
    await page.locator('[data-testid="month-state"][data-state="OPEN"]').waitFor();
    await page.getByTestId('close-month').click();
    await page.getByTestId('close-confirm').waitFor();
    await expectSound(page);
    await page.getByTestId('close-confirm').click();
    await page.locator('[data-testid="month-state"][data-state="CLOSED"]').waitFor();
  });

  it('are checked, on a narrow screen too, and a changed amount is told', async () => {
    const page = await finance('/operator/ledger?month=202601', { language: 'en', width: 360 });
    await page.getByTestId('verify').click();
    await page.getByTestId('verified').waitFor();
    await expectSound(page);
    await picture(page, 'ledger-narrow-en');
    await sql`UPDATE ledger.balances SET amount = amount + 1`.execute(stage.world.platform.db);
    await page.getByTestId('verify').click();
    await page.getByTestId('not-verified').waitFor();
    expect(await page.getByTestId('not-verified').textContent()).toMatch(/has a balance of/);
    await expectSound(page);
  });
});
