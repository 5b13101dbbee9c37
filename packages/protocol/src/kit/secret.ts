import { constants, type KeyObject, privateDecrypt, publicEncrypt } from 'node:crypto';
import { type Diagnosis, diagnose } from '../diagnosis/diagnosis.ts';
import { mostBytes, type OaepHashes, oaepPad, oaepUnpad, seedBytes } from './oaep.ts';

/**
 * The ways to pad a client secret, in the order in which a seller tries them. The pages name RSA-OAEP without its hashes
 * (`saas-v2.md` 4.4, Q4); the marketplace sends the first unless configured otherwise. The second is Java's default of
 * `OAEPWithSHA-256AndMGF1Padding`.
 */
export const KIT_PADDINGS = ['SHA-256/MGF1-SHA-256', 'SHA-256/MGF1-SHA-1', 'SHA-1/MGF1-SHA-1'] as const;
export type KitPadding = (typeof KIT_PADDINGS)[number];

const HASHES: Readonly<Record<KitPadding, OaepHashes>> = {
  'SHA-256/MGF1-SHA-256': { hash: 'sha256', mgf1: 'sha256' },
  'SHA-256/MGF1-SHA-1': { hash: 'sha256', mgf1: 'sha1' },
  'SHA-1/MGF1-SHA-1': { hash: 'sha1', mgf1: 'sha1' },
};

/** So many random bytes, fresh for each secret, are the seed of {@link encryptClientSecret}. */
export function secretSeedBytes(padding: KitPadding): number {
  return seedBytes(HASHES[padding]);
}

/**
 * Encrypts a client secret for `applicationSync` (`saas-v2.md` 4.4): RSA-OAEP, standard base64. `publicKey` is the seller's,
 * from `readPublicKey`; `seed` is {@link secretSeedBytes} random bytes.
 *
 * @throws RangeError for a seed of another length, or a text that does not fit under the key (3072 bits hold 318 bytes)
 * @example
 * const seed = randomBytes(secretSeedBytes('SHA-256/MGF1-SHA-256'));
 * const clientSecret = encryptClientSecret('s3cret', publicKey, 'SHA-256/MGF1-SHA-256', seed);
 */
export function encryptClientSecret(text: string, publicKey: KeyObject, padding: KitPadding, seed: Uint8Array): string {
  const hashes = HASHES[padding];
  const size = sizeOf(publicKey);
  const message = Buffer.from(text, 'utf8');
  if (seed.length !== seedBytes(hashes)) throw new RangeError(`the seed must be ${seedBytes(hashes)} bytes`);
  const most = mostBytes(hashes, size);
  if (message.length > most)
    throw new RangeError(`the secret has ${message.length} bytes, this key takes at most ${most}`);
  const block = oaepPad(message, size, hashes, seed);
  return publicEncrypt({ key: publicKey, padding: constants.RSA_NO_PADDING }, block).toString('base64');
}

/**
 * Decrypts {@link encryptClientSecret}'s form with the seller's private key, from `readPrivateKey`, whatever its padding; line
 * breaks in the base64 and its URL-safe letters are taken too. What cannot be decrypted is answered with `000101`.
 */
export function decryptClientSecret(
  value: string,
  privateKey: KeyObject,
): { ok: true; text: string; padding: KitPadding } | { ok: false; resultCode: '000101'; diagnosis: Diagnosis[] } {
  const size = sizeOf(privateKey);
  const cipher = base64Bytes(value);
  if (cipher === null)
    return failed({ cause: 'it is no base64', causeZh: '不是 base64', seen: `${value.length} characters` });
  if (cipher.length !== size) {
    const cause = `${cipher.length} bytes, this key makes ${size}`;
    return failed({ cause, causeZh: `密文 ${cipher.length} 字节，而该密钥的密文应为 ${size} 字节`, seen: cause });
  }
  const block = rawDecrypt(cipher, privateKey);
  const found = KIT_PADDINGS.flatMap((padding) => {
    const message = block === null ? null : oaepUnpad(block, HASHES[padding]);
    return message === null ? [] : [{ padding, text: message.toString('utf8') }];
  })[0];
  return found === undefined ? failed({ seen: `${size} bytes that no padding fits` }) : { ok: true, ...found };
}

function failed(values: { cause?: string; causeZh?: string; seen: string }) {
  const padding = KIT_PADDINGS.join(' | ');
  return {
    ok: false as const,
    resultCode: '000101' as const,
    diagnosis: [diagnose('kit.secret', { padding, ...values })],
  };
}

/** Null for a number that is not below the key's modulus. */
function rawDecrypt(cipher: Buffer, privateKey: KeyObject): Buffer | null {
  try {
    return privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, cipher);
  } catch {
    return null;
  }
}

function sizeOf(key: KeyObject): number {
  return Math.ceil((key.asymmetricKeyDetails?.modulusLength ?? 0) / 8);
}

function base64Bytes(value: string): Buffer | null {
  const text = value.replace(/\s+/g, '').replaceAll('-', '+').replaceAll('_', '/');
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : null;
}
