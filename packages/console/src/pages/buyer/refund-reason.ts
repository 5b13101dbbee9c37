/** The reason list of the refund form (B-81). */
export const refundReasons = ['wrong', 'unneeded', 'quality', 'service', 'price', 'other'] as const;
export type RefundReason = (typeof refundReasons)[number];

/** The API's own limit of the whole reason. */
const longestReason = 500;
const amountPattern = /^\d{1,15}(\.\d{1,2})?$/;

/** True when the words are needed: "other" says nothing by itself. */
export function needsWords(reason: RefundReason): boolean {
  return reason === 'other';
}

/** What the seller reads: the chosen reason and the buyer's own words, no longer than the API takes. */
export function composeReason(label: string, separator: string, words: string): string {
  const own = words.trim();
  return (own === '' ? label : `${label}${separator}${own}`).slice(0, longestReason);
}

/** True for an amount with at most two decimals, above zero and at most what was paid (S7-11); or less than that (B-83a). */
export function isRefundable(
  amount: string,
  compare: (left: string, right: string) => number,
  most: string,
  partOnly = false,
): boolean {
  return amountPattern.test(amount) && compare(amount, '0') > 0 && compare(amount, most) <= (partOnly ? -1 : 0);
}
