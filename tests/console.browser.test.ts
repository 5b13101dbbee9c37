/** The consoles in a real Chromium against the built program: as buyer, seller, operator and enterprise administrator. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.ts';
import {
  type Area,
  buyAtMarket,
  expectAccessible,
  noSidewaysScroll,
  picture,
  signInByForm,
  type Visit,
  visitWith,
} from './support/console-visits.ts';
import { control } from './support/demo-seller.ts';
import { type SandboxProcess, startSandbox } from './support/sandbox-process.ts';

let sandbox: SandboxProcess;
let browser: Browser;

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([startSandbox(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await sandbox?.stop();
});

const visit = (how?: Visit): Promise<Page> => visitWith(browser, how);
const signIn = (page: Page, area: Area, path?: string): Promise<void> => signInByForm(page, sandbox, area, path);

describe('buyer', () => {
  it('finds a product, sees what it costs and why, buys it and signs in with the delivered password', async () => {
    const page = await visit();
    await signIn(page, 'buyer');
    await page.getByTestId('product-card').first().waitFor();
    await expectAccessible(page);
    await picture(page, 'buyer-market-zh');

    await page.getByTestId('product-card').first().getByRole('link').first().click();
    await page.getByTestId('quantity-input').fill('20');
    await page.getByTestId('quantity-input').blur();
    await expect.poll(() => page.getByTestId('amount').first().textContent()).toContain('2,400.00');
    await expectAccessible(page);
    await picture(page, 'buyer-product-zh');
    await page.goBack();

    const orderId = await buyAtMarket(page, '20');
    await expect
      .poll(() => page.getByTestId('order-state').first().textContent(), { timeout: 30_000 })
      .toContain('已完成');
    await expect.poll(() => page.getByTestId('timeline-entry').count()).toBeGreaterThanOrEqual(6);
    await expectAccessible(page);
    await picture(page, 'buyer-order-zh');

    await page.goto(`${sandbox.url}/services/${orderId}-000001`);
    await page.getByTestId('reveal-password').click();
    const password = page.getByTestId('password');
    await expect.poll(() => password.textContent()).not.toContain('•');
    const secret = ((await password.textContent()) ?? '').trim();
    await expectAccessible(page);
    await picture(page, 'buyer-service-zh');

    const [product] = await Promise.all([page.waitForEvent('popup'), page.getByTestId('open-product').click()]);
    await product.locator('input[type="password"]').fill(secret);
    const name = product.locator('input:not([type="password"]):not([type="hidden"])').first();
    if ((await name.inputValue()) === '') await name.fill('admin');
    await product.locator('form button, form input[type="submit"]').first().click();
    await product.locator('input[name="current"]').waitFor(); // signed in: the workspace offers to change the password
    await picture(product, 'demo-product-zh');
  });

  it('works in English on a narrow screen, and by keyboard alone', async () => {
    const page = await visit({ language: 'en', width: 360 });
    await page.goto(sandbox.url);
    await page.getByTestId('sign-in-name').focus();
    await page.keyboard.type(sandbox.accounts.buyer.loginName);
    await page.keyboard.press('Tab');
    await page.keyboard.type(sandbox.accounts.buyer.password);
    await page.keyboard.press('Enter');
    await page.getByTestId('product-card').first().waitFor();
    await noSidewaysScroll(page);
    await expectAccessible(page);
    await picture(page, 'buyer-market-narrow-en');
    await buyAtMarket(page, '5');
    await expect
      .poll(() => page.getByTestId('order-state').first().textContent(), { timeout: 30_000 })
      .toContain('Completed');
    await noSidewaysScroll(page);
    await picture(page, 'buyer-order-narrow-en');
    for (const path of ['/orders', '/services']) {
      await page.goto(`${sandbox.url}${path}`);
      await page
        .getByTestId(path === '/orders' ? 'order-row' : 'service-row')
        .first()
        .waitFor();
      await noSidewaysScroll(page);
      await expectAccessible(page);
    }
  });

  it('switches the language and keeps it', async () => {
    const page = await visit();
    await signIn(page, 'buyer');
    await page.getByTestId('product-card').first().waitFor();
    await page.getByTestId('language-switch').click();
    await expect.poll(() => page.locator('html').getAttribute('lang')).toMatch(/^en/);
    await page.reload();
    await page.getByTestId('product-card').first().waitFor();
    expect(await page.locator('html').getAttribute('lang')).toMatch(/^en/);
  });

  it('is shown the gap of a short balance and a way to close it', async () => {
    const page = await visit({ language: 'en' });
    await signIn(page, 'buyer');
    await page.getByTestId('product-card').first().getByRole('link').first().click();
    await page.getByTestId('quantity-input').fill('500');
    await page.getByTestId('quantity-input').blur();
    await page.getByTestId('duration-input').fill('5');
    await page.getByTestId('duration-input').blur();
    await expect.poll(() => page.getByTestId('amount').first().textContent()).toContain('300,000.00');
    await page.locator('[data-testid="buy-now"]:not([disabled])').click();
    await page.getByTestId('agreement-marketplace').check();
    await page.getByTestId('agreement-product').check();
    await page.locator('[data-testid="submit-order"]:not([disabled])').click();
    await page.getByTestId('gap').waitFor();
    expect(await page.getByTestId('pay').isDisabled()).toBe(true);
    await expectAccessible(page);
    await picture(page, 'buyer-balance-short-en');
    await page.getByTestId('top-up').click();
    await page.getByTestId('top-up-amount').fill('300000');
    await page.getByTestId('top-up-submit').click();
    await page.locator('[data-testid="pay"]:not([disabled])').waitFor();
  });

  it('is told what went wrong, with a request id and a way to try again', async () => {
    const page = await visit({ language: 'en' });
    await signIn(page, 'buyer');
    await page.getByTestId('product-card').first().waitFor();
    await page.route(/\/api\/console\/orders(\?|$)/, (route) =>
      route.fulfill({
        status: 500,
        contentType: 'application/problem+json',
        body: JSON.stringify({ type: 'x', title: 'x', status: 500, code: 'INTERNAL', requestId: 'f00dfeed' }),
      }),
    );
    await page.goto(`${sandbox.url}/orders`);
    await page.getByTestId('retry').waitFor();
    expect(await page.getByTestId('problem').textContent()).toContain('f00dfeed');
    await picture(page, 'buyer-error-en');
    await page.unroute(/\/api\/console\/orders(\?|$)/);
    await page.getByTestId('retry').click();
    await page.getByTestId('order-row').first().waitFor();
    await page.goto(`${sandbox.url}/nowhere`);
    await page.getByTestId('not-found').waitFor();
    await page.goto(`${sandbox.url}/operator`);
    await page.getByTestId('forbidden').waitFor();
  });
});

describe('seller', () => {
  it('sees a failed call explained, restarts it, and the buyer gets the product', async () => {
    await control(sandbox.sellerUrl, { faults: [{ activity: 'newInstance', kind: 'html', times: 1 }] });
    const buyer = await visit();
    await signIn(buyer, 'buyer');
    const orderId = await buyAtMarket(buyer, '5');

    const page = await visit({ language: 'en' });
    await signIn(page, 'seller', `/seller/calls?orderId=${orderId}`);
    await page.getByTestId('call-row').first().waitFor();
    await expectAccessible(page);
    await picture(page, 'seller-calls-en');
    await expect
      .poll(
        async () => {
          await page.reload();
          await page.getByTestId('call-row').first().waitFor();
          return page.getByTestId('call-row').first().textContent();
        },
        { timeout: 20_000 },
      )
      .toMatch(/HTML|html|repeat/);
    await page.getByTestId('call-link').first().click();
    await page.getByTestId('diagnosis').first().waitFor();
    expect(await page.getByTestId('diagnosis').first().textContent()).toMatch(/body\.not-json|http\.content-type/);
    await expectAccessible(page);
    await picture(page, 'seller-call-en');
    await page.getByTestId('restart').first().click();
    await page.locator('.ant-popover:visible, .ant-modal:visible').getByRole('button').last().click();
    await expect
      .poll(() => buyer.getByTestId('order-state').first().textContent(), { timeout: 30_000 })
      .toContain('已完成');
  });

  it('sees the orders of its own products', async () => {
    const page = await visit();
    await signIn(page, 'seller', '/seller/orders');
    await page.getByTestId('order-row').first().waitFor();
    await expectAccessible(page);
    await picture(page, 'seller-orders-zh');
  });
});

describe('operator', () => {
  it('overlooks orders, calls by outcome, tasks and the ledger', async () => {
    const page = await visit({ language: 'zh' });
    await signIn(page, 'operator', '/operator');
    await page.getByTestId('call-chart').waitFor();
    await page.locator('[data-testid="call-chart"] canvas, [data-testid="call-chart"] svg').first().waitFor();
    expect(await page.getByTestId('ledger').textContent()).toMatch(/平/);
    await expectAccessible(page);
    await picture(page, 'operator-overview-zh');
    for (const [path, row] of [
      ['/operator/orders', 'order-row'],
      ['/operator/calls', 'call-row'],
      ['/operator/tasks', 'task-row'],
    ] as const) {
      await page.goto(`${sandbox.url}${path}`);
      await page.getByTestId(row).first().waitFor();
      await expectAccessible(page);
    }
  });

  it('lands on a record by pasting its id into the search', async () => {
    const page = await visit({ language: 'en', dark: true });
    await signIn(page, 'operator', '/operator/orders');
    const link = page.getByTestId('order-link').first();
    const orderId = ((await link.textContent()) ?? '').trim();
    await page.getByTestId('global-search').fill(orderId);
    await page.getByTestId('global-search').press('Enter');
    await page.locator(`text=${orderId}`).first().waitFor();
    await expectAccessible(page);
    await picture(page, 'operator-search-dark-en');
  });
});

describe('enterprise administrator', () => {
  it('is told what the area is for and what to do next', async () => {
    const page = await visit();
    await signIn(page, 'enterprise');
    await page.waitForURL(/\/enterprise/);
    await expectAccessible(page);
    await picture(page, 'enterprise-zh');
  });
});
