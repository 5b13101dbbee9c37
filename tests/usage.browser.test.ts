/** Usage in a real browser: what a buyer used and pays, what of a seller was not taken, its keys, its calls, who uses what it sells. */
import { createServer } from 'node:http';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { takeUsage } from '../packages/marketplace/src/metering/index.ts';
import { recordAuthorised, recordOpened, recordSignIn } from '../packages/marketplace/src/people/index.ts';
import { saveCredential } from '../packages/marketplace/src/people/store.ts';
import { sql } from '../packages/marketplace/src/platform/database/database.ts';
import { launchBrowser } from './support/browser.ts';
import { type ConsoleStage, openConsoleStage } from './support/console-stage.ts';
import { expectSound, picture, signInAs, visitWith } from './support/console-visits.ts';
import { type MeteredShop, meteredShop, type OpenService, PACKAGE, PAY_PER_USE } from './support/metered-shop.ts';
import { run } from './support/resources.ts';

let stage: ConsoleStage;
let shop: MeteredShop;
let browser: Browser;
let service: OpenService;
/** of another buyer, sold in a version without a price for usage */
let priceless: OpenService;
const HOUR = 3_600_000;
const sdk = (ms: number) => `${new Date(ms).toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;

beforeAll(async () => {
  [stage, browser] = await Promise.all([openConsoleStage(), launchBrowser()]);
  const { platform, clock, demo, simulator } = stage.world;
  await usedProduct();
  shop = await meteredShop(stage.world);
  service = await shop.open(demo.buyerId);
  const other = await shop.stoppingProduct();
  await shop.open(demo.buyerId, PACKAGE, other);
  priceless = await shop.open(await shop.buyer('second', '1000'), PAY_PER_USE, other);
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
  const [first, second] = records.slice(1, 3).map((record, place) => ({
    ...record,
    instance_id: priceless.instanceId,
    metering_sn: `second-${place}`,
  }));
  await takeUsage(platform, { ...push, records: [first ?? {}, second ?? {}], requestId: 'b'.repeat(32) }, clock.now());
  await sql`UPDATE metering.meters SET price = NULL WHERE resource_id = ${priceless.resourceId}`.execute(platform.db);
  await simulator.advanceTo(new Date(now + 3 * HOUR));
  // a customer since before the days that activity tells of
  await sql`UPDATE instances.instances SET started_at = '2020-01-01' WHERE resource_id = ${service.resourceId}`.execute(
    platform.db,
  );
});

/** Three of four members used a product that takes in enterprises, one of them on two days. */
async function usedProduct(): Promise<void> {
  const { demo, clock, simulator } = stage.world;
  const { goodsId, sellerId, buyerId } = demo;
  const applicationId = '00000000-0000-4000-8000-00000000a000';
  const member = (n: number) => `00000000-0000-4000-8000-00000000b00${n}`;
  const credential = {
    goodsId,
    sellerId,
    appId: 'app-1',
    protocol: 'kit-v2',
    address: 'https://kit.example.com',
    keyId: demo.keyId,
    publicKey: 'a key',
    loginUrl: '',
    attributes: [],
    multiInstance: false,
  } as const;
  const now = clock.now();
  await run(stage.world, async (tx) => {
    await saveCredential(tx, credential, now);
    await recordOpened(tx, { applicationId, goodsId, sellerId, buyerId }, now);
    await recordAuthorised(tx, applicationId, 4, now);
    const at = new Date(now.getTime() + 24 * HOUR);
    for (const n of [1, 2, 3]) await recordSignIn(tx, { applicationId, memberId: member(n), at: now });
    await recordSignIn(tx, { applicationId, memberId: member(1), at });
  });
  await simulator.advanceTo(new Date(now.getTime() + 49 * HOUR));
}
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
    await page.getByTestId('usage-row').first().waitFor();
    await expectSound(page);
    await page.goto(`${stage.url}/seller/usage-rejected`);
    await page.getByTestId('rejected-row').getByText('003').waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('rejected-csv').click()]);
    expect(download.suggestedFilename()).toBe('usage-not-taken.csv');
    await expectSound(page);
    await picture(page, `seller-rejected-${language}`);
  });

  it('S-70 … S-76: a seller sees who uses a joint-operation product, by day and by customer, exports it, and its trade', async () => {
    const page = await visitWith(browser, { language, width });
    await signInAs(page, stage, 'seller', '/seller/activity');
    await page.getByTestId('activity-chart').nth(1).waitFor();
    const shown = (name: string) => page.getByTestId(`activity-${name}`).textContent();
    expect([await shown('activeUsers'), await shown('authorised')]).toEqual(['3', '4']);
    expect(await shown('userActivity')).toMatch(/^75\s?%$/);
    await expectSound(page);
    await picture(page, `seller-activity-${language}`);
    await page.getByText(language === 'zh' ? '近 30 天' : 'Last 30 days').click();
    await expect.poll(() => new URL(page.url()).searchParams.get('days')).toBe('30');
    await page.getByTestId('activity-product').getByRole('link').click();
    await page.getByTestId('activity-customer').waitFor();
    await expectSound(page);
    await page.getByTestId('export').click();
    await page.getByTestId('export-confirm').click();
    await page.waitForURL('**/seller/exports');
    // S-76: its trade beside it, with the columns of one's choice
    await page.goto(`${stage.url}/seller/operating`);
    await page.getByTestId('activity-chart').waitFor();
    await page.getByTestId('operating-product').first().waitFor();
    await page.getByRole('checkbox').first().uncheck();
    await expect.poll(() => page.url()).toContain('hidden=orders');
    await expectSound(page);
    await picture(page, `seller-operating-${language}`);
  });
});

it('a seller has its records written as a table', async () => {
  const page = await visitWith(browser, { language: 'en' });
  await signInAs(page, stage, 'seller', '/seller/usage');
  await page.getByTestId('export').click();
  await page.getByLabel('Late ones').check();
  await page.getByTestId('export-confirm').click();
  await page.waitForURL('**/seller/exports');
  await page.getByText('usage-records', { exact: false }).first().waitFor();
});

describe.each([
  ['zh', 1280],
  ['en', 360],
] as const)('N-28 in %s, %d px wide', (language, width) => {
  it('a buyer sees what is left of a package, and sets when to be warned', async () => {
    const page = await visitWith(browser, { language, width });
    await signInAs(page, stage, 'buyer', '/usage');
    await page.getByRole('link', { name: language === 'zh' ? '套餐包与提醒' : 'Packages and alarms' }).click();
    await page.getByTestId('package-row').waitFor();
    await page.getByTestId('alarm-balance').fill(language === 'zh' ? '100' : '0.001');
    await page.getByTestId('alarm-percent').fill('15');
    if (language === 'zh') {
      await page.getByTestId('alarm-save').click();
      await page.getByTestId('package-row').getByText('1500', { exact: false }).waitFor();
    } else await expect.poll(() => page.getByTestId('alarm-save').isDisabled()).toBe(true);
    await page.getByTestId('package-alarm').click();
    await page.getByLabel(language === 'zh' ? '按余量' : 'At a quantity').check();
    await page.getByTestId('package-alarm-value').fill(language === 'zh' ? '99999' : '700');
    await page.getByTestId('package-alarm-save').click();
    if (language === 'zh') {
      await page.getByRole('dialog').getByRole('alert').first().waitFor();
      await page.getByTestId('package-alarm-value').fill('800');
      await page.getByTestId('package-alarm-save').click();
    }
    await page
      .getByTestId('package-row')
      .getByText(language === 'zh' ? '800' : '700', { exact: false })
      .waitFor();
    await expectSound(page);
    await picture(page, `buyer-packages-${language}`);
  });
});

it('an operator of finance gives a price to usage without one, rates anew after a preview, and reverses a charge', async () => {
  const account = stage.world.demo.accounts.find(({ role }) => role === 'OF');
  if (!account) throw new Error('there is no demo account of finance');
  const staff = { ...stage, accounts: { ...stage.accounts, operator: account } };
  const page = await visitWith(browser, { language: 'zh' });
  await signInAs(page, staff, 'operator', '/operator/usage');
  await page.getByTestId('usage-repair').getByTestId('give-price').click();
  await page.getByTestId('give-price-confirm').click();
  await expect.poll(() => page.getByTestId('usage-repair').count()).toBe(0);
  await page.getByTestId('seller-usage').first().waitFor();
  await expectSound(page);
  await picture(page, 'operator-usage-zh');
  await stage.world.simulator.drain();
  await page.goto(`${stage.url}/operator/usage/${priceless.resourceId}`);
  await page.getByTestId('rerating-preview').click();
  await page.getByTestId('rerating-same').waitFor();
  await page.getByTestId('reverse-charge').first().click();
  await page.getByTestId('reason').fill('counted twice');
  await page.getByRole('checkbox').first().check();
  await page.getByTestId('reason-confirm').click();
  await page.getByTestId('usage-charge').getByText('counted twice').waitFor();
  await stage.world.simulator.drain();
  await page.reload();
  await page.getByTestId('usage-charge').getByText('counted twice').waitFor();
  await expectSound(page);
  await page.setViewportSize({ width: 360, height: 800 });
  await expectSound(page);
  await picture(page, 'operator-usage-service-zh');
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
  await page
    .getByTestId('shown-secret')
    .getByText(/^whsec_/)
    .waitFor();
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
  // a card of a narrow screen opens to the same
  await page.setViewportSize({ width: 360, height: 800 });
  await delivery.locator('summary').click();
  await page.getByTestId('webhook-attempt').getByText('sorry').waitFor();
  await page.getByTestId('webhook-resend').waitFor();
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
