/** What a new sandbox holds: a seller with its keys and product, a buyer with money, an operator. */
import { publishProduct } from '../catalog/index.ts';
import {
  certifySeller,
  createAccessKey,
  createApiKey,
  createBuyer,
  createSeller,
  createUser,
  listForHardware,
} from '../directory/index.ts';
import { BANK, credit } from '../ledger/index.ts';
import { inTransaction, type Tx } from '../platform/database/database.ts';
import { money } from '../platform/money.ts';
import type { Platform } from '../platform/platform.ts';
import { ALPHANUMERIC, randomText, uuid } from '../platform/random.ts';
import { type DemoAccount, type DemoFacts, saveDemo } from './facts.ts';
import { demoProduct } from './product.ts';

export interface DemoOptions {
  /** where the demo seller answers; null = to be set later */
  readonly productionUrl: string;
  readonly accessKey?: string;
  /** demo accounts' password; absent = random */
  readonly password?: string;
  readonly openingBalance?: string;
}

export async function seedDemo(platform: Platform, options: DemoOptions): Promise<DemoFacts> {
  const now = platform.clock.now();
  const { site } = platform.config;
  const password = options.password ?? randomText(platform.random, 12, ALPHANUMERIC);
  return inTransaction(platform.db, async (tx) => {
    const sellerId = await createSeller(
      platform,
      tx,
      {
        name: '示例软件 Acme Software',
        site,
        email: 'dev@acme.example',
        phone: '+8613900000001',
        serviceEmail: 'service@acme.example',
      },
      now,
    );
    await certifySeller(tx, sellerId, now);
    await listForHardware(tx, sellerId, now);
    const buyerId = await createBuyer(
      platform,
      tx,
      { accountName: 'globex', name: '环球贸易 Globex', site, email: 'it@globex.example', phone: '' },
      now,
    );
    const { keyId, accessKey } = await createAccessKey(platform, tx, sellerId, now, options.accessKey);
    const { ak, sk } = await createApiKey(platform, tx, { sellerId }, now);
    const goodsId = uuid(platform.random);
    await publishProduct(
      tx,
      {
        goodsId,
        sellerId,
        site,
        protocol: 'saas-v2',
        productionUrl: options.productionUrl,
        keyId,
        content: demoProduct(platform.random),
      },
      now,
    );
    const accounts: DemoAccount[] = [
      { loginName: 'buyer', password, area: 'buyer', displayName: '李明 Li Ming', role: 'BO' },
      { loginName: 'admin', password, area: 'enterprise', displayName: '王芳 Wang Fang', role: 'EA' },
      { loginName: 'seller', password, area: 'seller', displayName: '陈晨 Chen Chen', role: 'SO' },
      { loginName: 'operator', password, area: 'operator', displayName: '赵宁 Zhao Ning', role: 'OM' },
      // settles with sellers: the operator's manager may not (consoles-and-processes.md 6.2)
      { loginName: 'finance', password, area: 'operator', displayName: '孙悦 Sun Yue', role: 'OF' },
      // the second person that a pay-out needs (O-7)
      { loginName: 'treasury', password, area: 'operator', displayName: '周敏 Zhou Min', role: 'OF' },
    ];
    for (const account of accounts) {
      const tenant = account.area === 'seller' ? { sellerId } : account.area === 'operator' ? {} : { buyerId };
      await createUser(platform, tx, { ...account, ...tenant }, now);
    }
    await openBalance(platform, tx, buyerId, now, options.openingBalance);
    const facts: DemoFacts = { sellerId, buyerId, goodsId, keyId, accessKey, ak, sk, accounts };
    await saveDemo(platform, tx, facts);
    return facts;
  });
}

/** What the demo buyer may spend to begin with. */
export async function openBalance(
  platform: Platform,
  tx: Tx,
  buyerId: string,
  now: Date,
  amount = '100000.00',
): Promise<void> {
  await credit(
    tx,
    buyerId,
    {
      entryId: uuid(platform.random),
      kind: 'TOP_UP',
      reference: `opening:${buyerId}`,
      debit: BANK,
      amount: money(amount, 'CNY'),
      traceId: uuid(platform.random),
    },
    now,
  );
}
