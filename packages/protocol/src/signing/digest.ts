import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Digests that the protocols are built from. Texts are taken as UTF-8. */

/** @param more what follows the data: large bodies are not copied to be signed */
export function hmacSha256(key: string, data: string | Uint8Array, more: string | Uint8Array = ''): Buffer {
  return createHmac('sha256', key).update(data).update(more).digest();
}

export function hmacSha256Hex(key: string, data: string | Uint8Array): string {
  return hmacSha256(key, data).toString('hex');
}

export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** Equality of two texts whose running time does not depend on where they differ. */
export function equalConstantTime(a: string, b: string): boolean {
  // Comparing digests keeps the lengths from deciding early.
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());
}

/** As {@link equalConstantTime}, for hex of either case (`saas-v2.md` 3.1). */
export function equalHex(a: string, b: string): boolean {
  return equalConstantTime(a.toLowerCase(), b.toLowerCase());
}
