import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * The padding of RSA-OAEP (RFC 8017 7.1) by hand: Node's own takes one hash for both roles, Java's default pair
 * (SHA-256 with MGF1-SHA-1) needs two.
 */
export interface OaepHashes {
  readonly hash: 'sha256' | 'sha1';
  readonly mgf1: 'sha256' | 'sha1';
}

const DIGEST_BYTES = { sha1: 20, sha256: 32 } as const;

/** How many random bytes an encryption takes. */
export function seedBytes({ hash }: OaepHashes): number {
  return DIGEST_BYTES[hash];
}

/** The longest message in bytes under a key of `size` bytes. */
export function mostBytes({ hash }: OaepHashes, size: number): number {
  return size - 2 * DIGEST_BYTES[hash] - 2;
}

/** The block of `size` bytes that is then encrypted. The message is not longer than {@link mostBytes}. */
export function oaepPad(message: Uint8Array, size: number, hashes: OaepHashes, seed: Uint8Array): Buffer {
  const block = Buffer.alloc(size - DIGEST_BYTES[hashes.hash] - 1);
  digest(hashes.hash, '').copy(block);
  block.set(message, block.length - message.length);
  block[block.length - message.length - 1] = 1;
  const maskedBlock = xor(block, mgf1(seed, block.length, hashes.mgf1));
  const maskedSeed = xor(seed, mgf1(maskedBlock, seed.length, hashes.mgf1));
  return Buffer.concat([Buffer.alloc(1), maskedSeed, maskedBlock]);
}

/**
 * The message in a decrypted block; null for any fault of it. All faults take the same steps: a difference in time would let
 * a stranger who may ask often find the secret out (Manger's attack).
 */
export function oaepUnpad(block: Uint8Array, hashes: OaepHashes): Buffer | null {
  const length = DIGEST_BYTES[hashes.hash];
  if (block.length < 2 * length + 2) return null;
  const maskedSeed = block.subarray(1, 1 + length);
  const maskedBlock = block.subarray(1 + length);
  const seed = xor(maskedSeed, mgf1(maskedBlock, length, hashes.mgf1));
  const content = xor(maskedBlock, mgf1(seed, maskedBlock.length, hashes.mgf1));
  const isLabel = timingSafeEqual(content.subarray(0, length), digest(hashes.hash, ''));
  const { begin, isClean } = messageOf(content, length);
  return Number(block[0] === 0) & Number(isLabel) & isClean ? Buffer.from(content.subarray(begin)) : null;
}

/** Behind the label stand zeros, a one, and the message; the whole content is looked at, wherever the one stands. */
function messageOf(content: Uint8Array, from: number): { begin: number; isClean: number } {
  let begin = 0;
  let sought = 1;
  let isClean = 1;
  for (let index = from; index < content.length; index += 1) {
    const isOne = Number(content[index] === 1) & sought;
    const isZero = Number(content[index] === 0);
    begin |= -isOne & (index + 1);
    isClean &= 1 - (sought & (1 - isOne) & (1 - isZero));
    sought &= 1 - isOne;
  }
  return { begin, isClean: isClean & (1 - sought) };
}

function mgf1(seed: Uint8Array, length: number, hash: 'sha256' | 'sha1'): Buffer {
  const count = Math.ceil(length / DIGEST_BYTES[hash]);
  const parts = Array.from({ length: count }, (_, index) => {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(index);
    return digest(hash, Buffer.concat([seed, counter]));
  });
  return Buffer.concat(parts).subarray(0, length);
}

function digest(hash: 'sha256' | 'sha1', data: string | Uint8Array): Buffer {
  return createHash(hash).update(data).digest();
}

function xor(a: Uint8Array, b: Uint8Array): Buffer {
  return Buffer.from(a.map((byte, index) => byte ^ (b[index] ?? 0)));
}
