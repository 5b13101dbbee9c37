/** What both protocols do to a tenant in the same way. */
import { type AppInfo, type InstanceAnswer, type Refusal, unknownInstance } from '@jishi/seller';
import type { Settings } from '../control/settings.ts';
import type { RandomBytes } from '../data/passwords.ts';
import { ADMIN_NAME, frozen, phaseOf, released, type Tenant, thawed } from '../data/tenant.ts';
import type { TenantStore } from '../data/tenant-store.ts';
import type { Provisioning } from './provisioning.ts';

export interface ProductTools {
  readonly tenants: TenantStore;
  readonly provisioning: Provisioning;
  readonly settings: () => Settings;
  readonly clock: () => number;
  readonly sleep: (delayMs: number) => Promise<void>;
  readonly random: RandomBytes;
  /** Where customers reach the product, known once it listens. */
  readonly publicUrl: () => string;
}

export type Tenancy = ReturnType<typeof tenancy>;

export function tenancy({ tenants, clock, publicUrl }: ProductTools) {
  async function change(instanceId: string, apply: (tenant: Tenant) => Tenant): Promise<Refusal | undefined> {
    const tenant = tenants.get(instanceId);
    if (!tenant || tenant.released) return unknownInstance(instanceId);
    await tenants.update(instanceId, apply);
    return undefined;
  }

  return {
    change,

    setStatus: (instanceId: string, isFrozen: boolean) =>
      change(instanceId, (tenant) => (isFrozen ? frozen(tenant, 'status') : thawed(tenant, 'status'))),

    async release(instanceId: string): Promise<Refusal | undefined> {
      if (!tenants.get(instanceId)) return unknownInstance(instanceId);
      await tenants.update(instanceId, released);
      return undefined;
    },

    /** Those that exist; without access data while they are being provisioned. */
    query(instanceIds: readonly string[]): InstanceAnswer[] {
      return instanceIds
        .flatMap((id) => tenants.get(id) ?? [])
        .filter((tenant) => !tenant.released)
        .map((tenant) =>
          phaseOf(tenant, clock()) === 'provisioning'
            ? { instanceId: tenant.instanceId, pending: true }
            : { instanceId: tenant.instanceId, appInfo: accessData(tenant, publicUrl()) },
        );
    },
  };
}

/** The password is delivered until the administrator changes it; afterwards nobody but he knows it. */
function accessData({ instanceId, users }: Tenant, publicUrl: string): AppInfo {
  const admin = users.find(({ role }) => role === 'admin');
  const initial = admin?.password.kind === 'initial' ? admin.password.text : undefined;
  return {
    frontEndUrl: `${publicUrl}/t/${encodeURIComponent(instanceId)}`,
    adminUrl: `${publicUrl}/admin/${encodeURIComponent(instanceId)}`,
    userName: admin?.userName ?? ADMIN_NAME,
    ...(initial === undefined ? {} : { password: initial }),
    memo: initial === undefined ? '初始密码已被修改。' : '首次登录后请修改初始密码。',
  };
}
