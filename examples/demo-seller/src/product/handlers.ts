/** Acme Workspace behind protocol V2.0: what each call of the marketplace does to a tenant. */
import { type OrderResult, type Refusal, refuse, type SellerHandlers, unknownInstance } from '@jishi/seller';
import type { Settings } from '../control/settings.ts';
import { initialPassword } from '../data/passwords.ts';
import { newTenant, type Plan, phaseOf, type Tenant } from '../data/tenant.ts';
import { renewed, renewedWithChange, setBack, upgraded } from '../data/term.ts';
import { planFromOrder, STANDARD_PLAN, withOrder } from './order.ts';
import { type ProductTools, tenancy } from './tenancy.ts';

export function productHandlers(tools: ProductTools): SellerHandlers {
  const { tenants, provisioning, clock } = tools;
  const { change, setStatus, release, query } = tenancy(tools);

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

    queryInstance: async ({ instanceIds }) => query(instanceIds),

    /** A renewal of what is frozen does not thaw it: UNFREEZE follows (saas-v2.md 5.4). */
    async refreshInstance(call) {
      const endMs = call.expireAt.getTime();
      if (call.scene === 'UNSUBSCRIBE_RENEWAL_PERIOD') {
        return change(call.instanceId, (tenant) => setBack(tenant, endMs));
      }
      if (call.scene !== 'RENEWAL_CHANGE') return change(call.instanceId, (tenant) => renewed(tenant, endMs));
      const plan = boughtPlan(await call.order(), call.orderLineId);
      if (!plan) return orderUnknown();
      return change(call.instanceId, (tenant) => renewedWithChange(tenant, plan, endMs, clock()));
    },

    updateInstanceStatus: async ({ instanceId, status }) => setStatus(instanceId, status === 'FREEZE'),

    releaseInstance: async ({ instanceId }) => release(instanceId),

    async upgradeInstance(call) {
      const plan = boughtPlan(await call.order(), call.orderLineId);
      if (!plan) return orderUnknown();
      return change(call.instanceId, (tenant) => upgraded(tenant, plan, clock()));
    },

    async changeInstanceCheck({ instanceId, productInfo }) {
      const tenant = tenants.get(instanceId);
      if (!tenant || tenant.released) return unknownInstance(instanceId);
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
