/** Refund applications: asked by the buyer, decided by seller, operator or time, withdrawn (consoles-and-processes.md 7.9). */
import { Temporal } from 'temporal-polyfill';
import type { Scope } from '../directory/index.ts';
import type { Executor, Tx } from '../platform/database/database.ts';
import { claimFile } from '../platform/files/index.ts';
import { decimal, type Money, sum } from '../platform/money.ts';
import type { Platform } from '../platform/platform.ts';
import { uuid } from '../platform/random.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { SITES } from '../platform/site.ts';
import { mayMove, move } from '../platform/state-machine.ts';
import { addTask, type TaskHandler } from '../platform/tasks/marketplace-tasks.ts';
import { claim, heldBy, releaseRefund } from './claims.ts';
import { invoiceBlocks } from './invoicing.ts';
import { consumptionOf, type UsedPeriod } from './late-refund.ts';
import { close, tell, wrongState } from './refund-closing.ts';
import { executeRefund } from './refund-execution.ts';
import {
  type GoodsAt,
  isLarge,
  LARGE_REVIEW_HOURS,
  REFUNDS_A_YEAR,
  type Refund,
  type RefundFile,
  type RefundKind,
  type RefundQuota,
  refundTransitions,
} from './refund-model.ts';
import { askReturn } from './refund-returns.ts';
import { amountFault, tooLate } from './refund-rules.ts';
import { givenBackOf, insertRefund, lockRefund, quotaUsed, saveRefund, takeQuota } from './refund-store.ts';
import type { Resource } from './resource.ts';
import { linesByIds, type OrderLine } from './store.ts';

export interface ApplyForRefund {
  readonly resource: Resource;
  /** as `refundPath` told it */
  readonly kind: RefundKind;
  /** paid lines that are given back together */
  readonly lineIds: readonly string[];
  readonly amount: Money;
  /** what was paid for the lines */
  readonly paid: Money;
  /** of a LATE one: the time that was paid for (S7-12) */
  readonly period?: UsedPeriod | undefined;
  readonly reason: string;
  readonly contactConsent: boolean;
  readonly userId: string;
  readonly traceId: string;
  /** of hardware (7.4); NONE unless given */
  readonly goods?: GoodsAt | undefined;
  /** O-21 (c): the operator refunds by its decision of an appeal; nobody reviews it again */
  readonly decided?: { readonly comment: string } | undefined;
}

/**
 * A negotiated refund waits for the seller; a self-service one is executed at once, or waits for the operator when it
 * is large (S7-9). Refuses REFUND_NOT_ALLOWED with the rule: amount, quota, lines, other open work on the resource.
 */
export async function applyForRefund(
  platform: Platform,
  tx: Tx,
  input: ApplyForRefund,
  now: Date,
): Promise<Result<Refund>> {
  const { resource, kind, amount, paid, period } = input;
  const consumption = period === undefined ? null : consumptionOf(paid, period, now);
  const lines = await linesByIds(tx, input.lineIds);
  const fault =
    amountFault(kind, amount, paid, consumption) ?? linesFault(input, lines, await givenBackOf(tx, input.lineIds));
  if (fault) return fault;
  const [first] = lines;
  if (!first) return refuse('REFUND_NOT_ALLOWED', 'S7-8: there is nothing to give back');
  const refundId = uuid(platform.random);
  const [holder] = await claim(tx, [{ resourceId: resource.resourceId, orderLineId: null, refundId }]);
  if (holder) return heldBy('REFUND_NOT_ALLOWED', holder);
  const invoiced = await invoiceBlocks(tx, input.lineIds);
  if (invoiced) {
    await releaseRefund(tx, resource.resourceId, refundId);
    return invoiced;
  }
  const quotaYear = kind === 'FIVE_DAY' ? yearOf(now) : null;
  if (quotaYear !== null && !(await takeQuota(tx, resource.buyerId, quotaYear))) {
    await releaseRefund(tx, resource.resourceId, refundId);
    return refuse('REFUND_NOT_ALLOWED', `S7-3: all ${REFUNDS_A_YEAR} refunds of this year are used`);
  }
  const refund: Refund = {
    refundId,
    kind,
    state: 'SELLER_REVIEW',
    resourceId: resource.resourceId,
    buyerId: resource.buyerId,
    sellerId: resource.sellerId,
    goodsId: resource.goodsId,
    site: resource.site,
    orderId: first.orderId,
    lineIds: lines.map((line) => line.orderLineId),
    amount,
    paid,
    consumption,
    reason: input.reason,
    contactConsent: input.contactConsent,
    productName: first.snapshot.productName,
    quotaYear,
    requestedBy: input.userId,
    requestedAt: now,
    approveAt: null,
    decidedBy: null,
    decidedAt: null,
    comment: null,
    ...{ proofs: [], goods: input.goods ?? 'NONE', returned: null, deadlineAt: null },
    unsubscribeOrderId: null,
    traceId: input.traceId,
  };
  await insertRefund(tx, refund);
  if (input.decided) {
    const by = { decidedBy: 'OPERATOR', decidedAt: now, comment: input.decided.comment } as const;
    await tell(platform, tx, 'decided', refund, { agreed: true, by: 'OPERATOR', comment: input.decided.comment }, now);
    return ok(await executeRefund(platform, tx, { ...refund, ...by }, now));
  }
  const reached = kind === 'NEGOTIATED' ? refund : await proceed(platform, tx, refund, now);
  const { orderId, reason } = refund;
  await tell(platform, tx, 'requested', reached, { state: reached.state, kind, orderId, reason }, now);
  return ok(reached);
}

