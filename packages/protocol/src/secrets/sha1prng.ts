import { createHash } from 'node:crypto';

const STATE_BYTES = 20;

/**
 * The first `length` bytes of Java's `SHA1PRNG` stream for a seed (`saas-v2.md` 4.2). Sellers in Java derive their AES keys
 * with it, so everyone else has to reproduce it.
 */
export function sha1PrngBytes(seed: Uint8Array, length: number): Uint8Array {
  const stream = new Uint8Array(length);
  let state: Uint8Array = sha1(seed);
  for (let filled = 0; filled < length; filled += STATE_BYTES) {
    const output = sha1(state);
    stream.set(output.subarray(0, Math.min(STATE_BYTES, length - filled)), filled);
    state = nextState(state, output);
  }
  return stream;
}

/** Adds output and 1 to the state as Java does it: signed bytes, byte 0 the least significant, the carry may be −1. */
function nextState(state: Uint8Array, output: Uint8Array): Uint8Array {
  const next = new Uint8Array(STATE_BYTES);
  let carry = 1;
  let changed = false;
  for (let index = 0; index < STATE_BYTES; index += 1) {
    const sum = int8(state[index] ?? 0) + int8(output[index] ?? 0) + carry;
    next[index] = sum & 0xff;
    changed ||= next[index] !== state[index];
    carry = sum >> 8;
  }
  if (!changed) next[0] = ((next[0] ?? 0) + 1) & 0xff;
  return next;
}

function int8(byte: number): number {
  return (byte << 24) >> 24;
}

function sha1(data: Uint8Array): Uint8Array {
  return createHash('sha1').update(data).digest();
}
