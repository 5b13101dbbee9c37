/**
 * A buyer buys, creates an enterprise and binds what was bought; its administrator imports two hundred people, authorises two
 * departments and withdraws one. What the product knows is looked at each time.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bodyOf, outbox } from '../packages/marketplace/src/notification/index.ts';
import { setCredential } from '../packages/marketplace/src/people/index.ts';
import { launchBrowser } from './support/browser.ts';
import { type ConsoleStage, openConsoleStage } from './support/console-stage.ts';
import {
  buyAtMarket,
  choose,
  choosePassword,
  expectSound,
  picture,
  signInAs,
  visitWith,
} from './support/console-visits.ts';
import { type KitSeller, startKitSeller } from './support/kit-seller.ts';
import { granted, run } from './support/resources.ts';
import { entersProduct, isOutOf, type MemberSite, startMemberSite } from './support/signed-on.ts';

let stage: ConsoleStage;
let browser: Browser;
let product: KitSeller;
let site: MemberSite;
/** Does what is due until the page shows it. */
const shows = (page: Page, selector: string) =>
  stage.happens(selector, async () => (await page.locator(selector).count()) > 0);

beforeAll(async () => {
  [stage, browser] = await Promise.all([openConsoleStage(), launchBrowser()]);
  const { platform, demo, clock } = stage.world;
  product = await startKitSeller(demo.accessKey, () => clock.now().getTime());
  site = await startMemberSite(product, () => clock.now().getTime());
  const credential = {
    goodsId: demo.goodsId,
    sellerId: demo.sellerId,
    keyId: demo.keyId,
    protocol: 'kit-v2',
    address: product.url,
    publicKey: product.publicKey,
    loginUrl: site.loginUrl,
    attributes: ['mobile'],
    multiInstance: false,
  } as const;
  await run(stage.world, (tx) => setCredential(platform, tx, credential, clock.now()).then(granted));
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
  await product?.close();
  await stage?.close();
});

const DEPARTMENTS = ['rd', 'sales', 'hr', 'ops'];
const PEOPLE = [
  '部门编码,部门名称,账号,姓名,手机',
  ...DEPARTMENTS.map((code) => `${code},部门 ${code},,,`),
  ...Array.from({ length: 200 }, (_, place) => `${DEPARTMENTS[place % 4]},,person-${place},成员 ${place},13800138000`),
].join('\n');

async function owner(): Promise<Page> {
  const page = await visitWith(browser);
  await signInAs(page, stage, 'buyer', '/enterprise');
  return page;
}
async function administrator(path: string, width?: number): Promise<Page> {
  const page = await visitWith(browser, width === undefined ? {} : { language: 'en', width });
  await signInAs(page, stage, 'enterprise', path);
  return page;
}

/** What a text message or mail of this kind said last. */
async function told(variant: string, wanted: RegExp): Promise<string> {
  const { db, keys } = stage.world.platform;
  const find = async () => {
    const sent = await outbox(db, { before: null, limit: 50 });
    const found = sent.find((each) => each.variant === variant);
    const match = found && wanted.exec(bodyOf(keys, found));
    return match ? (match[1] ?? match[0]) : '';
  };
  await stage.happens(variant, async () => (await find()) !== '');
  return find();
}

