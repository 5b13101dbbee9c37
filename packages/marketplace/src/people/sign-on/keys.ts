/**
 * What signs ID tokens. A key signs for 90 days, then another is made; it is published for 90 days more, so that whoever kept a
 * token can still check it. A private key lies sealed in the database and is opened in memory only.
 */
import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { type Db, inTransaction } from '../../platform/database/database.ts';
import type { KeyRing } from '../../platform/key-ring.ts';
import { type Random, uuid } from '../../platform/random.ts';
import { KEY_PURPOSE } from './schema.ts';
import { deleteKeysBefore, insertKey, lockKeys, type StoredKey, signingKeys } from './store.ts';

const DAY_MS = 86_400_000;
export const SIGNING_DAYS = 90;
const PUBLISHED_DAYS = 2 * SIGNING_DAYS;
const KEY_BITS = 2048; // RS256, which every client of OpenID Connect knows
const makePair = promisify(generateKeyPair);

export interface KeyContext {
  readonly db: Db;
  readonly keys: KeyRing;
  readonly random: Random;
}

/** The keys that are published, the one that signs first; made anew when there is none or it has signed long enough. */
export async function currentKeys(context: KeyContext, now: Date): Promise<StoredKey[]> {
  const known = await signingKeys(context.db);
  return isYoung(known[0], now) ? known : rotateSigningKey(context, now);
}

const isYoung = (key: StoredKey | undefined, now: Date): boolean =>
  key !== undefined && now.getTime() - key.createdAt.getTime() < SIGNING_DAYS * DAY_MS;

/** @param evenWhenYoung an operator wants another key now */
export async function rotateSigningKey(
  { db, keys, random }: KeyContext,
  now: Date,
  evenWhenYoung = false,
): Promise<StoredKey[]> {
  const { privateKey } = await makePair('rsa', { modulusLength: KEY_BITS });
  return inTransaction(db, async (tx) => {
    await lockKeys(tx);
    const known = await signingKeys(tx);
    if (isYoung(known[0], now) && !evenWhenYoung) return known;
    const keyId = uuid(random);
    const jwk = { ...privateKey.export({ format: 'jwk' }), kid: keyId, alg: 'RS256', use: 'sig' };
    await insertKey(tx, { keyId, sealed: keys.seal(JSON.stringify(jwk), KEY_PURPOSE), createdAt: now });
    await deleteKeysBefore(tx, new Date(now.getTime() - PUBLISHED_DAYS * DAY_MS));
    return signingKeys(tx);
  });
}
