/** Starts Acme Workspace: the production interface for the marketplace, the pages for customers, switches for tests. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import {
  bothProtocols,
  createKitServer,
  createOpenApiClient,
  createSellerServer,
  createSellerServerV1,
  type OpenApiClient,
  type SellerServer,
  toNodeHandler,
} from '@jishi/seller';
import { Hono } from 'hono';
import { type ControlState, createControl, type DemoControl, type TenantSummary } from './control/control.ts';
import { productionGate } from './control/gate.ts';
import { controlRoutes } from './control/routes.ts';
import { STANDARD_SETTINGS } from './control/settings.ts';
import { fileTenants } from './data/file.ts';
import { memoryTenants } from './data/memory.ts';
import type { RandomBytes } from './data/passwords.ts';
import { phaseOf, planOf } from './data/tenant.ts';
import type { TenantStore } from './data/tenant-store.ts';
import { type PageTools, pages } from './pages/app.ts';
import { productHandlers } from './product/handlers.ts';
import { productHandlersV1 } from './product/handlers-v1.ts';
import { keepPeople, type People } from './product/people.ts';
import { createProvisioning } from './product/provisioning.ts';
import type { ProductTools } from './product/tenancy.ts';

export interface DemoSellerOptions {
  /** 0: any free port. */
  readonly port: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  readonly accessKey: string;
  /** The Key for calls of V1.0, where it is another one. */
  readonly accessKeyV1?: string;
  /** Where customers and the marketplace reach it, when that is not `http://{host}:{port}`. */
  readonly publicUrl?: string;
  /** `allowHttp`: the marketplace is another machine on a private network, without TLS. */
  readonly openApi: {
    readonly baseUrl: string;
    readonly ak: string;
    readonly sk: string;
    readonly allowHttp?: boolean;
  };
  /** JSON file that keeps the tenants over a restart, and `….people` beside it; without it they live in memory. */
  readonly dataFile?: string;
  readonly random?: RandomBytes;
  /** In milliseconds since 1970. */
  readonly clock?: () => number;
  /** PEM of the RSA key whose public half was uploaded; with it the kit is served at `/produceAPI/*`, signed with `accessKey`. */
  readonly kitPrivateKey?: string;
  /** Members arrive with tickets of CAS instead of codes (saas-v1.md 6.7). */
  readonly cas?: boolean;
  /** Serve `/_control`. Never on a server that strangers reach. */
  readonly control?: boolean;
  readonly mode?: 'production' | 'development';
}

