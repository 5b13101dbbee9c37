/** Passwords: made from injected randomness, stored as scrypt hashes, compared in constant time. */
import { scrypt, timingSafeEqual } from 'node:crypto';
import type { Password } from './tenant.ts';

/** `length` unpredictable bytes. */
export type RandomBytes = (length: number) => Uint8Array;

export const MIN_PASSWORD = 10;
/** scrypt reads the whole text; nobody needs a longer one. */
export const MAX_PASSWORD = 200;
const INITIAL_PASSWORD = 16;
/** Without 0 O 1 l I, which people mistype; 55 characters. */
const READABLE = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';
const HASH_BYTES = 32;
const SALT_BYTES = 16;

/** 16 readable characters, some 93 bits. */
export function initialPassword(random: RandomBytes): string {
  // Bytes beyond the last full round of the alphabet are skipped, or its first letters would be likelier.
  const fair = 256 - (256 % READABLE.length);
  let text = '';
  while (text.length < INITIAL_PASSWORD) {
    for (const byte of random(INITIAL_PASSWORD)) {
      if (byte < fair && text.length < INITIAL_PASSWORD) text += READABLE.charAt(byte % READABLE.length);
    }
  }
  return text;
}

export async function hashPassword(text: string, random: RandomBytes): Promise<Password> {
  const salt = Buffer.from(random(SALT_BYTES)).toString('base64');
  return { kind: 'hashed', salt, hash: (await derive(text, salt)).toString('base64') };
}

export async function fits(given: string, password: Password): Promise<boolean> {
  if (given.length > MAX_PASSWORD) return false;
  if (password.kind === 'initial') return equal(Buffer.from(given), Buffer.from(password.text));
  return equal(await derive(given, password.salt), Buffer.from(password.hash, 'base64'));
}

const equal = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);

function derive(text: string, salt: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(text.normalize('NFC'), salt, HASH_BYTES, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
