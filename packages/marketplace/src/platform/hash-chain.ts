/** A chain of seals: each covers the digests of its rows and the hash of the seal before it, so that nothing behind it can change unseen. */
import { createHash } from 'node:crypto';

export interface Seal {
  /** 1, 2, 3 … without a gap */
  readonly number: number;
  /** ISO 8601 */
  readonly sealedAt: string;
  /** of the seal before; of the first one `BEFORE_ALL` */
  readonly previous: string;
  /** of its rows, in the order in which the chain's owner lists them */
  readonly digests: readonly string[];
}

export const BEFORE_ALL = '0'.repeat(64);

/** SHA-256 as hexadecimal digits. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The hash of a seal: SHA-256 over its members as a JSON array, which no value can run out of. */
export const hashOfSeal = ({ previous, number, sealedAt, digests }: Seal): string =>
  sha256(JSON.stringify([previous, number, sealedAt, digests]));
