/** What a seller writes for the kit of joint-operation products (saas-v2.md 7). */
import type { Refusal } from '../refuse.ts';

/** What is to be done; `withdraw` takes the authorisation of users who stay in their enterprise. */
export type KitAction = 'delete' | 'add' | 'modify' | 'withdraw';

interface KitCall {
  /** The marketplace tries the interface out: nothing must change that customers see. */
  readonly test: boolean;
  /** Empty while an application credential is applied for: there is no order and no instance yet. */
  readonly instanceId: string;
  readonly tenantId: string;
}
export interface KitTenantCall extends KitCall {
  readonly action: Exclude<KitAction, 'withdraw'>;
  readonly orderId: string;
  /** The end of a member's sign-in name. */
  readonly tenantCode: string;
  readonly name: string;
  readonly domainName: string;
}
export interface KitApplicationCall extends KitCall {
  readonly action: Exclude<KitAction, 'withdraw'>;
  readonly appId: string;
  readonly clientId: string;
  /** Decrypted. */
  readonly clientSecret: string;
}
export interface KitUserFacts {
  /** Unique within the tenant only: keep it together with the tenant's id. */
  readonly userName: string;
  readonly name: string;
  readonly departmentCode: string;
  readonly role: 'user' | 'admin';
  readonly enabled: boolean;
  readonly mobile: string | undefined;
  readonly email: string | undefined;
  readonly position: string | undefined;
}
export interface KitUsersCall extends KitCall {
  readonly action: KitAction;
  readonly appId: string;
  /** At most 500; those that are not named stay as they are. */
  readonly users: readonly KitUserFacts[];
}
export interface KitDepartmentFacts {
  readonly code: string;
  readonly name: string;
  /** null: at the top. */
  readonly parentCode: string | null;
}
export interface KitDepartmentCall extends KitCall {
  readonly action: Exclude<KitAction, 'withdraw'>;
  readonly department: KitDepartmentFacts;
}
export interface KitDepartmentsCall extends KitCall {
  /** The tenant's complete set; parents may come after their children. */
  readonly departments: readonly KitDepartmentFacts[];
}

type Done = Promise<Refusal | undefined> | Promise<void>;

/**
 * Each may be called again with what was done before: an add that is there already and a delete of what is not there any more
 * are successes, and a delete must not look for the instance.
 */
export interface KitHandlers {
  tenant(call: KitTenantCall): Done;
  application(call: KitApplicationCall): Done;
  users(call: KitUsersCall): Done;
  department(call: KitDepartmentCall): Done;
  departments(call: KitDepartmentsCall): Done;
}
