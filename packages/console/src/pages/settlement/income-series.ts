import { addDecimal, compareDecimal } from '../../format/decimal.ts';

/** One row of bars, or one colour of stacked ones: an amount for each period. */
export interface Series {
  readonly name: string;
  readonly values: readonly string[];
}
interface Part {
  readonly key: string;
  readonly name: string;
  readonly period: string;
  readonly settlement: string;
}

/** colours that stay apart for everybody; what is more is put together */
const mostSeries = 6;

/** Settlement amounts of parts (products, channels) by period: the largest by themselves, the rest as one. */
export function stacked(parts: readonly Part[], periods: readonly string[], others: string): Series[] {
  const byKey = new Map<string, Part[]>();
  for (const part of parts) byKey.set(part.key, [...(byKey.get(part.key) ?? []), part]);
  const sorted = [...byKey.values()]
    .map((all) => ({ all, sum: total(all) }))
    .sort((left, right) => compareDecimal(right.sum, left.sum));
  const shown = sorted.length > mostSeries ? sorted.slice(0, mostSeries - 1) : sorted;
  const rest = sorted.slice(shown.length).flatMap(({ all }) => all);
  return [
    ...shown.map(({ all }) => ({ name: all[0]?.name ?? '', values: valuesOf(all, periods) })),
    ...(rest.length === 0 ? [] : [{ name: others, values: valuesOf(rest, periods) }]),
  ];
}

const total = (parts: readonly Part[]): string =>
  parts.reduce((sum, { settlement }) => addDecimal(sum, settlement), '0');

const valuesOf = (parts: readonly Part[], periods: readonly string[]): string[] =>
  periods.map((period) => total(parts.filter((part) => part.period === period)));
