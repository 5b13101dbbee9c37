/** A row of instances.instances ⇄ an `Instance`. */
import { z } from 'zod';
import { type LinearAttribute, type LocalizedText, localizedText } from '../catalog/index.ts';
import { type Money, money } from '../platform/money.ts';
import { type PeriodType, SITES, type Site } from '../platform/site.ts';
import {
  type ChargingMode,
  type ExpiryPolicy,
  type InstanceState,
  type Life,
  type PendingChange,
  type Plan,
  WAITS,
} from './definition.ts';
import { nextStep } from './model.ts';

/** A running subscription: whose, of what, and where its life stands. */
export interface Instance extends Life {
  readonly resourceId: string;
  /** the seller's id; null until it answered */
  readonly instanceId: string | null;
  readonly buyerId: string;
  /** the user who bought it; a purchaser sees the own ones only (P-2) */
  readonly placedBy: string;
  readonly sellerId: string;
  /** the creating order */
  readonly orderId: string;
  readonly goodsId: string;
  readonly productName: LocalizedText;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly traceId: string;
}

export interface Row {
  resource_id: string;
  instance_id: string | null;
  state: InstanceState;
  buyer_id: string;
  placed_by: string;
  seller_id: string;
  order_id: string;
  goods_id: string;
  site: Site;
  product_name: unknown;
  charging_mode: ChargingMode;
  trial: boolean;
  version: number;
  specification_id: string;
  specification_name: unknown;
  sku_code: string;
  price_item_id: string;
  quantity: number;
  linear_attribute: unknown;
  period_type: PeriodType | null;
  period_number: number | null;
  opening_amount: string;
  created_at: Date;
  started_at: Date | null;
  activated_at: Date | null;
  ended_at: Date | null;
  expire_at: Date | null;
  expiry_policy: ExpiryPolicy;
  renew_days: number;
  freeze_at: Date | null;
  release_at: Date | null;
  violation: unknown;
  pending: unknown;
  changing_line: string | null;
  refund_id: string | null;
  refused_told: string | null;
  stepped_at: Date;
  put_off_until: Date | null;
  status_changes: number;
  waits_for: unknown;
  trace_id: string;
}

const waits = z.array(z.enum(WAITS));
const instant = z.iso.datetime().transform((text) => new Date(text));
const linear: z.ZodType<LinearAttribute | null> = z
  .object({
    code: z.string(),
    name: localizedText,
    unit: localizedText,
    minimum: z.number(),
    maximum: z.number(),
    step: z.number(),
  })
  .nullable();
const violation = z
  .object({
    reason: z.string(),
    evidence: z.string().default(''),
    references: z.array(z.string()).default([]),
    at: instant,
  })
  .nullable();
const plan: z.ZodType<Plan> = z.object({
  version: z.number(),
  specificationId: z.string(),
  specificationName: localizedText,
  skuCode: z.string(),
  priceItemId: z.string(),
  quantity: z.number(),
  linearAttribute: linear,
  periodType: z.enum(['month', 'year']).nullable(),
  periodNumber: z.number().nullable(),
});
const pending: z.ZodType<PendingChange | null> = z
  .object({ orderId: z.string(), orderLineId: z.string(), at: instant.nullable(), plan })
  .nullable();

export function toInstance(row: Row): Instance {
  const opening: Money = money(row.opening_amount, SITES[row.site].currency);
  return {
    resourceId: row.resource_id,
    instanceId: row.instance_id,
    state: row.state,
    buyerId: row.buyer_id,
    placedBy: row.placed_by,
    sellerId: row.seller_id,
    orderId: row.order_id,
    goodsId: row.goods_id,
    site: row.site,
    productName: localizedText.parse(row.product_name),
    chargingMode: row.charging_mode,
    trial: row.trial,
    waitsFor: waits.parse(row.waits_for),
    version: row.version,
    specificationId: row.specification_id,
    specificationName: localizedText.parse(row.specification_name),
    skuCode: row.sku_code,
    priceItemId: row.price_item_id,
    quantity: row.quantity,
    linearAttribute: linear.parse(row.linear_attribute),
    periodType: row.period_type,
    periodNumber: row.period_number,
    opening,
    createdAt: row.created_at,
    startedAt: row.started_at,
    activatedAt: row.activated_at,
    endedAt: row.ended_at,
    expireAt: row.expire_at,
    expiryPolicy: row.expiry_policy,
    renewDays: row.renew_days,
    freezeAt: row.freeze_at,
    releaseAt: row.release_at,
    violation: violation.parse(row.violation),
    pending: pending.parse(row.pending),
    changingLine: row.changing_line,
    refundId: row.refund_id,
    refusedTold: row.refused_told,
    steppedAt: row.stepped_at,
    putOffUntil: row.put_off_until,
    statusChanges: row.status_changes,
    traceId: row.trace_id,
  };
}

/** The columns that a life moves, and when it is next looked at. */
export function lifeColumns(instance: Instance) {
  return {
    resource_id: instance.resourceId,
    state: instance.state,
    trial: instance.trial,
    waits_for: instance.waitsFor,
    opening_amount: instance.opening.amount,
    activated_at: instance.activatedAt,
    ended_at: instance.endedAt,
    expire_at: instance.expireAt,
    expiry_policy: instance.expiryPolicy,
    renew_days: instance.renewDays,
    freeze_at: instance.freezeAt,
    release_at: instance.releaseAt,
    violation: instance.violation,
    pending: instance.pending,
    changing_line: instance.changingLine,
    refund_id: instance.refundId,
    refused_told: instance.refusedTold,
    stepped_at: instance.steppedAt,
    put_off_until: instance.putOffUntil,
    status_changes: instance.statusChanges,
    next_at: nextStep(instance)?.at ?? null,
  };
}

export function planColumns(instance: Plan & { readonly resourceId: string }) {
  return {
    resource_id: instance.resourceId,
    version: instance.version,
    specification_id: instance.specificationId,
    specification_name: instance.specificationName,
    sku_code: instance.skuCode,
    price_item_id: instance.priceItemId,
    quantity: instance.quantity,
    linear_attribute: instance.linearAttribute,
    period_type: instance.periodType,
    period_number: instance.periodNumber,
  };
}
