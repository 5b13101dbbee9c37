import { createDecipheriv } from 'node:crypto';
import { sha1PrngBytes } from './sha1prng.ts';

/** `"1"` = AES-256, `"2"` = AES-128; both CBC with PKCS#7 padding (`saas-v2.md` 4.1). */
export type EncryptType = '1' | '2';

/** The IV stands in clear in front of the base64, so many characters of `A–Z a–z 0–9`. */
export const IV_CHARACTERS = 16;

export function aesKey(accessKey: string, encryptType: EncryptType): Uint8Array {
  return sha1PrngBytes(Buffer.from(accessKey, 'utf8'), keyBytes(encryptType));
}

export function keyBytes(encryptType: EncryptType): number {
  return encryptType === '1' ? 32 : 16;
}

export function algorithm(encryptType: EncryptType, mode: 'cbc' | 'ecb' = 'cbc'): string {
  return `aes-${keyBytes(encryptType) * 8}-${mode}`;
}

/** The clear text, or null when padding or UTF-8 say that key, mode or IV are others. */
export function decryptText(
  algorithmName: string,
  key: Uint8Array,
  iv: Uint8Array | null,
  ciphertext: Uint8Array,
): string | null {
  try {
    const decipher = createDecipheriv(algorithmName, key, iv);
    const bytes = Buffer.concat([decipher.update(ciphertext), decipher.final()]);
    // A wrong key leaves valid padding once in 256 times; text that is no UTF-8 gives it away.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Whether a text may be a name or a password. A wrong IV turns the first 16 characters of one into others, some of them control codes. */
export function isReadable(text: string): boolean {
  return !/\p{Cc}/u.test(text);
}
