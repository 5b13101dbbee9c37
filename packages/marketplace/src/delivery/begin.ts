/**
 * A paid purchase: each line that is not plain SaaS gets its delivery. What the marketplace can hand over by itself it
 * does at once: packages, references, subscriptions, content; images are shared by the image service a moment later (7.3).
 */
import { type ApprovedAsset, accessRules, approvedAssets, contentsOf } from '../catalog/index.ts';
import { type OrderPaid, type PaidLine, receiverOf } from '../ordering/index.ts';
import type { Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Random, randomText, UPPER_ALPHANUMERIC, uuid } from '../platform/random.ts';
import { commitSteps, type Step } from './commit.ts';
import type { Delivery, ImageGrant, Payload } from './definition.ts';
import { failed, madeBySystem } from './model.ts';
import { SEALED_PURPOSE } from './schema.ts';
import { insertDeliveries } from './store.ts';
import type { Supervision } from './supervision/definition.ts';
import { chooseFlow } from './supervision/flows.ts';
import { beginSupervision } from './supervision/model.ts';
import { remindLater } from './supervision/reminder-times.ts';
import { tracksOf } from './supervision/store.ts';

export type Paid = OrderPaid & { readonly traceId: string; readonly paidAt: Date };

export async function beginDeliveries(platform: Platform, tx: Tx, orders: readonly Paid[], now: Date): Promise<void> {
  const lines = orders
    .filter(({ orderType }) => orderType === 'NEW' || orderType === 'TRIAL')
    .flatMap((order) => order.lines.filter(isDelivered).map((line) => ({ order, line })));
  if (lines.length === 0) return;
  const assets = await approvedAssets(
    tx,
    lines.flatMap(({ line }) => line.delivery.assetId ?? []),
  );
  const sales = await salesOf(tx, lines);
  const begun: Delivery[] = [];
  for (const { order, line } of lines) {
    const asset = line.delivery.assetId === null ? undefined : assets.get(line.delivery.assetId);
    const sent = line.delivery.accessType === 'HARDWARE';
    const hasReceiver = sent && (await receiverOf(platform, tx, order.orderId)) !== null;
    begun.push(begin(platform, order, line, { asset, hasReceiver, sold: sales.get(line.orderLineId) ?? PLAIN }));
  }
  const fresh = await insertDeliveries(tx, begun);
  const steps = fresh.flatMap((delivery): Step[] => {
    const moved = handOver(delivery, now);
    return moved ? [{ from: 'PENDING', delivery: moved }] : [];
  });
  await commitSteps(platform, tx, steps, now);
  await remindLater(platform, tx, fresh, now);
}

/** What of a product and its buyer decides about the flow (6.3, S-48). */
interface Sold {
  readonly website: boolean;
  readonly reviewed: boolean;
}
const PLAIN: Sold = { website: false, reviewed: false };

async function salesOf(
  tx: Tx,
  lines: readonly { readonly order: Paid; readonly line: PaidLine }[],
): Promise<ReadonlyMap<string, Sold>> {
  const supervised = lines.filter(({ line }) => line.delivery.supervised);
  if (supervised.length === 0) return new Map();
  const contents = await contentsOf(
    tx,
    supervised.map(({ line }) => line),
  );
  const tracks = await tracksOf(tx, [...new Set(supervised.map(({ order }) => order.buyerId))]);
  return new Map(
    supervised.map(({ order, line }, place) => {
      const content = contents[place];
      const reviewed = content?.class === 'JOINT' && tracks.has(order.buyerId);
      return [line.orderLineId, { website: content?.categoryId.startsWith(WEBSITES) ?? false, reviewed }];
    }),
  );
}
/** group of the catalogue whose services use the template for websites (6.3) */
const WEBSITES = 'website';

function supervisionOf(order: Paid, line: PaidLine, payload: Payload, sold: Sold): Supervision | null {
  const { accessType, licenseVariant, supervised } = line.delivery;
  if (!supervised) return null;
  const packaged = payload.kind === 'FILE' && payload.file !== null;
  const flow = chooseFlow({ accessType, licenseVariant, packaged, ...sold });
  return flow && beginSupervision(flow.id, line.site, order.paidAt);
}

/** Plain SaaS is delivered by its seller's server alone. */
const isDelivered = ({ delivery }: PaidLine): boolean => delivery.accessType !== 'SAAS' || delivery.supervised;

interface Given {
  readonly asset: ApprovedAsset | undefined;
  /** L37: it lies sealed with the order */
  readonly hasReceiver: boolean;
  readonly sold: Sold;
}

