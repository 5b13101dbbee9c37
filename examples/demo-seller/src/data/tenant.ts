/**
 * A tenant of Acme Workspace: one instance that a customer bought. Pure rules, immutable values.
 *
 * Phases: provisioning (its order is not known yet, or its time has not come) → active ⇄ frozen → released. It is frozen as
 * long as one cause stands, so that a renewal does not lift the freeze of a violation. A released
 * tenant stays as a bare record, so that a repeated release finds it and its page can say what happened.
 */

export interface Plan {
  readonly productName: string;
  readonly productId: string;
  readonly skuCode: string;
  /** The bought quantity. */
  readonly userLimit: number;
}

/** The initial password is kept readable until it is changed, because queryInstance has to deliver it. */
export type Password =
  | { readonly kind: 'initial'; readonly text: string }
  | { readonly kind: 'hashed'; readonly salt: string; readonly hash: string };

export interface User {
  readonly userName: string;
  readonly displayName: string;
  readonly role: 'admin' | 'member';
  readonly password: Password;
}

/** `expiry`: V1.0's expireInstance. `status`: frozen by the status calls of either protocol, whatever the reason. */
export type FreezeCause = 'expiry' | 'status';

export interface Tenant {
  readonly instanceId: string;
  readonly orderId: string;
  /** Null in V1.0, which knows orders only. */
  readonly orderLineId: string | null;
  readonly customerName: string | null;
  /** E-mail or mobile number, where the marketplace passes them on (V1.0). */
  readonly contact: string | null;
  readonly released: boolean;
  readonly frozenBy: readonly FreezeCause[];
  /** Null until the marketplace has told the order. */
  readonly plan: Plan | null;
  /** Plans that were paid for already but begin later, in that order: changes bought together with renewals. */
  readonly nextPlans: readonly { readonly plan: Plan; readonly fromMs: number }[];
  readonly createdAtMs: number;
  readonly readyAtMs: number;
  readonly expiresAtMs: number | null;
  readonly users: readonly User[];
}

export type Phase = 'provisioning' | 'active' | 'frozen' | 'released';

export const ADMIN_NAME = 'admin';

export function phaseOf(tenant: Tenant, nowMs: number): Phase {
  if (tenant.released) return 'released';
  if (tenant.frozenBy.length > 0) return 'frozen';
  return tenant.plan && nowMs >= tenant.readyAtMs ? 'active' : 'provisioning';
}

export function planOf({ plan, nextPlans }: Tenant, nowMs: number): Plan | null {
  return nextPlans.findLast(({ fromMs }) => nowMs >= fromMs)?.plan ?? plan;
}

export function newTenant(input: {
  readonly instanceId: string;
  readonly orderId: string;
  readonly orderLineId: string | null;
  readonly nowMs: number;
  readonly readyAtMs: number;
  readonly initialPassword: string;
}): Tenant {
  const { instanceId, orderId, orderLineId, nowMs, readyAtMs, initialPassword } = input;
  const admin: User = {
    userName: ADMIN_NAME,
    displayName: 'Administrator',
    role: 'admin',
    password: { kind: 'initial', text: initialPassword },
  };
  return {
    instanceId,
    orderId,
    orderLineId,
    customerName: null,
    contact: null,
    released: false,
    frozenBy: [],
    plan: null,
    nextPlans: [],
    createdAtMs: nowMs,
    readyAtMs,
    expiresAtMs: null,
    users: [admin],
  };
}

/** Keeps nothing of the customer's data but that the instance existed. */
export const released = (tenant: Tenant): Tenant => ({
  ...tenant,
  released: true,
  customerName: null,
  contact: null,
  users: [],
});

export const frozen = (tenant: Tenant, cause: FreezeCause): Tenant => ({
  ...tenant,
  frozenBy: [...thawed(tenant, cause).frozenBy, cause],
});

/** Takes one cause away; another one may still stand. */
export const thawed = (tenant: Tenant, cause: FreezeCause): Tenant => ({
  ...tenant,
  frozenBy: tenant.frozenBy.filter((one) => one !== cause),
});

export type AddUserProblem = 'limit' | 'user-name' | 'display-name' | 'taken';

const USER_NAME = /^[a-z0-9][a-z0-9._-]{1,31}$/i;
const MAX_DISPLAY_NAME = 40;

export function addUser(tenant: Tenant, user: User, nowMs: number): { tenant: Tenant } | { problem: AddUserProblem } {
  const limit = planOf(tenant, nowMs)?.userLimit ?? 0;
  if (tenant.users.length >= limit) return { problem: 'limit' };
  if (!USER_NAME.test(user.userName)) return { problem: 'user-name' };
  if (user.displayName.length < 1 || user.displayName.length > MAX_DISPLAY_NAME) return { problem: 'display-name' };
  if (findUser(tenant, user.userName)) return { problem: 'taken' };
  return { tenant: { ...tenant, users: [...tenant.users, user] } };
}

/** The administrator cannot be removed, or nobody could come in any more. */
export function removeUser(tenant: Tenant, userName: string): Tenant {
  return { ...tenant, users: tenant.users.filter((user) => user.role === 'admin' || user.userName !== userName) };
}

export function setPassword(tenant: Tenant, userName: string, password: Password): Tenant {
  return { ...tenant, users: tenant.users.map((user) => (user.userName === userName ? { ...user, password } : user)) };
}

/** Letter case does not tell users apart. */
export const findUser = (tenant: Tenant, userName: string): User | undefined =>
  tenant.users.find((user) => user.userName.toLowerCase() === userName.toLowerCase());
