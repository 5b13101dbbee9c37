/** Refusals of usage that have words of their own. */
export const usageCodes = [
  'PACKAGE_ALARM',
  'USAGE_PRICED',
  'PRICE_UNKNOWN',
  'NO_PRICE',
  'RERATING_CHANGED',
  'NOTHING_DIFFERS',
  'TOO_MUCH',
  'CHARGE_STATE',
] as const;
