/** Acme Workspace behind protocol V1.0: the same tenants, but what was bought stands in the call itself. */
import type { NewInstanceCallV1, RefreshInstanceCallV1, SellerHandlersV1, UpgradeCallV1 } from '@jishi/seller';
import { initialPassword } from '../data/passwords.ts';
import { frozen, newTenant, type Plan, planOf, type Tenant, thawed } from '../data/tenant.ts';
import { renewed, setBack, upgraded } from '../data/term.ts';
import { STANDARD_PLAN } from './order.ts';
import { type ProductTools, tenancy } from './tenancy.ts';

export function productHandlersV1(tools: ProductTools): SellerHandlersV1 {
  const { tenants, clock } = tools;
  const { change, setStatus, release, query } = tenancy(tools);

  return {
    /** The SDK takes the access data from queryInstance, for this call and for every repeat. */
    async newInstance(call) {
      const instanceId = call.recommendedInstanceId;
      const { mode, provisioningDelayMs } = tools.settings();
      if (!tenants.get(instanceId)) {
        const nowMs = clock();
        const readyAtMs = mode === 'async' ? nowMs + provisioningDelayMs : nowMs;
        await tenants.put(tenantOf(call, { nowMs, readyAtMs, initialPassword: initialPassword(tools.random) }));
      }
      if (mode === 'async') return { pending: true, instanceId };
      await tools.sleep(provisioningDelayMs);
      return { instanceId };
    },

    queryInstance: async ({ instanceIds }) => query(instanceIds),

    refreshInstance: async (call) => change(call.instanceId, (tenant) => refreshed(tenant, call)),

    expireInstance: async ({ instanceId }) => change(instanceId, (tenant) => frozen(tenant, 'expiry')),

    instanceStatus: async ({ instanceId, status }) => setStatus(instanceId, status === 'FREEZE'),

    releaseInstance: async ({ instanceId }) => release(instanceId),

    upgrade: async (call) =>
      change(call.instanceId, (tenant) => upgraded(tenant, planAfter(tenant, call, clock()), clock())),
  };
}

function tenantOf(
  call: NewInstanceCallV1,
  made: { readonly nowMs: number; readonly readyAtMs: number; readonly initialPassword: string },
): Tenant {
  const { recommendedInstanceId: instanceId, orderId, productId, customer } = call;
  return {
    ...newTenant({ instanceId, orderId, orderLineId: null, ...made }),
    customerName: customer.customerName ?? null,
    contact: customer.email ?? customer.mobilePhone ?? null,
    plan: {
      ...STANDARD_PLAN,
      productId,
      skuCode: call.skuCode ?? STANDARD_PLAN.skuCode,
      userLimit: call.amount ?? STANDARD_PLAN.userLimit,
    },
    expiresAtMs: call.expireAt?.getTime() ?? null,
  };
}

/**
 * A renewal thaws what had expired, since V1.0 has no call of its own for that (saas-v1.md 6.0.2); a violation's freeze stays.
 * An earlier end is a renewal taken back, also when no money says so.
 */
function refreshed(tenant: Tenant, { kind, expireAt, productId }: RefreshInstanceCallV1): Tenant {
  const endMs = expireAt.getTime();
  const isEarlier = endMs < (tenant.expiresAtMs ?? endMs);
  if (kind === 'cancellation' || (kind === 'renewal' && isEarlier)) return setBack(tenant, endMs);
  const plan = productId && tenant.plan ? { ...tenant.plan, productId } : tenant.plan;
  return { ...thawed(renewed(tenant, endMs), 'expiry'), plan };
}

/** Totals, not differences; a specification that has no quantity keeps the one there is. */
function planAfter(tenant: Tenant, { skuCode, productId, amount }: UpgradeCallV1, nowMs: number): Plan {
  const now = planOf(tenant, nowMs) ?? STANDARD_PLAN;
  return { ...now, skuCode, productId, userLimit: amount ?? now.userLimit };
}
