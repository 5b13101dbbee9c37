/** Keys that sign calls to a seller, as the seller sees them: one key serves one interface class (S-21). */
import { type Executor, sql } from '../platform/database/database.ts';
import { ALPHANUMERIC, randomText, uuid } from '../platform/random.ts';
import type { DirectoryContext } from './service.ts';
import { insertAccessKey } from './store.ts';

/** Base interfaces, joint-operation sync, licence code delivery, general (S-21). */
export type InterfaceClass = 'BASE' | 'KIT' | 'LICENSE' | 'GENERAL';

export interface AccessKey {
  readonly keyId: string;
  readonly sellerId: string;
  readonly interfaceClass: InterfaceClass;
  readonly createdAt: Date;
}

/** A new random key for one interface class; its text is shown by {@link accessKeys} only. */
export async function addAccessKey(
  context: DirectoryContext,
  executor: Executor,
  key: { readonly sellerId: string; readonly interfaceClass: InterfaceClass },
  now: Date,
): Promise<AccessKey> {
  const keyId = `key-${uuid(context.random)}`;
  const sealed = context.keys.seal(randomText(context.random, 40, ALPHANUMERIC), 'directory.access-key');
  await insertAccessKey(executor, { ...key, keyId, sealed }, now);
  return { ...key, keyId, createdAt: now };
}

/** Oldest first, without their text. */
export async function accessKeysOfSeller(executor: Executor, sellerId: string): Promise<AccessKey[]> {
  const { rows } = await sql<AccessKey>`
    SELECT key_id AS "keyId", seller_id AS "sellerId", interface_class AS "interfaceClass", created_at AS "createdAt"
    FROM directory.access_keys WHERE seller_id = ${sellerId} ORDER BY created_at, key_id`.execute(executor);
  return rows;
}
