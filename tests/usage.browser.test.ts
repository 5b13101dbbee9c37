/** Usage in a real browser: what a buyer used and pays, what of a seller was not taken, its keys and the log of its calls. */
import { createServer } from 'node:http';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { takeUsage } from '../packages/marketplace/src/metering/index.ts';
import { launchBrowser } from './support/browser.ts';
import { type ConsoleStage, openConsoleStage } from './support/console-stage.ts';
import { expectSound, picture, signInAs, visitWith } from './support/console-visits.ts';
import { type MeteredShop, meteredShop, type OpenService } from './support/metered-shop.ts';

let stage: ConsoleStage;
let shop: MeteredShop;
let browser: Browser;
let service: OpenService;
const HOUR = 3_600_000;
const sdk = (ms: number) => `${new Date(ms).toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;

beforeAll(async () => {
  [stage, browser] = await Promise.all([openConsoleStage(), launchBrowser()]);
  const { platform, clock, demo, simulator } = stage.world;
  shop = await meteredShop(stage.world);
  service = await shop.open(demo.buyerId);
  await simulator.advanceTo(new Date(clock.now().getTime() + 6 * HOUR));
  const now = clock.now().getTime();
  const records = Array.from({ length: 6 }, (_, place) => ({
    instance_id: service.instanceId,
    metering_sn: `sn-${place}`,
    begin_time: sdk(now - (place + 1) * HOUR),
    end_time: sdk(now - place * HOUR),
    record_time: sdk(now - place * HOUR),
    usage_value: place === 5 ? '-1' : `${place + 1}0.5`,
  }));
  const push = { sellerId: demo.sellerId, form: 'SIGNED', records, requestId: 'a'.repeat(32), nonce: null } as const;
  await takeUsage(platform, push, clock.now());
  await simulator.advanceTo(new Date(now + 3 * HOUR));
});
afterAll(async () => {
  await browser?.close();
  await shop?.close();
  await stage?.close();
});

describe.each([
  ['zh', 1280],
  ['en', 360],
] as const)('in %s, %d px wide', (language, width) => {
  it('a buyer sees usage by day and hour, the forecast, and how each charge came about', async () => {
    const page = await visitWith(browser, { language, width });
    await signInAs(page, stage, 'buyer', '/usage');
    await page.getByTestId('usage-row').getByRole('link').click();
    await page.getByTestId('usage-chart').waitFor();
    await page.getByTestId('usage-forecast').waitFor();
    await page.getByTestId('usage-fee').first().click();
    await page.getByTestId('derivation').getByText('0.025 × ', { exact: false }).first().waitFor();
    await page.keyboard.press('Escape');
    await expectSound(page);
    await picture(page, `buyer-usage-${language}`);
    await page.goto(`${stage.url}/usage/${service.resourceId}?unit=hour`);
    await page.getByTestId('usage-chart').waitFor();
    await expect.poll(() => page.getByTestId('usage-record').count()).toBeGreaterThan(4);
  });

  it('a seller finds the record that was not taken, and why', async () => {
    const page = await visitWith(browser, { language, width });
    await signInAs(page, stage, 'seller', '/seller/usage');
    await page.getByTestId('usage-row').waitFor();
    await expectSound(page);
    await page.goto(`${stage.url}/seller/usage-rejected`);
    await page.getByTestId('rejected-row').getByText('003').waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('rejected-csv').click()]);
    expect(download.suggestedFilename()).toBe('usage-not-taken.csv');
    await expectSound(page);
    await picture(page, `seller-rejected-${language}`);
  });
});

it('webhooks: an endpoint is added, tested, its failed delivery looked into and sent again', async () => {
  const answers = [500, 204];
  const hooks = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(answers.shift() ?? 204).end('sorry'));
  });
  await new Promise<void>((done) => hooks.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    hooks.closeAllConnections();
    hooks.close();
  });
  const bound = hooks.address();
  const url = `http://127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : 0}/hooks`;
  const page = await visitWith(browser, { language: 'en' });
  await signInAs(page, stage, 'seller', '/seller/webhooks');
  await page.getByTestId('empty').waitFor();
  await page.getByTestId('webhook-add').click();
  await page.getByTestId('webhook-save').click();
  await page.getByTestId('webhook-url').fill(url);
  await page.getByTestId('webhook-save').click();
  await page.getByText('Choose at least one event').waitFor();
  await page.getByTestId('webhook-all').check();
  await expectSound(page);
  await page.getByTestId('webhook-save').click();
  await page.getByTestId('shown-secret').getByText(/^whsec_/).waitFor();
  await page.getByRole('button', { name: 'OK', exact: true }).click();
  await page.getByTestId('webhook-event').first().locator('summary').click();
  await expectSound(page);
  await picture(page, 'seller-webhooks-en');
  await page.getByTestId('webhook').getByRole('link').click();
  await page.getByTestId('webhook-test').click();
  await page.getByTestId('webhook-delivery').waitFor();
  await stage.world.simulator.drain();
  const delivery = page.getByTestId('webhook-delivery');
  await delivery.getByText('HTTP 500').waitFor();
  await delivery.getByRole('button', { name: /expand/i }).click();
  await page.getByTestId('webhook-attempt').getByText('sorry').waitFor();
  await expectSound(page);
  await picture(page, 'seller-webhook-en');
  await page.getByTestId('webhook-resend').click();
  await expect.poll(() => page.getByText('It is sent again').count()).toBeGreaterThan(0);
  await stage.world.simulator.drain();
  await delivery.getByText('Delivered').waitFor();
  await page.setViewportSize({ width: 360, height: 800 });
  await expectSound(page);
  await page.getByTestId('webhook-remove').click();
  await page.getByTestId('webhook-remove-confirm').click();
  await page.getByTestId('empty').waitFor();
});

it('a key is made, rotated and revoked; a refused call is explained in the log', async () => {
  const page = await visitWith(browser, { language: 'en' });
  await signInAs(page, stage, 'seller', '/seller/api-keys');
  await page.getByTestId('key-make').click();
  await page.getByLabel('Name').fill('metering in production');
  await page.getByTestId('key-make-confirm').click();
  await page.getByTestId('shown-key').waitFor();
  await page.getByRole('button', { name: 'OK', exact: true }).click();
  const row = page.getByTestId('api-key').filter({ hasText: 'metering in production' });
  await row.getByTestId('key-rotate').click();
  await page.getByTestId('key-rotate-confirm').click();
  await page.getByTestId('shown-key').waitFor();
  await page.getByRole('button', { name: 'OK', exact: true }).click();
  await expect.poll(() => row.count()).toBe(2);
  await row.filter({ hasText: 'Ending' }).getByTestId('key-revoke').click();
  await page.getByTestId('key-revoke-confirm').click();
  await row.filter({ hasText: 'Revoked' }).waitFor();
  await expectSound(page);
  await picture(page, 'seller-api-keys-en');
  const answer = await fetch(`${stage.url}/api/mkp-openapi-public/global/v1/order/query?orderId=X`, {
    headers: {
      'x-sdk-date': '20200101T000000Z',
      authorization: `SDK-HMAC-SHA256 Access=${stage.world.demo.ak}, SignedHeaders=host;x-sdk-date, Signature=${'0'.repeat(64)}`,
    },
  });
  const requestId = answer.headers.get('x-request-id') ?? '';
  await page.goto(`${stage.url}/seller/api-requests?requestId=${requestId}`);
  await page.getByTestId('api-finding').waitFor();
  await expectSound(page);
  await picture(page, 'seller-api-requests-en');
});
