/** Boots a sandbox: database, marketplace, workers and, unless a seller of one's own is given, the demo seller. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startDemoSeller } from '@jishi/demo-seller';
import {
  CALLS,
  type Config,
  checkServer,
  createApp,
  createCaller,
  type DemoFacts,
  defaultPublicUrl,
  type EmbeddedServer,
  inTransaction,
  listen,
  loadDemo,
  MIGRATIONS,
  migrate,
  openDatabase,
  type Platform,
  reclaimAll,
  saveDemo,
  seedDemo,
  setAccessKey,
  setProductionUrl,
  startEmbedded,
  startWorkers,
  systemRandom,
  TASKS,
} from '@jishi/marketplace';
import { CliExit } from '../io.ts';
import { configuration, consoleFolder, platformOn } from '../process.ts';

export interface SandboxOptions {
  readonly port: string | undefined;
  /** null = temporary */
  readonly folder: string | null;
  readonly seller: { readonly url: string; readonly accessKey: string } | null;
  /** what the seller is spoken to in, the demo seller too */
  readonly protocol: 'saas-v1' | 'saas-v2';
}
export interface Sandbox {
  readonly url: string;
  readonly sellerUrl: string;
  readonly demo: DemoFacts;
  /** true = this start made the database */
  readonly isNew: boolean;
  readonly folder: string | null;
  readonly notes: readonly string[];
  readonly purchaseAddress: { readonly url: string; readonly demo: DemoFacts };
  stop(): Promise<void>;
}

// The specification leaves the poll interval open (saas-v2.md Q17); on a developer's machine nobody waits two minutes.
const SANDBOX_POLICIES = JSON.stringify({ 'saas-v2': { queryInstance: { windowMs: 10_800_000, intervalMs: 2_000 } } });

export async function bootSandbox(options: SandboxOptions): Promise<Sandbox> {
  const folder = options.folder === null ? null : openFolder(options.folder);
  const config = configuration(
    'sandbox',
    { JISHI_PORT: options.port },
    {
      settings: { JISHI_RETRY_POLICIES: SANDBOX_POLICIES, JISHI_LOG_LEVEL: 'error' },
      masterKey: masterKey(folder),
    },
  );
  const undo: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    return await boot(options, config, folder, undo, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function boot(
  options: SandboxOptions,
  config: Config,
  folder: string | null,
  undo: (() => Promise<unknown>)[],
  stop: () => Promise<void>,
): Promise<Sandbox> {
  // The port first: it costs nothing to find it taken, and the demo seller needs the address before the first call.
  const late: { app: ReturnType<typeof createApp> | null } = { app: null };
  const server = await listen(
    {
      fetch: (request, env) =>
        late.app?.fetch(request, env) ?? new Response('starting', { status: 503, headers: { 'retry-after': '1' } }),
    },
    config.host,
    config.port,
  );
  undo.push(() => server.close());
  const embedded =
    config.databaseUrl === null
      ? await startEmbedded({ random: systemRandom, ...(folder === null ? {} : { folder }) })
      : null;
  if (embedded) undo.push(() => embedded.stop());
  const database = openDatabase(config.databaseUrl ?? urlOf(embedded), { poolSize: config.databasePoolSize });
  undo.push(() => database.close());
  await checkServer(database.db);
  const probe = platformOn(config, database);
  await migrate(database.db, MIGRATIONS, probe.clock.now());
  if (embedded) await Promise.all([CALLS, TASKS].map((table) => reclaimAll(database.db, table)));
  const known = await loadDemo(probe);
  const demo = known ?? (await seedDemo(probe, { productionUrl: 'http://127.0.0.1:1/not-yet-known' }));

  const url = defaultPublicUrl(config.host === '0.0.0.0' ? '127.0.0.1' : config.host, server.port);
  const publicUrl = config.publicUrl === defaultPublicUrl(config.host, config.port) ? url : config.publicUrl;
  const platform: Platform = {
    ...probe,
    config: { ...config, port: server.port, publicUrl },
  };
  const caller = createCaller(platform);
  undo.push(() => caller.close());
  late.app = createApp({ platform, caller, consoleFolder: consoleFolder() });

  const sellerUrl = options.seller
    ? options.seller.url
    : await demoSeller(options, folder, demo, url, server.port, undo);
  await inTransaction(platform.db, async (tx) => {
    await setAccessKey(platform, tx, demo.keyId, options.seller?.accessKey ?? demo.accessKey);
    await setProductionUrl(tx, demo.goodsId, sellerUrl, options.protocol);
    await saveDemo(platform, tx, demo);
  });
  const workers = startWorkers(platform);
  undo.push(() => workers.stop());
  return {
    url,
    sellerUrl,
    demo,
    isNew: known === null,
    folder,
    notes: embedded?.notes ?? [],
    purchaseAddress: { url, demo },
    stop,
  };
}

async function demoSeller(
  options: SandboxOptions,
  folder: string | null,
  demo: DemoFacts,
  url: string,
  port: number,
  undo: (() => Promise<unknown>)[],
): Promise<string> {
  const start = (at: number) =>
    startDemoSeller({
      port: at,
      accessKey: demo.accessKey,
      openApi: { baseUrl: url, ak: demo.ak, sk: demo.sk },
      control: true,
      ...(folder === null ? {} : { dataFile: join(folder, 'demo-seller.json') }),
    });
  // A fixed neighbour port keeps yesterday's links alive; when it is taken any free one will do.
  const preferred = options.port === '0' ? 0 : port + 1;
  const seller = await start(preferred).catch(() => start(0));
  undo.push(() => seller.close());
  return seller.productionUrl;
}

function openFolder(path: string): string {
  const folder = resolve(path);
  try {
    mkdirSync(folder, { recursive: true });
    return folder;
  } catch (error) {
    if (error instanceof CliExit) throw error;
    throw new CliExit(
      2,
      `the data folder ${folder} can not be used (${error instanceof Error ? error.message : error}): choose another with --data DIR`,
    );
  }
}

/** Made once per data folder; a production start never gets one made for it. */
function masterKey(folder: string | null): string {
  const fresh = () => `k1:${randomBytes(32).toString('base64')}`;
  if (folder === null) return fresh();
  const file = join(folder, 'master-key');
  try {
    // A new key could open nothing of an old database: better to say so than to start with what can not be read.
    if (!existsSync(file) && existsSync(join(folder, 'postgres'))) {
      throw new CliExit(
        2,
        `${file} is gone, and what ${folder} holds can not be read without it: restore it, or choose another folder with --data DIR`,
      );
    }
    if (!existsSync(file)) writeFileSync(file, fresh(), { mode: 0o600, flag: 'wx' });
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new CliExit(
      2,
      `the data folder ${folder} can not be used (${error instanceof Error ? error.message : error}): choose another with --data DIR`,
    );
  }
}

function urlOf(embedded: EmbeddedServer | null): string {
  if (!embedded) throw new Error('unreachable: no database');
  return embedded.url;
}
