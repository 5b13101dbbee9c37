/** SQL of private offers and customers' demands. */
import type { Scope } from '../../directory/index.ts';
import { type Executor, sql } from '../../platform/database/database.ts';
import type { Position } from '../../platform/http/cursor.ts';
import { type DemandState, type Offer, type OfferState, offerItem, type Wish } from './model.ts';

interface OfferRow extends Omit<Offer, 'items'> {
  readonly items: unknown;
}
const COLUMNS = sql`o.offer_id AS "offerId", o.seller_id AS "sellerId", o.kind, o.state, o.name, o.items, o.valid_from AS "validFrom", o.valid_to AS "validTo",
  o.exempt, o.distributor_id AS "distributorId", o.demand_id AS "demandId", o.token, o.comment, o.order_id AS "orderId", o.created_at AS "createdAt"`;
const toOffer = (row: OfferRow): Offer => ({ ...row, items: offerItem.array().parse(row.items) });

/** Writes a new offer, or a draft once more, with its buyers. */
export async function saveOffer(
  executor: Executor,
  offer: Offer,
  buyers: readonly { readonly buyerId: string; readonly accountName: string }[],
  by: string,
): Promise<void> {
  await sql`
    INSERT INTO catalog.offers (offer_id, seller_id, kind, state, name, items, valid_from, valid_to, exempt, distributor_id, demand_id, token, comment, created_by, created_at)
    VALUES (${offer.offerId}, ${offer.sellerId}, ${offer.kind}, ${offer.state}, ${offer.name}, ${JSON.stringify(offer.items)}, ${offer.validFrom}, ${offer.validTo},
      ${offer.exempt}, ${offer.distributorId}, ${offer.demandId}, ${offer.token}, ${offer.comment}, ${by}, ${offer.createdAt})
    ON CONFLICT (offer_id) DO UPDATE SET kind = excluded.kind, name = excluded.name, items = excluded.items, valid_from = excluded.valid_from,
      valid_to = excluded.valid_to, exempt = excluded.exempt, distributor_id = excluded.distributor_id, demand_id = excluded.demand_id`.execute(
    executor,
  );
  await sql`DELETE FROM catalog.offer_buyers WHERE offer_id = ${offer.offerId}`.execute(executor);
  await sql`
    INSERT INTO catalog.offer_buyers (offer_id, buyer_id, account_name)
    SELECT ${offer.offerId}, b."buyerId", b."accountName"
    FROM jsonb_to_recordset(${JSON.stringify(buyers)}::jsonb) AS b ("buyerId" text, "accountName" text) ON CONFLICT DO NOTHING`.execute(
    executor,
  );
}

export async function setOfferState(
  executor: Executor,
  offerId: string,
  state: Offer['state'],
  comment: string | null = null,
): Promise<void> {
  await sql`
    UPDATE catalog.offers SET state = ${state}, comment = coalesce(${comment}::text, comment) WHERE offer_id = ${offerId}`.execute(
    executor,
  );
}

/** @param lock for a decision that changes it */
export async function offerById(
  executor: Executor,
  offerId: string,
  options: { readonly scope?: Scope; readonly lock?: true } = {},
): Promise<Offer | null> {
  const { rows } = await sql<OfferRow>`
    SELECT ${COLUMNS} FROM catalog.offers o WHERE o.offer_id = ${offerId} AND ${visible(options.scope ?? { kind: 'all' })}
    ${options.lock ? sql`FOR UPDATE` : sql``}`.execute(executor);
  return rows[0] ? toOffer(rows[0]) : null;
}

const visible = (scope: Scope) => {
  if (scope.kind === 'all') return sql`true`;
  return scope.kind === 'seller'
    ? sql`o.seller_id = ${scope.sellerId}`
    : sql`EXISTS (SELECT 1 FROM catalog.offer_buyers b WHERE b.offer_id = o.offer_id AND b.buyer_id = ${scope.buyerId})`;
};

/** An offer with whether this buyer is named in it, in one statement: part of a purchase. */
export async function offerFor(
  executor: Executor,
  offerId: string,
  buyerId: string,
): Promise<{ readonly offer: Offer | null; readonly mine: boolean }> {
  const { rows } = await sql<OfferRow & { mine: boolean }>`
    SELECT ${COLUMNS}, EXISTS (SELECT 1 FROM catalog.offer_buyers b WHERE b.offer_id = o.offer_id AND b.buyer_id = ${buyerId}) AS mine
    FROM catalog.offers o WHERE o.offer_id = ${offerId}`.execute(executor);
  const [row] = rows;
  if (!row) return { offer: null, mine: false };
  const { mine, ...offer } = row;
  return { offer: toOffer(offer), mine };
}

