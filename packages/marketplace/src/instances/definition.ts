/**
 * What an instance is: its states (consoles-and-processes.md 7.3), the facts that drive its life, and what is told
 * when something happens to it. Types and tables only.
 *
 * PROVISIONING from the payment on; TRIAL or ACTIVE when it was handed over and, under supervision, accepted, FAILED when its window
 * is over; CHANGING while a paid change is at the seller; GRACE after expiry, still usable; FROZEN when the grace is
 * over, data kept; VIOLATION_FROZEN by the operator, at once; RELEASING while the seller is told to delete; RELEASED.
 */
import type { ChargingMode, LinearAttribute, LocalizedText } from '../catalog/index.ts';
import type { BuyerLevel } from '../directory/index.ts';
import type { Money } from '../platform/money.ts';
import type { Refusal } from '../platform/result.ts';
import type { PeriodType, Site } from '../platform/site.ts';
import type { Transitions } from '../platform/state-machine.ts';

export const INSTANCE_STATES = [
  'PROVISIONING',
  'TRIAL',
  'ACTIVE',
  'CHANGING',
  'GRACE',
  'FROZEN',
  'VIOLATION_FROZEN',
  'RELEASING',
  'RELEASED',
  'FAILED',
] as const;
export type InstanceState = (typeof INSTANCE_STATES)[number];

// Beyond the diagram of 7.3 (docs/decisions/0006): a violation is frozen in TRIAL and GRACE too and cured back into
// them; a renewal does not lift it (FROZEN → VIOLATION_FROZEN); an agreed refund releases from every living state.
export const instanceTransitions: Transitions<InstanceState> = {
  // S7-1: a negotiated refund in the guarantee period ends what was never accepted
  PROVISIONING: ['TRIAL', 'ACTIVE', 'FAILED', 'RELEASING'],
  TRIAL: ['ACTIVE', 'FROZEN', 'VIOLATION_FROZEN'],
  ACTIVE: ['CHANGING', 'GRACE', 'FROZEN', 'VIOLATION_FROZEN', 'RELEASING'],
  CHANGING: ['ACTIVE', 'RELEASING'],
  GRACE: ['ACTIVE', 'FROZEN', 'VIOLATION_FROZEN', 'RELEASING'],
  FROZEN: ['ACTIVE', 'VIOLATION_FROZEN', 'RELEASING'],
  VIOLATION_FROZEN: ['ACTIVE', 'TRIAL', 'GRACE', 'FROZEN', 'RELEASING'],
  RELEASING: ['RELEASED'],
  RELEASED: [],
  FAILED: [],
};

export type { BuyerLevel, ChargingMode };
/** B-62: what happens at expiry, chosen by the buyer */
export type ExpiryPolicy = 'MANUAL' | 'AUTO' | 'NONE';

/** What is subscribed to, as the catalogue sells it. */
export interface Plan {
  readonly version: number;
  readonly specificationId: string;
  readonly specificationName: LocalizedText;
  readonly skuCode: string;
  readonly priceItemId: string;
  readonly quantity: number;
  readonly linearAttribute: LinearAttribute | null;
  readonly periodType: PeriodType | null;
  readonly periodNumber: number | null;
}

/** A paid change that is not in effect yet: at the seller's answer (`at` null), or at the old expiry (C28). */
export interface PendingChange {
  readonly orderId: string;
  readonly orderLineId: string;
  readonly at: Date | null;
  readonly plan: Plan;
}

/** O-14: why the operator froze it, and by what that is shown. Seller and buyer read all of it. */
export interface Violation {
  readonly reason: string;
  /** what was seen, where and when; empty = none was given */
  readonly evidence: string;
  /** addresses or numbers of documents that show it */
  readonly references: readonly string[];
  readonly at: Date;
}

/** What a purchase waits for before it runs: to be handed over, to be accepted by its buyer (service supervision) */
export const WAITS = ['DELIVERY', 'ACCEPTANCE'] as const;
export type Wait = (typeof WAITS)[number];