export interface DemoSeller {
  readonly url: string;
  /** What is registered at the marketplace as the interface address. */
  readonly productionUrl: string;
  readonly control: DemoControl;
  /** What the kit told of enterprises and their people. */
  readonly people: Pick<People, 'enterprises' | 'departments' | 'users'>;
  /** Forgets tenants, records, logged calls and settings, as if it had just been started without data. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

const PRODUCTION_PATH = '/saasproduce';

/** Listens when the promise resolves. Throws for wrong options, a port in use, a data file that cannot be read. */
export async function startDemoSeller(options: DemoSellerOptions): Promise<DemoSeller> {
  const { host = '127.0.0.1', clock = () => Date.now(), random = (length: number) => randomBytes(length) } = options;
  const closing = new AbortController();
  const sleep = (delayMs: number) => pause(delayMs, closing.signal);
  const openApi = createOpenApiClient({ ...options.openApi, clock });
  const tenants = options.dataFile ? await fileTenants(options.dataFile) : memoryTenants();
  const control = createControl(() => summaries(tenants, clock()));
  const provisioning = createProvisioning(tenants, openApi, pause);
  const server = createServer();
  const publicUrl = () => options.publicUrl?.replace(/\/$/, '') ?? addressOf(server, host);

  const tools = { tenants, provisioning, settings: control.settings, clock, sleep, random, publicUrl };
  const seller = sellerOf(options, tools, openApi);
  const produce = productionGate(seller, { control, clock, sleep, keyV1: options.accessKeyV1 ?? options.accessKey });
  const people = await keepPeople(options.dataFile === undefined ? null : `${options.dataFile}.people`);
  const { kitPrivateKey: privateKey } = options;
  const kit =
    privateKey === undefined
      ? null
      : createKitServer({
          accessKey: options.accessKey,
          privateKey,
          store: tenants.records,
          clock,
          handlers: people.handlers,
        });
  const serveKit = kit && toNodeHandler(kit.fetch);
  const serveWeb = getRequestListener(
    webOf(options, control, { tenants, people, clock, random, publicUrl, cas: options.cas ?? false }).fetch,
  );
  server.on('request', (req, res) => {
    // The clock is the demo's only one; Node would write the machine's.
    res.setHeader('date', new Date(clock()).toUTCString());
    const path = (req.url ?? '/').split('?')[0];
    if (path === PRODUCTION_PATH) produce(req, res);
    else if (serveKit && path?.startsWith('/produceAPI/')) serveKit(req, res);
    else void serveWeb(req, res);
  });
  server.listen(options.port, host);
  await once(server, 'listening');
  for (const { instanceId, plan, released } of tenants.list()) {
    if (!plan && !released) provisioning.begin(instanceId);
  }

  let closed: Promise<void> | undefined;
  return {
    url: publicUrl(),
    productionUrl: `${publicUrl()}${PRODUCTION_PATH}`,
    control,
    people,
    async reset() {
      await tenants.clear();
      await people.clear();
      control.clearCalls();
      control.change({ ...STANDARD_SETTINGS, faults: [] });
    },
    close: () => {
      closed ??= close();
      return closed;
    },
  };

  async function close(): Promise<void> {
    closing.abort();
    const ended = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await Promise.all([ended, provisioning.stop()]);
    await tenants.flush();
  }
}

/** Both protocols at one address, with the same tenants behind: GET is V1.0, POST is V2.0. */
function sellerOf(options: DemoSellerOptions, tools: ProductTools, openApi: OpenApiClient): SellerServer {
  const { tenants, clock, publicUrl } = tools;
  const test = {
    queryInstance: ({ instanceIds }: { readonly instanceIds: readonly string[] }) =>
      instanceIds.map((instanceId) => sample(instanceId, publicUrl())),
  };
  const common = { store: tenants.records, clock, mode: options.mode ?? ('production' as const), test };
  const { accessKey, accessKeyV1 = accessKey } = options;
  return bothProtocols({
    v1: createSellerServerV1({ ...common, accessKey: accessKeyV1, handlers: productHandlersV1(tools) }),
    v2: createSellerServer({ ...common, accessKey, handlers: productHandlers(tools), openApi }),
  });
}

function webOf(options: DemoSellerOptions, control: ControlState, tools: PageTools): Hono {
  const web = new Hono();
  if (options.control) web.route('/_control', controlRoutes(control, tools.publicUrl));
  return web.route('/', pages(tools));
}

function summaries(tenants: TenantStore, nowMs: number): TenantSummary[] {
  return tenants.list().map((tenant) => ({
    instanceId: tenant.instanceId,
    orderId: tenant.orderId,
    orderLineId: tenant.orderLineId,
    customerName: tenant.customerName,
    contact: tenant.contact,
    phase: phaseOf(tenant, nowMs),
    productId: planOf(tenant, nowMs)?.productId ?? null,
    skuCode: planOf(tenant, nowMs)?.skuCode ?? null,
    userLimit: planOf(tenant, nowMs)?.userLimit ?? null,
    users: tenant.users.length,
    expiresAt: tenant.expiresAtMs === null ? null : new Date(tenant.expiresAtMs).toISOString(),
  }));
}

const sample = (instanceId: string, url: string) => ({
  instanceId,
  appInfo: { frontEndUrl: `${url}/t/${encodeURIComponent(instanceId)}`, userName: 'admin' },
});

/** A server behind 0.0.0.0 is reached by its own machine at 127.0.0.1; others give a publicUrl. */
function addressOf(server: Server, host: string): string {
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const reached = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${reached.includes(':') ? `[${reached}]` : reached}:${port}`;
}

/** Ends early, without an error, when the signal aborts. */
const pause = (delayMs: number, signal: AbortSignal): Promise<void> =>
  delayMs > 0 ? wait(delayMs, undefined, { signal }).catch(() => {}) : Promise.resolve();
