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
  /** in the order in which they came */
  readonly records: readonly { readonly call: NewRecords; readonly places: readonly number[] }[];
}

export function batchOf(calls: readonly NewRecords[]): Batch {
  const found = new Map<string, { meter: TakingMeter; records: { call: NewRecords; places: number[] }[] }>();
  for (const call of calls) {
    const lists = call.meters.map((): number[] => []);
    for (const place of call.places) lists[call.usage.instances[place] ?? 0]?.push(place);
    for (const [instance, places] of lists.entries()) {
      const meter = call.meters[instance];
      if (!meter || places.length === 0) continue;
      const ofMeter = found.get(meter.resourceId);
      if (ofMeter) ofMeter.records.push({ call, places });
      else found.set(meter.resourceId, { meter, records: [{ call, places }] });
    }
  }
  const ofMeters = [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
  return { records: calls.reduce((sum, { places }) => sum + places.length, 0), ofMeters };
}

/** When the first and the last of a meter's new records are billed, and when the first of them began; in ms. */
export function spanOf({ records }: OfMeter): { readonly first: number; readonly last: number; readonly from: number } {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let from = Number.POSITIVE_INFINITY;
  for (const { call, places } of records)
    for (const place of places) {
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
  const hours: { hour: number; units: number; more: Decimal; records: number }[] = [];
  for (const { call, places } of records)
    for (const place of places) {
      const hour = hourOf(call.usage.beginMs[place] ?? 0);
      // there are few, and the next record is mostly of the last of them
      let sum = hours.at(-1);
      if (sum?.hour !== hour) {
        sum = hours.find((each) => each.hour === hour);
        if (!sum) {
          sum = { hour, units: 0, more: ZERO, records: 0 };
          hours.push(sum);
        }
      }
      sum.records += 1;
      const units = sum.units + (call.usage.units[place] ?? 0);
      if (units <= Number.MAX_SAFE_INTEGER) sum.units = units;
      else sum.more = sum.more.plus(valueAt(call.usage, place));
    }
  return hours
    .toSorted((a, b) => a.hour - b.hour)
    .map(({ hour, units, more, records: count }) => ({
      hour,
      usage: more.plus(textOfUnits(units)).toFixed(),
      records: count,
    }));
}
const ZERO = decimal('0');
