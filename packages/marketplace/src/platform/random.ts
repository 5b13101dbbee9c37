/** Randomness and ids come in from outside, so that two runs with one seed are equal. */
import { createHash, randomBytes } from 'node:crypto';

export interface Random {
  bytes(length: number): Uint8Array;
}

/** Cryptographically secure; the only one for production. */
export const systemRandom: Random = { bytes: pooled };

/**
 * Ids are cut from a pool (a call for 16 bytes takes 16 µs, a purchase makes a dozen); secrets are longer and asked for by
 * themselves. No byte is given twice.
 */
const ID_BYTES = 16;
const POOL_BYTES = 4_096;
let pool = Buffer.alloc(0);
function pooled(length: number): Uint8Array {
  if (length > ID_BYTES) return randomBytes(length);
  if (pool.length < length) pool = randomBytes(POOL_BYTES);
  const given = pool.subarray(0, length);
  pool = pool.subarray(length);
  return given;
}

/** Reproducible bytes for tests and simulation: SHA-256 over (seed, counter). Never for secrets that matter. */
export function seededRandom(seed: string): Random {
  let counter = 0;
  let rest: Uint8Array = new Uint8Array(0);
  return {
    bytes(length) {
      const parts: Uint8Array[] = [];
      let missing = length;
      while (missing > 0) {
        if (rest.length === 0) rest = createHash('sha256').update(`${seed}:${counter++}`).digest();
        const taken = rest.subarray(0, missing);
        rest = rest.subarray(taken.length);
        parts.push(taken);
        missing -= taken.length;
      }
      return Buffer.concat(parts);
    },
  };
}

/** A version 4 UUID. */
export function uuid(random: Random): string {
  const bytes = Buffer.from(random.bytes(16));
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Many at once: asking for randomness one by one took longer than all else that happens to a small record. */
export function uuids(random: Random, count: number): string[] {
  const bytes = Buffer.from(random.bytes(16 * count));
  for (let at = 0; at < bytes.length; at += 16) {
    bytes.writeUInt8((bytes.readUInt8(at + 6) & 0x0f) | 0x40, at + 6);
    bytes.writeUInt8((bytes.readUInt8(at + 8) & 0x3f) | 0x80, at + 8);
  }
  const hex = bytes.toString('hex');
  return Array.from({ length: count }, (_, place) => {
    const at = place * 32;
    return `${hex.slice(at, at + 8)}-${hex.slice(at + 8, at + 12)}-${hex.slice(at + 12, at + 16)}-${hex.slice(at + 16, at + 20)}-${hex.slice(at + 20, at + 32)}`;
  });
}

/** Ties together all that follows from one command: 32 hexadecimal digits. */
export const traceId = (random: Random): string => uuid(random).replaceAll('-', '');

export const UPPER_ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
export const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
export const DIGITS = '0123456789';

/** Random text; each character equally likely (bytes past the last whole multiple of the alphabet are thrown away). */
export function randomText(random: Random, length: number, alphabet: string): string {
  const limit = 256 - (256 % alphabet.length);
  let text = '';
  while (text.length < length) {
    for (const byte of random.bytes(length * 2)) {
      if (byte < limit && text.length < length) text += alphabet.charAt(byte % alphabet.length);
    }
  }
  return text;
}
