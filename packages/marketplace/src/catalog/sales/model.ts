/**
 * To whom, where and how often a product is sold (catalogue.md 9), pure: the rules, what a specification may narrow,
 * and why a buyer can not have it. Rules take effect at once, without review (C48); only buying is restricted (C45).
 */
import { z } from 'zod';
import type { BuyerFacts } from '../../directory/index.ts';
import { type Refusal, type Result, refuse } from '../../platform/result.ts';
import type { Site } from '../../platform/site.ts';

export const TARGETS = ['ALL', 'ENTERPRISE', 'INDIVIDUAL', 'SPECIFIED', 'RELATED'] as const;
export type Target = (typeof TARGETS)[number];

const limit = z.object({
  kind: z.enum(['ONCE', 'QUANTITY']),
  quantity: z.number().nullable(),
  /** "not before expiry": what has expired counts no longer */
  untilExpiry: z.boolean(),
});
export type PurchaseLimit = z.infer<typeof limit>;

/** How a product or a specification is sold, as it is kept; what nobody set is absent. */
export const saleRule = z.object({
  target: z.enum(TARGETS).optional(),
  /** RELATED: products of the same seller, or specifications of the same product (C43) */
  relatedIds: z.array(z.string()).default([]),
  limit: limit.optional(),
  trial: z.object({ access: z.enum(['ALL', 'LISTED']).optional(), repeatable: z.boolean().optional() }).default({}),
  /** of a product: countries where it is sold (C51); absent = everywhere */
  regions: z.array(z.string()).optional(),
  /** of a product: who may pay by credit (S2-9); absent = as its class says (B-3) */
  credit: z.object({ coupon: z.enum(['OFF', 'ALL', 'LISTED']), limit: z.enum(['OFF', 'ALL', 'LISTED']) }).optional(),
});
export type SaleRule = z.infer<typeof saleRule>;
export const NO_RULE: SaleRule = saleRule.parse({});

/** The whole setting of one line: its product's rule and its specification's own. */
export interface SaleRules {
  readonly product: SaleRule;
  readonly specification: SaleRule;
}

/** What a specification may choose below its product's sale object (table 9.1); empty = not editable. */
export function targetChoices(product: Target, site: Site): readonly Target[] {
  const related: Target[] = site === 'CN' ? ['RELATED'] : [];
  if (product === 'ALL') return ['ALL', 'ENTERPRISE', 'INDIVIDUAL', 'SPECIFIED', ...related];
  return product === 'ENTERPRISE' || product === 'INDIVIDUAL' ? [product, 'SPECIFIED', ...related] : [];
}

/** C45a: the specification's own sale object if it has one, else the product's. */
export const effectiveTarget = ({ product, specification }: SaleRules): Target =>
  specification.target ?? product.target ?? 'ALL';

/** Level whose list of buyers or related ids counts: '' = the product's. */
export const targetLevel = (rules: SaleRules, specificationId: string): string =>
  rules.specification.target === undefined ? '' : specificationId;

/** What is known of a buyer besides what the directory says; asked for only where a rule needs it. */
export interface Standing {
  /** he is on the list of the effective level (C44) */
  listed(): Promise<boolean>;
  /** he has bought one of what is related (C47) */
  hasRelated(): Promise<boolean>;
}

/** C43–C45a: why this buyer is not whom it is sold to; null = he is. */
export async function targetFault(target: Target, buyer: BuyerFacts, standing: Standing): Promise<Refusal | null> {
  if (target === 'ALL' || target === buyer.kind) return null;
  if (target === 'SPECIFIED' && (await standing.listed())) return null;
  if (target === 'RELATED' && (await standing.hasRelated())) return null;
  return refusalOf('NOT_TARGET_CUSTOMER', `C45: it is sold to ${WHOM[target]}; contact the seller`, { target });
}

const WHOM: Readonly<Record<Target, string>> = {
  ALL: 'everybody',
  ENTERPRISE: 'enterprise users',
  INDIVIDUAL: 'individual users',
  SPECIFIED: 'chosen users',
  RELATED: 'buyers of related products',
};

/** C51: a product that is narrowed to countries is sold there only. */
export function regionFault({ regions }: SaleRule, buyer: BuyerFacts): Refusal | null {
  if (regions === undefined || regions.includes(buyer.region)) return null;
  return refusalOf('NOT_IN_REGION', `C51: it is not sold in ${buyer.region}`, { region: buyer.region });
}

