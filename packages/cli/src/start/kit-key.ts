/** The demo seller's RSA key: what it reads client secrets with (saas-v2.md 4.4). Kept in the data folder, so that they stay readable. */
import { createPublicKey, generateKeyPair } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface KitKey {
  readonly privateKey: string;
  readonly publicKey: string;
}

const KEY_BITS = 3072;
const makePair = promisify(generateKeyPair);

/** @param folder null = for this run */
export async function kitKey(folder: string | null): Promise<KitKey> {
  const file = folder === null ? null : join(folder, 'demo-seller-kit.pem');
  const privateKey = file !== null && existsSync(file) ? readFileSync(file, 'utf8') : await freshKey();
  if (file !== null && !existsSync(file)) writeFileSync(file, privateKey, { mode: 0o600 });
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' });
  return { privateKey, publicKey: publicKey.toString() };
}

async function freshKey(): Promise<string> {
  const { privateKey } = await makePair('rsa', { modulusLength: KEY_BITS });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
