/** Commands about authorisation codes, one transaction each: made, picked up, activated, asked for, moved by their subscriptions. */
import { createHash } from 'node:crypto';
import { contentOf, productById } from '../catalog/index.ts';
import type { Scope } from '../directory/index.ts';
import { type OrderPaid, ordersByIds } from '../ordering/index.ts';
import type { Executor, Tx } from '../platform/database/database.ts';
import type { NewEvent } from '../platform/events.ts';
import type { Platform } from '../platform/platform.ts';
import { traceId as newTraceId, uuid } from '../platform/random.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { SITES } from '../platform/site.ts';
import { type ActivationFault, activate, type Happened, happened, newCode, pickUp } from './model.ts';
import { CODE_PURPOSE } from './schema.ts';
import type { Code, NewCode } from './store.ts';
import * as store from './store.ts';

export const hashOf = (code: string): string => createHash('sha256').update(code).digest('hex');

/** The code in clear: for its buyer, its seller, and the calls to the seller. */
export const openCode = (platform: Platform, code: Code): string => platform.keys.open(code.sealed, CODE_PURPOSE);

/** One code per bought resource, carrying the quantity (Q5, L14). */
export async function makeCodes(platform: Platform, tx: Tx, paid: readonly OrderPaid[], now: Date): Promise<void> {
  const lines = paid
    .filter(({ orderType }) => orderType === 'NEW')
    .flatMap((order) => order.lines.map((line) => ({ ...line, orderId: order.orderId, placedBy: order.placedBy })))
    .filter(({ delivery }) => delivery.accessType === 'LICENSE' && delivery.licenseVariant === 'CODE');
  if (lines.length === 0) return;
  const orders = await ordersByIds(tx, [...new Set(lines.map((line) => line.orderId))], { scope: { kind: 'all' } });
  const placedAt = new Map(orders.map((order) => [order.orderId, order.createdAt]));
  const codes = lines.map((line) =>
    freshCode(platform, now, {
      resourceId: line.resourceId,
      orderId: line.orderId,
      buyerId: line.buyerId,
      placedBy: line.placedBy,
      sellerId: line.sellerId,
      goodsId: line.goodsId,
      productName: line.productName,
      site: line.site,
      productId: line.priceItemId,
      amount: line.linearAttribute ? line.quantity : null,
      periodType: line.periodType,
      periodNumber: line.periodNumber,
      orderedAt: placedAt.get(line.orderId) ?? now,
    }),
  );
  await store.insertCodes(tx, codes);
}

type Bought = Omit<
  NewCode,
  | 'codeId'
  | 'sealed'
  | 'hash'
  | 'state'
  | 'test'
  | 'createdAt'
  | 'receivedAt'
  | 'activatedAt'
  | 'expireAt'
  | 'freezeReason'
  | 'queriedAt'
>;

function freshCode(platform: Platform, now: Date, bought: Bought): NewCode {
  const text = newCode(platform.random);
  return {
    ...bought,
    codeId: uuid(platform.random),
    sealed: platform.keys.seal(text, CODE_PURPOSE),
    hash: hashOf(text),
    // nobody has to pick up a test code
    state: bought.resourceId === null ? 'RECEIVED' : 'CREATED',
    test: bought.resourceId === null,
    createdAt: now,
    receivedAt: null,
    activatedAt: null,
    expireAt: null,
    freezeReason: null,
    queriedAt: null,
  };
}

/** A seller tries *activate* and *query* with codes that belong to no order (4.6). */
export const MOST_TEST_CODES = 100;
export async function makeTestCode(
  platform: Platform,
  tx: Tx,
  input: { readonly sellerId: string; readonly goodsId: string; readonly amount: number | null },
  now: Date,
): Promise<Result<Code>> {
  const { sellerId, goodsId, amount } = input;
  const product = await productById(tx, goodsId);
  if (!product || product.seller_id !== sellerId) return refuse('NOT_FOUND', 'there is no such product');
  const content = await contentOf(tx, goodsId, product.current_version);
  if (content.accessType !== 'LICENSE' || content.licenseVariant !== 'CODE')
    return refuse('NO_CODES', 'this product is not delivered by authorisation code');
  if ((await store.countTestCodes(tx, sellerId)) >= MOST_TEST_CODES)
    return refuse('TOO_MANY', `a seller has at most ${MOST_TEST_CODES} test codes`);
  const price = content.specifications.flatMap(({ skus }) => skus.flatMap(({ prices }) => prices))[0];
  const code = freshCode(platform, now, {
    ...{ resourceId: null, orderId: '', buyerId: null, placedBy: null, sellerId, goodsId, amount },
    productName: content.name,
    site: product.site,
    productId: price?.priceItemId ?? '',
    periodType: price?.periodType ?? null,
    periodNumber: price?.periodType ? 1 : null,
    orderedAt: now,
  });
  await store.insertCodes(tx, [code]);
  return ok(code);
}

/** The buyer takes the code; from then on there is no negotiated refund (4.1). */
export async function pickUpCode(
  platform: Platform,
  tx: Tx,
  input: { readonly resourceId: string; readonly scope: Scope },
  now: Date,
): Promise<Result<Code>> {
  const code = await codeOfResource(tx, input.resourceId, input.scope, true);
  if (!code) return refuse('NOT_FOUND', 'there is no authorisation code');
  const picked = pickUp(code, now);
  if (!picked.ok || picked.value === code) return picked;
  await store.saveCodes(tx, [picked.value]);
  await platform.events.publish(tx, pickedUpNews(picked.value, newTraceId(platform.random)), now);
  return picked;
}

