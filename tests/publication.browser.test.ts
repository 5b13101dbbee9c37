/** A seller publishes a SaaS and a License product through the pages, an operator sends one back and then lets it through. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setBinding } from '../packages/marketplace/src/debugging/address-store.ts';
import { saveCase } from '../packages/marketplace/src/debugging/case-store.ts';
import { addAddress } from '../packages/marketplace/src/debugging/index.ts';
import { inTransaction } from '../packages/marketplace/src/platform/database/database.ts';
import { PDF, pngOf } from '../packages/marketplace/src/platform/files/archives.test-support.ts';
import { uuid } from '../packages/marketplace/src/platform/random.ts';
import { launchBrowser } from './support/browser.ts';
import { type ConsoleStage, openConsoleStage } from './support/console-stage.ts';
import {
  type Area,
  choose,
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
const signIn = (page: Page, area: Area, path?: string): Promise<void> => signInAs(page, stage, area, path);
const open = (page: Page, path: string): Promise<unknown> => page.goto(`${stage.url}${path}`);
const field = (page: Page, path: string) => page.getByTestId(`field-${path}`);
const step = async (page: Page, name: string): Promise<void> => {
  await page.getByTestId(`go-${name}`).click();
  await page.getByTestId(`step-${name}`).waitFor();
};
const saved = (page: Page) => page.locator('[data-testid="save-state"][data-phase="saved"]').waitFor();
/** both languages of a text */
async function write(page: Page, path: string, zh: string, en: string): Promise<void> {
  await field(page, `${path}.zh`).fill(zh);
  await field(page, `${path}.en`).fill(en);
}
const bytes = (name: string, mimeType: string, content: Uint8Array) => ({
  name,
  mimeType,
  buffer: Buffer.from(content),
});

