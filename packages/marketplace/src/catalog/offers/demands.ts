/**
 * Demands (C51a, S9-2, S9-3, S-55): sent before an offer, by a customer or by a service provider for it; accepted or refused by
 * the seller within 5 days, else rejected by time.
 */
import { buyersByIds, distributorById, distributorNames, type Scope } from '../../directory/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { traceId, uuid } from '../../platform/random.ts';
import { ok, type Result, refuse } from '../../platform/result.ts';
import { addTask, type TaskHandler } from '../../platform/tasks/marketplace-tasks.ts';
import { buyersFault } from '../sales/service.ts';
import type { Listed } from '../sales/store.ts';
import { contentOf, productById } from '../store.ts';
import { DEMAND_DAYS, mayDemand, NO_WISH, type Wish } from './model.ts';
import { type Demand, decideDemand, demandById, insertDemand } from './store.ts';

export const REJECT_DEMAND = 'catalog.reject-demand';
const DAY_MS = 86_400_000;
const ALL = { kind: 'all' } as const;

export interface SendDemand {
  readonly buyerId: string;
  readonly userId: string;
  readonly goodsId: string;
  readonly text: string;
}

/** Refuses NOT_FOUND, NOT_ON_SALE. */
export async function sendDemand(platform: Platform, tx: Tx, input: SendDemand, now: Date): Promise<Result<Demand>> {
  return send(platform, tx, { ...input, distributorId: null, wish: NO_WISH }, now);
}

export interface ShareDemand {
  readonly distributorId: string;
  readonly userId: string;
  /** named by account name and id together, as in private offers: nobody is found by guessing */
  readonly buyer: Listed;
  readonly goodsId: string;
  readonly text: string;
  readonly wish: Wish;
}

/**
 * S9-3: a service provider asks for its customer. Refuses PARTNER_KIND (a reseller), UNKNOWN_BUYER, NOT_FOUND (product,
 * specification), NOT_ON_SALE.
 */
export async function shareDemand(platform: Platform, tx: Tx, input: ShareDemand, now: Date): Promise<Result<Demand>> {
  const { distributorId, buyer, goodsId, wish } = input;
  const partner = await distributorById(tx, distributorId);
  if (!partner) return refuse('NOT_FOUND', 'there is no such service provider');
  if (!mayDemand(partner.kind))
    return refuse(
      'PARTNER_KIND',
      'S9-3: service providers ask for their customers; a reseller settles at its discount',
    );
  const stranger = await buyersFault(tx, [buyer]);
  if (stranger) return stranger;
  const { specificationId } = wish;
  if (specificationId !== null) {
    const product = await productById(tx, goodsId);
    const { specifications } = product ? await contentOf(tx, goodsId, product.current_version) : { specifications: [] };
    if (!specifications.some((each) => each.specificationId === specificationId))
      return refuse('NOT_FOUND', 'there is no such specification', { specificationId });
  }
  return send(platform, tx, { ...input, buyerId: buyer.buyerId }, now);
}

async function send(
  platform: Platform,
  tx: Tx,
  input: SendDemand & { readonly distributorId: string | null; readonly wish: Wish },
  now: Date,
): Promise<Result<Demand>> {
  const { buyerId, userId, goodsId, text, distributorId, wish } = input;
  const product = await productById(tx, goodsId);
  if (!product) return refuse('NOT_FOUND', 'there is no such product');
  if (product.state !== 'ON_SALE') return refuse('NOT_ON_SALE', 'this product is not on sale', { goodsId });
  const decideBy = new Date(now.getTime() + DEMAND_DAYS * DAY_MS);
  const demand: Demand = {
    demandId: `DM${uuid(platform.random).replaceAll('-', '')}`,
    sellerId: product.seller_id,
    buyerId,
    goodsId,
    text,
    distributorId,
    wish,
    state: 'OPEN',
    decideBy,
    decidedBy: null,
    comment: null,
    createdAt: now,
    offerId: null,
  };
  await insertDemand(tx, demand, userId);
  const trace = traceId(platform.random);
  await addTask(
    tx,
    { id: uuid(platform.random), kind: REJECT_DEMAND, subject: demand.demandId, dueAt: decideBy, traceId: trace },
    now,
  );
  await tell(platform, tx, 'catalog.demand-sent', demand, trace, now);
  return ok(demand);
}

export interface AnswerDemand {
  readonly scope: Scope;
  readonly demandId: string;
  readonly accept: boolean;
  readonly comment: string;
}

/** Refuses DEMAND_STATE when it was decided, or its time is over. */
export async function answerDemand(
  platform: Platform,
  tx: Tx,
  input: AnswerDemand,
  now: Date,
): Promise<Result<Demand>> {
  const demand = await demandById(tx, input.demandId, { scope: input.scope, lock: true });
  if (!demand) return refuse('NOT_FOUND', 'there is no such demand');
  if (demand.state !== 'OPEN' || demand.decideBy <= now)
    return refuse('DEMAND_STATE', `a demand that is ${demand.state} is not decided any more`, { state: demand.state });
  return ok(await decide(platform, tx, demand, input.accept ? 'ACCEPTED' : 'REJECTED', 'seller', input.comment, now));
}

/** Task: after 5 days without an answer it counts as rejected. */
export const rejectDemand =
  (platform: Platform): TaskHandler =>
  async (tx, { subject }, now) => {
    const demand = await demandById(tx, subject, { scope: ALL, lock: true });
    if (demand?.state !== 'OPEN') return 'resolved';
    await decide(platform, tx, demand, 'REJECTED', 'system', null, now);
    return 'done';
  };

async function decide(
  platform: Platform,
  tx: Tx,
  demand: Demand,
  state: 'ACCEPTED' | 'REJECTED',
  decidedBy: 'seller' | 'system',
  comment: string | null,
  now: Date,
): Promise<Demand> {
  await decideDemand(tx, demand.demandId, { state, decidedBy, comment });
  const decided = { ...demand, state, decidedBy, comment };
  await tell(platform, tx, 'catalog.demand-decided', decided, traceId(platform.random), now);
  return decided;
}

async function tell(platform: Platform, tx: Tx, type: string, demand: Demand, trace: string, now: Date): Promise<void> {
  const { demandId, sellerId, buyerId, goodsId, state, decidedBy } = demand;
  const decideBy = demand.decideBy.toISOString();
  const product = await productById(tx, goodsId);
  const { name: productName } = await contentOf(tx, goodsId, product?.current_version ?? 1);
  const { distributorId, comment } = demand;
  const partner = distributorId === null ? null : (await distributorNames(tx, [distributorId])).get(distributorId);
  const customer = (await buyersByIds(tx, [buyerId])).get(buyerId)?.name ?? '';
  const payload = {
    ...{ demandId, sellerId, buyerId, goodsId, state, decidedBy, productName, decideBy, comment },
    ...{ distributorId, distributorName: partner ?? null, customerName: customer },
  };
  await platform.events.publish(tx, [{ type, aggregate: `demand:${demandId}`, payload, traceId: trace }], now);
}