/** The offer that a link leads to, for a buyer who is named in it. */
export async function offerByToken(executor: Executor, token: string, buyerId: string): Promise<Offer | null> {
  const { rows } = await sql<OfferRow>`
    SELECT ${COLUMNS} FROM catalog.offers o JOIN catalog.offer_buyers b ON b.offer_id = o.offer_id AND b.buyer_id = ${buyerId}
    WHERE o.token = ${token}`.execute(executor);
  return rows[0] ? toOffer(rows[0]) : null;
}

/** Newest first. */
export async function listOffers(
  executor: Executor,
  query: {
    readonly scope: Scope;
    readonly state: OfferState | undefined;
    readonly before: Position | null;
    readonly limit: number;
    readonly now: Date;
  },
): Promise<Offer[]> {
  const { state, before, now } = query;
  const { rows } = await sql<OfferRow>`
    SELECT ${COLUMNS} FROM catalog.offers o WHERE ${visible(query.scope)}
      ${state ? sql`AND CASE WHEN o.state = 'VALID' AND o.valid_to <= ${now} THEN 'EXPIRED' ELSE o.state END = ${state}` : sql``}
      ${before ? sql`AND (o.created_at, o.offer_id) < (${before.at}, ${before.id})` : sql``}
    ORDER BY o.created_at DESC, o.offer_id DESC LIMIT ${query.limit}`.execute(executor);
  return rows.map(toOffer);
}

/** A buyer's offers that he may see: from approval on; newest first. */
export async function offersOfBuyer(executor: Executor, buyerId: string, limit: number): Promise<Offer[]> {
  const { rows } = await sql<OfferRow>`
    SELECT ${COLUMNS} FROM catalog.offer_buyers b JOIN catalog.offers o USING (offer_id)
    WHERE b.buyer_id = ${buyerId} AND o.state IN ('VALID', 'USED') ORDER BY o.created_at DESC, o.offer_id DESC LIMIT ${limit}`.execute(
    executor,
  );
  return rows.map(toOffer);
}

/** These offers, whoever made them. */
export async function offersByIds(executor: Executor, offerIds: readonly string[]): Promise<Offer[]> {
  if (offerIds.length === 0) return [];
  const { rows } = await sql<OfferRow>`
    SELECT ${COLUMNS} FROM catalog.offers o WHERE o.offer_id = ANY(${offerIds}::text[])`.execute(executor);
  return rows.map(toOffer);
}

export async function buyersOfOffers(
  executor: Executor,
  offerIds: readonly string[],
): Promise<Map<string, { buyerId: string; accountName: string }[]>> {
  const { rows } = await sql<{ offer_id: string; buyerId: string; accountName: string }>`
    SELECT offer_id, buyer_id AS "buyerId", account_name AS "accountName" FROM catalog.offer_buyers
    WHERE offer_id = ANY(${offerIds}::text[]) ORDER BY account_name`.execute(executor);
  const found = new Map<string, { buyerId: string; accountName: string }[]>();
  for (const { offer_id, ...buyer } of rows) found.set(offer_id, [...(found.get(offer_id) ?? []), buyer]);
  return found;
}

/** An order takes an offer: a CONFIGURATION is used up by it. @returns false = another order was faster */
export async function takeOffer(executor: Executor, offer: Offer, orderId: string): Promise<boolean> {
  const state = offer.kind === 'CONFIGURATION' ? 'USED' : 'VALID';
  const result = await sql`
    UPDATE catalog.offers SET state = ${state}, order_id = ${orderId} WHERE offer_id = ${offer.offerId} AND state = 'VALID'`.execute(
    executor,
  );
  return Number(result.numAffectedRows ?? 0) === 1;
}

/** The order was cancelled: a CONFIGURATION may be ordered once more, and a demand without any other order is no deal yet (S-55). */
export async function giveOfferBack(executor: Executor, orderId: string, offerIds: readonly string[]): Promise<void> {
  await sql`
    UPDATE catalog.demands d SET orders = d.orders - 1, state = CASE WHEN d.orders = 1 THEN 'ACCEPTED' ELSE d.state END
    FROM catalog.offers o WHERE o.offer_id = ANY(${offerIds}::text[]) AND d.demand_id = o.demand_id AND d.state = 'CLOSED'`.execute(
    executor,
  );
  await sql`
    UPDATE catalog.offers SET state = CASE WHEN state = 'USED' THEN 'VALID' ELSE state END, order_id = NULL
    WHERE offer_id = ANY(${offerIds}::text[]) AND order_id = ${orderId}`.execute(executor);
}

