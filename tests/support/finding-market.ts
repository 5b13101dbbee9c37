/** A marketplace with a dozen products, in this process, with the built console: for looking around and for opinions. */
import { fileURLToPath } from 'node:url';
import { createApp, listen } from '../../packages/marketplace/src/api/app.ts';
import { type ProductInput, publishProduct, refreshSales } from '../../packages/marketplace/src/catalog/index.ts';
import { createCaller } from '../../packages/marketplace/src/fulfilment/index.ts';
import { sql } from '../../packages/marketplace/src/platform/database/database.ts';
import { seededRandom, uuid } from '../../packages/marketplace/src/platform/random.ts';
import { buyFromDemo, createWorld, type World } from '../../packages/marketplace/src/testing/index.ts';
import { sampleProduct } from '../../packages/marketplace/src/testing/products.ts';
import type { Visited } from './console-visits.ts';

export interface FindingMarket extends Visited {
  readonly world: World;
  stop(): Promise<void>;
}
const consoleFolder = fileURLToPath(new URL('../../packages/console/dist', import.meta.url));
const PASSWORD = 'demo-password';

export async function startFindingMarket(databaseUrl: string): Promise<FindingMarket> {
  const world = await createWorld({ databaseUrl, password: PASSWORD, config: { pausePoints: '' } });
  const { platform, demo } = world;
  const random = seededRandom('finding market');
  for (const [name, product] of products(random)) {
    const content = { ...product, name, summary: summaryOf(name) };
    const none = { protocol: 'none' as const, productionUrl: null, keyId: null };
    await publishProduct(
      platform.db,
      { goodsId: uuid(random), sellerId: demo.sellerId, site: 'CN', ...none, content },
      platform.clock.now(),
    );
  }
  await completedPurchase(world);
  const app = createApp({ platform, caller: createCaller(platform), consoleFolder });
  const { port, close } = await listen(app, '127.0.0.1', 0);
  const account = (loginName: string) => ({ loginName, password: PASSWORD });
  return {
    world,
    url: `http://127.0.0.1:${port}`,
    accounts: {
      buyer: account('buyer'),
      enterprise: account('admin'),
      seller: account('seller'),
      operator: account('operator'),
    },
    async stop() {
      await close();
      await world.close();
    },
  };
}

/** The demo product was bought and its order completed: its buyer may review it. */
async function completedPurchase({ platform, simulator, demo }: World): Promise<void> {
  const order = await buyFromDemo({ platform, demo });
  const { orderId } = order;
  await platform.events.publish(
    platform.db,
    [{ type: 'ordering.order-completed', aggregate: `order:${orderId}`, payload: { orderId }, traceId: 'test' }],
    platform.clock.now(),
  );
  await simulator.drain();
  await refreshSales(platform.db);
  await sql`ANALYZE catalog.search`.execute(platform.db);
}

type Name = ProductInput['name'];
const summaryOf = ({ zh, en }: Name): Name => ({
  zh: `面向企业的${zh}，开通即用`,
  en: `${en} for companies, ready at once`,
});

/** Of several types, categories and prices; one free, one with a trial, one with tags. */
function* products(random: ReturnType<typeof seededRandom>): Generator<[Name, ProductInput]> {
  const named = (zh: string, en: string): Name => ({ zh, en });
  const saas = (more: Partial<ProductInput> = {}) => ({
    ...sampleProduct('SAAS', random, { modes: ['PERIOD'] }),
    ...more,
  });
  yield [
    named('云服务器安全卫士', 'Cloud Server Guard'),
    saas({ categoryId: 'security.host', tags: ['industry-finance', 'cert-mlps'] }),
  ];
  yield [named('数据库备份助手', 'Database Backup Assistant'), saas({ categoryId: 'infrastructure.database' })];
  const trial = saas({ categoryId: 'business.office' });
  for (const each of trial.specifications) each.trial = { days: 30, buyerIds: null, repeatable: false };
  yield [named('会议纪要助手', 'Meeting Notes'), trial];
  yield [
    named('客户关系管理系统', 'Customer Relations Suite'),
    saas({ categoryId: 'business.crm', tags: ['industry-retail'] }),
  ];
  const image = sampleProduct('IMAGE', random, { modes: ['PERIOD'], assetId: 'image-1' });
  for (const each of image.specifications) {
    each.free = true;
    for (const { prices } of each.skus)
      for (const price of prices) price.brackets = [{ from: 0, to: null, unitPrice: '0' }];
  }
  yield [named('网站运行环境镜像', 'Web Runtime Image'), { ...image, categoryId: 'website.environment' }];
  yield [
    named('上云迁移服务', 'Cloud Migration Service'),
    { ...sampleProduct('SERVICE', random), categoryId: 'service.migration' },
  ];
  yield [
    named('智能安全网关', 'Smart Security Gateway'),
    { ...sampleProduct('HARDWARE', random), categoryId: 'iot.network' },
  ];
  yield [
    named('合同审阅 License', 'Contract Review License'),
    { ...sampleProduct('LICENSE', random), categoryId: 'business.signature' },
  ];
  yield [
    named('企业信息查询接口', 'Company Information API'),
    { ...sampleProduct('API', random, { modes: ['ON_DEMAND'], assetId: 'group-1' }), categoryId: 'data.enterprise' },
  ];
}
