/** A renewal with change is paid only after its seller agreed to it (B-64, saas-v2.md 5.7). */
import { contentOf, productById } from '../catalog/index.ts';
import type { Scope } from '../directory/index.ts';
import { type Caller, type ChangeCheck, changeCheckOf, checkChange } from '../fulfilment/index.ts';
import type { Target } from '../ordering/index.ts';
import type { Executor } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { factsOf, foundOne, refused } from './facts.ts';
import { mayRenewWithChange } from './rules.ts';

/** How long an answer counts; usage at the seller may have changed after that */
const ANSWER_HOLDS_MS = 30 * 60_000;

/** Asks the seller live; outside of any transaction. */
export async function checkRenewalChange(
  platform: Platform,
  caller: Caller,
  input: { scope: Scope; resourceId: string; target: Target; freshMs?: number },
  now: Date,
): Promise<Result<ChangeCheck>> {
  const { db } = platform;
  const one = await foundOne(db, input.resourceId, { scope: input.scope, lock: false });
  if (!one.ok) return one;
  const instance = one.value;
  const [facts] = await factsOf(db, [instance]);
  const refusal = facts && mayRenewWithChange(facts, now);
  if (refusal) return refused(refusal);
  const product = await productById(db, instance.goodsId);
  const content = await contentOf(db, instance.goodsId, product?.current_version ?? instance.version);
  const specification = content.specifications.find((each) => each.specificationId === instance.specificationId);
  const sku = specification?.skus.find(({ skuCode }) => skuCode === input.target.skuCode);
  const price = sku?.prices.find(({ periodType }) => periodType === instance.periodType) ?? sku?.prices[0];
  if (!price || instance.instanceId === null)
    return refuse('CHANGE_NOT_ALLOWED', 'C25: the target is not a SKU of the same specification');
  const linear = specification?.linearAttribute != null;
  const target = { ...input.target, productId: price.priceItemId, linear };
  return ok(
    await checkChange(platform, caller, { ...instance, instanceId: instance.instanceId, target }, input.freshMs),
  );
}

/** What the seller said of it lately. */
export async function sellerAgrees(
  executor: Executor,
  asked: Target & { readonly resourceId: string },
  now: Date,
): Promise<Result<null>> {
  const check = await changeCheckOf(executor, { ...asked, since: new Date(now.getTime() - ANSWER_HOLDS_MS) });
  if (check?.allowed) return ok(null);
  return refuse(
    'CHANGE_NOT_ALLOWED',
    check
      ? `B-64: the seller refuses the change: ${check.message ?? check.resultCode}`
      : 'B-64: the seller was not asked yet',
  );
}
