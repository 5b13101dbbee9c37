/**
 * Keys by which the sellers' own ids of records are found: eight bytes each, whatever an id looks like. Ids are long, and an index
 * of them would be larger than the table. Most programs count their ids up, so ids that differ in their last digits get
 * neighbouring keys: what is pushed together is looked up and written in the same few pages, however much is stored (decision 0016).
 * Two ids may have one key: whoever finds a row by it looks at the id again.
 */
import { createHash } from 'node:crypto';

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
const [DIGIT_0, DIGIT_9] = [48, 57];

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
  const digest = createHash('sha256').update(`${sellerId}\n${head}`).digest();
  return { high: digest.readInt32BE(0), low: digest.readUInt32BE(4) };
}
