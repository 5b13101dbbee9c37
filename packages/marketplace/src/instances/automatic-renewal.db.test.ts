/** Automatic renewals of a batch leave the same rows and events as the same orders placed and paid by hand, one by one. */
import type { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { fileWorld } from '../../../../tests/support/database.ts';
import { subscribed } from '../../../../tests/support/lives.ts';
import { granted } from '../../../../tests/support/resources.ts';
import { setCredit, setProductState } from '../catalog/index.ts';
import { balanceOf } from '../ledger/index.ts';
import {
  creditAccessOf,
  type PaymentChoice,
  payOrder,
  placeFor,
  quoteRenewals,
  type Resource,
} from '../ordering/index.ts';
import { inTransaction, sql, type Tx } from '../platform/database/database.ts';
import { decimal } from '../platform/money.ts';
import { traceId } from '../platform/random.ts';
import { createBuyers } from '../testing/index.ts';
import {
  availableOf,
  creditLineOf,
  INSTRUMENTS,
  overdueOf,
  PURSE_KINDS,
  type PurseKind,
  planPayment,
  usablePurses,
} from '../wallet/index.ts';
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
  /** coupons and cards: whose, of which kind, how much, when it ends */
  readonly purses: readonly {
    readonly buyer: number;
    readonly kind: PurseKind;
    readonly value: number;
    readonly days: number;
  }[];
  /** granted to each, and whether a month of it is overdue */
  readonly credit: readonly { readonly limit: number; readonly overdue: boolean }[];
  /** S2-9 */
  readonly takes: { readonly coupon: Switch; readonly limit: Switch };
  readonly withdrawn: boolean;
}
type Switch = 'OFF' | 'ALL' | 'LISTED';
const switches = fc.constantFrom<Switch[]>('ALL', 'LISTED', 'OFF');
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
  purses: fc.array(
    fc.record({
      buyer: fc.nat({ max: BUYERS - 1 }),
      kind: fc.constantFrom(...PURSE_KINDS),
      value: fc.constantFrom(0.01, 100, 333.33, 1_500, 5_000),
      days: fc.integer({ min: 0, max: 3 }),
    }),
    { maxLength: 6 },
  ),
  credit: fc.array(
    fc.record({ limit: fc.constantFrom(0, 500, 20_000), overdue: fc.nat({ max: 4 }).map((one) => one === 0) }),
    { minLength: BUYERS, maxLength: BUYERS },
  ),
  takes: fc.record({ coupon: switches, limit: switches }),
  withdrawn: fc.nat({ max: 9 }).map((one) => one === 0),
});

it('whatever the mix of balances, coupons, cards, credit, prices, refusals and orders in the way', {
  timeout: 60_000,
}, async () => {
  const outcomes = new Set<string>();
  const paidWith = new Set<string>();
  await fc.assert(
    fc.asyncProperty(mixes, async (mix) => {
      const batch = await undone(mix, inBatch);
      expect(batch).toEqual(await undone(mix, oneByOne));
      for (const outcome of Object.values(batch.outcomes)) outcomes.add(outcome.slice(0, 5));
      for (const instrument of INSTRUMENTS)
        if (batch.written.some((row) => row.includes(`"instrument": "${instrument}"`))) paidWith.add(instrument);
    }),
    { numRuns: 40, seed: 7 },
  );
  expect([...outcomes].toSorted()).toEqual(['PAID', 'RENEW', 'SHORT']); // all of them occurred
  expect(paidWith).toEqual(new Set(INSTRUMENTS.filter((instrument) => instrument !== 'ONLINE')));
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
    const choice = await chosen(tx, buyerId, resource, decimal(quote.value[0]?.amount.amount ?? '0'), now);
    outcomes[resourceId] = typeof choice === 'string' ? choice : 'PAID';
    if (typeof choice === 'string') continue;
    const asked = { buyerId, userId: placedBy, lines: quote.value, traceId: traceId(platform.random) };
    const { orderId } = granted(await placeFor(platform, tx, asked, now));
    const [paid] = granted(await payOrder(platform, tx, { orderId, scope: { kind: 'all' }, choice }, now)).lines;
    if (!paid) throw new Error('an order has a line');
    const from = instance.expireAt ?? now;
    await insertPeriods(tx, [{ ...paid, occasion: 'RENEWAL', from, to: paid.expireAt }]);
  }
  return outcomes;
};

