/** A refunded line gives its part of a voucher back; the voucher is the buyer's again when no line is left (S7-4, S7-5). */
import { expect, it } from 'vitest';
import { sharedWorld } from '../../../../../tests/support/shared-world.ts';
import { inTransaction, sql } from '../../platform/database/database.ts';
import type { DomainEvent } from '../../platform/events.ts';
import { uuid } from '../../platform/random.ts';
import { offersSubscriptions, vouchersOfBuyer } from './index.ts';

const world = sharedWorld();

/** A voucher that a buyer used for two lines of one order. */
async function used(): Promise<{ buyerId: string; orderId: string }> {
  const { platform } = world();
  const [voucherId, buyerId, orderId] = [uuid(platform.random), uuid(platform.random), `CS${uuid(platform.random)}`];
  await sql`INSERT INTO catalog.vouchers (voucher_id, seller_id, state, name, face_value, currency, items, modes, with_offers, claimable, valid_from, valid_to, total, created_by, created_at)
    VALUES (${voucherId}, 's', 'PUBLISHED', 'v', 1, 'CNY', '[]', '{YEAR}', true, true, '2026-01-01', '2027-01-01', 9, 's', '2026-01-01')`.execute(
    platform.db,
  );
  const lines = [`${orderId}-000001`, `${orderId}-000002`];
  await sql`INSERT INTO catalog.voucher_grants (voucher_id, buyer_id, granted_at, order_id, order_lines, used_at)
    VALUES (${voucherId}, ${buyerId}, '2026-01-01', ${orderId}, ${lines}::text[], '2026-01-01')`.execute(platform.db);
  return { buyerId, orderId };
}
async function hear(type: string, payload: Record<string, unknown>): Promise<void> {
  const { platform } = world();
  const event: DomainEvent = {
    eventId: 1,
    type,
    aggregate: 'a',
    payload,
    traceId: 't',
    occurredAt: platform.clock.now(),
  };
  for (const subscription of offersSubscriptions())
    await inTransaction(platform.db, (tx) => subscription.handle(tx, [event]));
}
const orderOf = async (buyerId: string) => (await vouchersOfBuyer(world().platform.db, buyerId, 1))[0]?.grant.orderId;

it.each([
  ['S7-4: in the first five days', { kind: 'FIVE_DAY' }, true],
  ['S7-5: negotiated before it is in effect', { kind: 'NEGOTIATED', beforeEffect: true }, true],
  ['S7-12: late', { kind: 'LATE', beforeEffect: false }, false],
  ['S7-4: negotiated while in use', { kind: 'NEGOTIATED', beforeEffect: false }, false],
])('%s → returned: %s', async (_, how, returned) => {
  const { buyerId, orderId } = await used();
  const refund = (line: string) =>
    hear('ordering.refund-executed', { ...how, originalLineIds: [`${orderId}-${line}`] });
  await refund('000001');
  expect(await orderOf(buyerId)).toBe(orderId);
  await refund('000001'); // heard twice
  expect(await orderOf(buyerId)).toBe(orderId);
  await refund('000002');
  expect(await orderOf(buyerId)).toBe(returned ? null : orderId);
});