/** Everything that decides what happens next to an instance, and when. */
export interface Life extends Plan {
  readonly state: InstanceState;
  readonly chargingMode: ChargingMode;
  readonly site: Site;
  readonly trial: boolean;
  /** PROVISIONING: what has not come yet; empty from its beginning on */
  readonly waitsFor: readonly Wait[];
  /** what was paid for the opening, or for the conversion of the trial */
  readonly opening: Money;
  /** null = never: one-time, and pay-per-use; of pay-per-use since when it is in arrears (S7-15) */
  readonly expireAt: Date | null;
  readonly expiryPolicy: ExpiryPolicy;
  /** B-63: so many days before its end the first automatic renewal is tried, as its buyer set it */
  readonly renewDays: number;
  /** end of the grace; set when the expiry is dealt with, taken away by a renewal */
  readonly freezeAt: Date | null;
  /** end of the retention; set together with `freezeAt` */
  readonly releaseAt: Date | null;
  /** when the paid time began that a 5-day refund counts from (S7-2): delivery, or conversion of a trial */
  readonly activatedAt: Date | null;
  readonly endedAt: Date | null;
  /** an open violation, whatever the state (7.3: lifted only when cured) */
  readonly violation: Violation | null;
  readonly pending: PendingChange | null;
  /** the order line that the seller is being asked to carry out while CHANGING */
  readonly changingLine: string | null;
  /** reminders and renewal attempts planned until then are done or passed over */
  readonly steppedAt: Date;
  /** a step that has to wait for an order is tried again then */
  readonly putOffUntil: Date | null;
  /** how many freezes and unfreezes there were; names their calls */
  readonly statusChanges: number;
  /** a refund application that is open, or executed and about to be heard of */
  readonly refundId: string | null;
  /** why an automatic renewal was refused, as the buyer was told; the same is not told again (N-26) */
  readonly refusedTold: string | null;
}

export type StepKind = 'APPLY_CHANGE' | 'REMIND' | 'AUTO_RENEW' | 'EXPIRE' | 'FREEZE' | 'RELEASE_NEAR' | 'RELEASE';
export interface Step {
  readonly at: Date;
  readonly kind: StepKind;
}

/** B-63, unless the buyer sets another day */
export const FIRST_RENEWAL_DAYS = 7;
export const REMINDER_DAYS = [15, 7, 3, 1] as const;

/** Members of the call to the seller that tells a changed period (saas-v2.md 5.3). */
export interface PeriodCall {
  readonly scene: 'TRIAL_TO_FORMAL' | 'RENEWAL' | 'RENEWAL_CHANGE' | 'UNSUBSCRIBE_RENEWAL_PERIOD';
  /** only when the period type changed */
  readonly productId: string | null;
  readonly skuCode: string;
  readonly quantity: number;
  readonly expireTime: Date;
  readonly periodType: PeriodType | null;
  readonly periodNumber: number | null;
  /** negative for a renewal that was taken back */
  readonly orderAmount: string;
}

/** What is told of an instance; the service adds which one and publishes it as `instances.<type>`. */
export type News =
  | { type: 'ready' }
  | { type: 'expiring'; daysLeft: (typeof REMINDER_DAYS)[number] }
  | { type: 'grace-begun'; until: Date }
  | {
      type: 'frozen';
      occasion: string;
      reason: 'EXPIRED' | 'VIOLATION' | 'ARREARS';
      call: boolean;
      violation?: Violation;
    }
  | { type: 'unfrozen'; occasion: string; reason: 'RENEWED' | 'CURED' | 'PAID' }
  /** with the violation that it was: the instance does not have it any more */
  | { type: 'cured'; violation: Violation | null }
  | { type: 'release-near'; releaseAt: Date }
  | {
      type: 'release-begun';
      occasion: 'release';
      cause: 'EXPIRED' | 'UNSUBSCRIBED';
      orderId: string | null;
      orderLineId: string | null;
      amountPaid: string;
    }
  | { type: 'released' }
  | { type: 'period-changed'; occasion: string; orderId: string; orderLineId: string; call: PeriodCall }
  | { type: 'renewed'; orderId: string; automatic: boolean; amount: Money; expireAt: Date }
  | { type: 'auto-renew-failed'; missing: Money | null; refused: Refusal | null; nextTryAt: Date | null }
  | {
      type: 'change-ordered';
      occasion: string;
      orderId: string;
      orderLineId: string;
      call: { skuCode: string; productId: string; quantity: number; linearCode: string | null };
    }
  | { type: 'changed'; orderId: string }
  | { type: 'change-failed'; orderId: string };

export interface Outcome<T extends Life = Life> {
  readonly life: T;
  readonly news: readonly News[];
}

interface Days {
  readonly grace: number;
  readonly retention: number;
}
/** Natural days by customer level (S7-14a): subscriptions of a period, and pay-per-use with its packages. */
export const DAYS_AFTER_EXPIRY: Readonly<Record<BuyerLevel, { readonly period: Days; readonly onDemand: Days }>> = {
  V5: { period: { grace: 7, retention: 15 }, onDemand: { grace: 7, retention: 15 } },
  V4: { period: { grace: 7, retention: 15 }, onDemand: { grace: 7, retention: 15 } },
  V3: { period: { grace: 7, retention: 7 }, onDemand: { grace: 1, retention: 7 } },
  V2: { period: { grace: 1, retention: 7 }, onDemand: { grace: 0, retention: 7 } },
  V1: { period: { grace: 1, retention: 7 }, onDemand: { grace: 0, retention: 7 } },
  V0: { period: { grace: 1, retention: 1 }, onDemand: { grace: 0, retention: 1 } },
};
