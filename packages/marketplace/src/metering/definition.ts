/**
 * What metering knows: meters (pay-per-use services), records of usage, packages that are drawn first, charges. Types only.
 *
 * A record that was answered with success is WAITING for the end of its billing cycle, then RATED; or UNRATED with a reason
 * that an operator can put right, after which it is WAITING again; or VOID, when an operator took it back (the charge that it
 * was in is reversed). In the database WAITING and RATED are both TAKEN: RATED are those
 * that a charge lists.
 */
import type { LocalizedText, PriceItem } from '../catalog/index.ts';
import type { Site } from '../platform/site.ts';
import type { Transitions } from '../platform/state-machine.ts';

export const RECORD_STATES = ['WAITING', 'RATED', 'UNRATED', 'VOID'] as const;
export type RecordState = (typeof RECORD_STATES)[number];
export const recordTransitions: Transitions<RecordState> = {
  WAITING: ['RATED', 'UNRATED', 'VOID'],
  // back when its charge is reversed
  RATED: ['WAITING', 'VOID'],
  UNRATED: ['WAITING', 'VOID'],
  VOID: [],
};

/** PAID from the balance; OWED while the balance is short; NOTHING when packages covered it; REVERSED by another charge. */
export const CHARGE_STATES = ['PAID', 'OWED', 'NOTHING', 'REVERSED'] as const;
export type ChargeState = (typeof CHARGE_STATES)[number];
export const chargeTransitions: Transitions<ChargeState> = {
  OWED: ['PAID', 'REVERSED'],
  PAID: ['REVERSED'],
  NOTHING: ['REVERSED'],
  REVERSED: [],
};

/** C30: when usage is billed, and over what time STEP prices add it up. */
export interface UsageTerms {
  readonly cycle: 'hour' | 'day';
  readonly accumulation: 'record' | 'day' | 'month';
}

export type UsagePrice = Pick<PriceItem, 'priceItemId' | 'mode' | 'brackets' | 'currency' | 'chargeItem'>;

export interface Span {
  readonly from: Date;
  /** null = it goes on */
  readonly to: Date | null;
}

/** A pay-per-use service, as records of it are judged and rated. */
export interface Meter {
  readonly resourceId: string;
  readonly instanceId: string;
  readonly sellerId: string;
  readonly buyerId: string;
  readonly placedBy: string;
  readonly orderId: string;
  readonly goodsId: string;
  readonly productName: LocalizedText;
  readonly specificationName: LocalizedText;
  readonly site: Site;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  readonly frozen: readonly Span[];
  readonly terms: UsageTerms;
  /** null = the version that was bought has no price for it: records stay UNRATED */
  readonly price: UsagePrice | null;
  readonly traceId: string;
}

/** A package of the same buyer and product (C31, C32). */
export interface UsagePackageFacts {
  readonly resourceId: string;
  /** the seller's id; null = it never gave one */
  readonly instanceId: string | null;
  readonly from: Date;
  readonly to: Date | null;
  readonly quota: string;
  readonly unit: LocalizedText;
  readonly resetting: 'hour' | 'day' | 'week' | 'month' | null;
  readonly stopWhenUsedUp: boolean;
}

/** A record that is rated. */
export interface Usage {
  readonly recordId: string;
  readonly beginAt: Date;
  readonly endAt: Date;
  readonly value: string;
  /** the package that it names (C32); null = any */
  readonly packageInstanceId: string | null;
}

export interface Draw {
  readonly packageId: string;
  /** beginning of the time for which the quota is: its validity, or one of its resets */
  readonly window: Date;
  readonly quantity: string;
}

export interface RatedUsage {
  readonly recordId: string;
  readonly drawn: string;
  /** what is paid for */
  readonly charged: string;
  /** beyond a package that stops when it is used up: neither drawn nor charged (C32) */
  readonly refused: string;
  /** exact, before rounding */
  readonly amount: string;
}

export interface DerivationStep {
  readonly rule: string;
  readonly text: string;
  readonly value: string;
}
