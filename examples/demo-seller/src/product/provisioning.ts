/** Finishes instances whose order could not be read inside newInstance: asks again and again until it can. */
import type { OpenApiClient } from '@jishi/seller';
import type { TenantStore } from '../data/tenant-store.ts';
import { withOrder } from './order.ts';

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 60_000;

export interface Provisioning {
  /** Goes on in the background; a second call for the same instance does nothing. */
  begin(instanceId: string): void;
  stop(): Promise<void>;
}

export function createProvisioning(
  tenants: TenantStore,
  openApi: OpenApiClient,
  sleep: (delayMs: number, signal: AbortSignal) => Promise<void>,
): Provisioning {
  const stopping = new AbortController();
  const running = new Map<string, Promise<void>>();

  async function provision(instanceId: string): Promise<void> {
    for (let delayMs = FIRST_DELAY_MS; ; delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS)) {
      await sleep(delayMs, stopping.signal);
      const tenant = tenants.get(instanceId);
      if (stopping.signal.aborted || !tenant?.orderLineId || tenant.plan || tenant.released) return;
      const { orderId, orderLineId } = tenant;
      const result = await openApi.queryOrder({ orderId, orderLineId }, { signal: stopping.signal });
      if (result.ok) await tenants.update(instanceId, (current) => withOrder(current, result.order));
    }
  }

  return {
    begin(instanceId) {
      if (running.has(instanceId)) return;
      const work = provision(instanceId)
        // A failed write shows at the next one; the instance stays "provisioning" and is taken up at the next start.
        .catch(() => {})
        .finally(() => running.delete(instanceId));
      running.set(instanceId, work);
    },
    async stop() {
      stopping.abort();
      await Promise.all(running.values());
    },
  };
}
