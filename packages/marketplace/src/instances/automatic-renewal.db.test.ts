/** Automatic renewals of a batch leave the same rows and events as the same orders placed and paid by hand, one by one. */
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { fileWorld } from '../../../../tests/support/database.ts';
import { subscribed } from '../../../../tests/support/lives.ts';
import { granted } from '../../../../tests/support/resources.ts';
import { setProductState } from '../catalog/index.ts';
import { balanceOf } from '../ledger/index.ts';
import { payOrder, placeFor, quoteRenewals } from '../ordering/index.ts';
import { inTransaction, sql, type Tx } from '../platform/database/database.ts';
import { decimal } from '../platform/money.ts';
import { traceId } from '../platform/random.ts';
import { createBuyers } from '../testing/index.ts';
import { renewAutomatically } from './automatic-renewal.ts';
import { insertPeriods } from './periods.ts';
import { resourceOf } from './resource.ts';
import type { Instance } from './row.ts';
import { lockInstances } from './store.ts';

const world = fileWorld();
const BUYERS = 3;
const KINDS = 4;
/** bought by each of three buyers: by months and by years, of two prices; renewed from copies of these */
const bought: Instance[][] = [];
beforeAll(async () => {
  for (const { buyerId } of await createBuyers(world().platform, BUYERS))
    bought.push([
      await subscribed(world(), { buyerId }),
      await subscribed(world(), { buyerId, quantity: 25 }),
      await subscribed(world(), { buyerId, periodType: 'year' }),
      await subscribed(world(), { buyerId, specification: 1, quantity: 5 }),
    ]);
});

interface Mix {
  /** whose, of which kind, and whether somebody else is at work on it */
  readonly renewing: readonly { readonly buyer: number; readonly kind: number; readonly held: boolean }[];
  readonly balances: readonly number[];
  readonly withdrawn: boolean;
}
const mixes: fc.Arbitrary<Mix> = fc.record({
  renewing: fc.array(
    fc.record({
      buyer: fc.nat({ max: BUYERS - 1 }),
      kind: fc.nat({ max: KINDS - 1 }),
      held: fc.nat({ max: 6 }).map((one) => one === 0),
    }),
    { minLength: 1, maxLength: 12 },
  ),
  balances: fc.array(fc.constantFrom(0, 400, 1_500, 4_000, 100_000), { minLength: BUYERS, maxLength: BUYERS }),
  withdrawn: fc.nat({ max: 9 }).map((one) => one === 0),
});

it('whatever the mix of balances, prices, refusals and orders in the way', { timeout: 60_000 }, async () => {
  const outcomes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(mixes, async (mix) => {
      const batch = await undone(mix, inBatch);
      expect(batch).toEqual(await undone(mix, oneByOne));
      for (const outcome of Object.values(batch.outcomes)) outcomes.add(outcome.slice(0, 5));
    }),
    { numRuns: 25, seed: 7 },
  );
  expect([...outcomes].toSorted()).toEqual(['PAID', 'RENEW', 'SHORT']); // all of them occurred
});

type Outcomes = Record<string, string>;
type Renew = (tx: Tx, instances: readonly Instance[], now: Date) => Promise<Outcomes>;

const inBatch: Renew = async (tx, instances, now) => {
  const attempts = await renewAutomatically(world().platform, tx, instances, now);
  return Object.fromEntries(
    [...attempts].map(([resourceId, attempt]) => {
      if (attempt.kind === 'SHORT') return [resourceId, `SHORT of ${attempt.missing.amount}`];
      return [resourceId, attempt.kind === 'PAID' ? 'PAID' : attempt.refusal.code];
    }),
  );
};

/** As a person would: a quote, an order, its payment; then the next. */
const oneByOne: Renew = async (tx, instances, now) => {
  const { platform } = world();
  const outcomes: Outcomes = {};
  for (const instance of instances) {
    const { resourceId, buyerId, placedBy, periodType } = instance;
    const resource = resourceOf(instance, 'EXPIRY');
    const item = { resource, periodType: periodType ?? 'month', periodNumber: 1, unifyDay: null, target: null };
    const quote = await quoteRenewals(tx, [item], now);
    if (!quote.ok) {
      outcomes[resourceId] = quote.refusal.code;
      continue;
    }
    const [line] = quote.value;
    const gap = decimal(line?.amount.amount ?? '0').minus((await balanceOf(tx, buyerId, 'CNY')).amount);
    outcomes[resourceId] = gap.isPositive() && !gap.isZero() ? `SHORT of ${gap.toFixed(2)}` : 'PAID';
    if (outcomes[resourceId] !== 'PAID') continue;
    const asked = { buyerId, userId: placedBy, lines: quote.value, traceId: traceId(platform.random) };
    const { orderId } = granted(await placeFor(platform, tx, asked, now));
    const [paid] = granted(await payOrder(platform, tx, { orderId, scope: { kind: 'all' } }, now)).lines;
    if (!paid) throw new Error('an order has a line');
    const from = instance.expireAt ?? now;
    await insertPeriods(tx, [{ ...paid, occasion: 'RENEWAL', from, to: paid.expireAt }]);
  }
  return outcomes;
};

