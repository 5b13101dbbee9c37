/** What of the demo product can be bought, found by the words that a person or a scenario file has for it. */
import { type ChargingMode, contentOf, type PriceItem, productById, type Specification } from '../catalog/index.ts';
import type { Executor } from '../platform/database/database.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import type { PeriodType } from '../platform/site.ts';
import type { SandboxSpecification } from './schemas.ts';

export async function specificationsOf(executor: Executor, goodsId: string): Promise<readonly Specification[]> {
  const product = await productById(executor, goodsId);
  return product ? (await contentOf(executor, goodsId, product.current_version)).specifications : [];
}

export interface Choice {
  /** id or name, in either language */
  readonly specificationId?: string | null | undefined;
  readonly chargingMode?: ChargingMode | null | undefined;
  readonly periodType?: PeriodType | null | undefined;
}

/** Without a choice: the first that is sold by month or year. */
export function choose(specifications: readonly Specification[], choice: Choice): Result<Specification> {
  const word = choice.specificationId?.trim().toLowerCase();
  const mode = choice.chargingMode ?? 'PERIOD';
  const found = word
    ? specifications.find(
        ({ specificationId, name }) =>
          specificationId === choice.specificationId || name.en.toLowerCase() === word || name.zh === word,
      )
    : specifications.find(({ chargingMode }) => chargingMode === mode);
  if (found) return ok(found);
  const known = specifications.map(({ name, chargingMode }) => `${name.en} (${chargingMode})`).join(', ');
  return refuse('NOT_FOUND', `the demo product has no specification "${choice.specificationId ?? mode}": ${known}`);
}

/** The price of its first SKU: by year where there is one, unless a month is asked for. */
export function priceOf(specification: Specification, wanted: PeriodType | null): Result<PriceItem> {
  const prices = specification.skus[0]?.prices ?? [];
  const periodType = specification.chargingMode === 'PERIOD' ? (wanted ?? 'year') : null;
  const price = prices.find((each) => each.periodType === periodType);
  return price
    ? ok(price)
    : refuse('NOT_FOUND', `${specification.name.en} has no price per ${periodType ?? 'purchase'}`);
}

export const presentSpecification = (specification: Specification): SandboxSpecification => ({
  specificationId: specification.specificationId,
  name: specification.name,
  chargingMode: specification.chargingMode,
  periodTypes: [
    ...new Set(specification.skus.flatMap(({ prices }) => prices.flatMap((each) => each.periodType ?? []))),
  ],
  quantity: specification.linearAttribute && {
    minimum: specification.linearAttribute.minimum,
    maximum: specification.linearAttribute.maximum,
    step: specification.linearAttribute.step,
  },
  trialDays: specification.trial?.days ?? null,
});
