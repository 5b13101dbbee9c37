/**
 * Keys by which the sellers' own ids of records are found: eight bytes each, whatever an id looks like. Ids are long, and an index
 * of them would be larger than the table. Most programs count their ids up, so ids that differ in their last digits get
 * neighbouring keys: what is pushed together is looked up and written in the same few pages, however much is stored (decision 0016).
 * Two ids may have one key: whoever finds a row by it looks at the id again.
 */
import { hash as digestOf } from 'node:crypto';
import type { UsageColumns } from '@jishi/protocol';

/** A key in two halves, since numbers end at 2^53. */
export interface SerialKey {
  /** signed */
  readonly high: number;
  /** unsigned */
  readonly low: number;
}

/** what is surely exact in a number */
const MOST_DIGITS = 15;
const TWO_TO_32 = 2 ** 32;
const DIGIT_0 = 48;
const DIGIT_9 = 57;

/** Makes the keys of one seller's ids: a hash of seller and head, in whose lower bits the number at the end is mixed. */
export function serialKeys(sellerId: string): (serial: string) => SerialKey {
  const hashes = new Map<string, SerialKey>();
  return (serial) => {
    const split = headLength(serial);
    const head = serial.slice(0, split);
    let hash = hashes.get(head);
    if (!hash) {
      hash = hashOf(sellerId, head);
      hashes.set(head, hash);
    }
    const number = split === serial.length ? 0 : Number(serial.slice(split));
    return {
      high: hash.high ^ Math.floor(number / TWO_TO_32),
      low: (hash.low ^ (number % TWO_TO_32)) >>> 0,
    };
  };
}

/** Of each record of a call, by its place; zeros where it has no id. */
export interface CallKeys {
  readonly high: Int32Array;
  readonly low: Int32Array;
}
type Serials = Pick<UsageColumns, 'count' | 'text' | 'serialFrom' | 'serialTo'>;

/** The same for whole calls, from the bytes of the ids. */
export function callKeys(sellerId: string): (serials: Serials) => CallKeys {
  const hashes = new Map<string, SerialKey>();
  return ({ count, text, serialFrom, serialTo }) => {
    const keys: CallKeys = { high: new Int32Array(count), low: new Int32Array(count) };
    // most ids of a call have the head of the one before
    let lastFrom = 0;
    let lastLength = -1;
    let hash: SerialKey = { high: 0, low: 0 };
    for (let place = 0; place < count; place += 1) {
      const from = serialFrom[place] ?? 0;
      const to = serialTo[place] ?? 0;
      if (from === to) continue;
      const split = headEnd(text, from, to);
      if (split - from !== lastLength || !isSame(text, from, lastFrom, lastLength)) {
        lastFrom = from;
        lastLength = split - from;
        const head = decoder.decode(text.subarray(from, split));
        hash = hashes.get(head) ?? hashOf(sellerId, head);
        hashes.set(head, hash);
      }
      let number = 0;
      for (let at = split; at < to; at += 1) number = number * 10 + (text[at] ?? 0) - DIGIT_0;
      keys.high[place] = hash.high ^ Math.floor(number / TWO_TO_32);
      keys.low[place] = hash.low ^ (number % TWO_TO_32);
    }
    return keys;
  };
}
const decoder = new TextDecoder();

function headEnd(text: Uint8Array, from: number, to: number): number {
  const least = Math.max(from, to - MOST_DIGITS);
  let split = to;
  for (; split > least; split -= 1) {
    const code = text[split - 1] ?? 0;
    if (code < DIGIT_0 || code > DIGIT_9) break;
  }
  return split;
}

function isSame(text: Uint8Array, one: number, other: number, length: number): boolean {
  for (let at = 0; at < length; at += 1) if (text[one + at] !== text[other + at]) return false;
  return true;
}

/** All but the last digits. */
function headLength(serial: string): number {
  let split = serial.length;
  const least = Math.max(0, split - MOST_DIGITS);
  while (split > least) {
    const code = serial.charCodeAt(split - 1);
    if (code < DIGIT_0 || code > DIGIT_9) break;
    split -= 1;
  }
  return split;
}

/** One that can not be aimed at: whoever chose ids of one key would make a look at them long. */
function hashOf(sellerId: string, head: string): SerialKey {
  // ids at random have a head each: as a text a digest is made in half the time
  const digest = digestOf('sha256', `${sellerId}\n${head}`, 'hex');
  return { high: Number.parseInt(digest.slice(0, 8), 16) | 0, low: Number.parseInt(digest.slice(8, 16), 16) };
}
