/**
 * Finding in a real Chromium: a buyer searches in both languages, narrows down, keeps a favourite, reviews and asks; the
 * seller answers and replies; the platform hides (B-10 … B-16, 12.2, 12.3, S-51, S-52).
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser } from './support/browser.ts';
import { type Area, expectSound, picture, signInAs, type Visit, visitWith } from './support/console-visits.ts';
import { type FindingMarket, startFindingMarket } from './support/finding-market.ts';
import { copyTemplate } from './support/test-server.ts';

let market: FindingMarket;
let browser: Browser;

beforeAll(async () => {
  const copy = await copyTemplate(inject('adminUrl'));
  [market, browser] = await Promise.all([startFindingMarket(copy.url), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await market?.stop();
});

const visit = (how?: Visit): Promise<Page> => visitWith(browser, how);
const signIn = (page: Page, area: Area, path?: string): Promise<void> => signInAs(page, market, area, path);
/** a busy machine takes its time, and the first search loads the dictionary */
const SOON = { timeout: 20_000 };
const names = (page: Page) => page.getByTestId('product-card').locator('h3').allTextContents();
async function searchFor(page: Page, words: string): Promise<void> {
  const box = page.getByTestId('market-search').locator('input');
  await box.fill(words);
  await box.press('Enter');
  await page.waitForURL(/\/market\?/);
}

describe('finding', () => {
  it('B-10, B-11: the home page leads to lists; words of both languages find, filters narrow down, a link reproduces it', async () => {
    const page = await visit();
    await signIn(page, 'buyer');
    await page.getByTestId('product-card').first().waitFor();
    await expectSound(page);
    await picture(page, 'market-home-zh');

    await searchFor(page, '服务器');
    await expect.poll(() => names(page), SOON).toEqual(['云服务器安全卫士']);
    await searchFor(page, 'backup');
    await expect.poll(() => names(page), SOON).toEqual(['数据库备份助手']);
    await searchFor(page, '安全');
    await expect.poll(() => names(page), SOON).toHaveLength(2);
    await page.getByRole('link', { name: /^硬件/ }).click();
    await expect.poll(() => names(page), SOON).toEqual(['智能安全网关']);
    await expectSound(page);
    await picture(page, 'market-filters-zh');
    const address = page.url();
    await page.goto('about:blank');
    await page.goto(address);
    await expect.poll(() => names(page), SOON).toEqual(['智能安全网关']);
    await page.getByTestId('clear-filters').click();
    await expect.poll(() => names(page), SOON).toHaveLength(2);

    await searchFor(page, '安全 独角兽');
    await page.getByTestId('nothing-found').waitFor();
    await page.getByRole('button', { name: /安全（2）/ }).waitFor();
    await expectSound(page);
    await picture(page, 'market-nothing-zh');
  });

  it('is the same in English on a narrow screen, sorted by price', async () => {
    const page = await visit({ language: 'en', width: 360 });
    await signIn(page, 'buyer', '/market?q=security&sort=PRICE_UP');
    await expect.poll(() => names(page), SOON).toEqual(['Cloud Server Guard', 'Smart Security Gateway']);
    await expectSound(page);
    await picture(page, 'market-results-narrow-en');
    await page.goto(`${market.url}/`);
    await page.getByTestId('product-card').first().waitFor();
    await expectSound(page);
    await picture(page, 'market-home-narrow-en');
  });

  it('12.2: a favourite is kept, and found again', async () => {
    const page = await visit();
    await signIn(page, 'buyer', '/market?q=协作空间');
    await page.getByTestId('favourite').first().click();
    await expect.poll(() => page.getByTestId('favourite').first().getAttribute('aria-pressed'), SOON).toBe('true');
    await page.goto(`${market.url}/favourites`);
    await expect.poll(() => names(page), SOON).toEqual(['协作空间']);
    await expectSound(page);
    await picture(page, 'favourites-zh');
  });
});

describe('opinions', () => {
  it('B-13, B-14, B-104: a buyer reads the product page, reviews what was bought and asks; sensitive words are refused (B-16)', async () => {
    const page = await visit();
    await signIn(page, 'buyer', '/my-reviews');
    await page.getByTestId('write-review').click();
    await page.getByRole('radio').nth(3).click();
    await page.getByTestId('review-text').fill('全国第一的产品');
    await page.getByTestId('publish-review').click();
    await page.locator('.ant-message-notice', { hasText: '全国第一' }).waitFor();
    await page.getByTestId('review-text').fill('开通很快，协作顺手');
    await expectSound(page);
    await picture(page, 'review-form-zh');
    await page.getByTestId('publish-review').click();
    await page.getByTestId('review').waitFor();

    await page.goto(`${market.url}/products/${market.world.demo.goodsId}`);
    await page.getByTestId('score').waitFor();
    await page.getByTestId('question-text').fill('支持私有化部署吗？');
    await page.getByTestId('ask').click();
    await page.getByTestId('question').waitFor();
    await expect.poll(() => page.getByTestId('refund-rules').textContent(), SOON).toContain('5 天');
    await expectSound(page);
    await picture(page, 'product-page-zh');
  });

  it('S-51, S-52: the seller answers and replies; the platform hides a review, and its score goes', async () => {
    const seller = await visit();
    await signIn(seller, 'seller', '/seller/questions');
    await seller.getByTestId('answer').click();
    await seller.getByTestId('text').fill('支持，请联系我们的顾问。');
    await expectSound(seller);
    await seller.getByTestId('send-text').click();
    await seller.getByText('商家回答').waitFor();
    await picture(seller, 'seller-questions-zh');
    await seller.goto(`${market.url}/seller/reviews`);
    await seller.getByTestId('reply').click();
    await seller.getByTestId('text').fill('感谢支持！');
    await seller.getByTestId('send-text').click();
    await seller.getByTestId('delete-reply').waitFor();
    await expectSound(seller);
    await picture(seller, 'seller-reviews-zh');

    const reader = await visit({ language: 'en', width: 360 });
    await signIn(reader, 'enterprise', `/products/${market.world.demo.goodsId}`);
    await reader.getByText('感谢支持！').waitFor();
    await reader.getByText('支持，请联系我们的顾问。').waitFor();
    await expectSound(reader);
    await picture(reader, 'product-page-narrow-en');

    const operator = await visit();
    await signIn(operator, 'operator', '/operator/opinions');
    await operator.getByTestId('hide-review').click();
    await operator.getByTestId('reason').fill('与商品无关');
    await operator.getByTestId('reason-confirm').click();
    await operator.getByText(/与商品无关/).waitFor();
    await expectSound(operator);
    await picture(operator, 'operator-reviews-zh');
    await reader.reload();
    await reader.getByText('No reviews yet.', { exact: false }).waitFor();
  });
});