/** Each line is paid, done, of this resource, and not given back before; what was paid for them is what the caller says. */
function linesFault(
  { resource, lineIds, paid }: ApplyForRefund,
  lines: readonly OrderLine[],
  givenBack: string,
): Result<never> | null {
  const own = lines.filter((line) => line.resourceId === resource.resourceId && line.buyerId === resource.buyerId);
  if (new Set(lineIds).size !== own.length)
    return refuse('REFUND_NOT_ALLOWED', 'S7-8: a line of this refund does not belong to the resource');
  const open = own.find((line) => line.state !== 'FULFILLED' && line.state !== 'SUPERVISING');
  if (open)
    return refuse('REFUND_NOT_ALLOWED', `S7-8: line ${open.orderLineId} is ${open.state}`, {
      orderLineId: open.orderLineId,
      state: open.state,
    });
  const amounts = own.map((line) => line.amount);
  if (!decimal(sum(amounts, paid.currency).amount).minus(givenBack).equals(paid.amount))
    throw new Error(`lines ${lineIds.join(', ')} were not paid with ${paid.amount}`);
  return null;
}

/**
 * Behind the seller's review: large ones to the operator, with the task that approves after 24 h (S7-9); those of parcels
 * on their way to the operator too, who alone confirms them (7.4); others at once.
 */
async function proceed(platform: Platform, tx: Tx, refund: Refund, now: Date): Promise<Refund> {
  if (refund.goods === 'IN_TRANSIT') {
    const waiting: Refund = { ...refund, state: move(refundTransitions, refund.state, 'LARGE_REVIEW') };
    await saveRefund(tx, waiting);
    return waiting;
  }
  if (!isLarge(refund.amount)) return executeOrReturn(platform, tx, refund, now);
  const approveAt = new Date(now.getTime() + LARGE_REVIEW_HOURS * 3_600_000);
  const waiting: Refund = { ...refund, state: move(refundTransitions, refund.state, 'LARGE_REVIEW'), approveAt };
  await saveRefund(tx, waiting);
  await addTask(
    tx,
    {
      id: uuid(platform.random),
      kind: APPROVE_LARGE_REFUND,
      subject: refund.refundId,
      dueAt: approveAt,
      traceId: refund.traceId,
    },
    now,
  );
  return waiting;
}

/** Received hardware comes back first (7.4). */
const executeOrReturn = (platform: Platform, tx: Tx, refund: Refund, now: Date): Promise<Refund> =>
  refund.goods === 'RECEIVED' ? askReturn(platform, tx, refund, now) : executeRefund(platform, tx, refund, now);

export interface DecideRefund {
  readonly refundId: string;
  readonly scope: Scope;
  readonly userId: string;
  /** the seller decides SELLER_REVIEW, the operator LARGE_REVIEW */
  readonly as: 'SELLER' | 'OPERATOR';
  readonly agree: boolean;
  readonly comment: string;
  /** of the seller: what its answer rests on (7.4) */
  readonly proofFileIds?: readonly string[] | undefined;
  /** where the parcel is now, which may have moved since it was asked (7.4); absent = where it was */
  readonly goods?: GoodsAt | undefined;
}

