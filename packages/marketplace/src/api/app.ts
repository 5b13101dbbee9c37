/** Everything that the marketplace answers over HTTP, in one application. */
import { setMaxListeners } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type ServerType, serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import type { Caller } from '../fulfilment/index.ts';
import { isUnreachable, postgresCode } from '../platform/database/database.ts';
import { problem, sendProblem } from '../platform/http/problem.ts';
import type { Platform } from '../platform/platform.ts';
import { type Random, traceId } from '../platform/random.ts';
import type { Sandbox } from '../sandbox/index.ts';
import { consoleApi } from './console-api/server.ts';
import { orderStreams } from './console-api/stream.ts';
import { docsApp } from './docs.ts';
import { healthApp } from './health.ts';
import type { AppEnv } from './http.ts';
import { memberApi } from './member-api/server.ts';
import {
  ACTIVITY_PATH,
  OPEN_API_PREFIX,
  OPEN_API_ROOT,
  openApiDocument,
  openApis,
  REST_PREFIX,
} from './open-api/server.ts';
import { paymentNotices } from './payment-notices.ts';
import { recordOpenApi } from './sandbox/record-open-api.ts';
import { sandboxApi } from './sandbox/server.ts';
import { scimApi } from './scim/server.ts';
import { SELLER_API_PREFIX, sellerApi } from './seller-api/server.ts';
import { signOnApi } from './sign-on/server.ts';
import { answerUnreadable } from './unreadable.ts';

export interface AppOptions {
  readonly platform: Platform;
  readonly caller: Caller;
  /** folder of the built console; absent or missing = API only */
  readonly consoleFolder?: string;
  /** folder of the rendered documentation; absent or missing = no /docs */
  readonly docsFolder?: string;
  /** a sandbox that is driven; never in production */
  readonly sandbox?: Sandbox;
}

export function createApp({ platform, caller, consoleFolder, docsFolder, sandbox }: AppOptions): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use('*', observe(platform, sandbox?.chance.requests ?? platform.random));
  if (platform.config.publicUrl.startsWith('https:')) app.use('*', stayOnTls);
  app.onError((error, c) => {
    if (UNSTORABLE_TEXT.has(postgresCode(error) ?? ''))
      return sendProblem(c, problem('VALIDATION', 'a text contains U+0000, which can not be stored'));
    platform.log.error({ err: error, requestId: c.get('requestId'), path: c.req.path }, 'request failed');
    if (isUnreachable(error))
      return sendProblem(c, problem('UNAVAILABLE', 'the database can not be reached; try again soon'), {
        'retry-after': '5',
      });
    return sendProblem(c, problem('INTERNAL', 'something went wrong on our side'));
  });
  app.route('/', healthApp(platform));
  app.get('/api/openapi.json', (c) => c.json(openApiDocument(platform.config.publicUrl, OPEN_API_PREFIX)));
  const { api, rest, activity, elsewhere } = openApis(platform);
  const places = [[OPEN_API_PREFIX, api] as const, [REST_PREFIX, rest] as const, [ACTIVITY_PATH, activity] as const];
  for (const [prefix, part] of places) {
    if (sandbox) app.use(`${prefix}/*`, recordOpenApi(sandbox, platform));
    app.route(prefix, part);
  }
  app.route(OPEN_API_ROOT, elsewhere);
  app.route('/', signOnApi(platform));
  app.route(SELLER_API_PREFIX, sellerApi(platform));
  app.use('/api/*', secureHeaders);
  const context = { platform, caller, streams: orderStreams(platform) };
  app.route('/api/console', consoleApi(context));
  app.route('/api/scim/v2', scimApi(platform));
  app.route('/api/member', memberApi(platform));
  app.route('/api/payments', paymentNotices(platform));
  if (platform.config.mode === 'sandbox') app.route('/api/sandbox', sandboxApi(context, sandbox));
  app.all('/api/*', (c) => sendProblem(c, problem('NOT_FOUND', 'there is no such address')));
  const docs = docsApp(docsFolder, secureHeaders);
  if (docs !== null) app.route('/docs', docs);
  if (consoleFolder !== undefined && existsSync(join(consoleFolder, 'index.html'))) serveConsole(app, consoleFolder);
  else app.get('/', (c) => c.text('Jishi: the console is not built (npm run build); the API is under /api/console.\n'));
  return app;
}

