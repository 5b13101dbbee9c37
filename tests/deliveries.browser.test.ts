/** What is handed over, in a real browser: the seller delivers, the buyer looks and accepts, everybody sees what waits for whom. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.ts';
import { type ConsoleStage, openConsoleStage } from './support/console-stage.ts';
import { type Area, expectSound, picture, signInAs, type Visit, visitWith } from './support/console-visits.ts';
import { createShop } from './support/shop.ts';

let stage: ConsoleStage;
let browser: Browser;
let licence: string;
let parcel: string;
let service: string;
const { buy, deliveryOf, states } = createShop(() => stage.world);

beforeAll(async () => {
  [stage, browser] = await Promise.all([openConsoleStage(), launchBrowser()]);
  licence = await buy({ type: 'LICENSE' });
  parcel = await buy({ type: 'HARDWARE' });
  service = await buy({ type: 'SERVICE' });
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

const visit = (how?: Visit): Promise<Page> => visitWith(browser, how);
const signIn = (page: Page, area: Area, path?: string): Promise<void> => signInAs(page, stage, area, path);
const open = (page: Page, path: string): Promise<unknown> => page.goto(`${stage.url}${path}`);
const orderOf = (lineId: string): string => lineId.slice(0, lineId.lastIndexOf('-'));
const statusIs = (page: Page, status: string) =>
  page.locator(`[data-testid="delivery-state"][data-state="${status}"]`).first().waitFor({ timeout: 30_000 });
const pdf = { name: 'proof.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF\n') };

describe('an offline licence', () => {
  it('is found by its seller, handed over as text with a proof, and not without either (L6, L8)', async () => {
    const page = await visit();
    await signIn(page, 'seller', '/seller/deliveries?mine=true');
    // the service waits for what its buyer needs (S-40)
    await page.getByTestId('delivery-row').nth(1).waitFor();
    expect(await page.getByTestId('delivery-row').count()).toBe(2);
    await expectSound(page);
    await picture(page, 'seller-deliveries');
    await open(page, `/seller/deliveries/${(await deliveryOf(licence)).deliveryId}`);
    await page.getByTestId('hand-over-submit').click();
    await page.getByTestId('hand-over-fault').waitFor();
    await expectSound(page);
    await picture(page, 'seller-hand-over');
    await page.getByTestId('licence-text').fill('KEY-1234-5678');
    await page.getByTestId('upload-PROOF').locator('input[type=file]').setInputFiles(pdf);
    await page.getByTestId('file-link').waitFor();
    await page.getByTestId('hand-over-submit').click();
    await statusIs(page, 'DELIVERED');
    // L8: the seller does not read it back
    expect(await page.getByTestId('reveal-secret').count()).toBe(0);
  });

  it('is shown to its buyer when asked for, and accepted after what that means was read (L7, L8)', async () => {
    const page = await visit({ language: 'en', width: 360 });
    await signIn(page, 'buyer', `/orders/${orderOf(licence)}`);
    await page.getByTestId('reveal-secret').click();
    await page.getByText('KEY-1234-5678').waitFor();
    await expectSound(page);
    await picture(page, 'buyer-licence-narrow-en');
    await page.getByTestId('accept').click();
    await page.getByTestId('accept-confirm').waitFor();
    await expectSound(page);
    await page.getByTestId('accept-confirm').click();
    await statusIs(page, 'ACCEPTED');
    await stage.happens('the service runs', async () => (await states(licence)).instance === 'ACTIVE');
    await open(page, `/services/${licence}`);
    await statusIs(page, 'ACCEPTED');
    await expectSound(page);
  });
});

it('a parcel is sent to the receiver of the order and followed by its number (L37)', async () => {
  const seller = await visit({ width: 360 });
  await signIn(seller, 'seller', `/seller/deliveries/${(await deliveryOf(parcel)).deliveryId}`);
  await seller.getByTestId('show-receiver').click();
  await seller.getByTestId('receiver').getByText('Zhang San').waitFor();
  await seller.getByTestId('ship').click();
  await seller.getByTestId('carrier').fill('顺丰');
  await seller.getByTestId('tracking-number').fill('SF123456');
  await expectSound(seller);
  await seller.getByTestId('ship').click();
  await statusIs(seller, 'DELIVERED');
  const buyer = await visit();
  await signIn(buyer, 'buyer', `/services/${parcel}`);
  await buyer.getByTestId('delivery').getByText('SF123456').waitFor();
  await expectSound(buyer);
});

it('a service begins with what the buyer needs; the operator sees who is waited for (L35)', async () => {
  const buyer = await visit();
  await signIn(buyer, 'buyer', `/services/${service}`);
  await buyer.getByTestId('submit-requirement').click();
  await buyer.getByRole('alert').first().waitFor();
  await buyer.getByTestId('requirement-text').fill('迁移两台服务器');
  await expectSound(buyer);
  await picture(buyer, 'buyer-requirement');
  await buyer.getByTestId('submit-requirement').click();
  await buyer.getByTestId('requirement-form').waitFor({ state: 'detached' });
  const operator = await visit({ language: 'en' });
  await signIn(operator, 'operator', '/operator/deliveries?status=PENDING&kind=SERVICE');
  await operator.getByTestId('delivery-link').first().click();
  await operator.getByTestId('delivery').getByText('迁移两台服务器').waitFor();
  await expectSound(operator);
  await picture(operator, 'operator-delivery-en');
});
