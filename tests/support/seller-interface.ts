/** A server that the marketplace may call for new products: its address, its key, and the debugging cases that were saved. */
import { setBinding } from '../../packages/marketplace/src/debugging/address-store.ts';
import { saveCase } from '../../packages/marketplace/src/debugging/case-store.ts';
import { addAddress } from '../../packages/marketplace/src/debugging/index.ts';
import { inTransaction } from '../../packages/marketplace/src/platform/database/database.ts';
import { uuid } from '../../packages/marketplace/src/platform/random.ts';
import type { World } from '../../packages/marketplace/src/testing/index.ts';
import { granted } from './resources.ts';

interface SellerServer {
  readonly url: string;
  readonly keyId: string;
}

/** The address counts as the seller's, calls there are signed with the key. */
export async function bindServer({ platform, demo: { sellerId } }: World, { url, keyId }: SellerServer): Promise<void> {
  const now = platform.clock.now();
  await inTransaction(platform.db, async (tx) => {
    const text = new URL(url).origin;
    const { addressId } = granted(await addAddress(platform, tx, { sellerId, text }, now));
    await setBinding(tx, { address_id: addressId, interface_class: 'BASE', key_id: keyId }, now);
  });
}

export interface SavedCase {
  readonly activity: string;
  readonly parameters?: Readonly<Record<string, string>>;
}

/** Cases as the pages of debugging keep them (they have their own test). */
export async function saveCases(
  { platform, demo: { sellerId } }: World,
  goodsId: string,
  { url, keyId }: SellerServer,
  cases: readonly SavedCase[],
): Promise<void> {
  const savedAt = platform.clock.now();
  await inTransaction(platform.db, async (tx) => {
    for (const { activity, parameters = {} } of cases) {
      const caseId = uuid(platform.random);
      await saveCase(tx, { caseId, goodsId, sellerId, activity, parameters, url, keyId, savedBy: 'dev', savedAt });
    }
  });
}
