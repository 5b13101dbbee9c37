/** Rows of records in the binary format of COPY, made straight from the columns of calls: no object, text or list of a record in between. */
import { UNITS } from '@jishi/protocol';
import type { Batch } from './batch.ts';
import { EPOCH_MS } from './columns.ts';
import type { NewRecords } from './judging.ts';

/** in the order of the rows */
export const COPIED = [
  ...['record_id', 'resource_id', 'begin_at', 'end_at', 'recorded_at', 'bill_at'],
  ...['late', 'value', 'metering_sn', 'package_instance_id', 'sn_key'],
] as const;

/** Of a call that is written, with the place of each record in it. */
const recordIdOf = (pushId: number, place: number): number => pushId * PLACES + place;
/** more than a call may have (openapi.md 5.2); the SQL of records divides by it */
const PLACES = 1_024;

const HEAD = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const TWO_TO_32 = 2 ** 32;
/** PostgreSQL's digits of a decimal: four of ours each */
const BASE = UNITS;
/** without texts: the number of columns, a length for each, six whole numbers of eight bytes, a truth, a decimal of at most 24 */
const MOST_FIXED = 2 + COPIED.length * 4 + 6 * 8 + 1 + 24;

interface Writing {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at: number;
}

export function rowsOf(batch: Batch): Uint8Array {
  const bytes = Buffer.allocUnsafe(mostBytes(batch));
  const writing: Writing = { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), at: 0 };
  putBytes(writing, HEAD, 0, HEAD.length);
  for (const { meter, records } of batch.ofMeters) {
    const id = Buffer.from(meter.resourceId);
    for (const { call, order, from, to } of records)
      for (let each = from; each < to; each += 1) putRow(writing, id, call, order[each] ?? 0);
  }
  writing.view.setInt16(writing.at, -1);
  return bytes.subarray(0, writing.at + 2);
}

function mostBytes({ records, ofMeters }: Batch): number {
  let most = HEAD.length + records * MOST_FIXED + 2;
  for (const { meter, records: ofMeter } of ofMeters) {
    const id = Buffer.byteLength(meter.resourceId);
    for (const { call, order, from, to } of ofMeter) {
      const { serialFrom, serialTo, packageIds } = call.usage;
      most += (to - from) * id;
      for (let each = from; each < to; each += 1) {
        const place = order[each] ?? 0;
        most += (serialTo[place] ?? 0) - (serialFrom[place] ?? 0);
        if (packageIds.size > 0) most += Buffer.byteLength(packageIds.get(place) ?? '');
      }
    }
  }
  return most;
}

function putRow(writing: Writing, id: Uint8Array, call: NewRecords, place: number): void {
  const { usage, keys, pushId, billMs, late } = call;
  const { view } = writing;
  const from = usage.serialFrom[place] ?? 0;
  const to = usage.serialTo[place] ?? 0;
  view.setInt16(writing.at, COPIED.length);
  writing.at += 2;
  putWhole(writing, recordIdOf(pushId, place));
  putText(writing, id, 0, id.length);
  putWhole(writing, ((usage.beginMs[place] ?? 0) - EPOCH_MS) * 1_000);
  putWhole(writing, ((usage.endMs[place] ?? 0) - EPOCH_MS) * 1_000);
  putWhole(writing, ((usage.recordMs[place] ?? 0) - EPOCH_MS) * 1_000);
  putWhole(writing, ((billMs[place] ?? 0) - EPOCH_MS) * 1_000);
  view.setInt32(writing.at, 1);
  view.setUint8(writing.at + 4, late[place] ?? 0);
  writing.at += 5;
  const units = usage.units[place] ?? Number.NaN;
  if (Number.isNaN(units)) putDecimal(writing, usage.largeValues.get(place) ?? '');
  else putUnits(writing, units);
  if (from === to) putNull(writing);
  else putText(writing, usage.text, from, to);
  const named = usage.packageIds.size === 0 ? undefined : usage.packageIds.get(place);
  if (named === undefined) putNull(writing);
  else {
    const text = Buffer.from(named);
    putText(writing, text, 0, text.length);
  }
  if (from === to) putNull(writing);
  else {
    view.setInt32(writing.at, 8);
    view.setInt32(writing.at + 4, keys.high[place] ?? 0);
    view.setInt32(writing.at + 8, keys.low[place] ?? 0);
    writing.at += 12;
  }
}

function putWhole(writing: Writing, whole: number): void {
  const { view, at } = writing;
  const high = Math.floor(whole / TWO_TO_32);
  view.setInt32(at, 8);
  view.setInt32(at + 4, high);
  view.setUint32(at + 8, whole - high * TWO_TO_32);
  writing.at = at + 12;
}

function putNull(writing: Writing): void {
  writing.view.setInt32(writing.at, -1);
  writing.at += 4;
}

function putText(writing: Writing, text: Uint8Array, from: number, to: number): void {
  writing.view.setInt32(writing.at, to - from);
  writing.at += 4;
  putBytes(writing, text, from, to);
}

/** One by one: they are few, and a call of the engine's own costs more. */
function putBytes(writing: Writing, text: Uint8Array, from: number, to: number): void {
  const { bytes } = writing;
  let at = writing.at;
  for (let place = from; place < to; place += 1, at += 1) bytes[at] = text[place] ?? 0;
  writing.at = at;
}

/** A decimal of at most 15 digits, four of which stand behind the point. */
function putUnits(writing: Writing, units: number): void {
  const { view, at } = writing;
  const whole = Math.floor(units / BASE);
  const part = units - whole * BASE;
  const groups = whole === 0 ? 0 : whole < BASE ? 1 : whole < BASE * BASE ? 2 : 3;
  const digits = groups + (part === 0 ? 0 : 1);
  view.setInt32(at, 8 + digits * 2);
  view.setInt16(at + 4, digits);
  view.setInt16(at + 6, groups - 1);
  view.setInt16(at + 8, 0);
  view.setInt16(at + 10, decimalsOf(part));
  let left = whole;
  for (let group = groups - 1; group >= 0; group -= 1) {
    const rest = Math.floor(left / BASE);
    view.setInt16(at + 12 + group * 2, left - rest * BASE);
    left = rest;
  }
  if (part !== 0) view.setInt16(at + 12 + groups * 2, part);
  writing.at = at + 12 + digits * 2;
}
const decimalsOf = (part: number): number =>
  part === 0 ? 0 : part % 1_000 === 0 ? 1 : part % 100 === 0 ? 2 : part % 10 === 0 ? 3 : 4;

/** The same of one with more digits: above 0, no needless zeros. */
function putDecimal(writing: Writing, text: string): void {
  const { view, at } = writing;
  const [whole = '', part = ''] = text.split('.');
  const padded = whole.padStart(Math.ceil(whole.length / 4) * 4, '0') + (part === '' ? '' : part.padEnd(4, '0'));
  const digits = padded.length / 4;
  view.setInt32(at, 8 + digits * 2);
  view.setInt16(at + 4, digits);
  view.setInt16(at + 6, Math.ceil(whole.length / 4) - 1);
  view.setInt16(at + 8, 0);
  view.setInt16(at + 10, part.length);
  for (let digit = 0; digit < digits; digit += 1)
    view.setInt16(at + 12 + digit * 2, Number(padded.slice(digit * 4, digit * 4 + 4)));
  writing.at = at + 12 + digits * 2;
}