function begin(platform: Platform, order: Paid, line: PaidLine, given: Given): Delivery {
  const { accessType, licenseVariant, supervised, opening } = line.delivery;
  const payload = firstPayload(platform.random, line, given);
  const { orderLineId, resourceId, buyerId, sellerId, goodsId, version, productName } = line;
  return {
    deliveryId: uuid(platform.random),
    ...{ orderLineId, resourceId, buyerId, sellerId, goodsId, version, productName },
    ...{ accessType, licenseVariant, supervised, opening, payload },
    orderId: order.orderId,
    placedBy: order.placedBy,
    status: 'PENDING',
    sealed: secretOf(platform, payload),
    requirement: null,
    result: '',
    proofs: [],
    enablingAt: null,
    createdAt: order.paidAt,
    deliveredAt: null,
    acceptedAt: null,
    endedAt: null,
    reason: null,
    supervision: supervisionOf(order, line, payload, given.sold),
    nextAt: payload.kind === 'IMAGE_GRANT' && payload.grants.length > 0 ? order.paidAt : null,
    traceId: order.traceId,
  };
}

/** What is frozen at the payment (L21): newest approved version, its file, its images, the quota. */
function firstPayload(random: Random, line: PaidLine, { asset, hasReceiver }: Given): Payload {
  const { accessType, licenseVariant, regionId, assetId } = line.delivery;
  const version = asset?.version ?? null;
  const kind = accessRules(accessType, licenseVariant).delivery;
  switch (kind) {
    case 'ACCESS':
      return { kind, reportedAt: null, openedAt: null };
    case 'LICENSE_TEXT':
      return { kind, hasText: false, file: null };
    case 'LICENSE_CODE':
      return { kind, pickedUpAt: null, activatedAt: null };
    case 'IMAGE_GRANT':
      return { kind, assetId, regionId, grants: asset ? grantsOf(random, asset, regionId) : [] };
    case 'API_SUBSCRIPTION': {
      const quota = line.package && { amount: line.package.quota, unit: line.package.unit };
      const appKey = asset ? randomText(random, APP_KEY_LENGTH, UPPER_ALPHANUMERIC) : null;
      return { kind, assetId, apiGroupId: asset?.apiGroupId ?? null, appKey, quota };
    }
    case 'FILE':
      return { kind, assetId, version, file: asset?.file ?? null };
    case 'PARCEL':
      return { kind, carrier: null, trackingNo: null, shippedAt: null, hasReceiver, tracking: null };
    case 'REFERENCE':
      return { kind, assetId, version, reference: asset?.reference ?? null };
    case 'SERVICE':
    case 'NONE':
      return { kind };
  }
}
const APP_KEY_LENGTH = 20;
const APP_SECRET_BYTES = 32;

/** An image is shared into the region that was ordered, else into all that it is ready in. */
export function grantsOf(random: Random, asset: ApprovedAsset, regionId: string | null): ImageGrant[] {
  const { version, sha256 } = asset;
  if (sha256 === null) return [];
  return asset.regions
    .filter((region) => regionId === null || region.regionId === regionId)
    .map((region) => ({
      grantId: uuid(random),
      regionId: region.regionId,
      imageId: region.imageId,
      imageVersion: version,
      sha256,
      status: 'PENDING',
      sharedAt: null,
      revokedAt: null,
    }));
}

/** The secret of a buyer's app at the API gateway. */
function secretOf({ keys, random }: Platform, payload: Payload): string | null {
  if (payload.kind !== 'API_SUBSCRIPTION' || payload.appKey === null) return null;
  return keys.seal(Buffer.from(random.bytes(APP_SECRET_BYTES)).toString('base64url'), SEALED_PURPOSE);
}

/** @returns null = somebody else hands it over, or the image service */
function handOver(delivery: Delivery, now: Date): Delivery | null {
  const { payload } = delivery;
  switch (payload.kind) {
    case 'IMAGE_GRANT':
      return payload.grants.length > 0 ? null : failed(delivery, NO_IMAGE, now);
    case 'API_SUBSCRIPTION':
      return payload.appKey === null ? failed(delivery, NO_ASSET, now) : madeBySystem(delivery, now);
    case 'REFERENCE':
      return payload.reference === null ? failed(delivery, NO_ASSET, now) : madeBySystem(delivery, now);
    case 'FILE':
      // L20: the buyer deploys a package itself and accepts; data are handed over by the seller
      return delivery.licenseVariant === 'PACKAGE' && payload.file !== null ? madeBySystem(delivery, now) : null;
    case 'NONE':
      return madeBySystem(delivery, now);
    default:
      return null;
  }
}
const NO_IMAGE = { zh: '所选区域没有可用的镜像版本', en: 'No approved image is ready in the chosen region' };
const NO_ASSET = { zh: '没有已通过审核的资产版本', en: 'The asset has no approved version' };