export async function codeOfResource(
  executor: Executor,
  resourceId: string,
  scope: Scope,
  lock = false,
): Promise<Code | null> {
  const [code] = await store.codesOfResources(executor, [resourceId], lock);
  return code && mayReach(code, scope) ? code : null;
}

function mayReach(code: Code, scope: Scope): boolean {
  if (scope.kind === 'all') return true;
  if (scope.kind === 'buyer')
    return code.buyerId === scope.buyerId && (scope.placedBy === null || code.placedBy === scope.placedBy);
  return code.sellerId === scope.sellerId && (scope.goodsIds === null || scope.goodsIds.includes(code.goodsId));
}

/** By resource; what a call to the seller names its licence by. */
export async function codesInClear(
  platform: Platform,
  executor: Executor,
  resourceIds: readonly string[],
): Promise<Map<string, string>> {
  const codes = await store.codesOfResources(executor, resourceIds);
  return new Map(codes.map((code) => [code.resourceId ?? '', openCode(platform, code)]));
}

export type CodeFault = 'UNKNOWN' | ActivationFault | 'NOT_ACTIVATED';
/** What is wrong with the n-th code that was asked about; null = nothing. */
export type Checked = { readonly code: Code } | { readonly fault: CodeFault };

/**
 * Activates all or none (L16 v2). A code of another seller is unknown; one that stands twice is activated twice, which it can not be.
 * @returns a result for each code in the order asked; nothing was written unless all are codes
 */
export async function activateCodes(
  platform: Platform,
  tx: Tx,
  input: { readonly sellerId: string; readonly codes: readonly string[]; readonly realEffectAt: Date | null },
  now: Date,
): Promise<readonly Checked[]> {
  const found = await store.codesByHash(tx, input.codes.map(hashOf), true);
  const seen = new Set<string>();
  const checked = input.codes.map((text): Checked => {
    const code = found.get(hashOf(text));
    if (!code || code.sellerId !== input.sellerId) return { fault: 'UNKNOWN' };
    if (seen.has(code.codeId)) return { fault: 'ILLEGAL_STATE' };
    seen.add(code.codeId);
    return activate(code, input.realEffectAt, SITES[code.site].timeZone, now);
  });
  const alive = checked.flatMap((each) => ('code' in each ? [each.code] : []));
  if (alive.length < checked.length) return checked;
  await store.saveCodes(tx, alive);
  const before = new Map([...found.values()].map((code) => [code.codeId, code]));
  const news = alive.flatMap((code) => {
    const traceId = newTraceId(platform.random);
    return [
      ...(before.get(code.codeId)?.receivedAt === null ? pickedUpNews(code, traceId) : []),
      ...ofOrder(
        'licensing.code-activated',
        code,
        { sellerId: input.sellerId, activatedAt: code.activatedAt?.toISOString() },
        traceId,
      ),
    ];
  });
  await platform.events.publish(tx, news, now);
  return checked;
}

/** What the codes of this seller are now; those not activated yet are answered with that (92020011). */
export async function queryCodes(
  executor: Executor,
  input: { readonly sellerId: string; readonly codes: readonly string[] },
  now: Date,
): Promise<readonly Checked[]> {
  const found = await store.codesByHash(executor, input.codes.map(hashOf), false);
  const checked = input.codes.map((text): Checked => {
    const code = found.get(hashOf(text));
    if (!code || code.sellerId !== input.sellerId) return { fault: 'UNKNOWN' };
    return code.activatedAt === null ? { fault: 'NOT_ACTIVATED' } : { code };
  });
  const asked = checked.flatMap((each) => ('code' in each ? [each.code.codeId] : []));
  if (asked.length > 0) await store.noteQueries(executor, asked, now);
  return checked;
}

/** Subscriptions went on or ended: their codes follow, in the order told. */
export async function followSubscriptions(
  tx: Tx,
  told: readonly { readonly resourceId: string; readonly what: Happened }[],
): Promise<void> {
  if (told.length === 0) return;
  const codes = await store.codesOfResources(tx, [...new Set(told.map(({ resourceId }) => resourceId))], true);
  const moved = codes.flatMap((code) => {
    const next = told
      .filter(({ resourceId }) => resourceId === code.resourceId)
      .reduce((life, { what }) => happened(life, what), code);
    return next === code ? [] : [next];
  });
  await store.saveCodes(tx, moved);
}

const pickedUpNews = (code: Code, traceId: string): NewEvent[] =>
  ofOrder('licensing.code-picked-up', code, { pickedUpAt: code.receivedAt?.toISOString() }, traceId);

/** Test codes belong to nobody's order: nothing is told of them. */
function ofOrder(type: string, code: Code, payload: Record<string, unknown>, traceId: string): NewEvent[] {
  const { resourceId, orderId } = code;
  if (resourceId === null) return [];
  const ids = { orderId, orderLineId: resourceId, resourceId };
  return [{ type, aggregate: `order:${orderId}`, payload: { ...ids, ...payload }, traceId }];
}
