/** New records of calls that are written together, by their meters: rows of one meter lie side by side then, where rating reads them. Pure. */
import { textOfUnits, valueAt } from '@jishi/protocol';
import { type Decimal, decimal } from '../platform/exact.ts';
import type { NewRecords } from './judging.ts';
import type { TakingMeter } from './meter-store.ts';
import { hourOf } from './timing.ts';

export interface Batch {
  readonly records: number;
  /** in the order of their ids */
  readonly ofMeters: readonly OfMeter[];
}
export interface OfMeter {
  readonly meter: TakingMeter;
  /** of each call, in the order in which they came */
  readonly records: readonly OfCall[];
}
/** Records of a meter in one call: their places are those from `from` to `to` of `order`. */
export interface OfCall {
  readonly call: NewRecords;
  readonly order: Int32Array;
  readonly from: number;
  readonly to: number;
}

export function batchOf(calls: readonly NewRecords[]): Batch {
  const found = new Map<string, { meter: TakingMeter; records: OfCall[] }>();
  for (const call of calls) {
    const { order, starts } = byInstance(call);
    for (const [instance, meter] of call.meters.entries()) {
      const [from = 0, to = 0] = [starts[instance], starts[instance + 1]];
      if (!meter || from === to) continue;
      const ofMeter = found.get(meter.resourceId);
      if (ofMeter) ofMeter.records.push({ call, order, from, to });
      else found.set(meter.resourceId, { meter, records: [{ call, order, from, to }] });
    }
  }
  const ofMeters = [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
  return { records: calls.reduce((sum, { places }) => sum + places.length, 0), ofMeters };
}

/** The places of its records, those of an instance side by side and in their order; where each instance's begin. */
function byInstance({ usage, places, meters }: NewRecords): {
  readonly order: Int32Array;
  readonly starts: Int32Array;
} {
  const starts = new Int32Array(meters.length + 1);
  for (let each = 0; each < places.length; each += 1) {
    const behind = (usage.instances[places[each] ?? 0] ?? 0) + 1;
    starts[behind] = (starts[behind] ?? 0) + 1;
  }
  for (let instance = 1; instance < starts.length; instance += 1)
    starts[instance] = (starts[instance] ?? 0) + (starts[instance - 1] ?? 0);
  const next = starts.slice();
  const order = new Int32Array(places.length);
  for (let each = 0; each < places.length; each += 1) {
    const place = places[each] ?? 0;
    const instance = usage.instances[place] ?? 0;
    const at = next[instance] ?? 0;
    order[at] = place;
    next[instance] = at + 1;
  }
  return { order, starts };
}

/** When the first and the last of a meter's new records are billed, and when the first of them began; in ms. */
export function spanOf({ records }: OfMeter): { readonly first: number; readonly last: number; readonly from: number } {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let from = Number.POSITIVE_INFINITY;
  for (const { call, order, from: start, to } of records)
    for (let each = start; each < to; each += 1) {
      const place = order[each] ?? 0;
      const billMs = call.billMs[place] ?? 0;
      const beginMs = call.usage.beginMs[place] ?? 0;
      if (billMs < first) first = billMs;
      if (billMs > last) last = billMs;
      if (beginMs < from) from = beginMs;
    }
  return { first, last, from };
}

export interface HourOfUsage {
  readonly hour: number;
  readonly usage: string;
  readonly records: number;
}
/** What a meter's new records come to by the hour in which they began. */
export function hoursOf({ records }: OfMeter): HourOfUsage[] {
  const hours = new Map<number, { usage: Decimal; records: number }>();
  let hour = Number.NaN;
  let [units, count] = [0, 0];
  let more = ZERO;
  /** what was added up of the hour so far */
  const keep = () => {
    if (count === 0) return;
    const before = hours.get(hour);
    const usage = more.plus(textOfUnits(units)).plus(before?.usage ?? ZERO);
    hours.set(hour, { usage, records: (before?.records ?? 0) + count });
    units = 0;
    count = 0;
    more = ZERO;
  };
  for (const { call, order, from, to } of records)
    for (let each = from; each < to; each += 1) {
      const place = order[each] ?? 0;
      const own = hourOf(call.usage.beginMs[place] ?? 0);
      if (own !== hour) {
        keep();
        hour = own;
      }
      count += 1;
      const sum = units + (call.usage.units[place] ?? 0);
      if (sum <= Number.MAX_SAFE_INTEGER) units = sum;
      else more = more.plus(valueAt(call.usage, place));
    }
  keep();
  return [...hours]
    .toSorted(([a], [b]) => a - b)
    .map(([begin, { usage, records: taken }]) => ({ hour: begin, usage: usage.toFixed(), records: taken }));
}
const ZERO = decimal('0');