/**
 * Refuses NOT_FOUND, REFUND_STATE (decided or withdrawn before, or another's turn: P-3). What is agreed to too late
 * (S7-8) ends REJECTED by the system.
 */
export async function decideRefund(
  platform: Platform,
  tx: Tx,
  input: DecideRefund,
  now: Date,
): Promise<Result<Refund>> {
  const refund = await lockRefund(tx, input.refundId, input.scope);
  if (!refund) return refuse('NOT_FOUND', 'there is no such refund application');
  if (refund.state !== (input.as === 'SELLER' ? 'SELLER_REVIEW' : 'LARGE_REVIEW')) return wrongState(refund);
  const proofs = await claimProofs(tx, refund, input.as === 'SELLER' ? (input.proofFileIds ?? []) : []);
  if (!proofs.ok) return proofs;
  const goods = input.goods ?? refund.goods;
  const shown: Refund = { ...refund, goods, proofs: [...refund.proofs, ...proofs.value] };
  return ok(await decide(platform, tx, shown, { by: input.as, agree: input.agree, comment: input.comment }, now));
}

async function decide(
  platform: Platform,
  tx: Tx,
  refund: Refund,
  decision: { by: 'SELLER' | 'OPERATOR' | 'SYSTEM'; agree: boolean; comment: string | null },
  now: Date,
): Promise<Refund> {
  const late = decision.agree ? tooLate(refund.kind, await linesByIds(tx, refund.lineIds), now) : null;
  const { by, agree, comment } = late ? ({ by: 'SYSTEM', agree: false, comment: late } as const) : decision;
  const decided: Refund = { ...refund, decidedBy: by, decidedAt: now, comment };
  await tell(platform, tx, 'decided', decided, { agreed: agree, by, comment }, now);
  if (!agree) return close(tx, { ...decided, state: move(refundTransitions, refund.state, 'REJECTED') });
  if (refund.state === 'LARGE_REVIEW') return executeOrReturn(platform, tx, decided, now);
  return proceed(platform, tx, decided, now);
}

async function claimProofs(tx: Tx, { sellerId }: Refund, fileIds: readonly string[]): Promise<Result<RefundFile[]>> {
  const files: RefundFile[] = [];
  for (const fileId of fileIds) {
    const file = await claimFile(tx, fileId, { kind: 'seller', id: sellerId }, 'PROOF');
    if (!file.ok) return file;
    files.push(file.value);
  }
  return ok(files);
}

/** The buyer withdraws while the seller has not answered (B-82), or keeps the hardware after all. Refuses NOT_FOUND, REFUND_STATE. */
export async function withdrawRefund(
  platform: Platform,
  tx: Tx,
  input: { readonly refundId: string; readonly scope: Scope },
  now: Date,
): Promise<Result<Refund>> {
  const refund = await lockRefund(tx, input.refundId, input.scope);
  if (!refund) return refuse('NOT_FOUND', 'there is no such refund application');
  if (!mayMove(refundTransitions, refund.state, 'WITHDRAWN')) return wrongState(refund);
  const withdrawn = await close(tx, { ...refund, state: 'WITHDRAWN' });
  await tell(platform, tx, 'withdrawn', withdrawn, {}, now);
  return ok(withdrawn);
}

export const APPROVE_LARGE_REFUND = 'ordering.approve-large-refund';
/** Task: a large refund that nobody decided within 24 h is approved (S7-9). */
export const approveLargeRefund =
  (platform: Platform): TaskHandler =>
  async (tx, task, now) => {
    const refund = await lockRefund(tx, task.subject, { kind: 'all' });
    if (refund?.state !== 'LARGE_REVIEW') return 'resolved';
    await decide(platform, tx, refund, { by: 'SYSTEM', agree: true, comment: null }, now);
    return 'done';
  };

/** Self-service refunds of this natural year, in Beijing time: the 5-day refund exists on the Chinese site only (S7-3, 7.2). */
export async function refundQuota(executor: Executor, buyerId: string, now: Date): Promise<RefundQuota> {
  const used = await quotaUsed(executor, buyerId, yearOf(now));
  return { used, limit: REFUNDS_A_YEAR, left: Math.max(0, REFUNDS_A_YEAR - used) };
}
const yearOf = (at: Date): number =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(SITES.CN.timeZone).year;
