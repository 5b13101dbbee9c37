/**
 * Columns of many rows as PostgreSQL's arrays, in binary: nothing is written as text here to be read again there. The driver's
 * own way from lists of dates and numbers was among what taken-in usage cost most (decisions 0012, 0014).
 */

import { highOf, lowOf, type SortedKeys } from './key-ranges.ts';

/** ids of PostgreSQL's own types, which never change */
const OID = { int8: 20, text: 25, timestamptz: 1184 } as const;
const HEAD = 20;
const TWO_TO_32 = 2 ** 32;
/** PostgreSQL counts from the year 2000 */
export const EPOCH_MS = 946_684_800_000;

interface Column {
  readonly bytes: Buffer;
  readonly view: DataView;
}
/** One dimension from 1 on; null = there may be some. */
function column(type: keyof typeof OID, count: number, bytes: number, nulls = false): Column {
  const buffer = Buffer.allocUnsafe(HEAD + bytes);
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  view.setInt32(0, count === 0 ? 0 : 1);
  view.setInt32(4, nulls ? 1 : 0);
  view.setUint32(8, OID[type]);
  view.setInt32(12, count);
  view.setInt32(16, 1);
  return { bytes: count === 0 ? buffer.subarray(0, 12) : buffer, view };
}

function eightBytes(
  type: 'int8' | 'timestamptz',
  values: readonly number[],
  scaled: (value: number) => number,
): Buffer {
  const { bytes, view } = column(type, values.length, values.length * 12);
  let at = HEAD;
  for (const value of values) {
    const whole = scaled(value);
    const high = Math.floor(whole / TWO_TO_32);
    view.setInt32(at, 8);
    view.setInt32(at + 4, high);
    view.setUint32(at + 8, whole - high * TWO_TO_32);
    at += 12;
  }
  return bytes;
}

/** Whole numbers, for `::bigint[]`. */
export const bigints = (values: readonly number[]): Buffer => eightBytes('int8', values, (value) => value);

/** Keys for `::bigint[]`. @param places absent = all of them */
export function keysAt(keys: SortedKeys, places?: readonly number[]): Buffer {
  const count = places?.length ?? keys.count;
  const { bytes, view } = column('int8', count, count * 12);
  for (let number = 0; number < count; number += 1) {
    const [place, at] = [places?.[number] ?? number, HEAD + number * 12];
    view.setInt32(at, 8);
    view.setInt32(at + 4, highOf(keys, place));
    view.setInt32(at + 8, lowOf(keys, place));
  }
  return bytes;
}

/** Elements of an array of whole numbers, so that arrays can be put together: what `array_send` gives of one, or {@link bigints}. */
export const elementsOf = (array: Uint8Array): Uint8Array => array.subarray(HEAD);
/** so many they are */
export const countOf = (elements: Uint8Array): number => elements.length / 12;
/** All of them behind each other, for `::bigint[]`. */
export function joined(parts: readonly Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const { bytes } = column('int8', length / 12, length);
  let at = HEAD;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Milliseconds, for `::timestamptz[]`. */
export const instants = (values: readonly number[]): Buffer =>
  eightBytes('timestamptz', values, (ms) => (ms - EPOCH_MS) * 1_000);

/** For `::text[]`. */
export function texts(values: readonly (string | null)[]): Buffer {
  let most = 0;
  for (const value of values) most += 4 + (value === null ? 0 : value.length * 3);
  const { bytes, view } = column('text', values.length, most, true);
  let at = HEAD;
  for (const value of values) {
    const length = value === null ? -1 : bytes.write(value, at + 4);
    view.setInt32(at, length);
    at += 4 + Math.max(0, length);
  }
  return values.length === 0 ? bytes : bytes.subarray(0, at);
}

/** As a text, of what needs no quotes: ids and decimals; for `::uuid[]`, `::numeric[]`. */
export const bare = (values: readonly (string | number)[]): string => `{${values.join()}}`;
