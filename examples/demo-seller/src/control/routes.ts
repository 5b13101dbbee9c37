import { Hono } from 'hono';
import { z } from 'zod';
import { isOwnForm } from '../pages/form.ts';
import type { ControlState } from './control.ts';
import { settingsChange } from './settings.ts';

/** `/_control`, only there when the demo was started with `control: true`. */
export function controlRoutes(control: ControlState, publicUrl: () => string): Hono {
  const app = new Hono();
  // Programs name no origin. A page of another site that a developer has open must not switch faults on.
  app.use(async (c, next) => {
    if (c.req.header('origin') && !isOwnForm(c, publicUrl())) return c.json({ error: 'cross-site request' }, 403);
    return next();
  });
  app.get('/', (c) => c.json({ settings: control.settings(), calls: control.calls(), tenants: control.tenants() }));
  app.post('/', async (c) => {
    const body: unknown = await c.req.json().catch(() => null);
    const change = settingsChange.safeParse(body);
    if (!change.success) return c.json({ error: z.prettifyError(change.error) }, 400);
    return c.json({ settings: control.change(change.data) });
  });
  app.delete('/calls', (c) => {
    control.clearCalls();
    return c.body(null, 204);
  });
  return app;
}
