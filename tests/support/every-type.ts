/**
 * From the seller's empty form to what the buyer holds in hand, for any type of product: the seller writes and submits, an
 * operator approves, the buyer finds it by its Chinese and by its English words, pays, and receives. All in the browser.
 */
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { AccessType, AssetKind, LicenseVariant } from '../../packages/marketplace/src/catalog/index.ts';
import { deliveryOfResource } from '../../packages/marketplace/src/delivery/index.ts';
import { launchBrowser } from './browser.ts';
import { type ConsoleStage, openConsoleStage } from './console-stage.ts';
import { type Area, choose, expectSound, openVisit, picture, signInAs, type Visit } from './console-visits.ts';
import { approvedAsset } from './every-asset.ts';
import { approve, type Both, begin, describeProduct, field, step, submitDraft, write } from './publication.ts';
import { type SavedCase, saveCases } from './seller-interface.ts';

export interface TypeCase {
  readonly type: AccessType;
  readonly variant?: LicenseVariant;
  readonly name: Both;
  /** what the buyer searches for */
  readonly words: Both;
  readonly asset?: AssetKind;
  /** where the seller is called, if at all */
  readonly server?: {
    readonly at: (stage: ConsoleStage) => { readonly url: string; readonly keyId: string };
    readonly cases: readonly SavedCase[];
  };
  /** what only this type is asked; begins and ends on any step of the editor */
  readonly fill?: (page: Page) => Promise<void>;
  /** of the first row of the price table */
  readonly prices: readonly string[];
  /** what the order asks */
  readonly order?: (page: Page) => Promise<void>;
  /** hands over where the seller has to, and looks at what the buyer has got; the buyer stands on the page of the service */
  readonly receive: (told: Told) => Promise<void>;
}

export interface Told {
  readonly stage: ConsoleStage;
  readonly buyer: Page;
  readonly seller: Page;
  readonly lineId: string;
  /** what was brought about happens, then the buyer looks again */
  look(): Promise<void>;
  /** the seller stands on the page of the delivery */
  atSeller(): Promise<Page>;
}

export type EveryType = Awaited<ReturnType<typeof openEveryType>>;

/** One seller, one operator and two buyers, one of them English on a telephone, stay signed in for all types of a file. */
export async function openEveryType() {
  const [stage, browser] = await Promise.all([openConsoleStage(), launchBrowser()]);
  const visits = await Promise.all([
    enter(browser, stage, 'seller', {}),
    enter(browser, stage, 'operator', { language: 'en' }),
    enter(browser, stage, 'buyer', {}),
    enter(browser, stage, 'buyer', { language: 'en', width: 360 }),
  ]);
  const [{ page: seller }, { page: operator }, { page: chinese }, { page: english }] = visits;
  const sold = new Map<TypeCase, string>();
  const pictureOf = (page: Page, about: TypeCase, what: string): Promise<void> =>
    picture(page, `type-${slug(about)}-${what}-${page === english ? 'narrow-en' : page === operator ? 'en' : 'zh'}`);

  /** The seller writes it and submits. */
  async function publishes(about: TypeCase): Promise<void> {
    const asset = about.asset && (await approvedAsset(stage.world, about.asset));
    const goodsId = await begin(seller, stage.url, about.type, about.variant);
    sold.set(about, goodsId);
    const { server } = about;
    if (server) {
      await saveCases(stage.world, goodsId, server.at(stage), server.cases);
      await field(seller, 'interface.productionUrl').locator('input').fill(server.at(stage).url);
    }
    await describeProduct(seller, about.name, SUMMARY);
    await step(seller, 'SPECIFICATIONS');
    await write(seller, 'specifications.0.name', '标准规格', 'Standard');
    if (asset) await choose(field(seller, 'specifications.0.assetId'), asset);
    await about.fill?.(seller);
    await step(seller, 'SPECIFICATIONS');
    const cells = seller.getByTestId('matrix-cell');
    await cells.first().waitFor();
    expect(await cells.count()).toBe(about.prices.length);
    for (const [place, price] of about.prices.entries()) await cells.nth(place).fill(price);
    await expectSound(seller);
    await pictureOf(seller, about, 'prices');
    await submitDraft(seller);
  }

  /** One sitting of the operator, whatever waits. */
  async function approvesAll(): Promise<void> {
    await operator.goto(`${stage.url}/operator/reviews`);
    const rows = operator.getByTestId('review-row');
    for (let left = sold.size; left > 0; left -= 1) {
      await rows.first().waitFor();
      await expect.poll(() => rows.count()).toBe(left);
      await operator.getByTestId('review-link').first().click();
      await operator.getByTestId('decide').waitFor();
      await approve(operator);
      await operator.goBack();
    }
    await operator.getByTestId('empty').waitFor();
  }

  /** The buyer finds it in both languages, pays and receives. @param by whose turn it is */
  async function buys(about: TypeCase, by: 'zh' | 'en'): Promise<void> {
    const buyer = by === 'zh' ? chinese : english;
    for (const words of [about.words.zh, about.words.en]) {
      await buyer.goto(`${stage.url}/market?q=${encodeURIComponent(words)}`);
      await expect
        .poll(() => buyer.locator('[data-testid="product-card"] h3').allTextContents(), SOON)
        .toEqual([about.name[by]]);
    }
    await buyer.getByRole('link', { name: about.name[by] }).first().click();
    await buyer.getByTestId('buy-now').waitFor();
    await expectSound(buyer);
    await pictureOf(buyer, about, 'page');
    await buyer.locator('[data-testid="buy-now"]:not([disabled])').click();
    await buyer.getByTestId('agreement-marketplace').check();
    await buyer.getByTestId('agreement-product').check();
    await about.order?.(buyer);
    await buyer.locator('[data-testid="submit-order"]:not([disabled])').click();
    await buyer.locator('[data-testid="pay"]:not([disabled])').click();
    await buyer.waitForURL(/\/orders\/CS[0-9A-Z]+$/);
    const lineId = `${new URL(buyer.url()).pathname.split('/').at(-1)}-000001`;
    const look = async (): Promise<void> => {
      await stage.world.simulator.drain();
      await buyer.goto(`${stage.url}/services/${lineId}`);
      await buyer.getByTestId('next-step').first().waitFor();
    };
    await look();
    await about.receive({
      ...{ stage, buyer, seller, lineId, look },
      async atSeller() {
        const delivery = await deliveryOfResource(stage.world.platform.db, lineId, { kind: 'all' });
        await seller.goto(`${stage.url}/seller/deliveries/${delivery?.deliveryId}`);
        await seller.getByTestId('delivery').waitFor();
        return seller;
      },
    });
    await expectSound(buyer);
    await pictureOf(buyer, about, 'received');
  }

  async function close(): Promise<void> {
    for (const visit of visits) await visit.close();
    await browser.close();
    await stage.close();
  }
  return { stage, publishes, approvesAll, buys, close };
}

const HOMES: Readonly<Record<Area, string>> = {
  buyer: '/',
  enterprise: '/',
  seller: '/seller/products',
  operator: '/operator/reviews',
};
const SOON = { timeout: 20_000 };
const SUMMARY: Both = { zh: '为团队而做', en: 'Made for teams' };

async function enter(browser: Browser, stage: ConsoleStage, area: Area, how: Visit) {
  const visit = await openVisit(browser, how);
  await signInAs(visit.page, stage, area, HOMES[area]);
  return visit;
}

const slug = ({ type, variant }: TypeCase): string => [type, variant].filter(Boolean).join('-').toLowerCase();
