import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { type Diagnosis, diagnose, type Words } from '../diagnosis/diagnosis.ts';

/** Shorter keys are not taken (`saas-v2.md` 4.4). */
export const RSA_MIN_BITS = 3072;
/** No key is longer; what is was not meant to be one. */
const KEY_MAX_CHARACTERS = 32_768;

/** `isShort`: a right key but for its length; whoever has such a pair must make another. */
export type KeyReading =
  | { readonly ok: true; readonly key: KeyObject; readonly bits: number }
  | { readonly ok: false; readonly isShort: boolean; readonly diagnosis: Diagnosis[] };

/**
 * Reads a seller's RSA public key: PEM, or base64 without its header and footer lines, as the consoles take it
 * (`saas-v2.md` 4.4). Refuses, and says why, what is no key, no RSA key, a private key, or shorter than 3072 bits.
 */
export function readPublicKey(text: string): KeyReading {
  const pem = withRealNewlines(text);
  // Asked first, because Node takes the public half of a private key.
  if (isPrivate(pem)) return refused(PRIVATE_GIVEN, 'a private key');
  return judged(firstKey(pem, PUBLIC_FORMS), pem, NO_PUBLIC_KEY);
}

/** Reads the private key that belongs to it: PEM (PKCS#8 or PKCS#1, without a passphrase), or its bare base64. */
export function readPrivateKey(text: string): KeyReading {
  const pem = withRealNewlines(text);
  if (/ENCRYPTED/.test(pem)) return refused(ENCRYPTED, 'an encrypted private key');
  const key = firstKey(pem, PRIVATE_FORMS);
  const isPublic = key === null && firstKey(pem, PUBLIC_FORMS) !== null;
  return isPublic ? refused(PUBLIC_GIVEN, 'a public key') : judged(key, pem, NO_PRIVATE_KEY);
}

type Form = (text: string, der: Buffer) => KeyObject;

const PUBLIC_FORMS: readonly Form[] = [
  (text) => createPublicKey(text),
  (_, der) => createPublicKey({ key: der, format: 'der', type: 'spki' }),
  (_, der) => createPublicKey({ key: der, format: 'der', type: 'pkcs1' }),
];

const PRIVATE_FORMS: readonly Form[] = [
  (text) => createPrivateKey(text),
  (_, der) => createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }),
  (_, der) => createPrivateKey({ key: der, format: 'der', type: 'pkcs1' }),
];

/** By its label; without one by the version 0 that PKCS#8 and PKCS#1 begin with. */
function isPrivate(text: string): boolean {
  const begin = Buffer.from(text.slice(0, 12), 'base64');
  return /PRIVATE KEY/.test(text) || (begin[0] === 0x30 && begin.includes(Buffer.from([0x02, 0x01, 0x00])));
}

function firstKey(text: string, forms: readonly Form[]): KeyObject | null {
  if (text.length > KEY_MAX_CHARACTERS) return null;
  const der = Buffer.from(text, 'base64');
  for (const form of forms) {
    try {
      return form(text, der);
    } catch {
      // not this form
    }
  }
  return null;
}

function judged(key: KeyObject | null, text: string, noKey: Words): KeyReading {
  if (key === null) return refused(noKey, text.length === 0 ? 'nothing' : `${text.length} characters`);
  if (key.asymmetricKeyType !== 'rsa') {
    const type = key.asymmetricKeyType ?? 'another type';
    return refused({ zh: `密钥类型是 ${type}，不是 RSA`, en: `the key is of type ${type}, not RSA` }, type);
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits >= RSA_MIN_BITS) return { ok: true, key, bits };
  const short = {
    zh: `密钥只有 ${bits} 位，至少需要 ${RSA_MIN_BITS} 位`,
    en: `the key has ${bits} bits, at least ${RSA_MIN_BITS} are needed`,
  };
  return refused(short, `${bits} bits`, true);
}

function refused(cause: Words, seen: string, isShort = false): KeyReading {
  const found = diagnose('kit.secret', {
    cause: cause.en,
    causeZh: cause.zh,
    expected: `an RSA key of at least ${RSA_MIN_BITS} bits, PEM or base64 without its header lines`,
    seen,
  });
  return { ok: false, isShort, diagnosis: [{ ...found, fix: NEW_KEY }] };
}

/** In environment variables and forms the line ends of a PEM often become the two characters `\n`. */
function withRealNewlines(text: string): string {
  return text.replaceAll('\\r', '').replaceAll('\\n', '\n').trim();
}

const NO_PUBLIC_KEY: Words = { zh: '无法识别为 RSA 公钥', en: 'this is no RSA public key' };
const NO_PRIVATE_KEY: Words = { zh: '无法识别为 RSA 私钥', en: 'this is no RSA private key' };
const PRIVATE_GIVEN: Words = {
  zh: '这是私钥，请提供公钥；私钥不能交给任何人',
  en: 'this is a private key; give the public one and the private one to nobody',
};
const PUBLIC_GIVEN: Words = {
  zh: '这是公钥，解密需要私钥',
  en: 'this is a public key, decrypting takes the private one',
};
const ENCRYPTED: Words = { zh: '私钥带有口令，请先去除', en: 'the private key has a passphrase: remove it first' };
const NEW_KEY: Words = {
  zh: '用 openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -out private.pem 生成密钥，用 openssl pkey -in private.pem -pubout 取出公钥并上传。',
  en: 'Make a key with `openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -out private.pem`, take its public part with `openssl pkey -in private.pem -pubout`, and upload that.',
};