class Undo extends Error {}

/** Does it in a transaction that is taken back. @returns what it said, and what it wrote under names instead of ids */
async function undone(mix: Mix, renew: Renew): Promise<{ outcomes: Outcomes; written: string[] }> {
  const { platform, clock, demo } = world();
  const result: { outcomes: Outcomes; written: string[] } = { outcomes: {}, written: [] };
  await inTransaction(platform.db, async (tx) => {
    const ids = await prepare(tx, mix);
    if (mix.withdrawn) await setProductState(tx, demo.goodsId, 'WITHDRAWN');
    result.outcomes = await renew(tx, await lockInstances(tx, ids), clock.now());
    result.written = await writtenIn(tx);
    throw new Undo();
  }).catch((error: unknown) => {
    if (!(error instanceof Undo)) throw error;
  });
  return result;
}

async function prepare(tx: Tx, { renewing, balances }: Mix): Promise<string[]> {
  const ids: string[] = [];
  for (const [place, { buyer, kind, held }] of renewing.entries()) {
    const id = `CS2601010000COPY${String(place).padStart(2, '0')}-000001`;
    ids.push(id);
    await sql`
      INSERT INTO instances.instances SELECT copy.* FROM instances.instances i,
        LATERAL jsonb_populate_record(i, jsonb_build_object('resource_id', ${id}::text, 'instance_id', ${id}::text)) AS copy
      WHERE i.resource_id = ${bought[buyer]?.[kind]?.resourceId}`.execute(tx);
    if (held) await sql`INSERT INTO ordering.claims VALUES (${id}, 'CS2601010000OTHER-000001', NULL)`.execute(tx);
  }
  for (const [buyer, amount] of balances.entries())
    await sql`UPDATE ledger.balances SET amount = ${amount} WHERE buyer_id = ${bought[buyer]?.[0]?.buyerId}`.execute(
      tx,
    );
  return ids;
}

const TABLES = ['ordering.orders', 'ordering.order_lines', 'ledger.entries', 'ledger.postings', 'instances.periods'];

/** Rows of this transaction alone, each as JSON; ids that chance made are replaced by the resource they are about. */
async function writtenIn(tx: Tx): Promise<string[]> {
  const { rows: orders } = await sql<{ order_id: string; trace_id: string; entry_id: string | null; about: string }>`
    SELECT o.order_id, o.trace_id, e.entry_id::text, l.resource_id AS about FROM ordering.orders o JOIN ordering.order_lines l USING (order_id)
    LEFT JOIN ledger.entries e ON e.reference = o.order_id WHERE o.xmin = pg_current_xact_id()::xid`.execute(tx);
  const texts: string[] = [];
  for (const table of TABLES) texts.push(...(await rowsOf(tx, table)));
  texts.push(...(await rowsOf(tx, 'ledger.balances')), ...(await rowsOf(tx, 'ordering.claims')));
  const { rows: events } = await sql<{ told: string }>`
    SELECT (to_jsonb(e) - 'event_id' || jsonb_build_object('heard_by', array(SELECT d.subscriber FROM platform.deliveries d WHERE d.event_id = e.event_id ORDER BY 1)))::text AS told
    FROM platform.events e WHERE e.xmin = pg_current_xact_id()::xid ORDER BY e.event_id`.execute(tx);
  const named = (text: string) =>
    orders.reduce(
      (rest, { order_id, trace_id, entry_id, about }) =>
        rest
          .replaceAll(order_id, `order of ${about}`)
          .replaceAll(trace_id, `trace of ${about}`)
          .replaceAll(entry_id ?? '\0', `entry of ${about}`),
      text,
    );
  return [...texts.map(named).toSorted(), ...events.map(({ told }) => named(told))];
}

async function rowsOf(tx: Tx, table: string): Promise<string[]> {
  const { rows } = await sql<{ row: string }>`
    SELECT (to_jsonb(t) - ARRAY['seq', 'written_by'])::text AS row FROM ${sql.table(table)} t WHERE t.xmin = pg_current_xact_id()::xid`.execute(
    tx,
  );
  return rows.map(({ row }) => row);
}
