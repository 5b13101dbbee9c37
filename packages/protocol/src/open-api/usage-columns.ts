/**
 * Records of a usage push, column by column. A call has a thousand of them: an object for each, with its texts, costs more than all
 * that is done with it. `usage-text.ts` fills the columns from the bytes of a body.
 */
import type { Json } from '../json.ts';
import { readUsageRecord, type UsagePushForm, type UsageRecord, type UsageRecordReading } from './usage-records.ts';

export interface UsageColumns {
  /** how many records the call has, refused ones too */
  readonly count: number;
  /** what is wrong with a record by itself; of these the columns hold nothing */
  readonly refused: ReadonlyMap<number, RefusedRecord>;
  /** the seller's ids of instances, each once; of each record the place among them */
  readonly instanceIds: readonly string[];
  readonly instances: Int32Array;
  /** instants in milliseconds */
  readonly recordMs: Float64Array;
  readonly beginMs: Float64Array;
  readonly endMs: Float64Array;
  /** ten-thousandths, exact (S1-12: at most 4 decimals); NaN = it has more digits, and stands in `largeValues` */
  readonly units: Float64Array;
  readonly largeValues: ReadonlyMap<number, string>;
  /** the seller's own ids of records in UTF-8: from `serialFrom` to `serialTo` in `text`; none where both are equal */
  readonly text: Uint8Array;
  readonly serialFrom: Int32Array;
  readonly serialTo: Int32Array;
  /** the packages that records name; few do */
  readonly packageIds: ReadonlyMap<number, string>;
}
export type RefusedRecord = Omit<Extract<UsageRecordReading, { readonly ok: false }>, 'ok'>;

/** Records of a call, read; with what came, which is looked at again where a record is refused. */
export interface ReadUsage {
  readonly columns: UsageColumns;
  given(place: number): Json;
}

export const readUsage = (records: readonly Json[], form: UsagePushForm): ReadUsage => {
  const filling = emptyColumns(records.length);
  for (const given of records) addReading(filling, readUsageRecord(given, form));
  return { columns: filledColumns(filling, new Uint8Array()), given: (place) => records[place] ?? null };
};

/** units of a whole one */
export const UNITS = 10_000;
/** so many digits before the point are exact as units */
export const MOST_WHOLE_DIGITS = 11;

/** As it is written in a record that was read: exact, without needless zeros. */
export function valueAt({ units, largeValues }: Pick<UsageColumns, 'units' | 'largeValues'>, place: number): string {
  const value = units[place] ?? Number.NaN;
  return Number.isNaN(value) ? (largeValues.get(place) ?? '') : textOfUnits(value);
}
export function textOfUnits(units: number): string {
  const whole = Math.floor(units / UNITS);
  const part = units - whole * UNITS;
  return part === 0 ? String(whole) : `${whole}.${String(part).padStart(4, '0').replace(/0+$/, '')}`;
}

/** The seller's own id of a record; null in the old form. */
export function serialAt({ text, serialFrom, serialTo }: UsageColumns, place: number): string | null {
  const [from = 0, to = 0] = [serialFrom[place], serialTo[place]];
  return from === to ? null : decoder.decode(text.subarray(from, to));
}
const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** Columns that are being filled, the records in their order. */
export interface Filling {
  filled: number;
  readonly refused: Map<number, RefusedRecord>;
  readonly instanceIds: string[];
  /** places of `instanceIds`, once a record needed them */
  readonly instancePlaces: Map<string, number>;
  readonly instances: Int32Array;
  readonly recordMs: Float64Array;
  readonly beginMs: Float64Array;
  readonly endMs: Float64Array;
  readonly units: Float64Array;
  readonly largeValues: Map<number, string>;
  readonly serialFrom: Int32Array;
  readonly serialTo: Int32Array;
  /** ids of records that do not stand in the body as they are; they follow it */
  readonly more: { readonly place: number; readonly bytes: Uint8Array }[];
  readonly packageIds: Map<number, string>;
}
export const emptyColumns = (most: number): Filling => ({
  filled: 0,
  refused: new Map(),
  instanceIds: [],
  instancePlaces: new Map(),
  instances: new Int32Array(most),
  recordMs: new Float64Array(most),
  beginMs: new Float64Array(most),
  endMs: new Float64Array(most),
  units: new Float64Array(most),
  largeValues: new Map(),
  serialFrom: new Int32Array(most),
  serialTo: new Int32Array(most),
  more: [],
  packageIds: new Map(),
});

/** The next record, read as any. */
export function addReading(filling: Filling, reading: UsageRecordReading): void {
  const place = filling.filled;
  filling.filled += 1;
  filling.serialFrom[place] = 0;
  filling.serialTo[place] = 0;
  if (reading.ok) setRecord(filling, place, reading.record);
  else {
    const { code, instanceId, meteringSn } = reading;
    filling.refused.set(place, { code, instanceId, meteringSn });
  }
}

function setRecord(filling: Filling, place: number, record: UsageRecord): void {
  filling.instances[place] = placeOfInstance(filling, record.instanceId);
  filling.recordMs[place] = record.recordMs;
  filling.beginMs[place] = record.beginMs;
  filling.endMs[place] = record.endMs;
  filling.units[place] = unitsOf(record.value);
  if (Number.isNaN(filling.units[place])) filling.largeValues.set(place, record.value);
  if (record.meteringSn !== null) filling.more.push({ place, bytes: encoder.encode(record.meteringSn) });
  if (record.packageInstanceId !== null) filling.packageIds.set(place, record.packageInstanceId);
}

export function placeOfInstance({ instanceIds, instancePlaces }: Filling, instanceId: string): number {
  for (let known = instancePlaces.size; known < instanceIds.length; known += 1)
    instancePlaces.set(instanceIds[known] ?? '', known);
  const place = instancePlaces.get(instanceId) ?? instanceIds.length;
  if (place === instanceIds.length) instanceIds.push(instanceId);
  return place;
}

function unitsOf(value: string): number {
  const point = value.indexOf('.');
  const whole = point < 0 ? value : value.slice(0, point);
  if (whole.length > MOST_WHOLE_DIGITS) return Number.NaN;
  return Number(whole) * UNITS + (point < 0 ? 0 : Number(value.slice(point + 1).padEnd(4, '0')));
}

/** @param body that the spans of ids point into */
export function filledColumns(filling: Filling, body: Uint8Array): UsageColumns {
  const { filled, more, instancePlaces: _places, ...columns } = filling;
  return { ...columns, count: filled, text: more.length === 0 ? body : withMore(filling, body) };
}
function withMore({ more, serialFrom, serialTo }: Filling, body: Uint8Array): Uint8Array {
  const text = new Uint8Array(more.reduce((length, { bytes }) => length + bytes.length, body.length));
  text.set(body);
  let at = body.length;
  for (const { place, bytes } of more) {
    text.set(bytes, at);
    serialFrom[place] = at;
    at += bytes.length;
    serialTo[place] = at;
  }
  return text;
}
