/** Service supervision in a real browser: sent back and forth, appealed, decided, each step on record (settlement.md 6). */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { recordParcel, setTrack } from '../packages/marketplace/src/delivery/index.ts';
import { buyersByIds } from '../packages/marketplace/src/directory/index.ts';
import { ordersByIds } from '../packages/marketplace/src/ordering/index.ts';
import { launchBrowser } from './support/browser.ts';
import { type ConsoleStage, openConsoleStage } from './support/console-stage.ts';
import { type Area, expectSound, picture, signInAs, tabTo, type Visit, visitWith } from './support/console-visits.ts';
import { ALL, createShop } from './support/shop.ts';

let stage: ConsoleStage;
let browser: Browser;
let service: string;
let parcel: string;
const { buy, deliveryOf, states } = createShop(() => stage.world);

beforeAll(async () => {
  [stage, browser] = await Promise.all([openConsoleStage(), launchBrowser()]);
  service = await buy({ type: 'SERVICE' });
  parcel = await buy({ type: 'HARDWARE' });
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

const pdf = { name: 'proof.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF\n') };
async function enter(area: Area, path: string, how?: Visit): Promise<Page> {
  const page = await visitWith(browser, how);
  await signInAs(page, stage, area, path);
  return page;
}
const stepIs = (page: Page, step: string) => page.locator(`[data-testid="supervision"][data-step="${step}"]`).waitFor();
async function answer(page: Page, button: string, reason: string): Promise<void> {
  await page.getByTestId(button).click();
  await page.getByTestId('reason').fill(reason);
  await page.getByTestId('reason-confirm').click();
  await page.getByTestId('reason').waitFor({ state: 'detached' });
}

it('S-40, S-41, B-93, B-94, O-21: a service is sent back, delivered, rejected, appealed and decided; all is on record (S6-1)', async () => {
  const { deliveryId } = await deliveryOf(service);
  const buyer = await enter('buyer', `/deliveries/${deliveryId}`, { width: 360 });
  const asks = async (words: string) => {
    await buyer.getByTestId('requirement-text').fill(words);
    await buyer.getByTestId('submit-requirement').click();
    await stepIs(buyer, 'WAIT_CONFIRM_REQUIREMENT');
  };
  await asks('迁移服务器');
  const seller = await enter('seller', `/seller/deliveries/${deliveryId}`);
  await stepIs(seller, 'WAIT_CONFIRM_REQUIREMENT');
  await expectSound(seller);
  await picture(seller, 'seller-supervision');
  await answer(seller, 'reject-requirement', '请写明是哪几台服务器');
  await buyer.reload();
  await buyer.getByTestId('sent-back').getByText('请写明是哪几台服务器').waitFor();
  await expectSound(buyer);
  await picture(buyer, 'buyer-sent-back-narrow');
  await asks('web-1 和 web-2');
  await seller.reload();
  await seller.getByTestId('confirm-requirement').click();
  // 3.5: in milestones, and then all at once again
  await seller.getByTestId('plan-milestones').click();
  for (const place of [0, 1]) {
    await seller
      .getByTestId('milestone-name')
      .nth(place)
      .fill(`阶段 ${place + 1}`);
    const day = seller.locator('.ant-modal .ant-picker input').nth(place);
    await day.fill('2030-01-01');
    await day.press('Enter');
  }
  await expectSound(seller);
  await seller.getByTestId('save-milestones').click();
  await seller.getByTestId('milestone').first().waitFor();
  await expectSound(seller);
  await seller.getByTestId('plan-milestones').click();
  await seller.getByTestId('drop-milestones').click();
  await seller.getByTestId('milestone').first().waitFor({ state: 'hidden' });
  const delivers = async () => {
    await stepIs(seller, 'WAIT_SERVICE');
    await seller.getByTestId('upload-PROOF').first().locator('input[type=file]').setInputFiles(pdf);
    await seller.getByTestId('file-link').first().waitFor();
    await seller.getByTestId('hand-over-submit').click();
    await stepIs(seller, 'WAIT_ACCEPTANCE');
  };
  await delivers();
  await buyer.reload();
  await answer(buyer, 'reject-delivery', 'web-2 还没有迁移');
  await stepIs(buyer, 'WAIT_SERVICE');
  await buyer.getByTestId('start-appeal').click();
  await buyer.getByTestId('send-appeal').click();
  await buyer.getByTestId('appeal-fault').waitFor();
  await expectSound(buyer);
  await buyer.getByTestId('appeal-reason').fill('商家没有按约定交付');
  await buyer.getByTestId('send-appeal').click();
  await buyer.getByTestId('appeal').waitFor();
  await expectSound(buyer);
  await picture(buyer, 'buyer-appeal-narrow');

  const operator = await enter('operator', '/operator/deliveries?appealed=true', { language: 'en' });
  await operator.getByTestId('delivery-link').first().click();
  await operator.getByTestId('appeal-decision').waitFor();
  await expectSound(operator);
  await picture(operator, 'operator-appeal-en');
  await operator.getByTestId('decision-reason').fill('One more try by the seller.');
  await operator.getByTestId('decide-appeal').click();
  await operator.getByTestId('appeal').waitFor({ state: 'detached' });
  await seller.reload();
  await delivers();
  await buyer.reload();
  await buyer.getByTestId('accept').click();
  await buyer.getByTestId('accept-confirm').click();
  await stepIs(buyer, 'COMPLETED');
  await stage.happens('the service runs', async () => (await states(service)).instance === 'ACTIVE');
  await operator.reload();
  await operator.locator('[data-testid="operation"][data-what="ACCEPT"]').waitFor();
  const done = await operator.getByTestId('operation').evaluateAll((all) => all.map(({ dataset }) => dataset.what));
  expect(done.filter((what) => what !== 'REMIND')).toEqual([
    ...['ACCEPT', 'DELIVER', 'DECIDE', 'APPEAL', 'REJECT_DELIVERY', 'DELIVER'],
    ...[
      'PLAN_MILESTONES',
      'PLAN_MILESTONES',
      'CONFIRM_REQUIREMENT',
      'SUBMIT_REQUIREMENT',
      'REJECT_REQUIREMENT',
      'SUBMIT_REQUIREMENT',
    ],
  ]);
  await expectSound(operator);
});

it('L37, S-46: the buyer follows a parcel and reads when it is accepted by itself', async () => {
  const { deliveryId } = await deliveryOf(parcel);
  const seller = await enter('seller', `/seller/deliveries/${deliveryId}`);
  await seller.getByTestId('carrier').fill('顺丰');
  await seller.getByTestId('tracking-number').fill('SF777777');
  await recordParcel(
    stage.world.platform.db,
    { carrier: '顺丰', trackingNo: 'SF777777', phone: '138****0000' },
    { at: stage.world.clock.now(), what: 'SIGNED', text: '本人签收' },
  );
  await seller.getByTestId('ship').click();
  await stepIs(seller, 'WAIT_ACCEPTANCE');
  await stage.happens('the carrier is asked', async () => {
    const { payload } = await deliveryOf(parcel);
    return payload.kind === 'PARCEL' && payload.tracking !== null;
  });
  const buyer = await enter('buyer', `/deliveries/${deliveryId}`);
  await buyer.getByTestId('tracking').getByText('本人签收').waitFor();
  await buyer
    .getByTestId('tracking')
    .getByText(/自动验收/)
    .waitFor();
  await expectSound(buyer);
  await picture(buyer, 'buyer-parcel');
});

it.each([
  { language: 'zh', width: 1280 },
  { language: 'en', width: 360 },
] as const)(
  'S6-8: what an acceptance file says is stated with the keyboard; what differs from the order is named, $language at $width',
  async (how) => {
    const { platform, demo, clock } = stage.world;
    await setTrack(platform.db, demo.buyerId, 'ENABLING', clock.now());
    onTestFinished(() => setTrack(platform.db, demo.buyerId, null, clock.now()));
    const { deliveryId, orderId } = await deliveryOf(await buy({ type: 'LICENSE', productClass: 'JOINT' }));
    const [line] = (await ordersByIds(platform.db, [orderId], { scope: ALL }))[0]?.lines ?? [];
    const company = (await buyersByIds(platform.db, [demo.buyerId])).get(demo.buyerId)?.name ?? '';
    const page = await enter('seller', `/seller/deliveries/${deliveryId}`, how);
    await page.getByTestId('acceptance-facts').waitFor();
    const type = async (field: string, text: string) => {
      await tabTo(page, field);
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type(text);
    };
    const send = async () => {
      await tabTo(page, 'hand-over-submit');
      await page.keyboard.press('Enter');
    };
    await page.getByTestId('upload-PROOF').first().locator('input[type=file]').setInputFiles(pdf);
    await page.getByTestId('file-link').first().waitFor();
    await type('facts-orders', orderId);
    await send();
    await page.getByTestId('hand-over-fault').waitFor();
    await expectSound(page);
    await picture(page, `seller-facts-missing-${how.language}-${how.width}`);
    await type('facts-company', 'Globex');
    await type('facts-product', line?.snapshot.productName[how.language] ?? '');
    await type('facts-specification', line?.snapshot.specificationName[how.language] ?? '');
    for (const file of ['facts-validityFileId', 'facts-kitFileId']) {
      await tabTo(page, file);
      await page.keyboard.press('ArrowDown');
      await page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().waitFor();
      await page.keyboard.press('Enter');
      await page.locator('.ant-select-dropdown:visible').waitFor({ state: 'detached' });
    }
    await expectSound(page);
    await picture(page, `seller-facts-${how.language}-${how.width}`);
    await send();
    const problem = page.getByTestId('problem');
    await problem.getByText(company).waitFor();
    await expectSound(page);
    await picture(page, `seller-facts-differ-${how.language}-${how.width}`);
    await type('facts-company', company);
    await send();
    await stepIs(page, 'HUAWEI_REVIEW');
    await page.getByTestId('facts-checked').getByText(orderId).waitFor();
    await expectSound(page);
    await picture(page, `seller-facts-checked-${how.language}-${how.width}`);
  },
);
