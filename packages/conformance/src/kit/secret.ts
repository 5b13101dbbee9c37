/** The client secret of applicationSync (saas-v2.md 4.4): the key it is encrypted with, and the forms it can have. */
import { constants, type KeyObject, publicEncrypt } from 'node:crypto';
import {
  type Diagnosis,
  diagnose,
  encryptClientSecret,
  KIT_PADDINGS,
  type KitPadding,
  readPublicKey,
  secretSeedBytes,
  type Words,
} from '@jishi/protocol';
import type { Session, SessionSettings } from '../case.ts';
import { inShort } from '../saas-v2/reply.ts';
import type { KitReply } from './reply.ts';
import { THROW_AWAY_KEY } from './throw-away-key.ts';

export type SecretKey =
  | { readonly ok: true; readonly key: KeyObject; readonly isThrowAway: boolean }
  | { readonly ok: false; readonly diagnosis: readonly Diagnosis[] };

/** The seller's public key, or one that nobody has the private key of. */
export function secretKeyOf({ settings }: Session): SecretKey {
  const known = KEYS.get(settings);
  if (known !== undefined) return known;
  const reading = readPublicKey(settings.publicKey ?? THROW_AWAY_KEY);
  const key = reading.ok ? { ...reading, isThrowAway: settings.publicKey === null } : reading;
  KEYS.set(settings, key);
  return key;
}

/** Reading a key takes milliseconds, so it is done once a run. */
const KEYS = new WeakMap<SessionSettings, SecretKey>();

/** A secret for this run, whatever key there is. */
export function plainSecret(session: Session, padding: KitPadding): string {
  const key = secretKeyOf(session);
  return key.ok ? encrypted(session, key.key, padding) : '';
}

export function encrypted(session: Session, key: KeyObject, padding: KitPadding): string {
  // Letters have less chance in them than bytes, which is enough for a secret that guards nothing.
  const seed = Buffer.from(session.randomText(secretSeedBytes(padding)));
  return encryptClientSecret(clearSecret(session), key, padding, seed);
}

/** Forms that are wrong and that sellers expect all the same. */
export function otherForms(
  session: Session,
  key: KeyObject,
): readonly { readonly what: Words; readonly value: string }[] {
  const right = Buffer.from(encrypted(session, key, KIT_PADDINGS[0]), 'base64');
  const clear = clearSecret(session);
  const pkcs1 = publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(clear));
  const sha512 = { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha512' };
  return [
    {
      what: { zh: '商家按 PKCS#1 v1.5 填充解密', en: 'the seller decrypts with PKCS#1 v1.5 padding' },
      value: pkcs1.toString('base64'),
    },
    {
      what: { zh: '商家期望十六进制而不是 base64', en: 'the seller expects hex instead of base64' },
      value: right.toString('hex'),
    },
    {
      what: { zh: '商家期望明文', en: 'the seller expects clear text' },
      value: clear,
    },
    {
      what: { zh: '商家按 OAEP SHA-512 解密', en: 'the seller decrypts with OAEP SHA-512' },
      value: publicEncrypt(sha512, Buffer.from(clear)).toString('base64'),
    },
  ];
}

/** `cause` where it is known; else that of the key at hand. */
export function secretRefused(session: Session, reply: KitReply, cause?: Words): Diagnosis {
  const hasKey = session.settings.publicKey !== null;
  const { zh, en } = cause ?? (hasKey ? OTHER_KEY : NO_KEY);
  const padding = KIT_PADDINGS.join(' | ');
  const found = diagnose('kit.secret', { padding, cause: en, causeZh: zh, seen: inShort(reply) });
  return hasKey ? found : { ...found, fix: GIVE_KEY };
}

const OTHER_KEY: Words = {
  zh: '所有填充方式都被拒绝，私钥很可能不是这把公钥的另一半',
  en: 'no padding is accepted, so that the private key is probably not the other half of this public key',
};
const NO_KEY: Words = {
  zh: '没有提供商家的公钥，使用了一次性密钥加密，商家无法解密',
  en: 'it was encrypted with a throw-away key, as the public key of the seller was not given',
};
const GIVE_KEY: Words = {
  zh: '用 --public-key 文件名（或选项 publicKey）给出与服务端私钥配对的 RSA 公钥，然后重新运行，才能检查解密。',
  en: 'Run again with --public-key FILE (option publicKey), the RSA public key that belongs to the private key of the server; only then can decryption be checked.',
};

function clearSecret(session: Session): string {
  return `cstest-${session.randomText(24)}`;
}
