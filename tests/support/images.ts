/** Images by the month or year: published with an asset that was approved, ordered and shared. */
import {
  type AssetInfo,
  type AssetSource,
  contentOf,
  createAsset,
  publishProduct,
} from '../../packages/marketplace/src/catalog/index.ts';
import { type PaymentChoice, payOrder, placeOrder } from '../../packages/marketplace/src/ordering/index.ts';
import { uuid } from '../../packages/marketplace/src/platform/random.ts';
import type { World } from '../../packages/marketplace/src/testing/index.ts';
import { sampleProduct } from '../../packages/marketplace/src/testing/products.ts';
import { ALL, inTx } from './lives.ts';
import { granted } from './resources.ts';

export const IMAGE_REGION = 'cn-north-4';

export interface ImageProduct {
  readonly goodsId: string;
  /** of a price item */
  readonly month: string;
  readonly year: string;
}

/** @param unitPrice of a month and of a year */
export async function imageProduct(
  world: World,
  unitPrice: { readonly month: string; readonly year: string },
): Promise<ImageProduct> {
  const { platform, demo, simulator, clock } = world;
  const info: AssetInfo = {
    ...{ kind: 'IMAGE', osType: 'LINUX', osVersion: 'openEuler', arch: 'x86_64', minDiskGiB: 40, minRamMiB: 0 },
    ...{ agency: 'marketplace', securityGroup: [] },
  };
  const source: AssetSource = {
    ...{ kind: 'IMAGE', origin: 'PRIVATE_SYSTEM_DISK', sourceImageId: uuid(platform.random), sizeBytes: 1 },
    ...{ sha256: 'a'.repeat(64), regions: [IMAGE_REGION], vulnerabilities: [] },
  };
  const version = { version: '1.0', releaseNotes: '', source };
  const asset = { by: { sellerId: demo.sellerId, userId: 's' }, name: 'A', info, version };
  const { assetId } = granted(await inTx(world, (tx) => createAsset(platform, tx, asset, clock.now())));
  await simulator.drain();
  const sample = sampleProduct('IMAGE', platform.random, { modes: ['PERIOD'], assetId });
  const content = {
    ...sample,
    specifications: sample.specifications.map((specification) => ({
      ...specification,
      skus: specification.skus.map((sku) => ({
        ...sku,
        prices: sku.prices.map((price) => ({
          ...price,
          brackets: [{ from: 0, to: null, unitPrice: unitPrice[price.periodType ?? 'month'] }],
        })),
      })),
    })),
  };
  const goodsId = uuid(platform.random);
  const product = { goodsId, sellerId: demo.sellerId, site: 'CN', protocol: 'none', productionUrl: null } as const;
  await publishProduct(platform.db, { ...product, keyId: null, content }, clock.now());
  const prices = (await contentOf(platform.db, goodsId, 1)).specifications[0]?.skus[0]?.prices ?? [];
  const itemOf = (type: 'month' | 'year') => prices.find(({ periodType }) => periodType === type)?.priceItemId ?? '';
  return { goodsId, month: itemOf('month'), year: itemOf('year') };
}

/** Ordered for one period, paid and shared. @returns the line, which is the resource */
export async function boughtImage(
  world: World,
  order: {
    readonly priceItemId: string;
    readonly buyerId?: string;
    readonly choice?: PaymentChoice;
    readonly voucherId?: string;
  },
): Promise<string> {
  const { platform, simulator, clock, demo } = world;
  const { priceItemId, choice, ...more } = order;
  const line = { priceItemId, periodNumber: 1, parameters: [], regionId: IMAGE_REGION };
  const asked = { buyerId: demo.buyerId, userId: 'u1', lines: [line], traceId: uuid(platform.random), ...more };
  const { orderId, lines } = granted(await inTx(world, (tx) => placeOrder(platform, tx, asked, clock.now())));
  const payment = { orderId, scope: ALL, choice };
  granted(await inTx(world, (tx) => payOrder(platform, tx, payment, clock.now())));
  await simulator.drain();
  return lines[0]?.resourceId ?? '';
}
