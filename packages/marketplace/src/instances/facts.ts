/** Loads what the rules need to know. */
import { currentContents, productById, productionInterfaces } from '../catalog/index.ts';
import type { Scope } from '../directory/index.ts';
import { type OpenOrder, openOrdersOf } from '../ordering/index.ts';
import type { Executor } from '../platform/database/database.ts';
import { ok, type Refusal, type Result, refuse } from '../platform/result.ts';
import type { Instance } from './row.ts';
import type { RuleFacts } from './rules.ts';
import { instancesByIds } from './store.ts';

/** For each instance, in the order of the list. */
export async function factsOf(executor: Executor, instances: readonly Instance[]): Promise<RuleFacts[]> {
  const goodsIds = [...new Set(instances.map(({ goodsId }) => goodsId))];
  const products = new Map<string, Pick<RuleFacts, 'productState' | 'protocol' | 'accessType'>>();
  const interfaces = await productionInterfaces(executor, goodsIds);
  const contents = await currentContents(executor, goodsIds);
  for (const goodsId of goodsIds) {
    const product = await productById(executor, goodsId);
    const accessType = contents.get(goodsId)?.accessType;
    if (!product || !accessType) throw new Error(`instances of product ${goodsId}, which is not in the catalogue`);
    const protocol = interfaces.get(goodsId)?.protocol ?? 'none';
    products.set(goodsId, { productState: product.state, protocol, accessType });
  }
  const orders = new Map<string, OpenOrder>();
  const ids = instances.map(({ resourceId }) => resourceId);
  for (const order of await openOrdersOf(executor, ids)) orders.set(order.resourceId, order);
  return instances.map((life) => {
    const product = products.get(life.goodsId);
    if (!product) throw new Error(`product ${life.goodsId} was not loaded`);
    const open = orders.get(life.resourceId);
    const openOrder = open ? { orderId: open.orderId, unpaid: open.orderState === 'PENDING_PAYMENT' } : null;
    return { life, ...product, openOrder };
  });
}

/** The instances of a command in the order asked for; a foreign or unknown one makes it NOT_FOUND. */
export async function found(
  executor: Executor,
  resourceIds: readonly string[],
  options: { scope: Scope; lock: boolean },
): Promise<Result<Instance[]>> {
  const rows = new Map((await instancesByIds(executor, resourceIds, options)).map((row) => [row.resourceId, row]));
  const instances = resourceIds.flatMap((id) => rows.get(id) ?? []);
  return instances.length === resourceIds.length && instances.length > 0
    ? ok(instances)
    : refuse('NOT_FOUND', 'there is no such service');
}

export async function foundOne(
  executor: Executor,
  resourceId: string,
  options: { scope: Scope; lock: boolean },
): Promise<Result<Instance>> {
  const result = await found(executor, [resourceId], options);
  if (!result.ok) return result;
  const [instance] = result.value;
  return instance ? ok(instance) : refuse('NOT_FOUND', 'there is no such service');
}

export const refused = (refusal: Refusal): Result<never> => ({ ok: false, refusal });
