/** Deliveries: what a buyer gets of an order, what a seller hands over, what waits for whom (L39). */
import { contentOf } from '../../catalog/index.ts';
import {
  acceptDelivery,
  type Delivery,
  deliver,
  deliveryById,
  fileOfDelivery,
  listDeliveries,
  require,
  ship,
  showReceiver,
  showSecret,
  switchImage,
} from '../../delivery/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { fileLink } from '../../platform/files/index.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { ok, refuse } from '../../platform/result.ts';
import {
  auditDelivery,
  deliveryDone,
  deliveryId,
  deliveryOf,
  presentDeliveries,
  presentOne,
} from './delivery-answers.ts';
import * as schemas from './delivery-schemas.ts';
import { type Call, type ConsoleRoute, command, noQuery, read } from './route.ts';

export const deliveryRoutes: ConsoleRoute[] = [
  read({
    path: '/deliveries',
    summary: 'Deliveries, newest first; those that wait for the reader',
    action: 'delivery.view',
    query: schemas.deliveryQuery,
    response: schemas.deliveryPage,
    async run(call, { cursor, limit, mine, appealed, ...query }) {
      const { db } = call.platform;
      const turn = mine === undefined ? undefined : SIDES[call.scope.kind];
      const before = cursor ? decodeCursor(cursor) : null;
      const found = await listDeliveries(db, {
        ...query,
        turn,
        appealed: appealed === 'true',
        scope: call.scope,
        before,
        limit: limit + 1,
      });
      const page = toPage(found, limit, ({ createdAt, deliveryId }) => ({ at: createdAt, id: deliveryId }));
      return ok({ items: await presentDeliveries(call, db, page.items), nextCursor: page.nextCursor });
    },
  }),
  read({
    path: '/deliveries/{deliveryId}',
    summary: 'What was or is to be handed over for an order line',
    action: 'delivery.view',
    query: noQuery,
    response: schemas.orderDelivery,
    async run(call) {
      const { db } = call.platform;
      const delivery = await deliveryById(db, deliveryId(call), { scope: call.scope });
      return delivery ? presentOne(call, db, ok(delivery)) : refuse('NOT_FOUND', 'there is no such delivery');
    },
  }),
  command({
    path: '/deliveries/{deliveryId}/requirement',
    summary: 'The buyer says what it needs (L35)',
    action: 'delivery.receive',
    body: schemas.requirementRequest,
    response: schemas.orderDelivery,
    run: (call, body, tx) =>
      deliveryDone(call, tx, 'require', require(call.platform, tx, { ...deliveryOf(call), ...body }, call.now)),
  }),
  command({
    path: '/deliveries/{deliveryId}/handover',
    summary: 'The seller hands over: licence, file, proofs, actual enabling time (L6, L7)',
    action: 'delivery.make',
    body: schemas.deliverRequest,
    response: schemas.orderDelivery,
    run(call, { enablingAt, ...body }, tx) {
      const at = enablingAt === null ? null : new Date(enablingAt);
      return deliveryDone(
        call,
        tx,
        'deliver',
        deliver(call.platform, tx, { ...deliveryOf(call), ...body, enablingAt: at }, call.now),
      );
    },
  }),
  command({
    path: '/deliveries/{deliveryId}/shipment',
    summary: 'The seller has sent the parcel: carrier and tracking number (L37)',
    action: 'delivery.make',
    body: schemas.shipRequest,
    response: schemas.orderDelivery,
    run: (call, body, tx) =>
      deliveryDone(call, tx, 'ship', ship(call.platform, tx, { ...deliveryOf(call), ...body }, call.now)),
  }),
  command({
    path: '/deliveries/{deliveryId}/acceptance',
    summary: 'The buyer accepts: the order line is done, its time begins (L7)',
    action: 'delivery.receive',
    body: schemas.acceptRequest,
    response: schemas.orderDelivery,
    run: (call, _, tx) =>
      deliveryDone(call, tx, 'accept', acceptDelivery(call.platform, tx, deliveryOf(call), call.now)),
  }),
  command({
    path: '/deliveries/{deliveryId}/secret-reveals',
    summary: 'Licence text or secret of an app, for the buyer of the order; written to the audit log (L8)',
    action: 'delivery.receive',
    body: schemas.secretRequest,
    response: schemas.deliverySecret,
    replay: false,
    async run(call, _, tx) {
      const shown = await showSecret(call.platform, tx, deliveryOf(call));
      if (!shown.ok) return shown;
      await auditDelivery(call, tx, 'reveal', shown.value.delivery);
      return ok({ text: shown.value.value });
    },
  }),
  command({
    path: '/deliveries/{deliveryId}/receiver-reveals',
    summary: 'To whom the seller sends the parcel; written to the audit log (L37)',
    action: 'delivery.make',
    body: schemas.secretRequest,
    response: schemas.parcelReceiver,
    replay: false,
    async run(call, _, tx) {
      const shown = await showReceiver(call.platform, tx, deliveryOf(call));
      if (!shown.ok) return shown;
      await auditDelivery(call, tx, 'receiver', shown.value.delivery);
      return ok(shown.value.value);
    },
  }),
  command({
    path: '/deliveries/{deliveryId}/downloads',
    summary: 'A link to the delivered file, signed for this user, for 24 hours; written to the audit log (L8, L21)',
    action: 'delivery.receive',
    body: schemas.downloadRequest,
    response: schemas.downloadLink,
    replay: false,
    run: (call, { fileId }, tx) => linked(call, tx, fileId, 'GOODS'),
  }),
  command({
    path: '/deliveries/{deliveryId}/document-links',
    summary: 'A link to a requirement or proof, for both sides and the operator',
    action: 'delivery.view',
    body: schemas.downloadRequest,
    response: schemas.downloadLink,
    replay: false,
    run: (call, { fileId }, tx) => linked(call, tx, fileId, 'DOCUMENT'),
  }),
  command({
    path: '/deliveries/{deliveryId}/image-version',
    summary: 'The buyer moves its grants to the newest version of the image (7.3)',
    action: 'delivery.receive',
    body: schemas.switchVersionRequest,
    response: schemas.orderDelivery,
    run: (call, { version }, tx) =>
      deliveryDone(call, tx, 'switch', switchImage(call.platform, tx, { ...deliveryOf(call), version }, call.now)),
  }),
];

const SIDES = { buyer: 'BUYER', seller: 'SELLER', all: 'OPERATOR' } as const;

async function linked(call: Call, tx: Tx, fileId: string, kind: 'GOODS' | 'DOCUMENT') {
  const templateOf = async ({ goodsId, version }: Delivery) => (await contentOf(tx, goodsId, version)).deliveryTemplate;
  const found = await fileOfDelivery(tx, { ...deliveryOf(call), fileId, kind, templateOf });
  if (!found.ok) return found;
  const { delivery, file } = found.value;
  if (kind === 'GOODS') await auditDelivery(call, tx, 'download', delivery);
  const link = fileLink(call.platform, fileId, { forUser: call.principal.userId, now: call.now });
  return ok({
    url: link.url,
    expiresAt: link.expiresAt.toISOString(),
    name: file.name,
    size: file.size,
    sha256: file.sha256,
  });
}