/** All coupons and cards that the page offers; what they leave from the balance, or on credit where that is short. */
async function chosen(
  tx: Tx,
  buyerId: string,
  { goodsId, version }: Resource,
  amount: Decimal,
  now: Date,
): Promise<PaymentChoice | string> {
  const [access] = await creditAccessOf(tx, [{ buyerId, goodsId, version }]);
  const purses = (await usablePurses(tx, { buyerId, currency: 'CNY', now })).filter(
    ({ kind }) => kind !== 'CREDIT_COUPON' || access?.coupon,
  );
  const purseIds = purses.map(({ purseId }) => purseId);
  const rest = planPayment(amount, purses, 'BALANCE').find(({ instrument }) => instrument === 'BALANCE')?.amount ?? '0';
  const gap = decimal(rest).minus((await balanceOf(tx, buyerId, 'CNY')).amount);
  if (gap.lessThanOrEqualTo(0)) return { purseIds, rest: 'BALANCE' };
  const wallet = { buyerId, currency: 'CNY' } as const;
  const line = await creditLineOf(tx, wallet);
  const usable =
    access?.limit && line && (await overdueOf(tx, wallet, now)) === null ? availableOf(line) : decimal('0');
  return usable.greaterThanOrEqualTo(rest) ? { purseIds, rest: 'CREDIT' } : `SHORT of ${gap.toFixed(2)}`;
}

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

async function prepare(tx: Tx, { renewing, balances, purses, credit, takes }: Mix): Promise<string[]> {
  const { clock, demo } = world();
  const day = (days: number) => new Date(clock.now().getTime() + days * 86_400_000);
  const buyerOf = (place: number) => bought[place]?.[0]?.buyerId ?? '';
  for (const [place, { buyer, kind, value, days }] of purses.entries())
    await sql`
      INSERT INTO wallet.purses (purse_id, buyer_id, kind, currency, face, left_over, valid_from, valid_to, reason, granted_by, created_at)
      VALUES (${`purse-${place}`}, ${buyerOf(buyer)}, ${kind}, 'CNY', ${value}, ${value}, ${day(-1)}, ${kind === 'CARD' ? null : day(days)}, 'r', 'f', ${day(-1)})`.execute(
      tx,
    );
  for (const [place, { limit, overdue }] of credit.entries()) {
    const buyerId = buyerOf(place);
    await sql`INSERT INTO wallet.credit_lines VALUES (${buyerId}, 'CNY', ${limit}, 15, 'ACTIVE', 'r', 'f', ${day(-90)})`.execute(
      tx,
    );
    if (overdue)
      await sql`INSERT INTO wallet.statements (buyer_id, currency, month, state, charged, limit_owed, due_at) VALUES (${buyerId}, 'CNY', '202501', 'ISSUED', 1, 1, ${day(-1)})`.execute(
        tx,
      );
  }
  const listed = [0, 1].map((place) => ({ buyerId: buyerOf(place), accountName: `crowd-${place + 1}` }));
  const asked = { goodsId: demo.goodsId, scope: { kind: 'all' }, credit: takes, buyers: listed } as const;
  granted(await setCredit(tx, asked));
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

const TABLES = [
  ...['ordering.orders', 'ordering.order_lines', 'ledger.entries', 'ledger.postings', 'instances.periods'],
  ...['wallet.purses', 'wallet.statements', 'wallet.statement_entries'],
];

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
