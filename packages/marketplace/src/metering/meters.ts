/** Meters: found for a push, made with the first record of a service, loaded with what instances told of it. */
import { contentsOf, type ProductContent } from '../catalog/index.ts';
import { type Instance, instancesNamed, packagesOf } from '../instances/index.ts';
import type { Executor, Tx } from '../platform/database/database.ts';
import { decimal, plain } from '../platform/money.ts';
import type { Meter, UsagePackageFacts, UsagePrice, UsageTerms } from './definition.ts';
import { insertMeters, metersByInstance, type TakingMeter } from './meter-store.ts';

/** What a seller's instance id stands for. */
export type Named =
  | { readonly kind: 'METER'; readonly meter: TakingMeter }
  | { readonly kind: 'UNKNOWN' | 'FOREIGN' | 'NOT_METERED' | 'NOT_OPEN' };

/** Sold before cycles were part of a specification: by the hour, each record by itself. */
const OLD_TERMS: UsageTerms = { cycle: 'hour', accumulation: 'record' };

/** The meters of these instances, locked until the transaction ends: nothing is billed meanwhile. */
export async function metersNamed(
  tx: Tx,
  sellerId: string,
  instanceIds: readonly string[],
): Promise<ReadonlyMap<string, Named>> {
  const known = await metersByInstance(tx, sellerId, instanceIds);
  const missing = instanceIds.filter((id) => !known.has(id));
  const found = await instancesNamed(tx, missing);
  const own = found.filter((instance) => instance.sellerId === sellerId);
  const opened = own.filter(({ chargingMode, activatedAt }) => chargingMode === 'ON_DEMAND' && activatedAt !== null);
  await insertMeters(tx, await newMeters(tx, opened));
  const made = await metersByInstance(
    tx,
    sellerId,
    opened.flatMap(({ instanceId }) => instanceId ?? []),
  );
  return new Map(
    instanceIds.map((id): [string, Named] => {
      const meter = known.get(id) ?? made.get(id);
      if (meter) return [id, { kind: 'METER', meter }];
      const instance = own.find(({ instanceId }) => instanceId === id);
      if (instance) return [id, { kind: instance.chargingMode === 'ON_DEMAND' ? 'NOT_OPEN' : 'NOT_METERED' }];
      return [id, { kind: found.some(({ instanceId }) => instanceId === id) ? 'FOREIGN' : 'UNKNOWN' }];
    }),
  );
}

async function newMeters(executor: Executor, instances: readonly Instance[]): Promise<Meter[]> {
  const contents = await contentsOf(executor, instances);
  return instances.flatMap((instance, place): Meter[] => {
    const content = contents[place];
    if (!content || instance.instanceId === null || instance.activatedAt === null) return [];
    return [
      {
        resourceId: instance.resourceId,
        instanceId: instance.instanceId,
        sellerId: instance.sellerId,
        buyerId: instance.buyerId,
        placedBy: instance.placedBy,
        orderId: instance.orderId,
        goodsId: instance.goodsId,
        productName: instance.productName,
        specificationName: instance.specificationName,
        site: instance.site,
        openedAt: instance.startedAt ?? instance.activatedAt,
        closedAt: null,
        frozen: [],
        terms: specificationOf(content, instance)?.usage ?? OLD_TERMS,
        price: priceOf(content, instance),
        traceId: instance.traceId,
      },
    ];
  });
}

const specificationOf = ({ specifications }: ProductContent, { specificationId }: Instance) =>
  specifications.find((each) => each.specificationId === specificationId);

function priceOf(content: ProductContent, instance: Instance): UsagePrice | null {
  const prices = specificationOf(content, instance)?.skus.flatMap((sku) => sku.prices) ?? [];
  const price = prices.find(({ priceItemId }) => priceItemId === instance.priceItemId);
  if (!price) return null;
  const { priceItemId, mode, brackets, currency, chargeItem } = price;
  return { priceItemId, mode, brackets, currency, chargeItem };
}

export type Owner = Pick<Meter, 'buyerId' | 'goodsId'>;
export const ownerKey = ({ buyerId, goodsId }: Owner): string => `${buyerId} ${goodsId}`;

/** Of each owner of a meter, the packages of the same product (C31). */
export async function packagesFor(
  executor: Executor,
  owners: readonly Owner[],
): Promise<(owner: Owner) => readonly UsagePackageFacts[]> {
  const distinct = [...new Map(owners.map((owner) => [ownerKey(owner), owner])).values()];
  const facts = new Map<string, UsagePackageFacts[]>();
  for (const { instance, facts: bought } of await packagesOwned(executor, distinct))
    facts.set(ownerKey(instance), [...(facts.get(ownerKey(instance)) ?? []), bought]);
  return (owner) => facts.get(ownerKey(owner)) ?? [];
}

export interface OwnedPackage {
  readonly instance: Instance;
  readonly facts: UsagePackageFacts;
}
/** What was bought of packages by these; a package that was not handed over yet is none. */
export const packagesOwned = async (executor: Executor, owners: readonly Owner[]): Promise<OwnedPackage[]> =>
  withFacts(executor, await packagesOf(executor, owners));

/** Instances of packages with their quota and validity. */
export async function withFacts(executor: Executor, instances: readonly Instance[]): Promise<OwnedPackage[]> {
  const contents = await contentsOf(executor, instances);
  return instances.flatMap((instance, place): OwnedPackage[] => {
    const content = contents[place];
    const bought = content && specificationOf(content, instance)?.package;
    if (!bought || instance.activatedAt === null) return [];
    const { resourceId, instanceId, activatedAt, expireAt, endedAt, quantity } = instance;
    const { unit, resetting, stopWhenUsedUp } = bought;
    const to = endedAt !== null && (expireAt === null || endedAt < expireAt) ? endedAt : expireAt;
    const quota = plain(decimal(bought.quota).times(quantity));
    return [
      { instance, facts: { resourceId, instanceId, from: activatedAt, to, quota, unit, resetting, stopWhenUsedUp } },
    ];
  });
}
