/** Boots a sandbox: database, marketplace, workers and, unless a seller of one's own is given, the demo seller. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type DemoSeller, startDemoSeller } from '@jishi/demo-seller';
import {
  CALLS,
  type Config,
  checkServer,
  createApp,
  createCaller,
  createSandbox,
  type DemoFacts,
  defaultPublicUrl,
  type EmbeddedServer,
  inTransaction,
  listen,
  loadDemo,
  MIGRATIONS,
  migrate,
  OPEN_API_PREFIX,
  openDatabase,
  type Platform,
  reclaimAll,
  registerDemoKit,
  SANDBOX_MIGRATIONS,
  type Sandbox,
  saveDemo,
  seedDemo,
  setAccessKey,
  setProductionUrl,
  startEmbedded,
  systemClock,
  systemRandom,
  TASKS,
} from '@jishi/marketplace';
import { takeCalendarFile } from '../calendar.ts';
import { CliExit } from '../io.ts';
import { configuration, consoleFolder, docsFolder, platformParts } from '../process.ts';
import { type KitKey, kitKey } from './kit-key.ts';

export interface SandboxOptions {
  readonly port: string | undefined;
  /** null = temporary */
  readonly folder: string | null;
  /** its database, begun before; absent or null = begun here */
  readonly database?: Promise<EmbeddedServer> | null;
  readonly seller: { readonly url: string; readonly accessKey: string } | null;
  /** what the seller is spoken to in, the demo seller too */
  readonly protocol: 'saas-v1' | 'saas-v2';
  /** for runs that can be repeated byte for byte; absent = the machine's randomness */
  readonly seed?: string;
  /** where a new sandbox's clock begins; absent = with the machine's time */
  readonly start?: Date;
  /** whether a new sandbox's clock plays; absent = it does */
  readonly playing?: boolean;
}
export interface RunningSandbox {
  readonly url: string;
  /** opens the sandbox's API to programs of this machine; with a data folder it stands in its `sandbox.json` */
  readonly token: string;
  readonly sandbox: Sandbox;
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

export async function bootSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const { database } = options;
  const undo: (() => Promise<unknown>)[] = database ? [() => stopBegun(database)] : [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const folder = options.folder === null ? null : openFolder(options.folder);
    const config = configuration(
      'sandbox',
      { JISHI_PORT: options.port },
      {
        settings: {
          JISHI_RETRY_POLICIES: SANDBOX_POLICIES,
          JISHI_LOG_LEVEL: 'error',
          JISHI_FILES_DIR: folder === null ? temporaryFiles(undo) : join(folder, 'files'),
        },
        masterKey: masterKey(folder),
      },
    );
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
): Promise<RunningSandbox> {
  // made while the database starts
  const making = options.seller === null ? kitKey(folder) : null;
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
  const url = defaultPublicUrl(config.host === '0.0.0.0' ? '127.0.0.1' : config.host, server.port);
  const publicUrl = config.publicUrl === defaultPublicUrl(config.host, config.port) ? url : config.publicUrl;
  const { database, embedded } = await openOwnDatabase(config, folder, options.database ?? null, undo);
  const token = randomBytes(32).toString('base64url');
  const sandbox = await createSandbox({
    ...platformParts({ ...config, port: server.port, publicUrl }, database),
    ownSeller: options.seller !== null,
    seed: options.seed ?? null,
    ...(options.start ? { start: options.start } : {}),
    playing: options.playing ?? true,
    token,
    openApiPrefix: OPEN_API_PREFIX,
  });
  const { platform } = sandbox;
  const known = await loadDemo(platform);
  const demo = known ?? (await seedDemo(platform, { productionUrl: 'http://127.0.0.1:1/not-yet-known' }));

  await takeCalendarFile(platform);

  // What people do beside a repeatable run draws from the machine's randomness, not from the run's.
  const beside: Platform = { ...platform, random: systemRandom };
  const caller = createCaller(beside, sandbox.outbound);
  const folders = { consoleFolder: consoleFolder(), docsFolder: docsFolder() };
  late.app = createApp({ platform: beside, caller, ...folders, sandbox });

  const demoSeller = options.seller
    ? null
    : await startDemo(options, folder, sandbox, demo, { url, port: server.port, kit: await making });
  if (demoSeller) undo.push(() => demoSeller.close());
  undo.push(() => sandbox.stop()); // before the seller goes: calls under way are waited for
  const sellerUrl = options.seller?.url ?? demoSeller?.productionUrl ?? '';
  await inTransaction(platform.db, async (tx) => {
    await setAccessKey(platform, tx, demo.keyId, options.seller?.accessKey ?? demo.accessKey);
    await setProductionUrl(tx, demo.goodsId, sellerUrl, options.protocol);
    await saveDemo(platform, tx, demo);
    const kit = await making;
    if (demoSeller && kit) await registerDemoKit(beside, tx, demo, { url: demoSeller.url, publicKey: kit.publicKey });
  });
  sandbox.start(() => demoSeller?.reset() ?? Promise.resolve());
  if (folder !== null) {
    const file = join(folder, 'sandbox.json');
    writeFileSync(file, `${JSON.stringify({ url, token })}\n`, { mode: 0o600 });
    undo.push(() => Promise.resolve(rmSync(file, { force: true })));
  }
  return {
    url,
    token,
    sandbox,
    sellerUrl,
    demo,
    isNew: known === null,
    folder,
    notes: embedded?.notes ?? [],
    purchaseAddress: { url, demo },
    stop,
  };
}

/** Brought up to date, with the tables that only a sandbox has. */
async function openOwnDatabase(
  config: Config,
  folder: string | null,
  begun: Promise<EmbeddedServer> | null,
  undo: (() => Promise<unknown>)[],
) {
  const begin = () => startEmbedded({ random: systemRandom, ...(folder === null ? {} : { folder }) });
  const embedded = config.databaseUrl === null ? await (begun ?? begin()) : null;
  if (embedded && begun === null) undo.push(() => embedded.stop());
  const database = openDatabase(config.databaseUrl ?? urlOf(embedded), { poolSize: config.databasePoolSize });
  undo.push(() => database.close());
  await checkServer(database.db);
  await migrate(database.db, [...MIGRATIONS, ...SANDBOX_MIGRATIONS], systemClock.now());
  if (embedded) await Promise.all([CALLS, TASKS].map((table) => reclaimAll(database.db, table)));
  return { database, embedded };
}

const stopBegun = (begun: Promise<EmbeddedServer>): Promise<void> =>
  begun.then(
    (server) => server.stop(),
    () => {},
  );

async function startDemo(
  options: SandboxOptions,
  folder: string | null,
  { platform, chance }: Sandbox,
  demo: DemoFacts,
  { url, port, kit }: { readonly url: string; readonly port: number; readonly kit: KitKey | null },
): Promise<DemoSeller> {
  const start = (at: number) =>
    startDemoSeller({
      port: at,
      accessKey: demo.accessKey,
      openApi: { baseUrl: url, ak: demo.ak, sk: demo.sk },
      clock: () => platform.clock.now().getTime(),
      random: (length) => chance.seller.bytes(length),
      control: true,
      ...(kit === null ? {} : { kitPrivateKey: kit.privateKey }),
      ...(folder === null ? {} : { dataFile: join(folder, 'demo-seller.json') }),
    });
  // A fixed neighbour port keeps yesterday's links alive; when it is taken any free one will do.
  const preferred = options.port === '0' ? 0 : port + 1;
  return start(preferred).catch(() => start(0));
}

/** Uploaded files of a sandbox without a folder go with it. */
function temporaryFiles(undo: (() => Promise<unknown>)[]): string {
  const dir = mkdtempSync(join(tmpdir(), 'jishi-files-'));
  undo.push(() => Promise.resolve(rmSync(dir, { recursive: true, force: true })));
  return dir;
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

/**
 * A move of years commits some thousand times. What the machine's crash may take back then is half a second of play; a
 * crash of the program takes nothing.
 */
function urlOf(embedded: EmbeddedServer | null): string {
  if (!embedded) throw new Error('unreachable: no database');
  const url = new URL(embedded.url);
  url.searchParams.set('options', '-c synchronous_commit=off');
  return url.href;
}
