/** Records each call of the seller to the Open API; its answer is dated by the clock that its signature is checked with. */
import type { MiddlewareHandler } from 'hono';
import type { Platform } from '../../platform/platform.ts';
import type { Sandbox } from '../../sandbox/index.ts';
import { type AppEnv, rawTarget } from '../http.ts';

export const recordOpenApi =
  (sandbox: Sandbox, platform: Platform): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const [at, wireAt, begunMs] = [platform.clock.now(), platform.wireClock.now(), performance.now()];
    await next();
    c.res.headers.set('date', wireAt.toUTCString());
    const checked = c.get('openApi');
    const answer = c.res.clone();
    const call = {
      at,
      wireAt,
      method: c.req.method,
      url: `${platform.config.publicUrl}${rawTarget(c)}`,
      headers: Object.fromEntries(c.req.raw.headers),
      body: checked?.body ?? new Uint8Array(0),
      durationMs: Math.round(performance.now() - begunMs),
      answer: {
        status: answer.status,
        headers: [...answer.headers].map(([name, value]) => ({ name, value })),
        body: await answer.text(),
      },
      sk: checked?.sk ?? null,
      diagnosis: checked?.diagnosis ?? [],
    };
    await sandbox
      .received(call)
      .catch((error: unknown) => platform.log.error({ err: error }, 'an exchange could not be recorded'));
  };
