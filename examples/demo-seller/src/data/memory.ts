import { type ClaimRecord, recordStore } from './records.ts';
import type { Tenant } from './tenant.ts';
import type { TenantStore } from './tenant-store.ts';

/** Everything the demo keeps; maps, so that a change costs nothing and order is kept. */
export interface Contents {
  readonly tenants: Map<string, Tenant>;
  readonly records: Map<string, ClaimRecord>;
}

/** Makes the present contents durable; `settled` waits for what is under way. */
export interface Saver {
  readonly save: () => Promise<void>;
  readonly settled: () => Promise<void>;
}

export function tenantStore({ tenants, records }: Contents, { save, settled }: Saver): TenantStore {
  const nonces = new Map<string, number>();
  return {
    get: (instanceId) => tenants.get(instanceId),
    list: () => [...tenants.values()],
    async put(tenant) {
      tenants.set(tenant.instanceId, tenant);
      await save();
    },
    async update(instanceId, change) {
      const tenant = tenants.get(instanceId);
      if (!tenant) return undefined;
      const changed = change(tenant);
      tenants.set(instanceId, changed);
      await save();
      return changed;
    },
    async clear() {
      tenants.clear();
      records.clear();
      nonces.clear();
      await save();
    },
    records: recordStore(records, nonces, save),
    flush: settled,
  };
}

const nothing = async (): Promise<void> => {};

/** Forgets everything when the process ends. */
export const memoryTenants = (): TenantStore =>
  tenantStore({ tenants: new Map(), records: new Map() }, { save: nothing, settled: nothing });
