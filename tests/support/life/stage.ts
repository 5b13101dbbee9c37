/** A marketplace on the virtual clock with its Open API on a real port, and one seller that shares the clock. */
import { setProductionUrl } from '../../../packages/marketplace/src/catalog/index.ts';
import { createApp, createCaller, listen } from '../../../packages/marketplace/src/index.ts';
import { inTransaction } from '../../../packages/marketplace/src/platform/database/database.ts';
import { createWorld, type World } from '../../../packages/marketplace/src/testing/index.ts';
import { type LifeSeller, type SellerName, startLifeSeller } from './sellers.ts';

export const PROTOCOLS = ['saas-v1', 'saas-v2'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

export interface Stage {
  readonly world: World;
  readonly protocol: Protocol;
  readonly seller: LifeSeller;
  /** makes the calls that a person waits for: details, changeInstanceCheck */
  readonly caller: ReturnType<typeof createCaller>;
  close(): Promise<void>;
}

export const BEGIN = new Date('2026-01-05T02:00:00.000Z');
const MANY_STEPS = '1000000.00';

export async function openStage(databaseUrl: string, protocol: Protocol, sellerName: SellerName): Promise<Stage> {
  const world = await createWorld({ databaseUrl, start: BEGIN, openingBalance: MANY_STEPS });
  const { platform, clock, demo } = world;
  const caller = createCaller(platform);
  const server = await listen(createApp({ platform, caller }), '127.0.0.1', 0);
  const openApi = { baseUrl: `http://127.0.0.1:${server.port}`, ak: demo.ak, sk: demo.sk };
  const seller = await startLifeSeller(sellerName, { protocol, clock, accessKey: demo.accessKey, openApi });
  await inTransaction(platform.db, (tx) => setProductionUrl(tx, demo.goodsId, seller.url, protocol));
  return {
    ...{ world, protocol, seller, caller },
    async close() {
      await seller.close();
      await server.close();
      await caller.close();
      await world.close();
    },
  };
}
