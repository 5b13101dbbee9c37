import type { InstanceView, OrderView, SellerCallView } from '@jishi/marketplace/console-api';
import * as z from 'zod/mini';

/**
 * Filters live in the URL, so that a link reproduces the view (console.md). Each parser takes whatever stands there and
 * keeps what it understands: a mistyped or outdated value falls away, it never breaks the page.
 */

export const pageSizes = [10, 20, 50, 100] as const;

export const orderStates = [
  'PENDING_APPROVAL',
  'PENDING_PAYMENT',
  'PROCESSING',
  'REFUNDING',
  'REFUNDED',
  'COMPLETED',
  'CANCELLED',
] as const satisfies readonly OrderView['state'][];
export const instanceStates = [
  'PROVISIONING',
  'TRIAL',
  'ACTIVE',
  'CHANGING',
  'GRACE',
  'FROZEN',
  'VIOLATION_FROZEN',
  'RELEASING',
  'RELEASED',
  'FAILED',
] as const satisfies readonly InstanceView['state'][];
export const callStates = [
  'DUE',
  'RUNNING',
  'SUCCEEDED',
  'STOPPED',
  'RESOLVED',
] as const satisfies readonly SellerCallView['state'][];

export const text = (maximum: number) =>
  z.catch(z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(maximum))), undefined);
export const oneOf = <const T extends readonly string[]>(values: T) => z.catch(z.optional(z.enum(values)), undefined);
export const whole = (maximum: number) =>
  z.catch(z.optional(z.coerce.number().check(z.int(), z.gte(1), z.lte(maximum))), undefined);
const instant = z.catch(z.optional(z.iso.datetime()), undefined);

export const paging = {
  cursor: text(200),
  limit: z.catch(
    z.optional(z.coerce.number().check(z.refine((size) => pageSizes.some((one) => one === size)))),
    undefined,
  ),
};

const schemas = {
  orders: z.object({
    ...paging,
    state: oneOf(orderStates),
    orderId: text(64),
    product: text(100),
    from: instant,
    to: instant,
  }),
  instances: z.object({ ...paging, state: oneOf(instanceStates), product: text(100), endsWithinDays: whole(366) }),
  calls: z.object({
    ...paging,
    state: oneOf(callStates),
    activity: text(32),
    protocol: oneOf(['saas-v2', 'saas-v1', 'license-identification', 'license-code', 'license-provisioning']),
    orderId: text(64),
    instanceId: text(64),
    goodsId: text(64),
    from: instant,
    to: instant,
  }),
  tasks: z.object({ ...paging, state: oneOf(callStates), kind: text(64) }),
  purchase: z.object({
    priceItemId: text(64),
    quantity: whole(9_999_999),
    periodNumber: whole(99),
    goodsId: text(64),
    /** the purchase link of one specification, also of a hidden one (C42) */
    specificationId: text(64),
    /** images per vCPU (L34), and where they run (L30) */
    vcpus: whole(1_024),
    regionId: text(64),
    /** C53, C55 */
    offerId: text(64),
    distributorId: text(64),
  }),
  search: z.object({ q: text(100) }),
  signIn: z.object({ from: text(500), step: oneOf(['code']), fault: text(64) }),
};

export type OrderSearch = z.infer<typeof schemas.orders>;
export type InstanceSearch = z.infer<typeof schemas.instances>;
export type CallSearch = z.infer<typeof schemas.calls>;
export type TaskSearch = z.infer<typeof schemas.tasks>;
export type PurchaseSearch = z.infer<typeof schemas.purchase>;

export const parseOrderSearch = (raw: unknown): OrderSearch => compact(schemas.orders.parse(raw));
export const parseInstanceSearch = (raw: unknown): InstanceSearch => compact(schemas.instances.parse(raw));
export const parseCallSearch = (raw: unknown): CallSearch => compact(schemas.calls.parse(raw));
export const parseTaskSearch = (raw: unknown): TaskSearch => compact(schemas.tasks.parse(raw));
export const parsePurchaseSearch = (raw: unknown): PurchaseSearch => compact(schemas.purchase.parse(raw));
export const parseSearchSearch = (raw: unknown): z.infer<typeof schemas.search> => compact(schemas.search.parse(raw));
export const parseSignInSearch = (raw: unknown): z.infer<typeof schemas.signIn> => compact(schemas.signIn.parse(raw));

/** The query string as plain texts: an order number of twenty digits must not turn into a rounded number. */
export function readQueryString(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

/** True when anything but the page is narrowed down: decides between "nothing yet" and "nothing matches". */
export function isFiltered(search: object): boolean {
  return Object.entries(search).some(([name, value]) => name !== 'cursor' && name !== 'limit' && value !== undefined);
}

/** Without members that are undefined: the address bar carries only what is set. */
export function compact<T extends object>(value: T): T {
  for (const [name, member] of Object.entries(value)) if (member === undefined) Reflect.deleteProperty(value, name);
  return value;
}
