/**
 * What stations to the right hand in and get back when a resource is renewed, converted or changed. A resource is our
 * side of an instance; its id is the order line that created it.
 */
import type { ChargingMode, DerivationStep } from '../catalog/index.ts';
import type { Money } from '../platform/money.ts';
import type { PeriodType, Site } from '../platform/site.ts';
import type { LineState, OrderState, OrderType } from './model.ts';

export interface Resource {
  readonly resourceId: string;
  readonly buyerId: string;
  readonly sellerId: string;
  readonly goodsId: string;
  /** product version of the last purchase or renewal: its prices hold where the current version has none (C29) */
  readonly version: number;
  readonly specificationId: string;
  readonly skuCode: string;
  readonly quantity: number;
  readonly chargingMode: ChargingMode;
  readonly site: Site;
  readonly periodType: PeriodType | null;
  readonly periodNumber: number | null;
  readonly expireAt: Date | null;
  readonly trial: boolean;
  /** the creating order */
  readonly orderId: string;
  readonly traceId: string;
}

export type FollowUpType = Extract<OrderType, 'RENEW' | 'TRIAL_TO_FORMAL' | 'CHANGE'>;
export type Scene = 'RENEWAL' | 'RENEWAL_CHANGE';

/** A priced order line for a resource that exists; `placeFor` makes an order of it. */
export interface QuotedLine {
  readonly resource: Resource;
  readonly orderType: FollowUpType;
  /** of RENEW lines; null otherwise */
  readonly scene: Scene | null;
  readonly priceItemId: string;
  readonly skuCode: string;
  readonly specificationId: string;
  readonly version: number;
  readonly quantity: number;
  readonly periodType: PeriodType | null;
  readonly periodNumber: number | null;
  /** null = at payment */
  readonly effectiveFrom: Date | null;
  /** null = computed at payment */
  readonly expireAt: Date | null;
  readonly listAmount: Money;
  readonly amount: Money;
  readonly derivation: readonly DerivationStep[];
}

/** Another SKU or quantity of the same specification. */
export interface Target {
  readonly skuCode: string;
  readonly quantity: number;
}

/** An order of a resource that is not done yet. */
export interface OpenOrder {
  readonly resourceId: string;
  readonly orderId: string;
  readonly orderLineId: string;
  readonly orderType: FollowUpType;
  /** PENDING_PAYMENT or PROCESSING */
  readonly orderState: OrderState;
  readonly lineState: LineState;
}

/** A paid line of a resource: its opening, renewals, conversion, changes. */
export interface ResourceLine {
  readonly orderLineId: string;
  readonly orderId: string;
  readonly orderType: OrderType;
  readonly scene: Scene | null;
  readonly state: LineState;
  readonly amount: Money;
  readonly priceItemId: string;
  readonly skuCode: string;
  readonly quantity: number;
  readonly periodType: PeriodType | null;
  readonly periodNumber: number | null;
  readonly effectiveFrom: Date | null;
  readonly expireAt: Date | null;
  readonly paidAt: Date;
}
