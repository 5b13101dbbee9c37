/** A delivery as examples begin with: an offline licence, paid a moment ago. */
import type { DeliveredFile, Delivery, Payload } from './definition.ts';
import { chooseFlow, type SupervisionState } from './supervision/flows.ts';
import { beginSupervision } from './supervision/model.ts';

export const PAID = new Date('2026-03-02T02:00:00.000Z');
export const LATER = new Date('2026-03-05T02:00:00.000Z');

export const aFile = (name = 'proof.pdf'): DeliveredFile => ({
  fileId: '00000000-0000-4000-8000-000000000001',
  name,
  size: 10,
  sha256: 'a'.repeat(64),
  mediaType: 'application/pdf',
});

export const PAYLOADS = {
  ACCESS: { kind: 'ACCESS', reportedAt: null, openedAt: null },
  LICENSE_TEXT: { kind: 'LICENSE_TEXT', hasText: false, file: null },
  LICENSE_CODE: { kind: 'LICENSE_CODE', pickedUpAt: null, activatedAt: null },
  IMAGE_GRANT: { kind: 'IMAGE_GRANT', assetId: 'image-1', regionId: null, grants: [] },
  API_SUBSCRIPTION: { kind: 'API_SUBSCRIPTION', assetId: 'api-1', apiGroupId: 'g', appKey: 'K', quota: null },
  FILE: { kind: 'FILE', assetId: null, version: null, file: null },
  PARCEL: { kind: 'PARCEL', carrier: null, trackingNo: null, shippedAt: null, hasReceiver: true, tracking: null },
  SERVICE: { kind: 'SERVICE' },
  REFERENCE: { kind: 'REFERENCE', assetId: 'model-1', version: '1', reference: 'models/1' },
  NONE: { kind: 'NONE' },
} as const satisfies Record<Payload['kind'], Payload>;

/** @param changes of a supervised one the step it stands at, else the first of its flow */
export function aDelivery(changes: Partial<Delivery> & { readonly step?: SupervisionState } = {}): Delivery {
  const { step, ...members } = changes;
  const delivery = { ...EXAMPLE, ...members };
  const { supervised, accessType, licenseVariant, payload } = delivery;
  const packaged = payload.kind === 'FILE' && payload.file !== null;
  const flow = chooseFlow({ accessType, licenseVariant, packaged, website: false, reviewed: false });
  if (!supervised || flow === null || members.supervision !== undefined) return delivery;
  const supervision = beginSupervision(flow.id, 'CN', PAID);
  return { ...delivery, supervision: { ...supervision, step: step ?? supervision.step } };
}

const EXAMPLE: Delivery = {
  deliveryId: 'delivery-1',
  orderLineId: 'CS1-000001',
  resourceId: 'CS1-000001',
  orderId: 'CS1',
  buyerId: 'buyer-1',
  placedBy: 'user-1',
  sellerId: 'seller-1',
  goodsId: 'goods-1',
  version: 1,
  productName: { zh: '许可', en: 'Licence' },
  accessType: 'LICENSE',
  licenseVariant: 'OFFLINE',
  supervised: true,
  opening: 'ON_PURCHASE',
  status: 'PENDING',
  payload: PAYLOADS.LICENSE_TEXT,
  sealed: null,
  requirement: null,
  result: '',
  proofs: [],
  enablingAt: null,
  createdAt: PAID,
  deliveredAt: null,
  acceptedAt: null,
  endedAt: null,
  reason: null,
  supervision: null,
  nextAt: null,
  traceId: 'trace-1',
};
