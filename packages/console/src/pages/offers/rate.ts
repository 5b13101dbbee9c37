/** What is paid of the list price: people enter per cent with two decimals, the wire carries a decimal (C52). Pure, exact. */

/** 85.5 → `0.855`; null = no rate: not above 0, above 100, or finer than 0.01 %. */
export function rateOf(percent: number | null): string | null {
  if (percent === null || percent <= 0 || percent > 100) return null;
  const hundredths = Math.round(percent * 100);
  if (Math.abs(hundredths - percent * 100) > 1e-6 || hundredths === 0) return null;
  if (hundredths === 10_000) return '1';
  return `0.${String(hundredths).padStart(4, '0').replace(/0+$/, '')}`;
}

/** `0.855` → 85.5 */
export const percentOf = (rate: string): number => Math.round(Number(rate) * 10_000) / 100;
