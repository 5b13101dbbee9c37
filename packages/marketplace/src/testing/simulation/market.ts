/** What a simulation begins with: three sellers with a product each (two V2.0, one V1.0), four buyers. */
import { publishProduct } from '../../catalog/index.ts';
import { demoProduct } from '../../demo/product.ts';
import {
  BUYER_LEVELS,
  certifySeller,
  createAccessKey,
  createBuyer,
  createSeller,
  setBuyerLevel,
} from '../../directory/index.ts';
import { tokenHash } from '../../directory/service.ts';
import { insertSession, insertUser } from '../../directory/store.ts';
import { BANK, credit } from '../../ledger/index.ts';
import { inTransaction } from '../../platform/database/database.ts';
import { money } from '../../platform/money.ts';
import type { Platform } from '../../platform/platform.ts';
import { uuid } from '../../platform/random.ts';
import type { Dice } from '../dice.ts';
import { ACCESS_KEY } from './sellers.ts';
import { allowCredit, fillWallet } from './wallets.ts';

type Content = ReturnType<typeof demoProduct>;
export interface MarketProduct {
  readonly goodsId: string;
  readonly sellerId: string;
  /** of its address */
  readonly host: string;
  readonly content: Content;
}
export interface MarketBuyer {
  readonly buyerId: string;
  readonly userId: string;
  readonly token: string;
}
export interface Market {
  readonly products: readonly MarketProduct[];
  readonly buyers: readonly MarketBuyer[];
}

const PRODUCTS = [
  { host: 'one.test', protocol: 'saas-v2' },
  { host: 'two.test', protocol: 'saas-v2' },
  { host: 'old.test', protocol: 'saas-v1' },
] as const;
const YEARS_MS = 10 * 366 * 86_400_000;
// An order costs nothing to 80 000.
const OPENING_BALANCES = ['900.00', '20000.00', '300000.00'] as const;

export function createMarket(platform: Platform, dice: Dice): Promise<Market> {
  const now = platform.clock.now();
  const { site } = platform.config;
  const id = () => uuid(platform.random);
  return inTransaction(platform.db, async (tx) => {
    const products: MarketProduct[] = [];
    for (const { host, protocol } of PRODUCTS) {
      const sellerId = await createSeller(platform, tx, { name: `Seller of ${host}`, site }, now);
      await certifySeller(tx, sellerId, now);
      const { keyId } = await createAccessKey(platform, tx, sellerId, now, ACCESS_KEY);
      const content = demoProduct(platform.random);
      const goodsId = id();
      await publishProduct(
        tx,
        { goodsId, sellerId, site, protocol, productionUrl: `http://${host}/produce`, keyId, content },
        now,
      );
      products.push({ goodsId, sellerId, host, content });
    }
    await allowCredit(
      tx,
      products.map(({ goodsId }) => goodsId),
    );
    const buyers: MarketBuyer[] = [];
    // the first can always pay
    for (const amount of ['9000000.00', ...Array.from({ length: 3 }, () => dice.pick(OPENING_BALANCES))]) {
      const name = `buyer-${buyers.length + 1}`;
      const buyerId = await createBuyer(platform, tx, { accountName: name, name, site }, now);
      await setBuyerLevel(tx, buyerId, BUYER_LEVELS[dice.below(BUYER_LEVELS.length)] ?? 'V0');
      const [userId, token] = [id(), id()];
      const user = { userId, loginName: name, displayName: name, passwordHash: 'none', role: 'BO' as const };
      await insertUser(tx, { ...user, buyerId, sellerId: null }, now);
      await insertSession(tx, tokenHash(token), userId, now, new Date(now.getTime() + YEARS_MS));
      await topUp(platform, tx, buyerId, amount, `opening:${buyerId}`);
      await fillWallet(platform, tx, buyerId);
      buyers.push({ buyerId, userId, token });
    }
    return { products, buyers };
  });
}

export async function topUp(
  platform: Platform,
  tx: Parameters<typeof credit>[0],
  buyerId: string,
  amount: string,
  reference: string,
): Promise<void> {
  const movement = { entryId: uuid(platform.random), kind: 'TOP_UP' as const, reference, debit: BANK };
  await credit(
    tx,
    buyerId,
    { ...movement, amount: money(amount, 'CNY'), traceId: uuid(platform.random) },
    platform.clock.now(),
  );
}
