/** Acme Workspace behind the protocol: what each call of the marketplace does to a tenant. */
import { type OrderResult, type Refusal, refuse, type SellerHandlers, unknownInstance } from '@jishi/seller';
import type { Settings } from '../control/settings.ts';
import { initialPassword, type RandomBytes } from '../data/passwords.ts';
import { ADMIN_NAME, newTenant, type Plan, phaseOf, planOf, released, type Tenant } from '../data/tenant.ts';
import type { TenantStore } from '../data/tenant-store.ts';
import { planFromOrder, STANDARD_PLAN, withOrder } from './order.ts';
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

export function productHandlers(tools: ProductTools): SellerHandlers {
  const { tenants, provisioning, clock } = tools;

  async function change(instanceId: string, apply: (tenant: Tenant) => Tenant): Promise<Refusal | undefined> {
    const tenant = tenants.get(instanceId);
    if (!tenant || tenant.state === 'released') return unknownInstance(instanceId);
    await tenants.update(instanceId, apply);
    return undefined;
  }

  return {
    async newInstance(call) {
      const instanceId = call.recommendedInstanceId;
      const { mode, provisioningDelayMs, orderLookup } = tools.settings();
      if (!tenants.get(instanceId)) {
        const { orderId, orderLineId } = call;
        const nowMs = clock();
        const readyAtMs = mode === 'async' ? nowMs + provisioningDelayMs : nowMs;
        const password = initialPassword(tools.random);
        await tenants.put(newTenant({ instanceId, orderId, orderLineId, nowMs, readyAtMs, initialPassword: password }));
      }
      const order = await call.order();
      const known = await tenants.update(instanceId, (tenant) => settle(tenant, order, orderLookup));
      if (!known?.plan) provisioning.begin(instanceId);
      if (mode === 'sync') await tools.sleep(provisioningDelayMs);
      const ready = known && phaseOf(known, clock()) === 'active' && mode === 'sync';
      return ready ? { instanceId } : { pending: true, instanceId };
    },

    async queryInstance({ instanceIds }) {
      const found = instanceIds.flatMap((id) => tenants.get(id) ?? []);
      return found
        .filter(({ state }) => state !== 'released')
        .map((tenant) =>
          phaseOf(tenant, clock()) === 'provisioning'
            ? { instanceId: tenant.instanceId, pending: true }
            : { instanceId: tenant.instanceId, appInfo: accessData(tenant, tools.publicUrl()) },
        );
    },

    async refreshInstance(call) {
      if (call.scene !== 'RENEWAL_CHANGE') {
        return change(call.instanceId, (tenant) => ({ ...tenant, expiresAtMs: call.expireAt.getTime() }));
      }
      const plan = boughtPlan(await call.order(), call.orderLineId);
      if (!plan) return orderUnknown();
      // The new plan begins where the old period ends (saas-v2.md 5.7).
      return change(call.instanceId, (tenant) => ({
        ...tenant,
        plan: planOf(tenant, clock()),
        nextPlan: { plan, fromMs: tenant.expiresAtMs ?? clock() },
        expiresAtMs: call.expireAt.getTime(),
      }));
    },

    updateInstanceStatus: async ({ instanceId, status }) =>
      change(instanceId, (tenant) => ({ ...tenant, state: status === 'FREEZE' ? 'frozen' : 'open' })),

    async releaseInstance({ instanceId }) {
      const tenant = tenants.get(instanceId);
      if (!tenant) return unknownInstance(instanceId);
      await tenants.update(instanceId, released);
      return undefined;
    },

    async upgradeInstance(call) {
      const plan = boughtPlan(await call.order(), call.orderLineId);
      if (!plan) return orderUnknown();
      return change(call.instanceId, (tenant) => ({ ...tenant, plan, nextPlan: null }));
    },

    async changeInstanceCheck({ instanceId, productInfo }) {
      const tenant = tenants.get(instanceId);
      if (!tenant || tenant.state === 'released') return unknownInstance(instanceId);
      const wanted = productInfo.linearValue;
      if (typeof wanted !== 'number' || wanted >= tenant.users.length) return undefined;
      return refuse('000002', `${tenant.users.length} users are in use, ${wanted} would be left. Remove users first.`);
    },
  };
}

/** What newInstance may already know: the order's plan, or the standard one where an order is not demanded. */
function settle(tenant: Tenant, order: OrderResult, orderLookup: Settings['orderLookup']): Tenant {
  const settled = order.ok ? withOrder(tenant, order.order) : tenant;
  return settled.plan || orderLookup === 'required' ? settled : { ...settled, plan: STANDARD_PLAN };
}

const boughtPlan = (result: OrderResult, orderLineId: string): Plan | null =>
  result.ok ? planFromOrder(result.order, orderLineId) : null;

/** The marketplace repeats the call; by then the order may be readable. */
const orderUnknown = (): Refusal => refuse('000005', 'The order could not be read from the marketplace, please repeat');

/** The password is delivered until the administrator changes it; afterwards nobody but he knows it. */
function accessData({ instanceId, users }: Tenant, publicUrl: string) {
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
