/** Ids of records that calls of one transaction bring: which record brought one first. By their keys, then by their bytes. */
import type { UsageColumns } from '@jishi/protocol';
import type { CallKeys } from './serial-keys.ts';

export interface SerialsOfCall {
  readonly usage: Pick<UsageColumns, 'count' | 'text' | 'serialFrom' | 'serialTo'>;
  readonly keys: CallKeys;
}
/** A record of these calls: the call's place among them, its own place in the call. */
export interface RecordPlace {
  readonly call: number;
  readonly place: number;
}

/** more than a call has records */
const PLACES = 1_024;

/** @returns of a record that has an id: the one that brought the same id before; null = it is the first, which is remembered */
export function seenSerials(calls: readonly SerialsOfCall[]): (call: number, place: number) => RecordPlace | null {
  const records = calls.reduce((sum, { usage }) => sum + usage.count, 0);
  const size = 2 ** Math.ceil(Math.log2(records * 2 + 2));
  /** 0 = free; otherwise a record's place, and one more */
  const slots = new Int32Array(size);
  return (call, place) => {
    const own = calls[call];
    if (!own) return null;
    const { keys } = own;
    const high = keys.high[place] ?? 0;
    const low = keys.low[place] ?? 0;
    let slot = (Math.imul(high, 0x9e3779b1) ^ low ^ (low >>> 15)) & (size - 1);
    for (; slots[slot] !== 0; slot = (slot + 1) & (size - 1)) {
      const taken = (slots[slot] ?? 0) - 1;
      const otherCall = Math.floor(taken / PLACES);
      const otherPlace = taken % PLACES;
      const other = calls[otherCall];
      if (!other || other.keys.high[otherPlace] !== high || other.keys.low[otherPlace] !== low) continue;
      if (isSame(own, place, other, otherPlace)) return { call: otherCall, place: otherPlace };
    }
    slots[slot] = call * PLACES + place + 1;
    return null;
  };
}

function isSame({ usage }: SerialsOfCall, place: number, { usage: other }: SerialsOfCall, otherPlace: number): boolean {
  const [from = 0, otherFrom = 0] = [usage.serialFrom[place], other.serialFrom[otherPlace]];
  const length = (usage.serialTo[place] ?? 0) - from;
  if ((other.serialTo[otherPlace] ?? 0) - otherFrom !== length) return false;
  for (let at = 0; at < length; at += 1) if (usage.text[from + at] !== other.text[otherFrom + at]) return false;
  return true;
}
