import { Hono } from 'hono';
import { z } from 'zod';
import type { ControlState } from './control.ts';
import { settingsChange } from './settings.ts';

/** `/_control`, only there when the demo was started with `control: true`. */
export function controlRoutes(control: ControlState): Hono {
  const app = new Hono();
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
