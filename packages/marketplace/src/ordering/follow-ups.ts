import type { Scope } from '../directory/index.ts';
import type { Executor, Tx } from '../platform/database/database.ts';
import type { Money } from '../platform/money.ts';
import type { Platform } from '../platform/platform.ts';
import { type Result, refuse } from '../platform/result.ts';
import type { PeriodType } from '../platform/site.ts';
import type { TaskHandlers } from '../platform/tasks/marketplace-tasks.ts';
import type { Refund, RefundKind, RefundQuota, RefundState } from './refund-model.ts';
import type { OpenOrder, QuotedLine, Resource, ResourceLine, Target } from './resource.ts';
import type { Order } from './store.ts';

const notYet = (..._given: unknown[]): Result<never> => refuse('UNAVAILABLE', 'being written');

export interface RenewalRequest {
  readonly resource: Resource;
  readonly periodType: PeriodType;
  readonly periodNumber: number;
  /** day of the month that the expiry is moved on to; null = not */
  readonly unifyDay: number | null;
  /** renewal with change (C28); null = as it is */
  readonly target: Target | null;
}
export async function quoteRenewals(
  executor: Executor,
  items: readonly RenewalRequest[],
  now: Date,
): Promise<Result<QuotedLine[]>> {
  return notYet(executor, items, now);
}
export interface ConversionRequest {
  readonly resource: Resource;
  readonly periodType: PeriodType;
  readonly periodNumber: number;
}
export async function quoteConversion(
  executor: Executor,
  item: ConversionRequest,
  now: Date,
): Promise<Result<QuotedLine>> {
  return notYet(executor, item, now);
}
export async function quoteChange(
  executor: Executor,
  item: { resource: Resource; target: Target },
  now: Date,
): Promise<Result<QuotedLine>> {
  return notYet(executor, item, now);
}
export interface ChangeTarget {
  readonly skuCode: string;
  readonly attributes: readonly { code: string; name: { zh: string; en: string }; value: { zh: string; en: string } }[];
  readonly quantityMinimum: number;
  readonly quantityMaximum: number;
  readonly quantityStep: number;
}
export async function changeTargets(executor: Executor, resource: Resource): Promise<ChangeTarget[]> {
  return notYet(executor, resource).ok ? [] : [];
}
export interface PlaceFor {
  readonly buyerId: string;
  readonly userId: string;
  readonly lines: readonly QuotedLine[];
  readonly expectedAmount?: string | undefined;
  readonly traceId: string;
}
export async function placeFor(platform: Platform, tx: Tx, input: PlaceFor, now: Date): Promise<Result<Order>> {
  return notYet(platform, tx, input, now);
}
export interface PlaceTrial {
  readonly buyerId: string;
  readonly userId: string;
  readonly skuCode: string;
  readonly quantity?: number | undefined;
  readonly parameters: readonly { name: string; value: string }[];
  readonly traceId: string;
}
export async function placeTrial(platform: Platform, tx: Tx, input: PlaceTrial, now: Date): Promise<Result<Order>> {
  return notYet(platform, tx, input, now);
}
export async function openOrdersOf(
  executor: Executor,
  resourceIds: readonly string[],
  options: { lock?: boolean } = {},
): Promise<OpenOrder[]> {
  return notYet(executor, resourceIds, options).ok ? [] : [];
}
export async function cancelUnpaidOf(
  platform: Platform,
  tx: Tx,
  resourceIds: readonly string[],
  now: Date,
): Promise<void> {
  notYet(platform, tx, resourceIds, now);
}
export async function linesOfResource(executor: Executor, resourceId: string): Promise<ResourceLine[]> {
  return notYet(executor, resourceId).ok ? [] : [];
}
export interface ApplyForRefund {
  readonly resource: Resource;
  readonly kind: RefundKind;
  readonly lineIds: readonly string[];
  readonly amount: Money;
  readonly paid: Money;
  readonly reason: string;
  readonly contactConsent: boolean;
  readonly userId: string;
  readonly traceId: string;
}
export async function applyForRefund(
  platform: Platform,
  tx: Tx,
  input: ApplyForRefund,
  now: Date,
): Promise<Result<Refund>> {
  return notYet(platform, tx, input, now);
}
export interface DecideRefund {
  readonly refundId: string;
  readonly scope: Scope;
  readonly userId: string;
  readonly as: 'SELLER' | 'OPERATOR';
  readonly agree: boolean;
  readonly comment: string;
}
export async function decideRefund(
  platform: Platform,
  tx: Tx,
  input: DecideRefund,
  now: Date,
): Promise<Result<Refund>> {
  return notYet(platform, tx, input, now);
}
export async function withdrawRefund(
  platform: Platform,
  tx: Tx,
  input: { refundId: string; scope: Scope },
  now: Date,
): Promise<Result<Refund>> {
  return notYet(platform, tx, input, now);
}
export interface RefundListQuery {
  readonly scope: Scope;
  readonly state?: RefundState | undefined;
  readonly before: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
}
export async function listRefunds(executor: Executor, query: RefundListQuery): Promise<Refund[]> {
  return notYet(executor, query).ok ? [] : [];
}
export async function refundById(executor: Executor, refundId: string, scope: Scope): Promise<Refund | null> {
  return notYet(executor, refundId, scope).ok ? null : null;
}
export async function refundQuota(executor: Executor, buyerId: string, now: Date): Promise<RefundQuota> {
  notYet(executor, buyerId, now);
  return { used: 0, limit: 10, left: 10 };
}
export const orderingTasks = (platform: Platform): TaskHandlers => (notYet(platform).ok ? {} : {});
