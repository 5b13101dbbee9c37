/** Two buyers and two sellers who know nothing of each other, each pair with an order in every state that routes need. */
import { createBuyer } from '../../packages/marketplace/src/directory/index.ts';
import { listCalls } from '../../packages/marketplace/src/fulfilment/index.ts';
import { BANK, credit } from '../../packages/marketplace/src/ledger/index.ts';
import { buyerKey, sellerKey } from '../../packages/marketplace/src/notification/index.ts';
import { cancelOrder, payOrder, placeOrder } from '../../packages/marketplace/src/ordering/index.ts';
import { inTransaction, sql } from '../../packages/marketplace/src/platform/database/database.ts';
import { money } from '../../packages/marketplace/src/platform/money.ts';
import type { Platform } from '../../packages/marketplace/src/platform/platform.ts';
import { uuid } from '../../packages/marketplace/src/platform/random.ts';
import { createSellers, type World } from '../../packages/marketplace/src/testing/index.ts';
import { type FakeSeller, prompt } from './fake-seller.ts';

export interface Tenant {
  readonly buyerId: string;
  readonly sellerId: string;
  readonly goodsId: string;
  readonly priceItemId: string;
}
/** Ids of what one user of a tenant ordered. */
export interface Objects {
  readonly orderId: string;
  readonly resourceId: string;
  readonly cancelledOrderId: string;
  /** a call that failed once and waits for its next attempt */
  readonly callId: string;
  /** the task that would cancel an unpaid order; it failed once */
  readonly taskId: string;
  /** a person whom both the buyer and the seller named as receiver of messages */
  readonly receiverId: string;
  /** an e-mail that was given up */
  readonly deliveryId: string;
  /** what is to be handed over: a service, not delivered yet */
  readonly handoverId: string;
  /** a negotiated refund that waits for the seller */
  readonly refundId: string;
  /** an authorisation code of the delivered resource, not picked up yet */
  readonly codeId: string;
  /** a licence that was granted to it */
  readonly eventId: string;
  /** a private offer that is still a draft, and the link of one that is valid */
  readonly offerId: string;
  readonly token: string;
  readonly demandId: string;
  readonly voucherId: string;
  readonly specificationId: string;
  readonly reviewId: string;
  readonly questionId: string;
  readonly orderLineId: string;
  readonly skuCode: string;
  readonly goodsId: string;
  readonly priceItemId: string;
}

/** The demo tenant, and a second one beside it. */
export async function twoTenants(world: World, seller: FakeSeller): Promise<{ own: Tenant; foreign: Tenant }> {
  const { platform, demo } = world;
  const now = platform.clock.now();
  const [own, other] = await createSellers(platform, [seller.url, seller.url], 'an-access-key');
  if (!own || !other) throw new Error('two sellers were asked for');
  const second = { accountName: 'initech', name: 'Initech', site: 'CN' as const };
  const buyerId = await createBuyer(platform, platform.db, second, now);
  const topUp = { entryId: uuid(platform.random), kind: 'TOP_UP' as const, reference: buyerId, debit: BANK };
  const amount = money('100000.00', 'CNY');
  await credit(platform.db, buyerId, { ...topUp, amount, traceId: uuid(platform.random) }, now);
  return { own: { ...own, buyerId: demo.buyerId }, foreign: { ...other, buyerId } };
}

/** Four orders of one user: delivered, cancelled, failing at the seller, unpaid. */
export async function ordersOf(world: World, seller: FakeSeller, tenant: Tenant, userId: string): Promise<Objects> {
  const { platform } = world;
  const [delivered, cancelled, failing, unpaid] = [
    await place(platform, tenant, userId),
    await place(platform, tenant, userId),
    await place(platform, tenant, userId),
    await place(platform, tenant, userId),
  ];
  seller.behave((call, response) =>
    call.body.orderId === failing ? { resultCode: '000100', resultMsg: 'none left' } : prompt(call, response),
  );
  const now = platform.clock.now();
  const scope = { kind: 'all' as const };
  await inTransaction(platform.db, async (tx) => {
    await payOrder(platform, tx, { orderId: delivered, scope }, now);
    await payOrder(platform, tx, { orderId: failing, scope }, now);
    await cancelOrder(platform, tx, { orderId: cancelled, scope }, now);
  });
  await world.simulator.drain();
  const [call] = await listCalls(platform.db, { scope, orderId: failing, before: null, limit: 1 });
  // only what failed before can be restarted
  const task = await sql<{
    id: string;
  }>`UPDATE platform.tasks SET attempts = 1 WHERE subject = ${unpaid} RETURNING id`.execute(platform.db);
  return {
    orderId: delivered,
    resourceId: `${delivered}-000001`,
    cancelledOrderId: cancelled,
    callId: call?.id ?? '',
    taskId: task.rows[0]?.id ?? '',
    ...(await messagesTo(platform, tenant)),
    ...(await refundOf(platform, tenant, delivered, userId)),
    ...(await handoverOf(platform, tenant, delivered, userId)),
    ...(await licencesOf(platform, tenant, delivered, userId)),
    ...(await offersOf(platform, tenant, `${delivered}-000001`)),
    ...(await opinionsOf(platform, tenant, delivered, userId)),
    goodsId: tenant.goodsId,
    priceItemId: tenant.priceItemId,
  };
}

