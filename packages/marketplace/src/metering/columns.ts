/**
 * Columns of many rows as texts that PostgreSQL reads as arrays. The driver's own way from lists of dates and numbers was
 * among what taken-in usage cost most (decision 0012).
 */

/** For `${texts(…)}::text[]`. */
export const texts = (values: readonly (string | null)[]): string =>
  `{${values.map((value) => (value === null ? 'NULL' : `"${PLAIN.test(value) ? value : value.replaceAll(/["\\]/g, '\\$&')}"`)).join()}}`;
const PLAIN = /^[^"\\]*$/;

/** Of what needs no quotes: ids, numbers, decimals, truth; for `::uuid[]`, `::numeric[]`, `::boolean[]`. */
export const bare = (values: readonly (string | number | boolean)[]): string => `{${values.join()}}`;

/** Milliseconds, for `to_timestamp(… / 1000)` over `::float8[]`, which is exact for them. */
export const instants = (values: readonly Date[]): string => bare(values.map((at) => at.getTime()));
