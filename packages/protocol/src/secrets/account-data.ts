import { createCipheriv } from 'node:crypto';
import { type Diagnosis, diagnose } from '../diagnosis/diagnosis.ts';
import { aesKey, algorithm, decryptText, type EncryptType, IV_CHARACTERS, isReadable } from './cipher.ts';
import { explainSecret } from './explain-secret.ts';

export type { EncryptType } from './cipher.ts';

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

/**
 * Decrypts {@link encryptAccountData}'s form; a refusal says which mistake the value shows. `maxCharacters` is the limit of the
 * whole value; other members than `userName` and `password` have other ones.
 */
export function decryptAccountData(
  value: string,
  accessKey: string,
  encryptType: EncryptType,
  maxCharacters: number = SECRET_MAX_CHARACTERS,
): { ok: true; text: string } | { ok: false; diagnosis: Diagnosis[] } {
  if (value.length > maxCharacters) {
    const expected = `at most ${maxCharacters} characters, IV included`;
    return { ok: false, diagnosis: [diagnose('secret.length', { expected, seen: `${value.length} characters` })] };
  }
  const shape = shapeProblem(value);
  const text = shape === null ? decrypt(value, accessKey, encryptType) : null;
  return text === null
    ? {
        ok: false,
        diagnosis: [
          shape === null ? explain(value, accessKey, encryptType) : (explainMistake(value, accessKey) ?? shape),
        ],
      }
    : { ok: true, text };
}

function explain(value: string, accessKey: string, encryptType: EncryptType): Diagnosis {
  const other = encryptType === '1' ? '2' : '1';
  const seen = mask(value);
  if (decrypt(value, accessKey, other) !== null) {
    const fits = { expected: label(encryptType), seen: `${seen} fits ${label(other)}`, type: other };
    return diagnose('secret.type', fits);
  }
  return explainMistake(value, accessKey) ?? diagnose('secret.key', { seen });
}

function explainMistake(value: string, accessKey: string): Diagnosis | null {
  const found = explainSecret(value, accessKey);
  if (found === null) return null;
  const { code, change } = found;
  return diagnose(code, { change: change.en, changeZh: change.zh, seen: `${mask(value)} fits: ${change.en}` });
}

function shapeProblem(value: string): Diagnosis | null {
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
  const ciphertext = Buffer.from(value.slice(IV_CHARACTERS), 'base64');
  const withIv = (iv: Uint8Array) =>
    decryptText(algorithm(encryptType), aesKey(accessKey, encryptType), iv, ciphertext);
  const text = withIv(Buffer.from(value.slice(0, IV_CHARACTERS), 'latin1'));
  if (text === null || isReadable(text)) return text;
  // Encrypted with an IV of zeros: padding and UTF-8 are right, the beginning is rubbish.
  const unmasked = withIv(Buffer.alloc(IV_CHARACTERS));
  return unmasked !== null && isReadable(unmasked) ? null : text;
}

function label(encryptType: EncryptType): string {
  return encryptType === '1' ? '"1" (AES256_CBC_PKCS5Padding)' : '"2" (AES128_CBC_PKCS5Padding)';
}

/** Never prints a value that may be a clear password. */
function mask(value: string): string {
  return `${value.slice(0, 2)}*** (${value.length} characters)`;
}