/** A review of the delivered line, and a question that waits for its answer. */
async function opinionsOf(platform: Platform, { buyerId, sellerId, goodsId }: Tenant, orderId: string, userId: string) {
  const [reviewId, questionId, orderLineId] = [uuid(platform.random), uuid(platform.random), `${orderId}-000001`];
  const now = platform.clock.now();
  const name = JSON.stringify({ zh: '产品', en: 'Product' });
  await sql`INSERT INTO catalog.purchases (order_line_id, order_id, goods_id, buyer_id, placed_by, product_name, specification_name, paid_at, completed_at)
    VALUES (${orderLineId}, ${orderId}, ${goodsId}, ${buyerId}, ${userId}, ${name}, ${name}, ${now}, ${now}) ON CONFLICT DO NOTHING`.execute(
    platform.db,
  );
  await sql`INSERT INTO catalog.reviews (review_id, order_line_id, goods_id, seller_id, buyer_id, author, product_name, specification_name, stars, text, pictures, created_at)
    VALUES (${reviewId}, ${orderLineId}, ${goodsId}, ${sellerId}, ${buyerId}, 'Ann', ${name}, ${name}, 5, 'Good', '[]', ${now})`.execute(
    platform.db,
  );
  await sql`INSERT INTO catalog.questions (question_id, goods_id, seller_id, buyer_id, author, text, created_at)
    VALUES (${questionId}, ${goodsId}, ${sellerId}, ${buyerId}, 'Ann', 'Does it work?', ${now})`.execute(platform.db);
  return { reviewId, questionId, orderLineId };
}

/** Negotiated refunds are of supervised lines; what may be seen and decided does not depend on that. */
async function refundOf(platform: Platform, { buyerId, sellerId, goodsId }: Tenant, orderId: string, userId: string) {
  const refundId = uuid(platform.random);
  const lineId = `${orderId}-000001`;
  const name = JSON.stringify({ zh: '产品', en: 'Product' });
  await sql`INSERT INTO ordering.refunds (refund_id, kind, state, resource_id, buyer_id, seller_id, goods_id, site, order_id, line_ids, amount, paid, currency, reason, contact_consent, product_name, requested_by, requested_at, trace_id)
    VALUES (${refundId}, 'NEGOTIATED', 'SELLER_REVIEW', ${lineId}, ${buyerId}, ${sellerId}, ${goodsId}, 'CN', ${orderId}, ${[lineId]}, '1', '1', 'CNY', 'late', false, ${name}, ${userId}, ${platform.clock.now()}, 't')`.execute(
    platform.db,
  );
  const { rows } = await sql<{
    sku_code: string;
  }>`SELECT sku_code FROM ordering.order_lines WHERE order_line_id = ${lineId}`.execute(platform.db);
  return { refundId, skuCode: rows[0]?.sku_code ?? '' };
}

/** No product of these tenants is a service; what may be seen and asked does not depend on that. */
async function handoverOf(platform: Platform, { buyerId, sellerId, goodsId }: Tenant, orderId: string, userId: string) {
  const handoverId = uuid(platform.random);
  const lineId = `${orderId}-000001`;
  await sql`INSERT INTO delivery.deliveries (delivery_id, order_line_id, resource_id, order_id, buyer_id, placed_by, seller_id, goods_id, version, product_name, kind, status, access_type, supervised, opening, payload, created_at, turn, trace_id)
    VALUES (${handoverId}, ${lineId}, ${lineId}, ${orderId}, ${buyerId}, ${userId}, ${sellerId}, ${goodsId}, 1, '{"zh":"","en":""}', 'SERVICE', 'PENDING', 'SERVICE', true, 'ON_PURCHASE', '{"kind":"SERVICE"}', ${platform.clock.now()}, 'SELLER', 't')`.execute(
    platform.db,
  );
  return { handoverId };
}

/** No product of these tenants is a License; what may be seen does not depend on that. */
async function licencesOf(platform: Platform, tenant: Tenant, orderId: string, userId: string) {
  const { buyerId, sellerId, goodsId } = tenant;
  const [codeId, eventId] = [uuid(platform.random), uuid(platform.random)];
  const [code, licence] = [
    platform.keys.seal(codeId, 'licensing.code'),
    platform.keys.seal('TA==', 'licensing.licence'),
  ];
  const now = platform.clock.now();
  await sql`INSERT INTO licensing.codes (code_id, code_hash, sealed, state, test, resource_id, order_id, buyer_id, placed_by, seller_id, goods_id, product_name, site, product_id, ordered_at, created_at)
    VALUES (${codeId}, ${codeId}, ${code}, 'CREATED', false, ${`${orderId}-000001`}, ${orderId}, ${buyerId}, ${userId}, ${sellerId}, ${goodsId}, '{"zh":"","en":""}', 'CN', 'OFFI', ${now}, ${now})`.execute(
    platform.db,
  );
  await sql`INSERT INTO licensing.applications (event_id, resource_id, order_id, buyer_id, placed_by, seller_id, goods_id, state, effective_at, requested_by, created_at, ended_at, kind, size, sha256, sealed)
    VALUES (${eventId}, ${`${orderId}-000001`}, ${orderId}, ${buyerId}, ${userId}, ${sellerId}, ${goodsId}, 'GRANTED', ${now}, ${userId}, ${now}, ${now}, 'CHARACTERS', 1, '', ${licence})`.execute(
    platform.db,
  );
  return { codeId, eventId };
}

