/** Domain values → what the console API shows. */
import type { z } from 'zod';
import { fromPrice, type LocalizedText, type ProductContent, type Purchasable } from '../../catalog/index.ts';
import { actionsOpenTo, areaOf, type Principal } from '../../directory/index.ts';
import type { CallPolicy, SellerCall } from '../../fulfilment/index.ts';
import type { Instance } from '../../instances/index.ts';
import type { Order } from '../../ordering/index.ts';
import { added } from '../../wallet/index.ts';
import type { NameOfActor } from './actors.ts';
import type * as calls from './call-schemas.ts';
import type * as market from './market-schemas.ts';
import type * as orders from './order-schemas.ts';
import { presentParts } from './present-wallet.ts';
import type * as services from './service-schemas.ts';
import type * as sessions from './session-schemas.ts';

type View<S extends z.ZodType> = z.infer<S>;
const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** Names of buyers and sellers that a list needs, asked for once. */
export interface Names {
  buyer(id: string): string;
  seller(id: string): string;
}

export function presentSession(
  principal: Principal,
  csrfToken: string,
  secondFactorDue: boolean,
): View<typeof sessions.session> {
  return {
    userId: principal.userId,
    loginName: principal.loginName,
    displayName: principal.displayName,
    role: principal.role,
    area: areaOf(principal.role),
    tenantId: principal.buyerId ?? principal.sellerId ?? principal.distributorId,
    tenantName: principal.tenantName,
    actions: actionsOpenTo(principal),
    left: principal.left ?? false,
    mustChangePassword: principal.passwordInitial ?? false,
    mustEnrol: secondFactorDue,
    csrfToken,
  };
}

export function presentCard(
  goodsId: string,
  content: ProductContent,
  sellerName: string,
  purchasable: Purchasable,
): View<typeof market.productCard> {
  return {
    goodsId,
    name: content.name,
    summary: content.summary,
    sellerName,
    accessType: content.accessType,
    chargingModes: [...new Set(content.specifications.map((spec) => spec.chargingMode))],
    priceFrom: fromPrice(content, purchasable),
  };
}

export function presentOrder(order: Order, names: Names): View<typeof orders.order> {
  return {
    orderId: order.orderId,
    orderType: order.orderType,
    state: order.state,
    buyerId: order.buyerId,
    buyerName: names.buyer(order.buyerId),
    amount: order.amount,
    createdAt: order.createdAt.toISOString(),
    paidAt: iso(order.paidAt),
    completedAt: iso(order.completedAt),
    cancelAt: iso(order.cancelAt),
    traceId: order.traceId,
    payment: presentParts(added(order.lines.flatMap(({ payment }) => payment ?? [])), order.amount.currency),
    lines: order.lines.map((line) => ({
      orderLineId: line.orderLineId,
      state: line.state,
      goodsId: line.goodsId,
      productName: line.snapshot.productName,
      specificationName: line.snapshot.specificationName,
      skuCode: line.skuCode,
      priceItemId: line.priceItemId,
      chargingMode: line.chargingMode,
      periodType: line.periodType,
      periodNumber: line.periodNumber,
      quantity: line.quantity,
      linearAttribute: line.snapshot.linearAttribute,
      listAmount: line.listAmount,
      amount: line.amount,
      deductions: line.snapshot.deductions,
      derivation: line.snapshot.derivation,
      parameters: line.snapshot.parameters,
      expireAt: iso(line.expireAt),
      sellerId: line.sellerId,
      sellerName: names.seller(line.sellerId),
      resourceId: line.state === 'WAITING' || line.state === 'CLOSED' ? null : line.resourceId,
    })),
  };
}

export function presentInstance(instance: Instance, names: Names): View<typeof services.instance> {
  return {
    resourceId: instance.resourceId,
    instanceId: instance.instanceId,
    state: instance.state,
    goodsId: instance.goodsId,
    productName: instance.productName,
    specificationName: instance.specificationName,
    chargingMode: instance.chargingMode,
    quantity: instance.quantity,
    linearAttribute: instance.linearAttribute,
    orderId: instance.orderId,
    orderLineId: instance.resourceId,
    buyerId: instance.buyerId,
    buyerName: names.buyer(instance.buyerId),
    sellerId: instance.sellerId,
    sellerName: names.seller(instance.sellerId),
    createdAt: instance.createdAt.toISOString(),
    startedAt: iso(instance.startedAt),
    expireAt: iso(instance.expireAt),
  };
}

/** @param blockedBy why Restart is not possible, from the same rule that the command checks */
export function presentCall(
  call: SellerCall,
  policy: CallPolicy,
  names: Names,
  blockedBy: { code: string; message: string } | null,
  actorOf: NameOfActor,
): View<typeof calls.sellerCall> {
  return {
    callId: call.id,
    activity: call.activity,
    protocol: call.protocol,
    state: call.state,
    restarted: call.restarted_by !== null,
    orderId: call.order_id,
    orderLineId: call.order_line_id,
    instanceId: call.instance_id,
    goodsId: call.goods_id,
    productName: call.product_name,
    sellerId: call.seller_id,
    sellerName: names.seller(call.seller_id),
    attempts: call.attempts,
    createdAt: call.created_at.toISOString(),
    nextAttemptAt: call.state === 'DUE' ? call.due_at.toISOString() : null,
    windowEndsAt: new Date(call.anchor.getTime() + policy.windowMs).toISOString(),
    last:
      call.last_at === null
        ? null
        : {
            at: call.last_at.toISOString(),
            httpStatus: call.last_http_status,
            resultCode: call.last_result_code,
            resultMsg: call.last_result_msg,
            durationMs: call.last_duration_ms ?? 0,
            diagnosisCode: call.last_diagnosis_code,
            diagnosisSummary: call.last_diagnosis_summary,
          },
    restartBlockedBy: blockedBy
      ? {
          code: blockedBy.code,
          message: refusalText(blockedBy),
        }
      : null,
    closed: call.ended_by === null ? null : { by: actorOf(call.ended_by), reason: call.end_reason ?? '' },
    traceId: call.trace_id,
  };
}

/** A reason of fulfilment in both languages. */
export const refusalText = ({ code, message }: { code: string; message: string }): LocalizedText => ({
  zh: RESTART_ZH[code] ?? message,
  en: message,
});

const RESTART_ZH: Readonly<Record<string, string>> = {
  NOT_FOUND: '没有这条消息',
  CALL_CLOSED: '该调用已由人工处理完成',
  CALL_RUNNING: '正在调用中',
  CALL_DONE: '调用已成功，无需重新启动',
  CALL_ONCE: '该调用在有人等待结果时实时发出，仅执行一次',
  ORDER_CLOSED: '订单行已关闭或已退款，或已被更新的调用取代，不能重新启动',
  NEWER_SUCCEEDED: '同一实例、同一接口的更新调用已经成功',
};

export type { LocalizedText };
