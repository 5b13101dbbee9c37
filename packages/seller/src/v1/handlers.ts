/** What a seller of protocol V1.0 writes: one function for each activity of saas-v1.md 6.0. */
import type { AppInfo, ExtendParamV1 } from '@jishi/protocol';
import type { Call, HandlerAnswer, InstanceAnswer, QueryInstanceCall } from '../handlers.ts';

/** Linear attributes of the order as bought: totals, never differences. */
export interface CapacityV1 {
  /** Count, for example of users. */
  readonly amount: number | undefined;
  /** GB. */
  readonly diskSize: number | undefined;
  /** Mbps. */
  readonly bandWidth: number | undefined;
}

/** Only with yearly/monthly. */
export interface PeriodV1 {
  /** `year` or `month`. */
  readonly periodType: string | undefined;
  readonly periodNumber: number | undefined;
}

export interface CustomerV1 {
  readonly customerId: string;
  readonly customerName: string | undefined;
  /** The IAM user; only for older products (2.4). */
  readonly userId: string | undefined;
  readonly userName: string | undefined;
  /** In clear. Undefined when your product does not get it, or when it could not be decrypted (event `unreadable`). */
  readonly mobilePhone: string | undefined;
  readonly email: string | undefined;
}

/** The order comes with the call: V1.0 has no order query. */
export interface NewInstanceCallV1 extends Call, CapacityV1, PeriodV1 {
  readonly orderId: string;
  readonly productId: string;
  readonly skuCode: string | undefined;
  /** Different in every request, also in a repeat. */
  readonly businessId: string;
  /** The businessId of the first request for this order, the same in every repeat: take it as the instanceId. */
  readonly recommendedInstanceId: string;
  readonly customer: CustomerV1;
  readonly trial: boolean;
  /** Absent for one-time and pay-per-use. Information only: the end comes as `expireInstance`. */
  readonly expireAt: Date | undefined;
  readonly chargingMode: 'PERIOD' | 'ONE_TIME' | 'ON_DEMAND' | 'ON_DEMAND_PKG' | undefined;
  /** What was paid, as decimal text: CNY in China, USD elsewhere. */
  readonly orderAmount: string | undefined;
  readonly extendParams: readonly ExtendParamV1[];
}

export interface RefreshInstanceCallV1 extends Call, PeriodV1 {
  readonly instanceId: string;
  /** The new order: of the renewal, of the conversion, or of the cancellation. */
  readonly orderId: string;
  /**
   * `conversion`: a trial was bought. `cancellation`: a renewal was taken back and paid back. `renewal`: the rest; when its
   * `expireAt` lies before the present end, it is a cancellation too, of a renewal that had cost nothing (6.0.2).
   */
  readonly kind: 'renewal' | 'conversion' | 'cancellation';
  /** The new expiry: set it, do not add it. */
  readonly expireAt: Date;
  /** The new product, when the billing period type changes. */
  readonly productId: string | undefined;
  /** Decimal text; negative for a cancellation. */
  readonly orderAmount: string | undefined;
}

export interface ExpireInstanceCallV1 extends Call {
  readonly instanceId: string;
  /** The order of the purchase. */
  readonly orderId: string;
}

export interface ReleaseInstanceCallV1 extends ExpireInstanceCallV1 {
  readonly orderAmount: string | undefined;
}

export interface UpgradeCallV1 extends Call, CapacityV1 {
  readonly instanceId: string;
  /** The upgrade's order. */
  readonly orderId: string;
  /** What the instance is afterwards. */
  readonly skuCode: string;
  readonly productId: string;
  readonly extendParams: readonly ExtendParamV1[];
}

export interface InstanceStatusCallV1 extends Call {
  readonly instanceId: string;
  readonly status: 'FREEZE' | 'NORMAL';
}

/**
 * An instance and how its customer uses it; without `appInfo` the SDK asks `queryInstance` for that. `pending`: not ready yet,
 * answered with 000004, which V1.0 counts as a failed attempt and repeats for three hours at most (7).
 */
export type NewInstanceResultV1 =
  | { readonly instanceId: string; readonly appInfo?: AppInfo; readonly pending?: false }
  | { readonly instanceId: string; readonly pending: true };

export interface SellerHandlersV1 {
  /** Create the instance. Runs once for each order, for pay-per-use once for each order and product. */
  newInstance(call: NewInstanceCallV1): HandlerAnswer<NewInstanceResultV1>;
  /**
   * Where and how the customer signs in, and usage. A repeated newInstance is answered from it too: the marketplace repeats
   * it whenever the customer opens the details (6.0.1).
   */
  queryInstance(call: QueryInstanceCall): HandlerAnswer<readonly InstanceAnswer[]>;
  /** May be repeated: releasing what is gone is a success. */
  releaseInstance(call: ReleaseInstanceCallV1): HandlerAnswer<void>;
  /** Yearly/monthly: set the new end, and thaw what had expired. Runs once for each order and expiry. */
  refreshInstance?(call: RefreshInstanceCallV1): HandlerAnswer<void>;
  /** Yearly/monthly: freeze, keep the data. May be repeated. */
  expireInstance?(call: ExpireInstanceCallV1): HandlerAnswer<void>;
  /** Only for products that can be upgraded. Runs once for each order. */
  upgrade?(call: UpgradeCallV1): HandlerAnswer<void>;
  /** Pay-per-use and packages, and violations: freeze or thaw. May be repeated. */
  instanceStatus?(call: InstanceStatusCallV1): HandlerAnswer<void>;
}
