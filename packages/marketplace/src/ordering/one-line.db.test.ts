/** A V1.0 seller can not tell two lines of an order apart (saas-v1.md 6.0.1): they are two orders. */
import { expect, it } from 'vitest';
import { fileWorld } from '../../../../tests/support/database.ts';
import { demoSpecifications, run } from '../../../../tests/support/resources.ts';
import { setProductionUrl } from '../catalog/index.ts';
import { type PlaceOrder, placeOrder } from './index.ts';

const world = fileWorld();

async function placed(lines: readonly Omit<PlaceOrder['lines'][number], 'parameters'>[]): Promise<string> {
  const { platform, demo, clock } = world();
  const input = { buyerId: demo.buyerId, userId: 'u1', traceId: 't' };
  const order = await run(world(), (tx) =>
    placeOrder(platform, tx, { ...input, lines: lines.map((line) => ({ ...line, parameters: [] })) }, clock.now()),
  );
  return order.ok ? 'placed' : order.refusal.code;
}

it('two lines of one V1.0 seller are refused; pay-per-use of two products, and V2.0, are not', async () => {
  const { platform, demo } = world();
  const specifications = await demoSpecifications(world());
  const [standard, , , onDemand] = specifications.map((each) => each.skus[0]?.prices[0]?.priceItemId ?? '');
  const period = { priceItemId: standard ?? '', quantity: 5, periodNumber: 1 };
  const usage = { priceItemId: onDemand ?? '' };
  expect(await placed([period, period])).toBe('placed');
  await setProductionUrl(platform.db, demo.goodsId, 'http://127.0.0.1:1/produce', 'saas-v1');
  expect(await placed([period])).toBe('placed');
  expect(await placed([period, period])).toBe('ONE_LINE_ONLY');
  expect(await placed([usage, usage])).toBe('ONE_LINE_ONLY');
  expect(await placed([period, usage])).toBe('placed');
});
