/** A main account's people; an initial password leads to one page; the operator lets a seller in (S-11, E-13). */
import { generateSync } from 'otplib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createUser } from '../packages/marketplace/src/directory/index.ts';
import { launchBrowser } from './support/browser.ts';
import { type ConsoleStage, openConsoleStage } from './support/console-stage.ts';
import {
  choose,
  choosePassword,
  expectFailuresTold,
  expectSound,
  picture,
  signInAs,
  type Visit,
  visitWith,
} from './support/console-visits.ts';

let stage: ConsoleStage;
let browser: Browser;
beforeAll(async () => {
  [stage, browser] = await Promise.all([openConsoleStage(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});
const visit = (how?: Visit): Promise<Page> => visitWith(browser, how);
const initialPassword = async (page: Page): Promise<string> =>
  (await page.getByTestId('initial-password-text').textContent()) ?? '';

/** Signs in by the form, which is all that an initial password opens. */
async function enter(page: Page, loginName: string, password: string): Promise<void> {
  await page.goto(stage.url);
  await page.getByTestId('sign-in-name').fill(loginName);
  await page.getByTestId('sign-in-password').fill(password);
  await page.getByTestId('sign-in-password').press('Enter');
}
it('S-11, E-13: a seller adds a person, who changes the initial password, works, and is locked out', async () => {
  const page = await visit();
  await signInAs(page, stage, 'seller', '/members');
  await page.getByTestId('add-member').click();
  await page.getByTestId('member-login').fill('acme.delivery');
  await page.getByTestId('member-name').fill('王工');
  await choose(page.getByTestId('member-role'), /商家交付/);
  await expectSound(page);
  await page.getByTestId('member-confirm').click();
  const password = await initialPassword(page);
  await expectSound(page);
  await picture(page, 'members-zh');

  const person = await visit({ language: 'en', width: 360 });
  await enter(person, 'acme.delivery', password);
  await person.getByTestId('must-change').waitFor();
  await expectSound(person);
  await picture(person, 'initial-password-narrow-en');
  await choosePassword(person, 'not this one', 'a much longer one');
  await person.getByRole('alert').first().waitFor();
  await choosePassword(person, password, 'a much longer one');
  await person.getByTestId('must-change').waitFor({ state: 'hidden' });
  await expect.poll(() => new URL(person.url()).pathname).toBe('/seller/calls');

  const row = page.getByTestId('member-row').filter({ hasText: 'acme.delivery' });
  await row.getByTestId('member-change').click();
  await page.getByTestId('member-goods').click();
  await page.locator('.ant-select-item-option').first().click();
  await page.keyboard.press('Escape');
  await page.getByTestId('member-save').click();
  await page.getByTestId('member-save').waitFor({ state: 'hidden' });
  await row.getByTestId('member-lock').click();
  await row.getByText('已停用').waitFor();
  await person.goto(`${stage.url}/seller/calls`);
  await person.getByTestId('sign-in-name').waitFor();
});

it('the operator opens the account of a seller', async () => {
  const page = await visit({ language: 'en' });
  await signInAs(page, stage, 'operator', '/operator/tenants');
  await page.getByTestId('open-tenant').click();
  await page.getByTestId('tenant-confirm').click();
  await page.getByText('Enter the name of the company').waitFor();
  await page.getByTestId('tenant-name').fill('Yunfan Software');
  await page.getByTestId('tenant-email').fill('a@example.com');
  await page.getByTestId('tenant-phone').fill('13800000000');
  await page.getByTestId('member-login').fill('yunfan');
  await page.getByTestId('member-name').fill('Ann');
  await expectSound(page);
  await page.getByTestId('tenant-confirm').click();
  expect(await initialPassword(page)).toHaveLength(16);
  await page.getByTestId('tenant-row').filter({ hasText: 'Yunfan Software' }).waitFor();
  await expectSound(page);
  await picture(page, 'tenants-en');
  await expectFailuresTold(page, stage.url, /\/api\/console\/operator\/tenants/, ['/operator/tenants']);
});

it('S-48: the operator puts a buyer on a track, in the list of accounts', async () => {
  const page = await visit({ language: 'zh' });
  await signInAs(page, stage, 'operator', '/operator/tenants?kind=buyer');
  const first = page.getByTestId('tenant-row').first();
  await choose(first.getByTestId('tenant-track'), '基地云');
  await page.getByText('赛道已更改').waitFor();
  await expectSound(page);
  await picture(page, 'tenants-zh');
  await page.reload();
  await first.getByTestId('tenant-track').getByText('基地云').waitFor();
  await choose(first.getByTestId('tenant-track'), '无');
  await first.getByTestId('tenant-track').getByText('无', { exact: true }).waitFor();
});

it('E-3: the operator gives a buyer a distributor, who finds the own pages, is locked out, and let in anew', async () => {
  const page = await visit({ language: 'en' });
  await signInAs(page, stage, 'operator', '/operator/tenants?kind=buyer');
  await page.getByTestId('to-distributors').first().click();
  await page.getByTestId('empty').waitFor();
  await page.getByTestId('add-distributor').click();
  await page.getByTestId('member-login').fill('acme.channel');
  await page.getByTestId('member-name').fill('Ann');
  await expectSound(page);
  await page.getByTestId('distributor-confirm').click();
  const password = await initialPassword(page);
  await page.getByTestId('distributor-row').waitFor();
  await expectSound(page);
  await picture(page, 'distributor-accounts-en');

  const person = await visit({ width: 360 });
  await enter(person, 'acme.channel', password);
  await choosePassword(person, password, 'a much longer one');
  await person.getByTestId('create-enterprise').waitFor();
  expect(new URL(person.url()).pathname).toBe('/enterprise');
  await expectSound(person);
  await page.getByTestId('distributor-lock').click();
  await page.getByText('Locked out').first().waitFor();
  await person.goto(`${stage.url}/enterprise`);
  await person.getByTestId('sign-in-name').waitFor();
  await page.getByTestId('distributor-lock').click();
  await page.getByTestId('distributor-reset').click();
  await page.getByTestId('distributor-reset-confirm').click();
  await expect.poll(() => initialPassword(page)).not.toBe(password);
});

it('a person sets up a second factor, signs in in two steps, sees the sessions; the auditor finds it written down', async () => {
  const { platform } = stage.world;
  const account = { loginName: 'ann.ops', displayName: 'Ann', password: 'a much longer one', role: 'OA' as const };
  await createUser(platform, platform.db, account, platform.clock.now());
  const codeNow = (secret: string, steps: number) =>
    generateSync({ secret, epoch: Math.floor(platform.wireClock.now().getTime() / 1000) + steps * 30 });
  const page = await visit({ language: 'en' });
  await enter(page, account.loginName, account.password);
  await page.getByTestId('account-menu').click();
  await page.getByTestId('own-security').click();
  await page.getByTestId('factor-set-up').click();
  await page.getByTestId('proof-password').fill(account.password);
  await page.getByTestId('proof-confirm').click();
  const secret = (await page.getByTestId('factor-secret').textContent()) ?? '';
  await page.getByTestId('factor-code').fill('000000');
  await page.getByTestId('factor-confirm').click();
  await page.locator('[data-code=SECOND_FACTOR_WRONG]').waitFor();
  await expectSound(page);
  await picture(page, 'second-factor-en');
  await page.getByTestId('factor-code').fill(codeNow(secret, -1));
  await page.getByTestId('factor-confirm').click();
  await page.getByTestId('recovery-codes').waitFor();
  const recovery = (await page.getByTestId('recovery-codes').locator('li').first().textContent()) ?? '';
  await page.getByTestId('recovery-kept').click();
  await page.getByTestId('factor-remove').waitFor();

  const phone = await visit({ width: 360 });
  await enter(phone, account.loginName, account.password);
  await phone.getByTestId('second-step-code').fill(recovery);
  await expectSound(phone);
  await picture(phone, 'second-step-narrow-zh');
  await phone.getByTestId('second-step-submit').click();
  await phone.getByTestId('second-step-submit').waitFor({ state: 'detached' });
  await phone.goto(`${stage.url}/account/security`);
  await expect.poll(() => phone.getByTestId('session-row').count()).toBe(2);
  await expectSound(phone);
  await picture(phone, 'security-narrow-zh');
  await phone.getByTestId('end-session').click();
  await expect.poll(() => phone.getByTestId('session-row').count()).toBe(1);
  await page.goto(`${stage.url}/account/security`);
  await page.getByTestId('sign-in-name').waitFor();

  await phone.setViewportSize({ width: 1280, height: 800 });
  await phone.goto(`${stage.url}/operator/audit?actor=${account.loginName}&action=second-factor`);
  await phone.getByTestId('audit-row').first().waitFor();
  expect(await phone.getByTestId('audit-row').count()).toBe(2);
  await expectSound(phone);
  await picture(phone, 'audit-zh');
});
