/** A seller publishes a SaaS and a License product through the pages, an operator sends one back and then lets it through. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
import {
  approve,
  begin,
  bytes,
  cellTexts,
  describeProduct,
  expectReady,
  field,
  saved,
  step,
  submitDraft,
  write,
} from './support/publication.ts';
import { bindServer, saveCases } from './support/seller-interface.ts';

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
    goodsId = await begin(page, stage.url, 'LICENSE', 'OFFLINE');
    await step(page, 'SUBMIT');
    expect(await page.getByTestId('fault').count()).toBeGreaterThan(5);
    await expectSound(page);
    await picture(page, 'publication-faults-zh');
    await page.getByTestId('submit-draft').click();
    await page.getByTestId('step-ACCESS').waitFor();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-testid')))
      .toBe('field-name.zh');
    await describeProduct(page, { zh: '云帆工单本地版', en: 'Yunfan Desk on premises' });
    await expectSound(page);
    await picture(page, 'publication-business-zh');
    await step(page, 'SPECIFICATIONS');
    await write(page, 'specifications.0.name', '标准版', 'Standard');
    await priceTable(page, '¥1,200\t12000\n2400\t24000', 'new');
    expect(await cellTexts(page)).toEqual(['1200', '12000', '2400', '24000']);
    await saved(page);
    await expectSound(page);
    await picture(page, 'publication-prices-zh');
    await submitDraft(page);
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
    await submitDraft(page);

    await open(operator, '/operator/reviews');
    await operator.getByTestId('review-link').first().click();
    await operator.getByTestId('decide').waitFor();
    await operator.getByTestId('approve').click();
    await operator
      .getByRole('alert')
      .filter({ hasText: /looked at/ })
      .waitFor();
    await approve(operator);
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

  it('a change is thrown away; a share up to the standard is in effect at once (C40a, S1-7)', async () => {
    const page = await visit({ language: 'en' });
    await signIn(page, 'seller', `/seller/products/edit/${goodsId}`);
    await page.getByTestId('delete-draft').click();
    await page.getByTestId('delete-draft-confirm').waitFor();
    await expectSound(page);
    await picture(page, 'publication-discard-en');
    await page.getByTestId('delete-draft-confirm').click();
    await page.getByTestId('own-product-row').first().waitFor();
    await open(page, `/seller/products/${goodsId}`);
    await page.getByTestId('edit-product').click();
    await page.getByTestId('step-ACCESS').waitFor();
    await step(page, 'BUSINESS');
    await field(page, 'sellerShare').fill('97');
    await page.getByTestId('field-fault').filter({ hasText: 'S1-7' }).waitFor();
    await expectSound(page);
    await picture(page, 'publication-share-en');
    await field(page, 'sellerShare').fill('90');
    await page.getByTestId('field-fault').filter({ hasText: 'S1-7' }).waitFor({ state: 'detached' });
    await step(page, 'SUBMIT');
    await saved(page);
    await expectReady(page);
    await page.getByTestId('submit-draft').click();
    await page.locator('[data-testid="application-row"] [data-state="APPROVED"]').nth(1).waitFor();
    await open(page, `/seller/products/${goodsId}`);
    await expect.poll(() => page.getByTestId('seller-share').textContent()).toBe('90%');
  });

  it('a removal that was refused is applied for once more, with what was written (S-37, C40a)', async () => {
    const page = await visit();
    await signIn(page, 'seller', `/seller/products/${goodsId}`);
    await page.getByTestId('stop-selling').click();
    await page.getByTestId('reason').fill('不再维护');
    await page.getByTestId('confirm-name').fill('云帆工单本地版');
    await page.getByTestId('reason-confirm').click();
    await page.locator('[data-testid="application-state"][data-state="PENDING"]').waitFor();
    const operator = await visit({ language: 'en' });
    await signIn(
      operator,
      'operator',
      new URL(page.url()).pathname.replace('/seller/applications', '/operator/reviews'),
    );
    await operator.getByTestId('reason-BUSINESS').fill('Say from when on');
    await operator.getByTestId('reject').click();
    await operator.locator('[data-testid="application-state"][data-state="REJECTED"]').waitFor();
    await page.reload();
    await page.getByTestId('apply-again').click();
    await expect.poll(() => page.getByTestId('reason').inputValue()).toBe('不再维护');
    await page.getByTestId('reason').fill('不再维护，自明年一月起停售');
    await page.getByTestId('confirm-name').fill('云帆工单本地版');
    await expectSound(page);
    await picture(page, 'publication-removal-again-zh');
    await page.getByTestId('reason-confirm').click();
    await page.locator('[data-testid="application-state"][data-state="PENDING"]').waitFor();
    await page.getByTestId('withdraw').click();
    await page.getByTestId('withdraw-confirm').click();
    await page.locator('[data-testid="application-state"][data-state="WITHDRAWN"]').waitFor();
  });
});

it('a SaaS product: two people never write over each other; cases and address are asked for; it goes on sale', async () => {
  const page = await visit();
  await signIn(page, 'seller', '/seller/products');
  const goodsId = await begin(page, stage.url, 'SAAS');
  const server = { url: stage.seller.url, keyId: stage.world.demo.keyId };
  await bindServer(stage.world, server);
  const activities = ['newInstance', 'queryInstance', 'refreshInstance', 'updateInstanceStatus', 'releaseInstance'];
  await saveCases(
    stage.world,
    goodsId,
    server,
    activities.map((activity) => ({ activity })),
  );
  await choose(field(page, 'interface.protocol'), 'SaaS V2.0');
  await field(page, 'interface.productionUrl').locator('input').fill(stage.seller.url);
  await describeProduct(page, { zh: '云帆看板', en: 'Yunfan Board' });
  await step(page, 'SPECIFICATIONS');
  await write(page, 'specifications.0.name', '团队版', 'Team');
  await field(page, 'specifications.0.linearAttribute').click();
  await priceTable(page, '30\t300\n60\t600', 'known');
  await page.getByTestId('mode-month').click();
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').nth(1).click();
  expect(await cellTexts(page)).toEqual(['30', '30', '300', '60', '60', '600']);
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
  await submitDraft(page);
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

it('L36: the operator says who publishes hardware', async () => {
  const page = await visit({ language: 'en' });
  await signIn(page, 'operator', '/operator/reviews');
  const seller = page.getByTestId('hardware-row').first();
  await seller.getByTestId('hardware-listing').click();
  await seller.getByText('Not on the list').waitFor();
  await seller.getByTestId('hardware-listing').click();
  await seller.getByRole('button', { name: /Take off the list/ }).waitFor();
  await expectSound(page);
});

it('pages that can not be read say so and offer to try again', async () => {
  const page = await visit();
  await signIn(page, 'operator', '/operator/reviews');
  await expectFailuresTold(page, stage.url, /\/api\/console\/(review-queue|own-products)/, [
    '/operator/products',
    '/operator/reviews',
  ]);
});
