import type { SellerStore } from '@jishi/seller';
import type { Tenant } from './tenant.ts';

/** Where tenants live. Reads see every earlier write; a write is durable when its promise resolves. */
export interface TenantStore {
  get(instanceId: string): Tenant | undefined;
  list(): readonly Tenant[];
  put(tenant: Tenant): Promise<void>;
  /** Reads, changes and writes in one step. Resolves to the new tenant, or undefined when there is none. */
  update(instanceId: string, change: (tenant: Tenant) => Tenant): Promise<Tenant | undefined>;
  /** Forgets every tenant and every record. */
  clear(): Promise<void>;
  /** The SDK's records, kept with the tenants so that a restart forgets neither or both. */
  readonly records: SellerStore;
  /** Resolves when everything is written. */
  flush(): Promise<void>;
}
