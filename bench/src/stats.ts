/** Figures of a sample: medians and percentiles, never means, because one stall must not move the result. */

/** The value below which `share` (0 … 1) of the sample lies (nearest rank); NaN of nothing. */
export function percentile(sample: readonly number[], share: number): number {
  const sorted = sample.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** Middle value; of an even number the mean of the two in the middle. */
export function median(sample: readonly number[]): number {
  const sorted = sample.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
  return (lower + upper) / 2;
}

/** Distance from the smallest to the largest value as a share of the median: how far the rounds agree. */
export function spread(sample: readonly number[]): number {
  return (Math.max(...sample) - Math.min(...sample)) / median(sample);
}
