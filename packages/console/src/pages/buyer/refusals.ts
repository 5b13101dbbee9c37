import type { Problem, ProductView } from '@jishi/marketplace/console-api';

/** Refusals of an order that a buyer can do something about (catalogue.md 13.1); each is a dialog that says what. */
export const answerable = [
  'NOT_TARGET_CUSTOMER',
  'NOT_IN_REGION',
  'REAL_NAME_REQUIRED',
  'PURCHASE_LIMIT',
  'OUT_OF_STOCK',
  'NOT_ON_SALE',
  'INVALID_QUANTITY',
  'OFFER_NOT_USABLE',
  'VOUCHER_NOT_USABLE',
  'VOUCHER_USED',
  'RECEIVER_REQUIRED',
] as const;
export type Answerable = (typeof answerable)[number];

/** Those after which only the seller can help (C45, C49): its contact is shown, and an offer can be asked for. */
export const asksSeller = (code: Answerable): boolean =>
  code === 'NOT_TARGET_CUSTOMER' || code === 'PURCHASE_LIMIT' || code === 'OUT_OF_STOCK' || code === 'NOT_IN_REGION';

/** A refusal with its facts: from the product page before ordering, or from the order that was refused. */
export interface Refused {
  readonly code: Answerable;
  readonly facts: Readonly<Record<string, string>>;
}

const isAnswerable = (code: string): code is Answerable => answerable.some((one) => one === code);

/** Before ordering. Null for what the page says itself (state, quantity) or has no words for: the button is disabled then. */
export function refusedBy({ code }: NonNullable<ProductView['blockedBy']>): Refused | null {
  if (code === 'NOT_ON_SALE' || code === 'INVALID_QUANTITY' || !isAnswerable(code)) return null;
  return { code, facts: {} };
}

/** Of an order that was refused. Null for a code that the page has nothing better to say about than the problem itself. */
export function refusedByProblem(problem: Problem): Refused | null {
  return isAnswerable(problem.code) ? { code: problem.code, facts: problem.facts ?? {} } : null;
}
