/** The demo product takes in enterprises: how is set up as its seller would do it (S-24a). */
import { credentialsOf, setCredential } from '../people/index.ts';
import type { Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import type { DemoFacts } from './facts.ts';

/** Where the demo seller is now; what somebody has chosen besides stays. */
export async function registerDemoKit(
  platform: Platform,
  tx: Tx,
  { goodsId, sellerId, keyId }: DemoFacts,
  seller: { readonly url: string; readonly publicKey: string },
): Promise<void> {
  const known = (await credentialsOf(tx, [goodsId])).get(goodsId);
  const result = await setCredential(
    platform,
    tx,
    {
      goodsId,
      sellerId,
      keyId,
      protocol: known?.protocol ?? 'kit-v2',
      address: seller.url,
      publicKey: seller.publicKey,
      loginUrl: `${seller.url}/sign-on`,
      attributes: known?.attributes ?? ['mobile', 'email'],
      multiInstance: known?.multiInstance ?? false,
    },
    platform.clock.now(),
  );
  if (!result.ok) throw new Error(`the demo product takes in no enterprises: ${result.refusal.message}`);
}
