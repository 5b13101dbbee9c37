import { createHash } from 'node:crypto';
import { type Mistake, mistake } from '../diagnosis/mistake.ts';
import { aesKey, algorithm, decryptText, type EncryptType, IV_CHARACTERS, isReadable, keyBytes } from './cipher.ts';

/**
 * The mistake with which a value was encrypted, or null: another writing of the ciphertext, another AES key than SHA1PRNG gives,
 * ECB or another IV (F7b, F7d of `saas-v1.md` 11). Found by decrypting the way the mistake was made.
 */
export function explainSecret(value: string, accessKey: string): Mistake | null {
  const iv = Buffer.from(value.slice(0, IV_CHARACTERS), 'latin1');
  const rest = value.slice(IV_CHARACTERS);
  for (const type of ['1', '2'] as const) {
    const opens = (key: Uint8Array, given: Uint8Array | null, bytes: Uint8Array, mode: 'cbc' | 'ecb' = 'cbc') => {
      const text = decryptText(algorithm(type, mode), key, given, bytes);
      return text !== null && isReadable(text);
    };
    const right = aesKey(accessKey, type);
    const written = writings(rest).find(([, bytes]) => opens(right, iv, bytes));
    if (written !== undefined) return written[0];
    const ciphertext = Buffer.from(rest, 'base64');
    const keyed = otherKeys(accessKey, type).find(([, key]) => opens(key, iv, ciphertext));
    if (keyed !== undefined) return keyed[0];
    if (opens(right, null, ciphertext, 'ecb')) return ECB;
    if (opens(right, Buffer.alloc(IV_CHARACTERS), ciphertext)) return ZERO_IV;
  }
  return null;
}

function writings(text: string): [Mistake, Uint8Array][] {
  const found: [Mistake, Uint8Array][] = [];
  if (/^(?:[0-9a-f]{32})+$/i.test(text)) found.push([HEX, Buffer.from(text, 'hex')]);
  if (/^[A-Za-z0-9_-]+=*$/.test(text)) found.push([URL_SAFE, Buffer.from(text, 'base64url')]);
  if (/ /.test(text)) found.push([BLANKS, Buffer.from(text.replaceAll(' ', '+'), 'base64')]);
  return found;
}

function otherKeys(accessKey: string, type: EncryptType): [Mistake, Uint8Array][] {
  const length = keyBytes(type);
  const keyed = (zh: string, en: string) => mistake('secret.key', zh, en);
  const hash = (name: string) => createHash(name).update(accessKey).digest();
  const derived: [Mistake, Uint8Array][] = [
    [
      keyed('直接使用密钥原文作为 AES 密钥', 'the key text itself as AES key, cut or padded with zeros'),
      padded(accessKey, length),
    ],
    [keyed('使用密钥的 SHA-256 作为 AES 密钥', 'SHA-256 of the key as AES key'), hash('sha256').subarray(0, length)],
    [keyed('使用密钥的 SHA-1 作为 AES 密钥', 'SHA-1 of the key as AES key'), hash('sha1').subarray(0, length)],
    [keyed('使用密钥的 MD5 作为 AES 密钥', 'MD5 of the key as AES key'), hash('md5')],
    [
      keyed('使用密钥的 MD5 十六进制文本作为 AES 密钥', 'hex text of the MD5 of the key as AES key'),
      Buffer.from(hash('md5').toString('hex')),
    ],
    [keyed('密钥末尾带有换行', 'a newline at the end of the key'), aesKey(`${accessKey}\n`, type)],
    [keyed('密钥末尾带有空格', 'a blank at the end of the key'), aesKey(`${accessKey} `, type)],
    [keyed('此处的密钥首尾带有空白', 'white space around the key here'), aesKey(accessKey.trim(), type)],
  ];
  return derived.filter(([, key]) => key.length === length);
}

function padded(accessKey: string, length: number): Uint8Array {
  return Buffer.concat([Buffer.from(accessKey, 'utf8'), Buffer.alloc(length)]).subarray(0, length);
}

const HEX = mistake('secret.form', '使用了十六进制而不是 base64', 'hex instead of base64');
const URL_SAFE = mistake('secret.form', '使用了 URL 安全的 base64', 'URL-safe base64, or without padding');
const BLANKS = mistake('secret.form', '“+” 变成了空格', 'a “+” became a blank');
const ECB = mistake('secret.key', '使用了 ECB 模式', 'ECB instead of CBC');
const ZERO_IV = mistake('secret.key', '加密时使用了全零 IV', 'an IV of zeros instead of the characters in front');
