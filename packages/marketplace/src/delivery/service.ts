/** What buyer and seller do with a delivery: load under lock → decide → save, tell, move the line. One transaction each. */
import { contentOf } from '../catalog/index.ts';
import { buyersByIds, type Scope } from '../directory/index.ts';
import { openRefundOf, ordersByIds } from '../ordering/index.ts';
import type { Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { uuid } from '../platform/random.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { commitSteps, type Step } from './commit.ts';
import type { Delivery } from './definition.ts';
import { claimed, claimedOne } from './files.ts';
import { accepted, handedOver, required, shipped } from './model.ts';
import { SEALED_PURPOSE } from './schema.ts';
import { deliveryById } from './store.ts';
import { acceptanceRefusal, needsAcceptanceFacts } from './supervision/acceptance-file.ts';
import type { AcceptanceFacts, PlannedMilestone } from './supervision/definition.ts';
import { milestoneAccepted, planned } from './supervision/milestones.ts';
import { currentMilestone } from './supervision/model.ts';

export interface Asked {
  readonly deliveryId: string;
  readonly scope: Scope;
  /** who does it, for the log of operations (S6-1) */
  readonly userId?: string | null | undefined;
}
export interface Require extends Asked {
  /** of a licence by identification code the code */
  readonly text: string;
  /** B-96: the system makes a unique code instead */
  readonly systemCode?: boolean | undefined;
  readonly fileIds: readonly string[];
}
export interface Deliver extends Asked {
  readonly licenceText: string | null;
  readonly fileId: string | null;
  readonly enablingAt: Date | null;
  readonly result: string;
  readonly proofFileIds: readonly string[];
  /** S6-8: key elements of the acceptance file; needed where the platform reviews it */
  readonly acceptance?: AcceptanceFacts | null | undefined;
}
export interface Ship extends Asked {
  readonly carrier: string;
  readonly trackingNo: string;
  readonly proofFileIds: readonly string[];
}

/** S-40, L35: the buyer says what it needs, in words and files. */
export async function require(platform: Platform, tx: Tx, asked: Require, now: Date): Promise<Result<Delivery>> {
  const found = await locked(tx, asked);
  if (!found.ok) return found;
  const files = await claimed(tx, asked.fileIds, { kind: 'buyer', id: found.value.buyerId }, 'REQUIREMENT');
  if (!files.ok) return files;
  const before = found.value;
  const coded = before.supervision?.step === 'WAIT_CODE_INPUT';
  const text = coded && asked.systemCode ? uuid(platform.random) : asked.text;
  const done = required(before, { text, files: files.value, at: now.toISOString() }, now);
  if (!done.ok) return done;
  const log = { by: 'BUYER', what: coded ? 'GIVE_CODE' : 'SUBMIT_REQUIREMENT', userId: asked.userId, text } as const;
  await commitSteps(
    platform,
    tx,
    [{ ...stepOf(before, done.value), required: true, done: { ...log, files: files.value } }],
    now,
  );
  return done;
}

/** The seller hands over (L6); an authorisation code is accepted by the system in the same breath (4.1). */
export async function deliver(platform: Platform, tx: Tx, asked: Deliver, now: Date): Promise<Result<Delivery>> {
  const found = await locked(tx, asked);
  if (!found.ok) return found;
  const before = found.value;
  const owner = { kind: 'seller' as const, id: before.sellerId };
  const purpose = before.payload.kind === 'FILE' ? (before.accessType === 'DATA' ? 'DATA' : 'PACKAGE') : 'LICENCE';
  const file = await claimedOne(tx, asked.fileId, owner, purpose);
  if (!file.ok) return file;
  const proofs = await claimed(tx, asked.proofFileIds, owner, 'PROOF');
  if (!proofs.ok) return proofs;
  const sealed = asked.licenceText === null ? null : platform.keys.seal(asked.licenceText, SEALED_PURPOSE);
  const done = handedOver(before, { ...asked, sealed, file: file.value, proofs: proofs.value }, now);
  if (!done.ok) return done;
  const checked = await checkedAcceptance(tx, before, asked.acceptance ?? null, asked.proofFileIds);
  if (!checked.ok) return checked;
  const { opensNow, acceptsItself } = done.value;
  const delivery = withChecked(done.value.delivery, checked.value, now);
  const what = opensNow ? 'REPORT' : delivery.payload.kind === 'LICENSE_CODE' ? 'PROVE' : 'DELIVER';
  // never what was bought: the log is read by both sides and the operator (L8)
  const log = { by: 'SELLER', what, userId: asked.userId, text: asked.result, files: proofs.value } as const;
  await commitSteps(platform, tx, [{ ...stepOf(before, delivery), opensNow, done: log }], now);
  return acceptsItself ? accept(platform, tx, delivery, { by: 'SYSTEM' }, now) : ok(delivery);
}

/** S6-8: what was stated of the acceptance file, held against the orders. Refuses ACCEPTANCE_FACTS when nothing was and it is needed. */
async function checkedAcceptance(
  tx: Tx,
  before: Delivery,
  facts: AcceptanceFacts | null,
  fileIds: readonly string[],
): Promise<Result<AcceptanceFacts | null>> {
  const { supervision, goodsId, version, buyerId, sellerId, orderId, accessType } = before;
  if (supervision === null) return ok(null);
  if (facts === null)
    return needsAcceptanceFacts(supervision.flow)
      ? refuse('ACCEPTANCE_FACTS', 'S6-8: state the key elements of the acceptance file; the platform reviews it')
      : ok(null);
  const scope = { kind: 'buyer', buyerId, placedBy: null } as const;
  const orders = await ordersByIds(tx, [...new Set(facts.orderNumbers)], { scope });
  const { class: productClass } = await contentOf(tx, goodsId, version);
  const known = {
    ...{ orderId, accessType, fileIds, joint: productClass === 'JOINT' },
    companyName: (await buyersByIds(tx, [buyerId])).get(buyerId)?.name ?? '',
    orders: orders.map((order) => ({
      orderId: order.orderId,
      lines: order.lines
        .filter((line) => line.sellerId === sellerId)
        .map(({ snapshot }) => ({ product: snapshot.productName, specification: snapshot.specificationName })),
    })),
  };
  return acceptanceRefusal(known, facts) ?? ok(facts);
}

const withChecked = (delivery: Delivery, facts: AcceptanceFacts | null, now: Date): Delivery =>
  delivery.supervision === null || facts === null
    ? delivery
    : { ...delivery, supervision: { ...delivery.supervision, checked: { facts, at: now.toISOString() } } };

/**
 * The seller divides the order into milestones, or takes the plan back (3.5, S6-6); as `planned` refuses.
 * @param milestones none = all is one delivery again
 */
export async function planMilestones(
  platform: Platform,
  tx: Tx,
  asked: Asked & { readonly milestones: readonly PlannedMilestone[] },
  now: Date,
): Promise<Result<Delivery>> {
  const found = await locked(tx, asked);
  if (!found.ok) return found;
  const before = found.value;
  const [order] = await ordersByIds(tx, [before.orderId], { scope: { kind: 'all' } });
  const mode = order?.lines.find(({ orderLineId }) => orderLineId === before.orderLineId)?.chargingMode;
  const payPerUse = mode === 'ON_DEMAND' || mode === 'ON_DEMAND_PKG';
  const done = planned(before, asked.milestones, payPerUse, now);
  if (!done.ok) return done;
  const text = asked.milestones.map(({ name, share, plannedOn }) => `${name} ${share} % ${plannedOn}`).join('; ');
  const log = { by: 'SELLER', what: 'PLAN_MILESTONES', userId: asked.userId, text } as const;
  const news = asked.milestones.length === 0 ? [] : [{ type: 'milestones-planned', more: {} }];
  await commitSteps(platform, tx, [{ ...stepOf(before, done.value), done: log, news }], now);
  return done;
}

/** L37: carrier and number of the parcel. */
export async function ship(platform: Platform, tx: Tx, asked: Ship, now: Date): Promise<Result<Delivery>> {
  const found = await locked(tx, asked);
  if (!found.ok) return found;
  const proofs = await claimed(tx, asked.proofFileIds, { kind: 'seller', id: found.value.sellerId }, 'PROOF');
  if (!proofs.ok) return proofs;
  const done = shipped(found.value, { ...asked, proofs: proofs.value }, now);
  if (!done.ok) return done;
  const text = `${asked.carrier} ${asked.trackingNo}`;
  const log = { by: 'SELLER', what: 'DELIVER', userId: asked.userId, text, files: proofs.value } as const;
  await commitSteps(platform, tx, [{ ...stepOf(found.value, done.value), done: log }], now);
  return done;
}

/** The buyer accepts: the line is fulfilled, the time begins (L7). */
export async function acceptDelivery(platform: Platform, tx: Tx, asked: Asked, now: Date): Promise<Result<Delivery>> {
  const found = await locked(tx, asked);
  return found.ok ? accept(platform, tx, found.value, { by: 'BUYER', userId: asked.userId }, now) : found;
}

interface Acceptor {
  readonly by: 'BUYER' | 'SYSTEM';
  readonly userId?: string | null | undefined;
  readonly instead?: true;
}

/**
 * Ends the supervision, or its milestone: order and settlement go on from here (S6-3, S2-4). Refuses REFUND_OPEN: the guarantee period does not end
 * while a refund in it is being decided (7.2).
 * @param who an operator's decision acts as the buyer and is told as the system's (O-21)
 */
export async function accept(
  platform: Platform,
  tx: Tx,
  before: Delivery,
  who: Acceptor,
  now: Date,
): Promise<Result<Delivery>> {
  const by = who.instead ? 'BUYER' : who.by;
  const part = milestoneAccepted(before, by, now);
  if (part !== null && !part.ok) return part;
  const done = part === null ? accepted(before, now, by) : null;
  if (done !== null && !done.ok) return done;
  const refundId = await openRefundOf(tx, before.resourceId);
  if (refundId !== null)
    return refuse('REFUND_OPEN', '7.2: a refund application is open; it is decided or withdrawn first', { refundId });
  if (part !== null) return acceptPart(platform, tx, { before, after: part.value, who }, now);
  if (done === null) throw new Error('a delivery is accepted in whole or in part');
  const { delivery, effectiveAt, opensNow } = done.value;
  const log = { by: who.by, what: 'ACCEPT', userId: who.userId } as const;
  await commitSteps(
    platform,
    tx,
    [{ ...stepOf(before, delivery), accepted: { by: who.by, effectiveAt, opensNow }, done: log }],
    now,
  );
  return ok(delivery);
}

/** A milestone that is not the last: the seller goes on with the next one. */
async function acceptPart(
  platform: Platform,
  tx: Tx,
  { before, after, who }: { readonly before: Delivery; readonly after: Delivery; readonly who: Acceptor },
  now: Date,
): Promise<Result<Delivery>> {
  const { milestones = [] } = before.supervision ?? {};
  const place = before.supervision === null ? -1 : currentMilestone(before.supervision);
  const [name, next] = [milestones[place]?.name ?? '', milestones[place + 1]?.name ?? ''];
  const log = { by: who.by, what: 'ACCEPT_MILESTONE', userId: who.userId, text: name } as const;
  const news = [{ type: 'milestone-accepted', more: { milestone: name, next } }];
  await commitSteps(platform, tx, [{ ...stepOf(before, after), done: log, news }], now);
  return ok(after);
}

/** A delivery's way from where it stood. */
export const stepOf = (before: Delivery, delivery: Delivery): Pick<Step, 'from' | 'step' | 'delivery'> => ({
  from: before.status,
  step: before.supervision?.step,
  delivery,
});

export async function locked(tx: Tx, { deliveryId, scope }: Asked): Promise<Result<Delivery>> {
  const delivery = await deliveryById(tx, deliveryId, { scope, lock: true });
  return delivery ? ok(delivery) : refuse('NOT_FOUND', 'there is no such delivery');
}