/** Chooses the type and stands in the editor. @returns the product's id */
async function begin(page: Page, type: string, variant?: string): Promise<string> {
  await open(page, '/seller/products/new');
  await page.getByTestId(`type-${type}`).click();
  if (variant !== undefined) await page.getByTestId(`variant-${variant}`).click();
  await page.getByTestId('begin-draft').click();
  await page.getByTestId('step-ACCESS').waitFor();
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

/** What every product is asked: names, proofs, words, support, agreement. */
async function describeProduct(page: Page, zh: string, en: string): Promise<void> {
  await write(page, 'name', zh, en);
  const upload = async (purpose: string, file: ReturnType<typeof bytes>) => {
    await page.getByTestId(`upload-${purpose}`).locator('input[type=file]').setInputFiles(file);
    await page.getByTestId(`upload-${purpose}`).getByTestId('file-link').waitFor();
  };
  await upload('LOGO', bytes('logo.png', 'image/png', pngOf(120, 120)));
  await upload('CERTIFICATE', bytes('copyright.pdf', 'application/pdf', PDF));
  await step(page, 'BUSINESS');
  await choose(field(page, 'categoryId'), /./);
  for (const path of ['tags', 'keywords']) {
    await field(page, path).locator('input').fill('办公');
    await field(page, path).locator('input').press('Enter');
    await page.keyboard.press('Escape');
  }
  await write(page, 'summary', '团队的工单台', 'Tickets of a team');
  await write(
    page,
    'description',
    '把来自各处的请求收进一张工单台。'.repeat(30),
    'All requests in one desk. '.repeat(20),
  );
  await page.getByTestId('add-highlights').click();
  await write(page, 'highlights.0', '开箱即用', 'Ready to use');
  await write(page, 'usageGuide', '付款后登录控制台使用。', 'Sign in to the console after payment.');
  await page.getByTestId('add-customerCases').click();
  await write(page, 'customerCases.0', '某学校用它受理报修。', 'A school takes repairs with it.');
  await write(page, 'support.hours', '工作日 9:00–18:00（北京时间）', 'Mon–Fri 9:00–18:00 (Beijing time)');
  await field(page, 'support.phone').fill('400-000-0000');
  await field(page, 'support.email').fill('help@example.com');
  await write(page, 'agreement', '商家按订单约定提供服务。', 'The seller serves as ordered.');
}

/** one attribute with two values in the price table, filled from a spreadsheet */
async function priceTable(page: Page, block: string, attribute: 'new' | 'known'): Promise<void> {
  if (attribute === 'known') await choose(page.getByTestId('add-attribute'), /level/);
  else {
    await page.getByTestId('define-attribute').click();
    await page.getByTestId('attribute-code').fill('level');
    await page.getByTestId('attribute-zh').fill('级别');
    await page.getByTestId('attribute-en').fill('Level');
    await page.getByTestId('attribute-confirm').click();
  }
  const axis = page.getByTestId('axis-level');
  await page.getByTestId('add-value-level').click();
  await axis.getByTestId('value-zh').nth(1).fill('专业');
  await axis.getByTestId('value-en').nth(1).fill('Pro');
  const first = page.getByTestId('matrix-cell').first();
  await first.focus();
  await first.evaluate((cell, text) => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    cell.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, block);
}
/** Nothing is left to do; what is left is told by name. */
async function expectReady(page: Page): Promise<void> {
  await page.locator('[data-testid="no-faults"], [data-testid="fault"]').first().waitFor();
  expect(await page.getByTestId('fault').allTextContents()).toEqual([]);
}
const prices = (page: Page): Promise<string[]> =>
  page
    .getByTestId('matrix-cell')
    .evaluateAll((cells) => cells.map((cell) => (cell instanceof HTMLInputElement ? cell.value : '')));

/** Address, key and the cases of SaaS V2.0, as the pages of debugging keep them (they have their own test). */
async function debugged(goodsId: string): Promise<void> {
  const { platform, demo } = stage.world;
  const { sellerId, keyId } = demo;
  const now = platform.clock.now();
  const activities = ['newInstance', 'queryInstance', 'refreshInstance', 'updateInstanceStatus', 'releaseInstance'];
  await inTransaction(platform.db, async (tx) => {
    const address = await addAddress(platform, tx, { sellerId, text: new URL(stage.seller.url).origin }, now);
    if (!address.ok) throw new Error(`the address is refused: ${address.refusal.message}`);
    const { addressId } = address.value;
    await setBinding(tx, { address_id: addressId, interface_class: 'BASE', key_id: keyId }, now);
    for (const activity of activities) {
      const saved = { goodsId, sellerId, activity, parameters: {}, url: stage.seller.url, keyId, savedBy: 'dev' };
      await saveCase(tx, { ...saved, caseId: uuid(platform.random), savedAt: now });
    }
  });
}

describe('a License product', () => {
  let goodsId: string;

  it('is written in steps; each rule that fails stands at its field, all of them lead there (S-30)', async () => {
    const page = await visit();
    await signIn(page, 'seller', '/seller/products');
    await expectSound(page);
    await open(page, '/seller/products/new');
    await page.getByTestId('type-LICENSE').click();
    await expectSound(page);
    await picture(page, 'publication-type-zh');
    goodsId = await begin(page, 'LICENSE', 'OFFLINE');
    await step(page, 'SUBMIT');
    expect(await page.getByTestId('fault').count()).toBeGreaterThan(5);
    await expectSound(page);
    await picture(page, 'publication-faults-zh');
    await page.getByTestId('submit-draft').click();
    await page.getByTestId('step-ACCESS').waitFor();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-testid')))
      .toBe('field-name.zh');
    await describeProduct(page, '云帆工单本地版', 'Yunfan Desk on premises');
    await expectSound(page);
    await picture(page, 'publication-business-zh');
    await step(page, 'SPECIFICATIONS');
    await write(page, 'specifications.0.name', '标准版', 'Standard');
    await priceTable(page, '¥1,200\t12000\n2400\t24000', 'new');
    expect(await prices(page)).toEqual(['1200', '12000', '2400', '24000']);
    await saved(page);
    await expectSound(page);
    await picture(page, 'publication-prices-zh');
    await step(page, 'SUBMIT');
    await expectReady(page);
    await page.getByTestId('submit-draft').click();
    await page.locator('[data-testid="application-row"] [data-state="PENDING"]').waitFor();
    await expectSound(page);
  });

  it('comes back with a reason for a section, is corrected and approved; the buyer finds it (S-31, O-4)', async () => {
    const operator = await visit({ language: 'en' });
    await signIn(operator, 'operator', '/operator/reviews');
    await expectSound(operator);
    await operator.getByTestId('review-link').first().click();
    await operator.getByTestId('decide').waitFor();
    await operator.getByTestId('reject').click();
    await operator
      .getByRole('alert')
      .filter({ hasText: /reason/ })
      .waitFor();
    await operator.getByTestId('reason-BUSINESS').fill('The agreement names no term');
    await expectSound(operator);
    await picture(operator, 'publication-review-en');
    await operator.getByTestId('reject').click();
    await operator.locator('[data-testid="application-state"][data-state="REJECTED"]').waitFor();

    const page = await visit({ language: 'en', width: 360 });
    await signIn(page, 'seller', '/seller/applications');
    expect(await page.getByTestId('reasons').textContent()).toContain('names no term');
    await expectSound(page);
    await page.getByTestId('correct').click();
    await page.getByTestId('last-rejected').waitFor();
    await step(page, 'BUSINESS');
    await write(
      page,
      'agreement',
      '商家按订单约定提供服务，期限以订单为准。',
      'The seller serves as ordered, for the term of the order.',
    );
    await saved(page);
    await expectSound(page);
    await picture(page, 'publication-correct-narrow-en');
    await step(page, 'SUBMIT');
    await expectReady(page);
    await page.getByTestId('submit-draft').click();
    await page.locator('[data-testid="application-row"] [data-state="PENDING"]').waitFor();

    await open(operator, '/operator/reviews');
    await operator.getByTestId('review-link').first().click();
    await operator.getByTestId('decide').waitFor();
    await operator.getByTestId('approve').click();
    await operator
      .getByRole('alert')
      .filter({ hasText: /looked at/ })
      .waitFor();
    for (const section of ['ACCESS', 'BUSINESS', 'DELIVERY', 'SPECIFICATIONS'])
      await operator.getByTestId(`seen-${section}`).click();
    await operator.getByTestId('approve').click();
    await operator.locator('[data-testid="application-state"][data-state="APPROVED"]').waitFor();
    await open(page, `/products/${goodsId}`);
    await page.getByRole('heading', { level: 1, name: 'Yunfan Desk on premises' }).waitFor();
  });

  it('is hidden, shown and looked at from behind; a change is compared with what is on sale (C35, C42)', async () => {
    const page = await visit({ dark: true });
    await signIn(page, 'seller', `/seller/products/${goodsId}`);
    await page.getByTestId('nothing-hides').waitFor();
    await page.getByTestId('toggle-visibility').click();
    await page.locator('[data-testid="why-hidden"] li').first().waitFor();
    await expectSound(page);
    await picture(page, 'publication-behind-dark-zh');
    await page.getByTestId('edit-product').click();
    await page.getByTestId('step-ACCESS').waitFor();
    await step(page, 'SPECIFICATIONS');
    await page.getByTestId('matrix-cell').first().fill('1300');
    await saved(page);
    await step(page, 'SUBMIT');
    await expectReady(page);
    await page.getByTestId('submit-draft').click();
    const waiting = page.getByTestId('application-row').filter({ has: page.locator('[data-state="PENDING"]') });
    await waiting.getByTestId('application-link').click();
    await page.getByTestId('difference').first().waitFor();
    expect(await page.getByTestId('differences').textContent()).toContain('1300');
    await expectSound(page);
    await page.getByTestId('withdraw').click();
    await page.getByTestId('withdraw-confirm').click();
    await page.locator('[data-testid="application-state"][data-state="WITHDRAWN"]').waitFor();
  });
});

it('a SaaS product: two people never write over each other; cases and address are asked for; it goes on sale', async () => {
  const page = await visit();
  await signIn(page, 'seller', '/seller/products');
  const goodsId = await begin(page, 'SAAS');
  await debugged(goodsId);
  await choose(field(page, 'interface.protocol'), 'SaaS V2.0');
  await field(page, 'interface.productionUrl').locator('input').fill(stage.seller.url);
  await describeProduct(page, '云帆看板', 'Yunfan Board');
  await step(page, 'SPECIFICATIONS');
  await write(page, 'specifications.0.name', '团队版', 'Team');
  await field(page, 'specifications.0.linearAttribute').click();
  await priceTable(page, '30\t300\n60\t600', 'known');
  await page.getByTestId('mode-month').click();
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').nth(1).click();
  expect(await prices(page)).toEqual(['30', '30', '300', '60', '60', '600']);
  await saved(page);

  const colleague = await visit({ language: 'en' });
  await signIn(colleague, 'seller', `/seller/products/edit/${goodsId}`);
  await field(colleague, 'name.en').fill('Yunfan Boards');
  await saved(colleague);
  await step(page, 'DELIVERY');
  await field(page, 'passSubUser').click();
  await page.getByTestId('draft-conflict').waitFor();
  await expectSound(page);
  await page.getByTestId('take-theirs').click();
  await saved(page);
  await step(page, 'SUBMIT');
  await expectReady(page);
  await page.getByTestId('submit-draft').click();
  await page.locator('[data-testid="application-row"] [data-state="PENDING"]').first().waitFor();
  const operator = await visit({ width: 360 });
  await signIn(operator, 'operator', '/operator/reviews');
  await operator.getByTestId('review-link').first().click();
  for (const section of ['ACCESS', 'BUSINESS', 'DELIVERY', 'SPECIFICATIONS'])
    await operator.getByTestId(`seen-${section}`).click();
  await expectSound(operator);
  await operator.getByTestId('approve').click();
  await operator.locator('[data-testid="application-state"][data-state="APPROVED"]').waitFor();
});

it('the catalogue goes out as a file and comes back as drafts; what is wrong in it is told by its place', async () => {
  const page = await visit({ language: 'en' });
  await signIn(page, 'seller', '/seller/products');
  await page.getByTestId('export').click();
  const address = await page.getByTestId('export-yaml').getAttribute('href');
  await page.keyboard.press('Escape');
  const text = await page.evaluate(async (at) => (await fetch(at ?? '')).text(), address);
  const take = (content: string) =>
    page.getByTestId('import-file').setInputFiles(bytes('catalogue.yaml', 'text/yaml', Buffer.from(content)));
  await take('products:\n  - nonsense: 1\n');
  await page.getByTestId('import-fault').first().waitFor();
  await expectSound(page);
  await page.keyboard.press('Escape');
  await page.getByTestId('import-result').waitFor({ state: 'hidden' });
  await take(text);
  await page.getByTestId('import-product').first().waitFor();
  await page.getByTestId('import-apply').click();
  await page.locator('.ant-alert-success').waitFor();
});

it('pages that can not be read say so and offer to try again', async () => {
  const page = await visit();
  await signIn(page, 'operator', '/operator/reviews');
  await expectFailuresTold(page, stage.url, /\/api\/console\/(review-queue|own-products)/, [
    '/operator/products',
    '/operator/reviews',
  ]);
});
