/** A stage with a second buyer and a product that is counted: what an offer, a restriction or a stock means for two people. */
import { productContent, publishProduct } from '../../packages/marketplace/src/catalog/index.ts';
import { openBalance } from '../../packages/marketplace/src/demo/seed.ts';
import { createBuyer, createUser } from '../../packages/marketplace/src/directory/index.ts';
import { inTransaction } from '../../packages/marketplace/src/platform/database/database.ts';
import { uuid } from '../../packages/marketplace/src/platform/random.ts';
import { sampleProduct } from '../../packages/marketplace/src/testing/products.ts';
import type { ConsoleStage } from './console-stage.ts';
import type { Visited } from './console-visits.ts';

export interface TwoBuyers {
  /** the stage as the second buyer sees it */
  readonly other: Visited;
  /** hardware of the demo seller */
  readonly hardwareId: string;
}

export async function withTwoBuyers(stage: ConsoleStage): Promise<TwoBuyers> {
  const { platform, demo } = stage.world;
  const now = platform.clock.now();
  const { site } = platform.config;
  const account = { loginName: 'initech', password: stage.accounts.buyer.password };
  const hardwareId = uuid(platform.random);
  await inTransaction(platform.db, async (tx) => {
    const buyer = { accountName: 'initech', name: '英泰科技 Initech', site, email: 'it@initech.example' };
    const buyerId = await createBuyer(platform, tx, buyer, now);
    await createUser(platform, tx, { ...account, displayName: '周岚 Zhou Lan', role: 'BO', buyerId }, now);
    await openBalance(platform, tx, buyerId, now);
    await publishProduct(
      tx,
      {
        goodsId: hardwareId,
        sellerId: demo.sellerId,
        site,
        protocol: 'none',
        productionUrl: null,
        keyId: null,
        content: productContent.parse(sampleProduct('HARDWARE', platform.random)),
      },
      now,
    );
  });
  return { other: { ...stage, accounts: { ...stage.accounts, buyer: account } }, hardwareId };
}
