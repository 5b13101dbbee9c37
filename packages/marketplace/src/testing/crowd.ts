/** Many sellers, buyers and paid orders, quickly: what benchmarks and simulations fill a marketplace with. */
import { publishProduct } from '../catalog/index.ts';
import { demoProduct } from '../demo/product.ts';
import { certifySeller, createAccessKey, createBuyer, createSeller } from '../directory/index.ts';
import { hashPassword, tokenHash } from '../directory/service.ts';
import { insertSession, insertUser } from '../directory/store.ts';
import { BANK, credit } from '../ledger/index.ts';
import { payOrder, placeOrder } from '../ordering/index.ts';
import { inTransaction } from '../platform/database/database.ts';
import { money } from '../platform/money.ts';
import type { Platform } from '../platform/platform.ts';
import { uuid } from '../platform/random.ts';

export interface CrowdSeller {
  readonly sellerId: string;
  readonly goodsId: string;
  /** a yearly price per user; sold in steps of 5 */
  readonly priceItemId: string;
}
export interface CrowdBuyer {
  readonly buyerId: string;
  readonly userId: string;
  /** of a session that is open for a day */
  readonly token: string;
}

/** One seller with one product at each address; all sign with the same key. */
export async function createSellers(
  platform: Platform,
  productionUrls: readonly string[],
  accessKey: string,
): Promise<CrowdSeller[]> {
  const { site } = platform.config;
  const now = platform.clock.now();
  return inTransaction(platform.db, async (tx) => {
    const sellers: CrowdSeller[] = [];
    for (const productionUrl of productionUrls) {
      const sellerId = await createSeller(platform, tx, { name: `Seller ${sellers.length + 1}`, site }, now);
      await certifySeller(tx, sellerId, now);
      const { keyId } = await createAccessKey(platform, tx, sellerId, now, accessKey);
      const goodsId = uuid(platform.random);
      const content = demoProduct(platform.random);
      const offer = { goodsId, sellerId, site, protocol: 'saas-v2' as const, productionUrl, keyId, content };
      await publishProduct(tx, offer, now);
      sellers.push({
        sellerId,
        goodsId,
        priceItemId: content.specifications[0]?.skus[0]?.prices[0]?.priceItemId ?? '',
      });
    }
    return sellers;
  });
}

/** Buyers with one account each, signed in, and money that does not run out. */
export async function createBuyers(platform: Platform, count: number): Promise<CrowdBuyer[]> {
  const now = platform.clock.now();
  const expiresAt = new Date(now.getTime() + 24 * 3_600_000);
  const passwordHash = await hashPassword(uuid(platform.random)); // nobody signs in with it
  return inTransaction(platform.db, async (tx) => {
    const buyers: CrowdBuyer[] = [];
    for (let place = 1; place <= count; place += 1) {
      const name = `crowd-${place}`;
      const tenant = { accountName: name, name, site: platform.config.site };
      const buyerId = await createBuyer(platform, tx, tenant, now);
      const [userId, token] = [uuid(platform.random), uuid(platform.random)];
      const account = { userId, loginName: name, displayName: name, passwordHash, role: 'BO' as const };
      await insertUser(tx, { ...account, buyerId, sellerId: null }, now);
      await insertSession(tx, tokenHash(token), userId, now, expiresAt);
      const amount = money('1000000000.00', 'CNY');
      const topUp = { entryId: uuid(platform.random), kind: 'TOP_UP' as const, reference: `opening:${buyerId}` };
      await credit(tx, buyerId, { ...topUp, debit: BANK, amount, traceId: uuid(platform.random) }, now);
      buyers.push({ buyerId, userId, token });
    }
    return buyers;
  });
}

/** Places and pays `count` orders in one transaction. @returns their ids */
export function buyMany(platform: Platform, buyer: CrowdBuyer, priceItemId: string, count: number): Promise<string[]> {
  const now = platform.clock.now();
  const lines = [{ priceItemId, quantity: 10, periodNumber: 1, parameters: [] }];
  return inTransaction(platform.db, async (tx) => {
    const ids: string[] = [];
    while (ids.length < count) {
      const traceId = uuid(platform.random).replaceAll('-', '');
      const placed = await placeOrder(platform, tx, { ...buyer, lines, traceId }, now);
      if (!placed.ok) throw new Error(`order refused: ${placed.refusal.code}`);
      const { orderId } = placed.value;
      const paid = await payOrder(platform, tx, { orderId, scope: { kind: 'all' } }, now);
      if (!paid.ok) throw new Error(`payment refused: ${paid.refusal.code}`);
      ids.push(orderId);
    }
    return ids;
  });
}
