import { createCipheriv, createDecipheriv } from 'node:crypto';
import { type Diagnosis, diagnose } from '../diagnosis/diagnosis.ts';
import { sha1PrngBytes } from './sha1prng.ts';

/** `"1"` = AES-256, `"2"` = AES-128; both CBC with PKCS#7 padding (`saas-v2.md` 4.1). */
export type EncryptType = '1' | '2';

const IV_CHARACTERS = 16;
/** Limit of `userName` and `password`, the IV included (`saas-v2.md` 4.1). */
export const SECRET_MAX_CHARACTERS = 128;

/**
 * Encrypts account data (`saas-v2.md` 4.1): the result is the IV followed by base64, without separator.
 * `iv` is 16 characters of `A–Z a–z 0–9`, fresh for each value.
 */
export function encryptAccountData(text: string, accessKey: string, encryptType: EncryptType, iv: string): string {
  if (!/^[A-Za-z0-9]{16}$/.test(iv)) throw new RangeError('the IV must be 16 characters of A–Z a–z 0–9');
  const cipher = createCipheriv(algorithm(encryptType), aesKey(accessKey, encryptType), Buffer.from(iv, 'latin1'));
  return iv + Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
}

/** Decrypts {@link encryptAccountData}'s form; a refusal says which mistake the value shows. */
export function decryptAccountData(
  value: string,
  accessKey: string,
  encryptType: EncryptType,
): { ok: true; text: string } | { ok: false; diagnosis: Diagnosis[] } {
  const shape = shapeProblem(value);
  if (shape !== null) return { ok: false, diagnosis: [shape] };
  const text = decrypt(value, accessKey, encryptType);
  if (text !== null) return { ok: true, text };
  const other = encryptType === '1' ? '2' : '1';
  const seen = mask(value);
  return decrypt(value, accessKey, other) === null
    ? { ok: false, diagnosis: [diagnose('secret.key', { seen })] }
    : {
        ok: false,
        diagnosis: [
          diagnose('secret.type', { expected: label(encryptType), seen: `${seen} fits ${label(other)}`, type: other }),
        ],
      };
}

function shapeProblem(value: string): Diagnosis | null {
  if (value.length > SECRET_MAX_CHARACTERS) {
    return diagnose('secret.length', { seen: `${value.length} characters` });
  }
  const base64 = value.slice(IV_CHARACTERS);
  if (/^[A-Za-z0-9]{16}/.test(value) && isCipherText(base64)) return null;
  // A bare ciphertext is base64 of whole blocks from its first character on: the IV was forgotten, not the encryption.
  if (isCipherText(value)) return diagnose('secret.no-iv', { seen: mask(value) });
  return diagnose('secret.plain', { seen: mask(value) });
}

function isCipherText(base64: string): boolean {
  if (base64 === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64) || base64.length % 4 !== 0) return false;
  return Buffer.from(base64, 'base64').length % 16 === 0;
}

function decrypt(value: string, accessKey: string, encryptType: EncryptType): string | null {
  try {
    const iv = Buffer.from(value.slice(0, IV_CHARACTERS), 'latin1');
    const decipher = createDecipheriv(algorithm(encryptType), aesKey(accessKey, encryptType), iv);
    const bytes = Buffer.concat([decipher.update(value.slice(IV_CHARACTERS), 'base64'), decipher.final()]);
    // A wrong key leaves valid padding once in 256 times; text that is no UTF-8 gives it away.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function aesKey(accessKey: string, encryptType: EncryptType): Uint8Array {
  return sha1PrngBytes(Buffer.from(accessKey, 'utf8'), encryptType === '1' ? 32 : 16);
}

function algorithm(encryptType: EncryptType): string {
  return encryptType === '1' ? 'aes-256-cbc' : 'aes-128-cbc';
}

function label(encryptType: EncryptType): string {
  return encryptType === '1' ? '"1" (AES256_CBC_PKCS5Padding)' : '"2" (AES128_CBC_PKCS5Padding)';
}

/** Never prints a value that may be a clear password. */
function mask(value: string): string {
  return `${value.slice(0, 2)}*** (${value.length} characters)`;
}
