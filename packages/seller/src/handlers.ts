/** What a seller writes: one function for each activity of saas-v2.md 5. */
import type { AppInfo, ChangeInstanceCheckRequest, UsageInfo } from '@jishi/protocol';
import type { OrderResult } from './open-api/result.ts';
import type { Refusal } from './refuse.ts';

/** What a handler may give back, at once or later. */
export type HandlerAnswer<T> = T | Refusal | Promise<T | Refusal>;

/** Common to all calls. */
export interface Call {
  /** True for the debugger's and the daily probe's calls; only handlers given as `test` ever see that (1.4). */
  readonly test: boolean;
  readonly receivedAtMs: number;
}

/** A call that names an order. */
export interface OrderCall extends Call {
  readonly orderId: string;
  readonly orderLineId: string;
  /**
   * The order as the marketplace tells it (Open API A1), fetched at the first use and kept for this call. Ends within the
   * order budget and never throws: what failed stands in the result.
   */
  order(): Promise<OrderResult>;
}

export interface NewInstanceCall extends OrderCall {
  /** Different in every request, also in a repeat. */
  readonly businessId: string;
  /** The businessId of the first request for this order line, the same in every repeat: take it as the instanceId. */
  readonly recommendedInstanceId: string;
}

export interface QueryInstanceCall extends Call {
  /** 1–100 different ids. */
  readonly instanceIds: readonly string[];
}

export interface RefreshInstanceCall extends OrderCall {
  readonly instanceId: string;
  readonly scene: string;
  /** The new expiry: set it, do not add it. */
  readonly expireAt: Date;
  /** The new product, when the billing period type changes. */
  readonly productId: string | undefined;
}

export interface UpdateInstanceStatusCall extends Call {
  readonly instanceId: string;
  readonly status: 'FREEZE' | 'UNFREEZE';
}

export interface ReleaseInstanceCall extends Call {
  readonly instanceId: string;
  /** The unsubscription order, when one caused the release. */
  readonly orderId: string | undefined;
  readonly orderLineId: string | undefined;
}

export interface UpgradeInstanceCall extends OrderCall {
  readonly instanceId: string;
}

export interface ChangeInstanceCheckCall extends Call {
  readonly instanceId: string;
  /** The product the customer wants to change to. */
  readonly productInfo: ChangeInstanceCheckRequest['productInfo'];
}

/** Provisioned (`000000`), or accepted and being provisioned (`000004`). The same id for every repeat. */
export type NewInstanceResult =
  | { readonly instanceId: string; readonly pending?: false }
  | { readonly instanceId: string; readonly pending: true };

/** A ready instance with what its customer needs to use it (saas-v2.md 5.2), and its usage where that is charged. */
export type ReadyInstance = {
  readonly instanceId: string;
  readonly appInfo?: AppInfo;
  readonly usageInfo?: readonly UsageInfo[];
  readonly pending?: false;
};

/** A ready instance, or one that is still being provisioned. Leave unknown ids out. */
export type InstanceAnswer = ReadyInstance | { readonly instanceId: string; readonly pending: true };

export interface SellerHandlers {
  /** Create the instance, or say that it is being created. Must not take more than about five seconds. */
  newInstance(call: NewInstanceCall): HandlerAnswer<NewInstanceResult>;
  queryInstance(call: QueryInstanceCall): HandlerAnswer<readonly InstanceAnswer[]>;
  /** Runs once for each order line, scene and expiry. */
  refreshInstance(call: RefreshInstanceCall): HandlerAnswer<void>;
  /** May be repeated: freezing what is frozen is a success. */
  updateInstanceStatus(call: UpdateInstanceStatusCall): HandlerAnswer<void>;
  /** May be repeated: releasing what is gone is a success. */
  releaseInstance(call: ReleaseInstanceCall): HandlerAnswer<void>;
  /** Only for products that can be upgraded. Runs once for each order line. */
  upgradeInstance?(call: UpgradeInstanceCall): HandlerAnswer<void>;
  /** Only for products that can change on renewal. Must change nothing; return nothing to allow, `refuse(…)` to forbid. */
  changeInstanceCheck?(call: ChangeInstanceCheckCall): HandlerAnswer<void>;
}
