/** A sandbox as `jishi start` makes it, on a fresh database: the API on a real port, the demo seller on the same clock. */
import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { startDemoSeller } from '../../examples/demo-seller/src/index.ts';
import { createApp, listen } from '../../packages/marketplace/src/api/app.ts';
import { OPEN_API_PREFIX } from '../../packages/marketplace/src/api/open-api/server.ts';
import { setProductionUrl } from '../../packages/marketplace/src/catalog/index.ts';
import type { DemoFacts } from '../../packages/marketplace/src/demo/facts.ts';
import { loadDemo } from '../../packages/marketplace/src/demo/facts.ts';
import { seedDemo } from '../../packages/marketplace/src/demo/seed.ts';
import { createCaller } from '../../packages/marketplace/src/fulfilment/index.ts';
import type { Config } from '../../packages/marketplace/src/platform/config.ts';
import { inTransaction, openDatabase } from '../../packages/marketplace/src/platform/database/database.ts';
import { migrate } from '../../packages/marketplace/src/platform/database/migrations.ts';
import { systemRandom } from '../../packages/marketplace/src/platform/random.ts';
import {
  createSandbox,
  SANDBOX_MIGRATIONS,
  type Sandbox,
  type TriggerCommand,
} from '../../packages/marketplace/src/sandbox/index.ts';
import { MIGRATIONS } from '../../packages/marketplace/src/schema.ts';
import { testConfig } from '../../packages/marketplace/src/testing/index.ts';
import { copyTemplate } from './test-server.ts';

export interface DrivenSandbox {
  readonly sandbox: Sandbox;
  readonly demo: DemoFacts;
  readonly app: ReturnType<typeof createApp>;
  readonly url: string;
  readonly seller: Awaited<ReturnType<typeof startDemoSeller>>;
  /** plays a scenario; a refusal fails the test */
  play(scenario: string, more?: Omit<TriggerCommand, 'scenario'>): Promise<Played>;
  /** ends this program and begins another on the same data */
  restart(): Promise<void>;
  close(): Promise<void>;
}
type Played = Extract<Awaited<ReturnType<Sandbox['trigger']>>, { ok: true }>['value'];

export interface DrivenOptions {
  readonly seed?: string;
  readonly start?: Date;
  readonly playing?: boolean;
  readonly protocol?: 'saas-v1' | 'saas-v2';
  /** a server of one's own instead of the demo seller */
  readonly sellerUrl?: string;
  readonly config?: Partial<Config>;
}

export async function driveSandbox(options: DrivenOptions = {}): Promise<DrivenSandbox> {
  const data = await copyTemplate(inject('adminUrl'));
  let running = await begin(data.url, options);
  return {
    get sandbox() {
      return running.sandbox;
    },
    get demo() {
      return running.demo;
    },
    get app() {
      return running.app;
    },
    get url() {
      return running.url;
    },
    get seller() {
      return running.seller;
    },
    async play(scenario, more = {}) {
      const played = await running.sandbox.trigger({ scenario, ...more });
      if (!played.ok) throw new Error(`${scenario}: ${played.refusal.code} ${played.refusal.message}`);
      return played.value;
    },
    async restart() {
      await running.end();
      running = await begin(data.url, options);
    },
    async close() {
      await running.end();
      await data.drop();
    },
  };
}

async function begin(databaseUrl: string, options: DrivenOptions) {
  const late: { app: ReturnType<typeof createApp> | null } = { app: null };
  const server = await listen(
    { fetch: (request, env) => late.app?.fetch(request, env) ?? new Response('starting', { status: 503 }) },
    '127.0.0.1',
    0,
  );
  const url = `http://127.0.0.1:${server.port}`;
  const database = openDatabase(databaseUrl);
  await migrate(database.db, [...MIGRATIONS, ...SANDBOX_MIGRATIONS], new Date());
  const sandbox = await createSandbox({
    config: testConfig(databaseUrl, { publicUrl: url, ...options.config }),
    db: database.db,
    ownSeller: options.sellerUrl !== undefined,
    seed: options.seed ?? null,
    token: randomBytes(16).toString('hex'),
    openApiPrefix: OPEN_API_PREFIX,
    ...(options.start ? { start: options.start } : {}),
    playing: options.playing ?? false,
  });
  const { platform, chance } = sandbox;
  const demo =
    (await loadDemo(platform)) ?? (await seedDemo(platform, { productionUrl: url, password: 'demo-password' }));
  const beside = { ...platform, random: systemRandom };
  const app = createApp({ platform: beside, caller: createCaller(beside, sandbox.outbound), sandbox });
  late.app = app;
  const seller = await startDemoSeller({
    port: 0,
    accessKey: demo.accessKey,
    openApi: { baseUrl: url, ak: demo.ak, sk: demo.sk },
    clock: () => platform.clock.now().getTime(),
    random: (length) => chance.seller.bytes(length),
    control: true,
  });
  await inTransaction(platform.db, (tx) =>
    setProductionUrl(tx, demo.goodsId, options.sellerUrl ?? seller.productionUrl, options.protocol ?? 'saas-v2'),
  );
  sandbox.start(() => seller.reset());
  return {
    sandbox,
    demo,
    app,
    url,
    seller,
    async end() {
      await sandbox.stop();
      await seller.close();
      await server.close();
      await database.close();
    },
  };
}