describe('an enterprise', () => {
  it('begins with a purchase at the market (E-1)', async () => {
    const page = await visitWith(browser);
    await signInAs(page, stage, 'buyer');
    await buyAtMarket(page, '200');
    await shows(page, '[data-testid="order-state"][data-state="COMPLETED"]');
  });

  it('is created by its owner, who invites an administrator and binds what was bought (E-1, E-20)', async () => {
    const page = await owner();
    await page.getByTestId('create-enterprise').click();
    await page.getByTestId('enterprise-name').fill('环球贸易');
    await page.getByTestId('enterprise-short-name').fill('global');
    await expectSound(page);
    await page.getByTestId('create-confirm').click();
    await page.getByTestId('invite').click();
    await page.getByTestId('invite-name').fill(stage.accounts.enterprise.loginName);
    await page.getByTestId('invite-confirm').click();
    await page.getByTestId('administrator-row').waitFor();
    await expectSound(page);
    await picture(page, 'enterprise-administrators-zh');
    await page.getByTestId('to-applications').click();
    await page.getByTestId('bind').click();
    await choose(page.getByTestId('bind-service'), /./);
    await expectSound(page);
    product.fail('departments', 0, 1);
    await page.getByTestId('bind-confirm').click();
    await page.getByTestId('application').waitFor();
    await shows(page, '[data-testid="continue"]');
    await expectSound(page);
    await picture(page, 'enterprise-decision-zh');
    await page.getByTestId('continue').click();
    await shows(page, '[data-testid="application-state"][data-state="BOUND"]');
    expect([...product.tenants.values()]).toEqual(['环球贸易']);
  });

  it('is filled from a file, two departments are authorised (E-16, E-30)', async () => {
    const page = await administrator('/enterprise');
    await page.getByTestId('accept').click();
    await page.getByTestId('enterprise-link').click();
    await page.getByTestId('to-imports').click();
    const file = { name: '成员名单.csv', mimeType: 'text/csv', buffer: Buffer.from(PEOPLE) };
    await page.getByTestId('upload-MEMBERS').locator('input[type="file"]').setInputFiles(file);
    await page.locator('[data-testid="begin-import"]:enabled').click();
    await page.getByTestId('import').waitFor();
    await shows(page, '[data-testid="import"][data-state="CHECKED"]');
    await expectSound(page);
    await picture(page, 'enterprise-import-zh');
    await page.getByTestId('apply').click();
    await shows(page, '[data-testid="import"][data-state="DONE"]');
    await page.getByTestId('to-people').click();
    await page.getByTestId('member-row').first().waitFor();
    expect(await page.getByTestId('member-total').textContent()).toContain('200');
    await expectSound(page);
    await picture(page, 'enterprise-people-zh');
    await page.getByTestId('to-applications').click();
    await authoriseDepartments(page, ['rd', 'sales']);
    expect(product.users.size).toBe(100);
    expect(product.departments.size).toBe(4);
    await expectSound(page);
    await picture(page, 'enterprise-application-zh');
  });

  it('gives a member a password, who signs in and sees the application; after the withdrawal it is gone (E-13, E-27, E-33, E-36)', async () => {
    const page = await administrator('/enterprise');
    await page.getByTestId('enterprise-link').click();
    await page.getByTestId('member-row').first().waitFor();
    await page.goto(`${page.url()}?q=person-0`);
    await page.getByTestId('member-link').first().click();
    await page.getByTestId('reset-password').click();
    await page.getByTestId('send-code').click();
    await page.getByTestId('code').fill(await told('code', /\b\d{6}\b/));
    await expectSound(page);
    await page.getByTestId('reset-confirm').click();
    await page.getByTestId('password-given').waitFor();
    await expectSound(page);
    const member = await visitWith(browser, { language: 'en', width: 360 });
    await member.goto(`${stage.url}/workplace`);
    await member.getByTestId('member-account').fill('person-0@global');
    await member.getByTestId('member-password').fill('not-this-one');
    await member.getByTestId('member-enter').click();
    await member.locator('[data-code="INVALID_CREDENTIALS"]').waitFor();
    await expectSound(member);
    const initial = await told('member-password', /初始密码 (\w{12})/);
    await member.getByTestId('member-password').fill(initial);
    await member.getByTestId('member-enter').click();
    await member.getByTestId('first-password').waitFor();
    await expectSound(member);
    await choosePassword(member, initial, 'my-own-password');
    await member.getByTestId('tile').waitFor();
    await expectSound(member);
    await picture(member, 'workplace-narrow-en');
    const productPage = await entersProduct(member, '成员 0');
    await page.getByTestId('to-applications').click();
    await page.getByTestId('authorise').click();
    await page.getByTestId('range-departments').locator('.ant-select-selection-item-remove').first().click();
    await page.getByTestId('authorise-confirm').click();
    await page.getByTestId('authorise-confirm').waitFor({ state: 'detached' });
    await shows(page, '[data-testid="authorised"]:has-text("50")');
    expect(new Set([...product.users.values()].map((user) => user.departmentCode))).toEqual(new Set(['sales']));
    await isOutOf(member, productPage, 'NOT_AUTHORISED');
    await member.goto(`${stage.url}/workplace`);
    await member.getByTestId('empty').waitFor();
    await member.getByTestId('member-sign-out').click();
    await member.getByTestId('member-account').waitFor();
  });

  it('lets people join by an invitation while that is open (E-13a)', async () => {
    const page = await administrator('/enterprise');
    await page.getByTestId('enterprise-link').click();
    await page.getByTestId('to-invitations').click();
    await page.getByTestId('self-registration').click();
    await page.getByTestId('new-invitation').click();
    await choose(page.getByTestId('department-choice'), '(hr)');
    await expectSound(page);
    await page.getByTestId('invitation-confirm').click();
    await page.getByTestId('show-invitation').click();
    await expectSound(page);
    const link = new URL((await page.getByTestId('invitation-link').getAttribute('href')) ?? '');
    const newcomer = await visitWith(browser);
    await newcomer.goto(`${stage.url}${link.pathname}${link.search}`);
    await newcomer.getByTestId('join-name').fill('李雷');
    await newcomer.getByTestId('join-account').fill('lilei');
    await newcomer.getByTestId('password-next').fill('my-own-password');
    await newcomer.getByTestId('password-again').fill('my-own-password');
    await expectSound(newcomer);
    await newcomer.getByTestId('join-submit').click();
    await newcomer.getByTestId('own-account').waitFor();
    expect(await newcomer.getByTestId('own-account').textContent()).toBe('lilei@global');
  });

  it('can be read on a narrow screen in English', async () => {
    const page = await administrator('/enterprise', 360);
    await page.getByTestId('enterprise-link').click();
    await page.getByTestId('member-row').first().waitFor();
    await expectSound(page);
    await picture(page, 'enterprise-people-narrow-en');
    await page.getByTestId('member-link').first().click();
    await page.getByTestId('save-member').waitFor();
    await expectSound(page);
    await page.getByTestId('to-log').click();
    await page.getByTestId('task-row').first().waitFor();
    await expectSound(page);
    await page.getByTestId('to-groups').click();
    await page.getByTestId('add-group').click();
    await page.getByTestId('group-name').fill('Testers');
    await page.getByTestId('save-group').click();
    await page.getByTestId('rename-group').click();
    await page.getByTestId('group-name').fill('First testers');
    await page.getByTestId('save-group').click();
    await page.getByTestId('group-row').filter({ hasText: 'First testers' }).waitFor();
    await expectSound(page);
  });
});

async function authoriseDepartments(page: Page, codes: readonly string[]): Promise<void> {
  await page.getByTestId('authorise').click();
  const field = page.getByTestId('range-departments');
  await field.click();
  for (const code of codes)
    await page
      .locator('.ant-select-item-option')
      .filter({ hasText: `(${code})` })
      .click();
  await page.locator('.ant-modal-title').click();
  await expectSound(page);
  await page.getByTestId('authorise-confirm').click();
  await page.getByTestId('authorise-confirm').waitFor({ state: 'detached' });
  await shows(page, '[data-testid="authorised"]:has-text("100")');
}