// The database alone refuses U+0000, in a text (22021) or inside JSON (22P05), and undoes what was begun.
const UNSTORABLE_TEXT = new Set(['22021', '22P05']);

/** A package of 20 GiB over 10 Mbit/s (L18); headers have to be there after a minute, as Node.js asks for. */
const LONGEST_REQUEST_MS = 5 * 3_600_000;

/** Listens; the promise fails when the port can not be had. */
export function listen(
  app: { fetch(request: Request, env: object): Response | Promise<Response> },
  host: string,
  port: number,
): Promise<{ port: number; close(): Promise<void> }> {
  const closing = new AbortController();
  setMaxListeners(0, closing.signal); // one a live stream
  return new Promise((done, fail) => {
    const fetch = (request: Request, env: object) => app.fetch(request, { ...env, closing: closing.signal });
    const serverOptions = { requestTimeout: LONGEST_REQUEST_MS };
    const server: ServerType = serve({ fetch, hostname: host, port, serverOptions }, (info) => {
      done({ port: info.port, close: () => closeServer(server, closing) });
    });
    server.once('error', fail);
    server.on('clientError', answerUnreadable);
  });
}

/** Live streams end at once, requests under way get two seconds. */
function closeServer(server: ServerType, closing: AbortController): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
    closing.abort();
    const cut = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), 2_000);
    cut.unref();
    if ('closeIdleConnections' in server) server.closeIdleConnections();
  });
}

function observe(platform: Platform, random: Random): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    // Only our own form is taken over from a proxy in front of us. The id names lines of logs, never a thing of ours.
    const given = c.req.header('x-request-id') ?? '';
    const requestId = /^[0-9a-f]{32}$/.test(given) ? given : traceId(random);
    c.set('requestId', requestId);
    const startedMs = performance.now();
    await next();
    if (!c.res.headers.has('x-request-id')) c.res.headers.set('x-request-id', requestId);
    const durationMs = performance.now() - startedMs;
    const route = routeOf(c);
    platform.metrics.requests.inc({ route, status: String(c.res.status) });
    platform.metrics.requestSeconds.observe({ route }, durationMs / 1000);
    platform.log.debug(
      { requestId, method: c.req.method, route, status: c.res.status, durationMs: Math.round(durationMs) },
      'request',
    );
  };
}

/** The pattern, not the path: a label per order id would never end. */
function routeOf(c: Context<AppEnv>): string {
  return `${c.req.method} ${c.req.routePath}`;
}

const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  // antd writes its styles at run time, hence 'unsafe-inline' for styles and for nothing else
  'content-security-policy':
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; font-src 'self' data:; object-src 'none'; base-uri 'self'; frame-ancestors 'none'; form-action 'self'",
};

const stayOnTls: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  c.res.headers.set('strict-transport-security', 'max-age=31536000');
};

const secureHeaders: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) c.res.headers.set(name, value);
};

/** Files with a hash in their name never change; every other path is the app, which routes by itself. */
function serveConsole(app: Hono<AppEnv>, folder: string): void {
  app.use('*', secureHeaders);
  app.use('/assets/*', async (c, next) => {
    await next();
    if (c.res.ok) c.res.headers.set('cache-control', 'public, max-age=31536000, immutable');
  });
  app.use('*', serveStatic({ root: folder }));
  app.get('/assets/*', (c) => c.notFound());
  app.get('*', serveStatic({ root: folder, path: 'index.html' }));
}
