/** The demo seller of a running sandbox: its faults, and what it knows. */
import { z } from 'zod';

const state = z.object({
  tenants: z.array(
    z.object({
      instanceId: z.string(),
      orderLineId: z.string().nullable(),
      phase: z.string(),
      userLimit: z.number().nullable(),
    }),
  ),
});
type Tenant = z.infer<typeof state>['tenants'][number];

/** @param settings of the seller's control, e.g. `{ faults: [{ activity: 'newInstance', kind: 'refuse' }] }` */
export async function control(sellerUrl: string, settings: object): Promise<void> {
  const response = await fetch(`${sellerUrl}/_control`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(settings),
  });
  if (!response.ok) throw new Error(`the demo seller answered ${response.status}`);
}

/** The tenant that belongs to a service. */
export async function tenantOf(sellerUrl: string, resourceId: string): Promise<Tenant> {
  const { tenants } = state.parse(await (await fetch(`${sellerUrl}/_control`)).json());
  const found = tenants.find(({ orderLineId }) => orderLineId === resourceId);
  if (!found) throw new Error(`the demo seller has no tenant of ${resourceId}`);
  return found;
}
