/** What stands around the two APIs: health, metrics, security headers, the console's files, the sandbox's absence. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientAs } from '../../../../tests/support/console-client.ts';
import { sharedWorld } from '../../../../tests/support/shared-world.ts';
import { createCaller } from '../fulfilment/index.ts';
import type { Config } from '../platform/config.ts';
import { openDatabase, sql } from '../platform/database/database.ts';
import { createApp } from './app.ts';
import { healthApp } from './health.ts';

const world = sharedWorld();
const folder = mkdtempSync(join(tmpdir(), 'console-'));
beforeAll(() => {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Jishi</title>');
  writeFileSync(join(folder, 'assets', 'main-1a2b3c.js'), 'export {};');
});
afterAll(() => rmSync(folder, { recursive: true }));

function appWith(config: Partial<Config> = {}, consoleFolder?: string) {
  const platform = { ...world().platform, config: { ...world().platform.config, ...config } };
  const caller = createCaller(platform);
  return createApp({ platform, caller, ...(consoleFolder === undefined ? {} : { consoleFolder }) });
}
const get = (app: ReturnType<typeof createApp>, path: string) => app.fetch(new Request(`http://jishi.test${path}`));

describe('health', () => {
  it('is alive and, on an up-to-date database, ready', async () => {
    expect(await (await get(appWith(), '/healthz')).json()).toEqual({ status: 'alive' });
    expect(await (await get(appWith(), '/readyz')).json()).toEqual({ status: 'ready' });
  });

  it('is not ready while migrations are pending', async () => {
    const { db } = world().platform;
    await sql`UPDATE platform.migrations SET id = 'x' || id WHERE id = '0030-ordering'`.execute(db);
    const answer = await get(appWith(), '/readyz');
    await sql`UPDATE platform.migrations SET id = '0030-ordering' WHERE id = 'x0030-ordering'`.execute(db);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({ status: 'not ready', reason: 'migrations pending' });
  });

  it('is alive but not ready while the database is away', async () => {
    const nobody = openDatabase('postgres://nobody:none@127.0.0.1:1/none');
    const platform = { ...world().platform, db: nobody.db };
    const app = createApp({ platform, caller: createCaller(platform) });
    expect((await get(app, '/healthz')).status).toBe(200);
    const answer = await get(app, '/readyz');
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({ status: 'not ready', reason: 'database not reachable' });
    await nobody.close();
  });

  it('is all that a worker answers', async () => {
    const { platform } = world();
    const status = async (path: string) => (await healthApp(platform).request(path)).status;
    expect([await status('/healthz'), await status('/readyz'), await status('/metrics')]).toEqual([200, 200, 200]);
    expect([await status('/'), await status('/api/console/meta')]).toEqual([404, 404]);
    expect(await (await healthApp(platform).request('/metrics')).text()).toContain('jishi_seller_calls_in_flight');
  });

  it('counts requests by route pattern, not by path', async () => {
    const app = appWith();
    await get(app, '/api/console/orders/CS2601010000TESTA');
    const text = await (await get(app, '/metrics')).text();
    expect(text).toMatch(/jishi_http_requests_total\{route="GET [^"]*",status="401"\} \d+/);
    expect(text).not.toContain('CS2601010000TESTA');
  });
});

describe('headers', () => {
  it('a request id is taken over from a proxy only in our own form', async () => {
    const id = '0123456789abcdef0123456789abcdef';
    const ask = async (given: string) =>
      (
        await appWith().fetch(new Request('http://jishi.test/healthz', { headers: { 'x-request-id': given } }))
      ).headers.get('x-request-id');
    expect(await ask(id)).toBe(id);
    expect(await ask('<script>')).toMatch(/^[0-9a-f]{32}$/);
  });

  it.each(['/api/console/session', '/', '/orders/CS1', '/assets/main-1a2b3c.js'])('%s is protected', async (path) => {
    const { headers } = await get(appWith({}, folder), path);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    const policy = Object.fromEntries(
      (headers.get('content-security-policy') ?? '')
        .split('; ')
        .map((part) => [part.split(' ')[0], part.split(' ').slice(1).join(' ')]),
    );
    expect(policy).toMatchObject({
      'default-src': "'self'",
      'object-src': "'none'",
      'frame-ancestors': "'none'",
      'base-uri': "'self'",
      'form-action': "'self'",
    });
    expect(policy).not.toHaveProperty('script-src'); // falls back to 'self': no inline script, no eval
  });
});

describe('over TLS', () => {
  const secure = { mode: 'production', publicUrl: 'https://market.example' } as const;

  it('browsers are told to stay there', async () => {
    const header = async (config: Partial<Config>) =>
      (await get(appWith(config), '/healthz')).headers.get('strict-transport-security');
    expect([await header(secure), await header({})]).toEqual(['max-age=31536000', null]);
  });

  it('in production the session is bound to this very host', async () => {
    const app = appWith(secure);
    const signIn = new Request('https://market.example/api/console/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ loginName: 'operator', password: 'demo-password' }),
    });
    const cookie = (await app.fetch(signIn)).headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^__Host-jishi_session=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    const ask = (name: string) =>
      app.fetch(
        new Request('https://market.example/api/console/session', {
          headers: { cookie: cookie.split(';')[0]?.replace('__Host-jishi_session', name) ?? '' },
        }),
      );
    expect([(await ask('__Host-jishi_session')).status, (await ask('jishi_session')).status]).toEqual([200, 401]);
  });
});

describe('the console', () => {
  it('is one page for every address that is no file and no API', async () => {
    const app = appWith({}, folder);
    for (const path of ['/', '/orders/CS2601010000TESTA', '/seller/calls']) {
      const answer = await get(app, path);
      expect([path, answer.status, await answer.text()]).toEqual([path, 200, '<!doctype html><title>Jishi</title>']);
    }
  });

  it('keeps files with a hash in their name for a year, and misses are no page', async () => {
    const app = appWith({}, folder);
    expect((await get(app, '/assets/main-1a2b3c.js')).headers.get('cache-control')).toBe(
      'public, max-age=31536000, immutable',
    );
    expect((await get(app, '/assets/main-gone.js')).status).toBe(404);
    expect((await get(app, '/api/unknown')).headers.get('content-type')).toBe('application/problem+json');
  });

  it('not built: says how to build it', async () => {
    expect(await (await get(appWith(), '/')).text()).toMatch(/npm run build/);
  });
});

describe('a production server', () => {
  it('has no sandbox routes and shows no demo accounts', async () => {
    const { platform, demo } = world();
    const top = async (app: ReturnType<typeof createApp>) => {
      const buyer = await clientAs(platform, app, 'BO', { buyerId: demo.buyerId });
      return (await buyer.post('/sandbox/wallet/top-ups', { amount: '10.00' })).status;
    };
    expect(await top(appWith({ mode: 'sandbox' }))).toBe(201);
    expect(await top(appWith({ mode: 'production' }))).toBe(404);
    expect(await (await get(appWith({ mode: 'production' }), '/api/console/meta')).json()).toMatchObject({
      mode: 'production',
      demoAccounts: [],
    });
    expect(await (await get(appWith(), '/api/console/meta')).text()).toContain('demo-password');
  });
});

it('both documents are served', async () => {
  for (const path of ['/api/openapi.json', '/api/console/openapi.json'])
    expect(await (await get(appWith(), path)).json()).toMatchObject({ openapi: '3.1.0' });
});
