/** A delivery as the console shows it to one reader: what there is, whose turn it is, what this reader may do. */
import type { z } from 'zod';
import type { FileRef } from '../../catalog/index.ts';
import {
  acceptanceAt,
  type Delivery,
  isHad,
  isMadeBySeller,
  mayDo,
  takesRequirement,
  turnOf,
  waitsForSeller,
} from '../../delivery/index.ts';
import { type Principal, scopeOf } from '../../directory/index.ts';
import type { deliveryPayload, orderDelivery } from './delivery-schemas.ts';
import type { Names } from './present.ts';
import { presentSupervision } from './supervision-present.ts';

/** What the reader sees besides the delivery's own row. */
export interface Beside {
  readonly names: Names;
  readonly template: FileRef | null;
  /** newest approved version of the image; null = not asked, or none */
  readonly newestImage: string | null;
  readonly now: Date;
}

export function presentDelivery(
  delivery: Delivery,
  reader: Principal,
  { names, template, newestImage, now }: Beside,
): z.infer<typeof orderDelivery> {
  const time = (at: Date | null) => at?.toISOString() ?? null;
  const { deliveryId, orderId, orderLineId, resourceId, goodsId, productName, buyerId, sellerId } = delivery;
  const { accessType, licenseVariant, supervised, opening, status, requirement, result, proofs, reason } = delivery;
  return {
    ...{ deliveryId, orderId, orderLineId, resourceId, goodsId, productName, buyerId, sellerId },
    ...{ accessType, licenseVariant, supervised, opening, status, requirement, result, reason, template },
    buyerName: names.buyer(buyerId),
    sellerName: names.seller(sellerId),
    payload: presentPayload(delivery, newestImage),
    proofs: [...proofs],
    enablingAt: time(delivery.enablingAt),
    createdAt: delivery.createdAt.toISOString(),
    deliveredAt: time(delivery.deliveredAt),
    acceptedAt: time(delivery.acceptedAt),
    endedAt: time(delivery.endedAt),
    waitsFor: turnOf(delivery),
    supervision: presentSupervision(delivery, reader, now),
    may: mayOf(delivery, reader, newestImage),
  };
}

function presentPayload(delivery: Delivery, newest: string | null): z.infer<typeof deliveryPayload> {
  const { payload } = delivery;
  switch (payload.kind) {
    case 'ACCESS':
      return { kind: payload.kind, openedAt: payload.openedAt };
    case 'IMAGE_GRANT': {
      const granted = payload.grants[0]?.imageVersion;
      return { ...payload, newerVersion: newest !== null && newest !== granted ? newest : null };
    }
    case 'API_SUBSCRIPTION': {
      const { kind, apiGroupId, appKey, quota } = payload;
      return { kind, apiGroupId, appKey, quota };
    }
    case 'PARCEL':
      return { ...payload, tracking: payload.tracking && { ...payload.tracking, acceptAt: acceptAtOf(delivery) } };
    default:
      return payload;
  }
}

/** S-46: when the system accepts, if nothing follows; null = it does not. */
function acceptAtOf({ payload, status }: Delivery): string | null {
  if (payload.kind !== 'PARCEL' || payload.tracking === null || status !== 'DELIVERED') return null;
  return acceptanceAt(payload.tracking)?.toISOString() ?? null;
}

function mayOf(delivery: Delivery, reader: Principal, newest: string | null): z.infer<typeof orderDelivery>['may'] {
  const { payload, sealed, status } = delivery;
  const receives = reader.buyerId === delivery.buyerId && scopeOf(reader, 'delivery.receive') !== null;
  const makes = reader.sellerId === delivery.sellerId && scopeOf(reader, 'delivery.make') !== null;
  const parcel = payload.kind === 'PARCEL';
  const file = payload.kind === 'FILE' || payload.kind === 'LICENSE_TEXT' ? payload.file : null;
  return {
    require: receives && takesRequirement(delivery),
    deliver: makes && !parcel && isMadeBySeller(delivery) && waitsForSeller(delivery),
    ship: makes && parcel && waitsForSeller(delivery),
    accept: receives && mayDo(delivery, 'ACCEPT', 'BUYER'),
    showSecret: receives && sealed !== null && isHad(delivery),
    showReceiver: makes && payload.kind === 'PARCEL' && payload.hasReceiver,
    download: receives && file !== null && isHad(delivery),
    switchVersion:
      receives &&
      payload.kind === 'IMAGE_GRANT' &&
      status === 'DELIVERED' &&
      newest !== null &&
      newest !== payload.grants[0]?.imageVersion,
  };
}
