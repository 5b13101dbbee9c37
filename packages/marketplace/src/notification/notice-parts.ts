/** What readers of events are made of: notices, members of events, and the words of a delivery. */
import { z } from 'zod';
import { type LocalizedText, localizedText } from '../catalog/index.ts';
import type { DomainEvent } from '../platform/events.ts';
import { type Audience, CATALOGUE, type Variant } from './catalogue.ts';
import type { Facts } from './render.ts';

export interface Notice {
  readonly variant: Variant;
  /** `buyer:<id>`, `seller:<id>`, `distributor:<id>` or `operator:all` */
  readonly tenant: string;
  readonly facts: Facts;
  /** the user whose doing it was reads it too */
  readonly alsoUserId?: string;
  /** it concerns this user and nobody else of the tenant */
  readonly onlyUserId?: string;
}
export type TenantKey = `buyer:${string}` | `seller:${string}` | `distributor:${string}`;
export const buyerKey = (buyerId: string): TenantKey => `buyer:${buyerId}`;
/** the marketplace's own people */
export const OPERATORS = 'operator:all';
export const sellerKey = (sellerId: string): TenantKey => `seller:${sellerId}`;
export const distributorKey = (distributorId: string): TenantKey => `distributor:${distributorId}`;

export type Reader = (event: DomainEvent) => Notice[];

export function reads<S extends z.ZodType>(
  schema: S,
  tell: (payload: z.infer<S>, event: DomainEvent) => Notice[],
): Reader {
  return (event) => tell(schema.parse(event.payload), event);
}
const TENANTS: Readonly<Record<Audience, (id: string) => string>> = {
  BUYER: buyerKey,
  SELLER: sellerKey,
  DISTRIBUTOR: distributorKey,
  OPERATOR: () => OPERATORS,
};
export function notice(variant: Variant, tenantId: string, facts: Facts): Notice {
  return { variant, tenant: TENANTS[CATALOGUE[variant].audience](tenantId), facts };
}

export const id = z.string().min(1);
export const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
export const money = z.object({ amount: z.string(), currency: z.enum(['CNY', 'USD', 'EUR']) });
const MOST_WORDS = 300;
/** What a seller or a person wrote: one line of bounded length. */
export const words = z.string().transform((text) => {
  const line = text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
  return line.length > MOST_WORDS ? `${line.slice(0, MOST_WORDS)}…` : line;
});
export const parties = { buyerId: id, sellerId: id };
export const product = { productName: localizedText };

export const handedOver = z.object({
  orderId: id,
  deliveryId: id,
  kind: z.string(),
  ...parties,
  placedBy: id,
  ...product,
});
export const handOverFacts = ({ orderId, deliveryId, productName }: z.infer<typeof handedOver>) => ({
  order: orderId,
  delivery: deliveryId,
  product: productName,
});
export const plain = (text: string): LocalizedText => ({ zh: text, en: text });

/** A text that an event has in one language or in both. */
export const inBoth = z.union([localizedText, words.transform((text) => ({ zh: text, en: text }))]);

export const orNone = (text: string): LocalizedText =>
  text === '' ? { zh: '未填写', en: 'none given' } : { zh: text, en: text };

/** Wire names stay: they stand in the seller's code and in its log. */
const INTERFACES: Readonly<Record<string, string>> = {
  newInstance: '新购',
  queryInstance: '查询实例信息',
  refreshInstance: '续费',
  expireInstance: '到期',
  updateInstanceStatus: '冻结/解冻',
  instanceStatus: '冻结/解冻',
  releaseInstance: '释放',
  upgradeInstance: '升级',
  upgrade: '升级',
  changeInstanceCheck: '变更校验',
  orderNotify: '订单通知',
};
export const interfaceName = (activity: string): LocalizedText => ({
  zh: INTERFACES[activity] === undefined ? activity : `${INTERFACES[activity]}（${activity}）`,
  en: activity,
});