// --- demands --------------------------------------------------------------------------------------------------

export interface Demand {
  readonly demandId: string;
  readonly sellerId: string;
  readonly buyerId: string;
  readonly goodsId: string;
  readonly text: string;
  /** the service provider who made it for the customer (S9-3); null = the customer itself */
  readonly distributorId: string | null;
  readonly wish: Wish;
  readonly state: DemandState;
  readonly decideBy: Date;
  readonly decidedBy: 'seller' | 'system' | null;
  readonly comment: string | null;
  readonly createdAt: Date;
  /** the newest offer that answers it */
  readonly offerId: string | null;
}
const DEMAND = sql`d.demand_id AS "demandId", d.seller_id AS "sellerId", d.buyer_id AS "buyerId", d.goods_id AS "goodsId", d.body AS text, d.distributor_id AS "distributorId", d.wish, d.state,
  d.decide_by AS "decideBy", d.decided_by AS "decidedBy", d.comment, d.created_at AS "createdAt",
  (SELECT o.offer_id FROM catalog.offers o WHERE o.demand_id = d.demand_id ORDER BY o.created_at DESC LIMIT 1) AS "offerId"`;

export async function insertDemand(executor: Executor, demand: Demand, by: string): Promise<void> {
  await sql`
    INSERT INTO catalog.demands (demand_id, seller_id, buyer_id, goods_id, body, distributor_id, wish, state, decide_by, created_by, created_at)
    VALUES (${demand.demandId}, ${demand.sellerId}, ${demand.buyerId}, ${demand.goodsId}, ${demand.text}, ${demand.distributorId}, ${JSON.stringify(demand.wish)}::jsonb, ${demand.state}, ${demand.decideBy}, ${by}, ${demand.createdAt})`.execute(
    executor,
  );
}

const own = (scope: Scope) =>
  scope.kind === 'all'
    ? sql`true`
    : scope.kind === 'seller'
      ? sql`d.seller_id = ${scope.sellerId}`
      : sql`d.buyer_id = ${scope.buyerId}`;

export async function demandById(
  executor: Executor,
  demandId: string,
  options: { readonly scope: Scope; readonly lock?: true },
): Promise<Demand | null> {
  const { rows } = await sql<Demand>`
    SELECT ${DEMAND} FROM catalog.demands d WHERE d.demand_id = ${demandId} AND ${own(options.scope)}
    ${options.lock ? sql`FOR UPDATE` : sql``}`.execute(executor);
  return rows[0] ?? null;
}

export async function decideDemand(
  executor: Executor,
  demandId: string,
  decision: { readonly state: DemandState; readonly decidedBy: 'seller' | 'system'; readonly comment: string | null },
): Promise<void> {
  await sql`
    UPDATE catalog.demands SET state = ${decision.state}, decided_by = ${decision.decidedBy}, comment = ${decision.comment}
    WHERE demand_id = ${demandId}`.execute(executor);
}

/** The customer ordered through the offer that answers it (S-55). */
export async function closeDemand(executor: Executor, demandId: string): Promise<void> {
  await sql`
    UPDATE catalog.demands SET state = 'CLOSED', orders = orders + 1 WHERE demand_id = ${demandId} AND state IN ('ACCEPTED', 'CLOSED')`.execute(
    executor,
  );
}

export async function listDemands(
  executor: Executor,
  query: {
    readonly scope: Scope;
    /** those that this service provider made */
    readonly distributorId?: string | undefined;
    readonly state: DemandState | undefined;
    readonly before: Position | null;
    readonly limit: number;
  },
): Promise<Demand[]> {
  const { rows } = await sql<Demand>`
    SELECT ${DEMAND} FROM catalog.demands d WHERE ${own(query.scope)}
      ${query.distributorId === undefined ? sql`` : sql`AND d.distributor_id = ${query.distributorId}`}
      ${query.state ? sql`AND d.state = ${query.state}` : sql``}
      ${query.before ? sql`AND (d.created_at, d.demand_id) < (${query.before.at}, ${query.before.id})` : sql``}
    ORDER BY d.created_at DESC, d.demand_id DESC LIMIT ${query.limit}`.execute(executor);
  return rows;
}
