/** Keys of the ids of calls as they are looked up: in their order, and in ranges where they lie side by side. Pure. */
import type { SerialsOfCall } from './seen-serials.ts';

export interface SortedKeys {
  /** the lower half of each key and then its upper half, or the other way round: as the machine has whole numbers of 64 bits */
  readonly halves: Int32Array;
  readonly count: number;
}
/** where the upper half of a whole number of 64 bits stands */
const HIGH = new Int32Array(BigInt64Array.of(-(2n ** 32n)).buffer)[1] === -1 ? 1 : 0;
const LOW = 1 - HIGH;

/** Of all records that have an id. */
export function sortedKeys(calls: readonly SerialsOfCall[]): SortedKeys {
  const most = calls.reduce((sum, { usage }) => sum + usage.count, 0);
  const whole = new BigInt64Array(most);
  const halves = new Int32Array(whole.buffer);
  let count = 0;
  for (const { usage, keys } of calls)
    for (let place = 0; place < usage.count; place += 1) {
      if (usage.serialFrom[place] === usage.serialTo[place]) continue;
      halves[count * 2 + HIGH] = keys.high[place] ?? 0;
      halves[count * 2 + LOW] = keys.low[place] ?? 0;
      count += 1;
    }
  whole.subarray(0, count).sort();
  return { halves, count };
}

export const highOf = ({ halves }: SortedKeys, place: number): number => halves[place * 2 + HIGH] ?? 0;
export const lowOf = ({ halves }: SortedKeys, place: number): number => halves[place * 2 + LOW] ?? 0;

/** what may be between two keys of one range: rows of keys in between are found in vain */
const MOST_BETWEEN = 3;
/** keys that a range must have on average: a single look costs as much as that of some keys */
const LEAST_KEYS = 8;

/** Places of keys with which ranges begin and end; null = too few of them lie side by side. */
export function rangesOf(
  keys: SortedKeys,
): { readonly first: readonly number[]; readonly last: readonly number[] } | null {
  const { count } = keys;
  const first: number[] = [];
  const last: number[] = [];
  for (let place = 0; place < count; place += 1) {
    const isNext =
      place > 0 &&
      highOf(keys, place) === highOf(keys, place - 1) &&
      (lowOf(keys, place) >>> 0) - (lowOf(keys, place - 1) >>> 0) <= MOST_BETWEEN + 1;
    if (isNext) last[last.length - 1] = place;
    else {
      if ((first.length + 1) * LEAST_KEYS > count) return null;
      first.push(place);
      last.push(place);
    }
  }
  return { first, last };
}