/** A draft, a valid offer, a demand and a voucher of the pair of tenants. */
async function offersOf(platform: Platform, { buyerId, sellerId, goodsId }: Tenant, lineId: string) {
  const [offerId, valid, token, demandId, voucherId] = Array.from({ length: 5 }, () => uuid(platform.random));
  const now = platform.clock.now();
  const [soon, late] = [new Date(now.getTime() + 60_000), new Date(now.getTime() + 86_400_000)];
  const items = JSON.stringify([
    { goodsId, specificationId: null, rate: '0.9', priceItemId: null, quantity: null, periodNumber: null, vcpus: null },
  ]);
  for (const [id, state, link, from] of [
    [offerId, 'DRAFT', offerId, soon],
    [valid, 'VALID', token, now],
  ] as const)
    await sql`
      WITH made AS (
        INSERT INTO catalog.offers (offer_id, seller_id, kind, state, name, items, valid_from, valid_to, exempt, token, created_by, created_at)
        VALUES (${id}, ${sellerId}, 'PRODUCT', ${state}, 'n', ${items}, ${from}, ${late}, false, ${link}, 's', ${now}))
      INSERT INTO catalog.offer_buyers (offer_id, buyer_id, account_name) VALUES (${id}, ${buyerId}, 'a')`.execute(
      platform.db,
    );
  await sql`INSERT INTO catalog.demands (demand_id, seller_id, buyer_id, goods_id, body, state, decide_by, created_by, created_at)
    VALUES (${demandId}, ${sellerId}, ${buyerId}, ${goodsId}, 'cheaper', 'OPEN', ${late}, 'b', ${now})`.execute(
    platform.db,
  );
  await sql`INSERT INTO catalog.vouchers (voucher_id, seller_id, state, name, face_value, currency, items, modes, with_offers, claimable, valid_from, valid_to, total, created_by, created_at)
    VALUES (${voucherId}, ${sellerId}, 'PUBLISHED', 'v', 1, 'CNY', '[]', '{YEAR}', true, true, ${now}, ${late}, 100, 's', ${now})`.execute(
    platform.db,
  );
  const { rows } = await sql<{ specification_id: string }>`
    SELECT specification_id FROM ordering.order_lines WHERE order_line_id = ${lineId}`.execute(platform.db);
  return {
    offerId: offerId ?? '',
    token: token ?? '',
    demandId: demandId ?? '',
    voucherId: voucherId ?? '',
    specificationId: rows[0]?.specification_id ?? '',
  };
}

async function messagesTo(platform: Platform, { buyerId, sellerId }: Tenant) {
  const [receiverId, deliveryId] = [uuid(platform.random), uuid(platform.random)];
  const now = platform.clock.now();
  for (const tenant of [buyerKey(buyerId), sellerKey(sellerId)])
    await sql`INSERT INTO notification.receivers (tenant, receiver_id, name, language, email, email_verified, choices, created_at)
      VALUES (${tenant}, ${receiverId}, 'Ann', 'en', ${`${receiverId}@tenant.example`}, true, '{}', ${now})`.execute(
      platform.db,
    );
  await sql`INSERT INTO notification.deliveries (id, lane, pool, state, due_at, channel, tenant, receiver_id, source, variant, address, language, subject, body, trace_id, created_at)
    VALUES (${deliveryId}, ${deliveryId}, 'EMAIL', 'STOPPED', ${now}, 'EMAIL', ${buyerKey(buyerId)}, ${receiverId}, ${deliveryId}, 'N-22.ready', 'ann@tenant.example', 'en', 's', 'b', 't', ${now})`.execute(
    platform.db,
  );
  return { receiverId, deliveryId };
}

async function place(platform: Platform, tenant: Tenant, userId: string): Promise<string> {
  const lines = [{ priceItemId: tenant.priceItemId, quantity: 5, periodNumber: 1, parameters: [] }];
  const traceId = uuid(platform.random).replaceAll('-', '');
  const placed = await inTransaction(platform.db, (tx) =>
    placeOrder(platform, tx, { buyerId: tenant.buyerId, userId, lines, traceId }, platform.clock.now()),
  );
  if (!placed.ok) throw new Error(`order refused: ${placed.refusal.code}`);
  return placed.value.orderId;
}
