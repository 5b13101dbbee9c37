/** What a buyer may do on a product's page, specification by specification (C45), and whom a trial is for (C33, S-83). */
import { buyerFacts } from '../../directory/index.ts';
import type { Refusal } from '../../platform/result.ts';
import type { ProductContent, Specification } from '../definition.ts';
import { type Asking, buyerFault, customerFault } from './customer.ts';
import { NO_RULE, type SaleRule, type SaleRules, trialAccess, trialRealName, trialRepeatable } from './model.ts';
import { isListed, saleRulesOf } from './store.ts';

export interface PageSpecification {
  readonly specificationId: string;
  /** why he can not order it, whatever he chooses; null = he can */
  readonly blockedBy: Refusal | null;
  /** null = there is no trial */
  readonly trial: { readonly days: number; readonly repeatable: boolean; readonly blockedBy: Refusal | null } | null;
}

/** Everything that the page says of this buyer; whether he has had the trial already is for ordering to say. */
export async function pageFor(asked: Asking, goodsId: string, content: ProductContent): Promise<PageSpecification[]> {
  const { executor, buyerId } = asked;
  const [rules, buyer] = [(await saleRulesOf(executor, [goodsId])).get(goodsId), await buyerFacts(executor, buyerId)];
  const asking = buyer ? { ...asked, buyer } : asked;
  const shown: PageSpecification[] = [];
  for (const specification of content.specifications) {
    const own = rulesFor(rules, specification.specificationId);
    const line = {
      goodsId,
      specificationId: specification.specificationId,
      rules: own,
      realName: content.realName,
      limited: specification.chargingMode !== 'ON_DEMAND',
      quantity: specification.linearAttribute?.minimum ?? 1,
    };
    shown.push({
      specificationId: specification.specificationId,
      blockedBy: await customerFault(asking, [line]),
      trial: await trialFor(asking, goodsId, content, specification, own),
    });
  }
  return shown;
}

export const rulesFor = (rules: ReadonlyMap<string, SaleRule> | undefined, specificationId: string): SaleRules => ({
  product: rules?.get('') ?? NO_RULE,
  specification: rules?.get(specificationId) ?? NO_RULE,
});

/**
 * The trial of a specification for a buyer: region → real-name level → sale object → trial list. @returns null = none
 */
export async function trialFor(
  asking: Asking,
  goodsId: string,
  content: ProductContent,
  specification: Specification,
  known?: SaleRules,
): Promise<PageSpecification['trial']> {
  const { trial, specificationId } = specification;
  if (trial === null) return null;
  const rules = known ?? rulesFor((await saleRulesOf(asking.executor, [goodsId])).get(goodsId), specificationId);
  const realName = trialRealName(content.realName);
  const line = { goodsId, specificationId, rules, realName, limited: false, quantity: 1 };
  const fault = (await buyerFault(asking, [line])) ?? (await listFault(asking, goodsId, specification, rules));
  return { days: trial.days, repeatable: trialRepeatable(rules, trial.repeatable), blockedBy: fault };
}

async function listFault(
  { executor, buyerId }: Asking,
  goodsId: string,
  { trial, specificationId }: Specification,
  rules: SaleRules,
): Promise<Refusal | null> {
  const access = trialAccess(rules, specificationId, trial?.buyerIds ?? null);
  if (access.kind === 'ALL') return null;
  const chosen =
    access.kind === 'DEFINED'
      ? access.buyerIds.includes(buyerId)
      : await isListed(executor, { goodsId, level: access.level, list: 'TRIAL', buyerId });
  return chosen
    ? null
    : {
        code: 'NOT_TARGET_CUSTOMER',
        message: 'C33: the trial is for chosen customers; contact the seller',
        facts: { goodsId },
      };
}
