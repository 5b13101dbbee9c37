/** What a buyer can pay with (B-33), as data: which instruments count as money (S1-4, S1-5), which are repaid later. */

export const PURSE_KINDS = ['COUPON', 'COUPON_UNCOUNTED', 'CREDIT_COUPON', 'CARD'] as const;
/** `COUPON` counts toward performance, `COUPON_UNCOUNTED` does not, `CREDIT_COUPON` is repaid, `CARD` holds stored value */
export type PurseKind = (typeof PURSE_KINDS)[number];
/** Exactly one of them pays what coupons and cards leave (B-33). */
export const REST_KINDS = ['BALANCE', 'CREDIT', 'ONLINE'] as const;
export type RestKind = (typeof REST_KINDS)[number];
export const INSTRUMENTS = [...PURSE_KINDS, ...REST_KINDS] as const;
export type Instrument = (typeof INSTRUMENTS)[number];

interface InstrumentRules {
  /** cash consumption (S1-4, S1-5) */
  readonly cash: boolean;
  /** counts as paid once the buyer's month is repaid (S2-3) */
  readonly postPaid: boolean;
  /** in which account of the ledger its money lies; null = it holds none */
  readonly holds: 'coupon' | 'card' | null;
}

export const RULES: Readonly<Record<Instrument, InstrumentRules>> = {
  COUPON: { cash: true, postPaid: false, holds: 'coupon' },
  COUPON_UNCOUNTED: { cash: false, postPaid: false, holds: 'coupon' },
  CREDIT_COUPON: { cash: true, postPaid: true, holds: null },
  CARD: { cash: true, postPaid: false, holds: 'card' },
  BALANCE: { cash: true, postPaid: false, holds: null },
  CREDIT: { cash: true, postPaid: true, holds: null },
  ONLINE: { cash: true, postPaid: false, holds: null },
};