const LEVELS = ['NONE', 'PERSONAL', 'ENTERPRISE'] as const;
type RealName = (typeof LEVELS)[number];

/** B-1: some products demand a real-name level; a free trial at least a personal one. */
export function realNameFault(needed: RealName, buyer: BuyerFacts): Refusal | null {
  if (LEVELS.indexOf(buyer.realName) >= LEVELS.indexOf(needed)) return null;
  return refusalOf('REAL_NAME_REQUIRED', `B-1: real-name authentication of level ${needed} is needed`, { needed });
}
export const trialRealName = (product: RealName): RealName => (product === 'NONE' ? 'PERSONAL' : product);

/** What the buyer has had of a product or specification; refunded and cancelled orders do not count (C49). */
export interface Had {
  readonly orders: number;
  readonly quantity: number;
}
/** C49: a single purchase, or a ceiling of the quantity. */
export function limitFault({ kind, quantity, untilExpiry }: PurchaseLimit, had: Had, wanted: Had): Refusal | null {
  const most = kind === 'ONCE' ? 1 : (quantity ?? 0);
  const [taken, more] = kind === 'ONCE' ? [had.orders, wanted.orders] : [had.quantity, wanted.quantity];
  if (taken + more <= most) return null;
  const what = kind === 'ONCE' ? 'it can be bought once' : `at most ${most} can be bought`;
  const when = untilExpiry ? ', again only after it has expired' : '';
  return refusalOf('PURCHASE_LIMIT', `C49: ${what}${when}`, { limit: String(most), had: String(taken) });
}

/** C33, S-83: whom a trial is for; the seller's setting goes before what the version says. */
export type TrialAccess =
  | { readonly kind: 'ALL' }
  | { readonly kind: 'LISTED'; readonly level: string }
  | { readonly kind: 'DEFINED'; readonly buyerIds: readonly string[] };

export function trialAccess(
  { product, specification }: SaleRules,
  specificationId: string,
  defined: readonly string[] | null,
): TrialAccess {
  const access = specification.trial.access ?? product.trial.access;
  if (access === 'ALL') return { kind: 'ALL' };
  if (access === 'LISTED')
    return { kind: 'LISTED', level: specification.trial.access === undefined ? '' : specificationId };
  return defined === null ? { kind: 'ALL' } : { kind: 'DEFINED', buyerIds: defined };
}
export const trialRepeatable = ({ product, specification }: SaleRules, defined: boolean): boolean =>
  specification.trial.repeatable ?? product.trial.repeatable ?? defined;

/** S2-9, B-3: joint-operation and Huawei products allow credit until their seller says otherwise, others do not. */
export function creditOf({ credit }: SaleRule, productClass: string): NonNullable<SaleRule['credit']> {
  const initial = productClass === 'JOINT' || productClass === 'HUAWEI' ? 'ALL' : 'OFF';
  return credit ?? { coupon: initial, limit: initial };
}

// --- stock ----------------------------------------------------------------------------------------------------

export interface Stock {
  readonly total: number;
  readonly reserved: number;
  readonly consumed: number;
}
/** C50 */
export const DEFAULT_STOCK: Stock = { total: 999, reserved: 0, consumed: 0 };
export const MOST_CHANGE = 9_999_999;
export const available = ({ total, reserved, consumed }: Stock): number => total - reserved - consumed;

/** C50: pieces come or go; the total never falls below what is sold or promised. Refuses STOCK_TOO_LOW, VALIDATION. */
export function changeStock(stock: Stock, change: number): Result<Stock> {
  if (!Number.isInteger(change) || change === 0 || Math.abs(change) > MOST_CHANGE)
    return refuse('VALIDATION', `C50: a change is from −${MOST_CHANGE} to ${MOST_CHANGE} and not 0`);
  const total = stock.total + change;
  const used = stock.reserved + stock.consumed;
  if (total < used)
    return refuse('STOCK_TOO_LOW', `C50: ${used} are sold or promised, ${total} would be less`, {
      used: String(used),
      total: String(total),
    });
  if (total > MOST_STOCK) return refuse('VALIDATION', `at most ${MOST_STOCK} pieces are kept of a SKU`);
  return { ok: true, value: { ...stock, total } };
}
/** far below what an int holds */
const MOST_STOCK = 999_999_999;

const refusalOf = (code: string, message: string, facts: Record<string, string>): Refusal => ({ code, message, facts });
