/**
 * The states of a product and of an application (catalogue.md 8.1, 8.2).
 *
 * A product is written as a DRAFT; submitting puts it IN_REVIEW, from where it comes back (withdrawn by the seller:
 * DRAFT, refused: REJECTED) or goes ON_SALE. On sale it may be frozen and released by the platform (TRADE_FROZEN), be
 * STOPPED after an approved removal, and be WITHDRAWN by the platform at any time; STOPPED leads nowhere but there.
 *
 * An application is PENDING until the operator decides (APPROVED, REJECTED) or the seller takes it back (WITHDRAWN);
 * a product has one pending application at most (C40). Pure.
 */
import { hourOfDay, localMs, SITES, type Site } from '../../platform/site.ts';
import type { Transitions } from '../../platform/state-machine.ts';
import type { ProductState } from '../store.ts';

export const PRODUCT_MOVES: Transitions<ProductState> = {
  DRAFT: ['IN_REVIEW'],
  IN_REVIEW: ['DRAFT', 'REJECTED', 'ON_SALE'],
  REJECTED: ['IN_REVIEW'],
  ON_SALE: ['TRADE_FROZEN', 'STOPPED', 'WITHDRAWN'],
  TRADE_FROZEN: ['ON_SALE', 'WITHDRAWN'],
  STOPPED: ['WITHDRAWN'],
  WITHDRAWN: [],
};

export const APPLICATION_KINDS = ['NEW', 'CHANGE', 'REMOVAL'] as const;
export type ApplicationKind = (typeof APPLICATION_KINDS)[number];
export const APPLICATION_STATES = ['PENDING', 'APPROVED', 'REJECTED', 'WITHDRAWN'] as const;
export type ApplicationState = (typeof APPLICATION_STATES)[number];

export const APPLICATION_MOVES: Transitions<ApplicationState> = {
  PENDING: ['APPROVED', 'REJECTED', 'WITHDRAWN'],
  APPROVED: [],
  REJECTED: [],
  WITHDRAWN: [],
};

/** What may be applied for in which state of the product; a frozen one can still be repaired by a change (C35). */
export const APPLIED_IN: Readonly<Record<ApplicationKind, readonly ProductState[]>> = {
  NEW: ['DRAFT', 'REJECTED'],
  CHANGE: ['ON_SALE', 'TRADE_FROZEN'],
  REMOVAL: ['ON_SALE'],
};

/** S-31: three working days */
const REVIEW_DAYS = 3;
const DAY_MS = 86_400_000;

/** End of the third working day (Monday to Friday) after the day of submission, in the site's zone (S-31, O-8). */
export function reviewDueAt(submittedAt: Date, site: Site): Date {
  const { timeZone } = SITES[site];
  const today = localMs(submittedAt, timeZone);
  let days = 0;
  for (let working = 0; working < REVIEW_DAYS; ) {
    days += 1;
    const weekday = new Date(today + days * DAY_MS).getUTCDay();
    if (weekday !== 0 && weekday !== 6) working += 1;
  }
  return hourOfDay(submittedAt, days, 24, timeZone);
}
