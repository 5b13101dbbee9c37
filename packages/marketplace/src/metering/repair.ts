/** Usage that could not be rated: its service is given a price, and its records are rated again. By an operator only. */
import { currentContents } from '../catalog/index.ts';
import { type Executor, sql, type Tx } from '../platform/database/database.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { rateMetersAgain } from './correction.ts';
import type { UsagePrice } from './definition.ts';
import { lockMeter } from './meter-store.ts';

/** Prices that the product has for usage now; the version that was bought has none. */
export async function usagePricesOf(executor: Executor, goodsId: string): Promise<UsagePrice[]> {
  const content = (await currentContents(executor, [goodsId])).get(goodsId);
  const metered = content?.specifications.filter(({ chargingMode }) => chargingMode === 'ON_DEMAND') ?? [];
  const prices = metered.flatMap(({ skus }) => skus.flatMap((sku) => sku.prices));
  return prices.map(({ priceItemId, mode, brackets, currency, chargeItem }) => ({
    ...{ priceItemId, mode, brackets, currency, chargeItem },
  }));
}

/**
 * From now on usage of the service is rated by this price, and what was not rated is billed at once.
 * Refuses NOT_FOUND, USAGE_PRICED when it has a price already (prices are facts of what was bought), and PRICE_UNKNOWN.
 */
export async function giveUsagePrice(
  tx: Tx,
  { resourceId, priceItemId }: { readonly resourceId: string; readonly priceItemId: string },
  now: Date,
): Promise<Result<{ readonly records: number }>> {
  const meter = await lockMeter(tx, resourceId);
  if (!meter) return refuse('NOT_FOUND', 'there is no usage of such a service');
  if (meter.price !== null) return refuse('USAGE_PRICED', 'the service has the price that was bought');
  const price = (await usagePricesOf(tx, meter.goodsId)).find((each) => each.priceItemId === priceItemId);
  if (!price) return refuse('PRICE_UNKNOWN', 'the product has no such price for usage');
  await sql`UPDATE metering.meters SET price = ${JSON.stringify(price)}::jsonb, next_at = ${now} WHERE resource_id = ${resourceId}`.execute(
    tx,
  );
  return ok({ records: await rateMetersAgain(tx, [meter], now) });
}
