/** What a supervisor and Prometheus ask a process: the same three addresses for `serve` and for `worker --port`. */
import { type Context, Hono } from 'hono';
import { checkServer } from '../platform/database/database.ts';
import { pendingMigrations } from '../platform/database/migrations.ts';
import type { Platform } from '../platform/platform.ts';
import { MIGRATIONS } from '../schema.ts';
import type { AppEnv } from './http.ts';

/** `/healthz` the process is alive; `/readyz` the database is there and up to date; `/metrics` of this process. */
export function healthApp(platform: Platform): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.get('/healthz', (c) => c.json({ status: 'alive' }));
  app.get('/readyz', (c) => ready(c, platform));
  app.get('/metrics', async (c) =>
    c.text(await platform.metrics.registry.metrics(), 200, { 'content-type': platform.metrics.registry.contentType }),
  );
  return app;
}

/** Says no more than a load balancer needs; what exactly is wrong stands in the log. */
async function ready(c: Context<AppEnv>, platform: Platform): Promise<Response> {
  try {
    await checkServer(platform.db);
    const pending = await pendingMigrations(platform.db, MIGRATIONS);
    if (pending.length === 0) return c.json({ status: 'ready' });
    platform.log.warn({ pending }, 'not ready: migrations pending');
    return c.json({ status: 'not ready', reason: 'migrations pending' }, 503);
  } catch (error) {
    platform.log.warn({ err: error }, 'not ready: the database can not be used');
    return c.json({ status: 'not ready', reason: 'database not reachable' }, 503);
  }
}
