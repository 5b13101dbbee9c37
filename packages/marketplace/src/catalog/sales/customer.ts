/**
 * May this buyer have it? The checks of catalogue.md 13.1 that look at the buyer – sales region, real-name level, sale
 * object, purchase limit – in their order, for page, order, trial and payment alike. Asks the database only where a rule
 * of the product needs to know.
 */
import { type BuyerFacts, buyerFacts } from '../../directory/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import type { Refusal } from '../../platform/result.ts';
import {
  effectiveTarget,
  type Had,
  limitFault,
  type PurchaseLimit,
  realNameFault,
  regionFault,
  type SaleRules,
  targetFault,
  targetLevel,
} from './model.ts';
import { isListed } from './store.ts';

/** What ordering knows of a buyer's purchases; the catalogue stands to its left and is told. */
export interface Purchases {
  /** a paid, not fully refunded order of one of these, of any time (C47) */
  bought(
    executor: Executor,
    buyerId: string,
    what: { readonly goodsIds: readonly string[] } | { readonly specificationIds: readonly string[] },
  ): Promise<boolean>;
  /**
   * Orders that count against a purchase limit (C49): open and paid ones, not cancelled, failed or refunded ones. In a
   * transaction it holds off other orders of this buyer for this product until the end.
   */
  counted(
    executor: Executor,
    what: {
      readonly buyerId: string;
      readonly goodsId: string;
      /** null = the whole product */
      readonly specificationId: string | null;
      readonly untilExpiry: boolean;
      readonly now: Date;
    },
  ): Promise<Had>;
}

/** A line as these checks look at it. */
export interface WantedLine {
  readonly goodsId: string;
  readonly specificationId: string;
  readonly rules: SaleRules;
  readonly realName: BuyerFacts['realName'];
  /** pay-per-use has no purchase limit (C49) */
  readonly limited: boolean;
  readonly quantity: number;
}

export interface Asking {
  readonly executor: Executor;
  readonly purchases: Purchases;
  readonly buyerId: string;
  readonly now: Date;
  /** where it is known already: a page asks many times */
  readonly buyer?: BuyerFacts;
}

/** @param exempt a configuration quote passes over sale object and purchase limit (C54) */
export async function customerFault(
  asking: Asking,
  lines: readonly WantedLine[],
  exempt = false,
): Promise<Refusal | null> {
  return (await buyerFault(asking, lines, exempt)) ?? (exempt ? null : limitsFault(asking, lines));
}

/** Region → real-name level → sale object; each over all lines. */
export async function buyerFault(
  asking: Asking,
  lines: readonly WantedLine[],
  exempt = false,
): Promise<Refusal | null> {
  if (!lines.some(asksForBuyer)) return null;
  const buyer = await buyerOf(asking);
  for (const { rules, goodsId } of lines) {
    const fault = regionFault(rules.product, buyer);
    if (fault) return named(fault, goodsId);
  }
  for (const { realName, goodsId } of lines) {
    const fault = realNameFault(realName, buyer);
    if (fault) return named(fault, goodsId);
  }
  return exempt ? null : targetsFault({ ...asking, buyer }, lines);
}

const asksForBuyer = ({ rules, realName }: WantedLine) =>
  rules.product.regions !== undefined || realName !== 'NONE' || effectiveTarget(rules) !== 'ALL';
const named = (fault: Refusal, goodsId: string): Refusal => ({ ...fault, facts: { ...fault.facts, goodsId } });

type Sold = Pick<WantedLine, 'goodsId' | 'specificationId' | 'rules'>;

/** C43–C45a; also asked again at payment (C46). */
export async function targetsFault(asking: Asking, lines: readonly Sold[]): Promise<Refusal | null> {
  const { executor, purchases, buyerId } = asking;
  for (const { rules, goodsId, specificationId } of lines) {
    const target = effectiveTarget(rules);
    if (target === 'ALL') continue;
    const buyer = await buyerOf(asking);
    const level = targetLevel(rules, specificationId);
    const fault = await targetFault(target, buyer, {
      listed: () => isListed(executor, { goodsId, level, list: 'TARGET', buyerId }),
      hasRelated: () =>
        purchases.bought(
          executor,
          buyerId,
          level === '' ? { goodsIds: rules.product.relatedIds } : { specificationIds: rules.specification.relatedIds },
        ),
    });
    if (fault) return named(fault, goodsId);
  }
  return null;
}

async function buyerOf({ executor, buyerId, buyer }: Asking): Promise<BuyerFacts> {
  const known = buyer ?? (await buyerFacts(executor, buyerId));
  if (!known) throw new Error(`there is no buyer ${buyerId}`);
  return known;
}

async function limitsFault(asking: Asking, lines: readonly WantedLine[]): Promise<Refusal | null> {
  const limited = lines.filter((line) => line.limited);
  const seen = new Set<string>();
  for (const { goodsId, specificationId, rules } of limited) {
    const levels = [
      { limit: rules.specification.limit, specificationId },
      { limit: rules.product.limit, specificationId: null },
    ];
    for (const level of levels) {
      const key = `${goodsId} ${level.specificationId ?? ''}`;
      if (!level.limit || seen.has(key)) continue;
      seen.add(key);
      const together = limited.filter(
        (line) =>
          line.goodsId === goodsId &&
          (level.specificationId === null || line.specificationId === level.specificationId),
      );
      const fault = await oneLimit(asking, goodsId, level.specificationId, level.limit, together);
      if (fault) return named(fault, goodsId);
    }
  }
  return null;
}

async function oneLimit(
  { executor, purchases, buyerId, now }: Asking,
  goodsId: string,
  specificationId: string | null,
  limit: PurchaseLimit,
  lines: readonly WantedLine[],
): Promise<Refusal | null> {
  const { untilExpiry } = limit;
  const had = await purchases.counted(executor, { buyerId, goodsId, specificationId, untilExpiry, now });
  const quantity = lines.reduce((total, line) => total + line.quantity, 0);
  return limitFault(limit, had, { orders: lines.length, quantity });
}
