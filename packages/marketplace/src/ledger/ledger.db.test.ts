/** Every cent stands twice and is never changed; each fact is posted once; a planted fault is found. */
import { describe, expect, it } from 'vitest';
import { fileDatabase } from '../../../../tests/support/database.ts';
import { testWorld } from '../../../../tests/support/world.ts';
import { type Executor, inTransaction, sql } from '../platform/database/database.ts';
import { money } from '../platform/money.ts';
import { seededRandom, uuid } from '../platform/random.ts';
import {
  BANK,
  balanceAccount,
  balanceOf,
  credit,
  distributorAccount,
  entriesOfTrace,
  type Movement,
  PLATFORM_FEES,
  PREPAID,
  payAllFromBalances,
  payFromBalance,
  post,
  postEntry,
  sellerAccount,
  trialBalance,
} from './index.ts';

const NOW = new Date('2026-01-05T02:00:00.000Z');
const database = fileDatabase();
const random = seededRandom('ledger');
const movement = (reference: string, amount: string, changes: Partial<Movement> = {}): Movement => ({
  entryId: uuid(random),
  kind: 'PAYMENT',
  reference,
  debit: balanceAccount('b'),
  credit: PREPAID,
  amount: money(amount, 'CNY'),
  traceId: `trace-${reference}`,
  ...changes,
});
const topUp = (buyer: string, reference: string, amount: string) =>
  credit(database().db, buyer, movement(reference, amount, { kind: 'TOP_UP', debit: BANK }), NOW);
const balance = async (buyer: string) => (await balanceOf(database().db, buyer, 'CNY')).amount;

const pay = (
  buyer: string,
  reference: string,
  amount: string,
  currency: 'CNY' | 'USD' = 'CNY',
  executor: Executor = database().db,
) => payFromBalance(executor, paymentOf(buyer, reference, amount, currency), NOW);

const paymentOf = (buyerId: string, reference: string, amount: string, currency: 'CNY' | 'USD' = 'CNY') => ({
  ...movement(reference, amount, { amount: money(amount, currency) }),
  buyerId,
});

describe('posting', () => {
  it('is done once per kind and reference, also by many at once', async () => {
    const { db } = database();
    const fresh = await Promise.all(Array.from({ length: 8 }, () => topUp('once', 'once', '10.50')));
    expect(fresh.filter(Boolean)).toHaveLength(1);
    expect(await balance('once')).toBe('10.50');
    expect(await topUp('once', 'once', '99.00')).toBe(false);
    expect(await balance('once')).toBe('10.50');
    expect(await post(db, movement('once', '1.00', { kind: 'REFUND' }), NOW)).toBe(true);
    expect(await entriesOfTrace(db, 'trace-once')).toHaveLength(2);
  });

  it('of nothing posts nothing, and of less than nothing is our own fault', async () => {
    const { db } = database();
    expect(await post(db, movement('zero', '0'), NOW)).toBe(true);
    expect(await entriesOfTrace(db, 'trace-zero')).toEqual([]);
    await expect(post(db, movement('minus', '-1'), NOW)).rejects.toThrow(/positive/);
  });

  it('of many sides writes those that are not zero, once', async () => {
    const { db } = database();
    const entry = {
      entryId: uuid(random),
      kind: 'BILL' as const,
      reference: 'bill 1',
      traceId: 'bill',
      postings: [
        { account: PREPAID, debit: money('100', 'CNY') },
        { account: sellerAccount('s'), credit: money('95', 'CNY') },
        { account: distributorAccount('d'), credit: money('0', 'CNY') },
        { account: PLATFORM_FEES, credit: money('5', 'CNY') },
        { account: PREPAID, debit: money('1', 'USD') },
        { account: PLATFORM_FEES, credit: money('1', 'USD') },
      ],
    };
    expect(await postEntry(db, entry, NOW)).toBe(true);
    expect(await postEntry(db, { ...entry, entryId: uuid(random) }, NOW)).toBe(false);
    const { rows } = await sql<{ line: string }>`
      SELECT concat_ws(' ', account, currency, debit, credit) AS line FROM ledger.postings WHERE entry_id = ${entry.entryId} ORDER BY place`.execute(
      db,
    );
    expect(rows.map(({ line }) => line)).toEqual([
      'orders:prepaid CNY 100.00 0',
      'seller:s:payable CNY 0 95.00',
      'platform:revenue CNY 0 5.00',
      'orders:prepaid USD 1.00 0',
      'platform:revenue USD 0 1.00',
    ]);
    expect((await trialBalance(db)).balanced).toBe(true);
  });

  it.each([
    [[{ account: PREPAID, debit: money('1', 'CNY') }], /differ by 1 CNY/],
    [
      [
        { account: PREPAID, debit: money('1', 'CNY') },
        { account: BANK, credit: money('1', 'USD') },
      ],
      /differ by 1 CNY/,
    ],
    [[{ account: BANK, debit: money('-1', 'CNY') }], /positive/],
    [[{ account: BANK }], /either a debit or a credit/],
    [[{ account: balanceAccount('b'), debit: money('1', 'CNY') }], /moves with its balance/],
  ])('that can not be right is our own fault: %#', async (postings, message) => {
    const entry = { entryId: uuid(random), kind: 'ADJUSTMENT' as const, reference: 'bad', traceId: 'bad', postings };
    await expect(postEntry(database().db, entry, NOW)).rejects.toThrow(message);
    expect(await entriesOfTrace(database().db, 'bad')).toEqual([]);
  });

  it('is told with its amount, oldest first', async () => {
    const { db } = database();
    await post(db, movement('a', '12.3456', { traceId: 'told' }), new Date(NOW.getTime() + 1));
    await post(db, movement('b', '1', { traceId: 'told', kind: 'REFUND' }), NOW);
    expect((await entriesOfTrace(db, 'told')).map((line) => [line.kind, line.amount.amount])).toEqual([
      ['REFUND', '1.00'],
      ['PAYMENT', '12.3456'],
    ]);
  });
});

describe('a balance', () => {
  it('is never overdrawn, however many draw at once', async () => {
    await topUp('rush', 'rush', '100.00');
    const drawn = await Promise.all(Array.from({ length: 15 }, (_, place) => pay('rush', `rush ${place}`, '10.00')));
    expect(drawn.filter((outcome) => outcome === 'paid')).toHaveLength(10);
    expect(drawn.filter((outcome) => outcome === 'short')).toHaveLength(5);
    expect(await balance('rush')).toBe('0.00');
    expect((await trialBalance(database().db)).differing).toEqual([]);
  });

  it('tells of a payment that is in the ledger already; whoever asked undoes what was taken', async () => {
    await topUp('again', 'again', '20.00');
    expect(await pay('again', 'order again', '5.00')).toBe('paid');
    const undone = inTransaction(database().db, async (tx) => {
      expect(await pay('again', 'order again', '5.00', 'CNY', tx)).toBe('repeated');
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await balance('again')).toBe('15.00');
  });

  it('pays many orders at once, or none', async () => {
    const { db } = database();
    await topUp('many', 'many', '30.00');
    await topUp('few', 'few', '5.00');
    const pays = (...payments: ReturnType<typeof paymentOf>[]) =>
      inTransaction(db, (tx) => payAllFromBalances(tx, payments, NOW));
    await pays(
      paymentOf('many', 'm 1', '10.00'),
      paymentOf('few', 'f 1', '4.00'),
      paymentOf('many', 'm 2', '7.50'),
      paymentOf('few', 'f 2', '0'),
    );
    expect([await balance('many'), await balance('few')]).toEqual(['12.50', '1.00']);
    expect(await entriesOfTrace(db, 'trace-m 2')).toHaveLength(1);
    await expect(pays(paymentOf('many', 'm 3', '1.00'), paymentOf('few', 'f 3', '1.01'))).rejects.toThrow(/posted/);
    await expect(pays(paymentOf('many', 'm 3', '6.00'), paymentOf('many', 'm 4', '6.51'))).rejects.toThrow(/posted/);
    await expect(pays(paymentOf('many', 'm 2', '1.00'))).rejects.toThrow(/posted/);
    expect([await balance('many'), await balance('few')]).toEqual(['12.50', '1.00']);
    expect((await trialBalance(db)).differing).toEqual([]);
  });

  it('can be taken to the last cent and not beyond, and one currency does not pay for another', async () => {
    await topUp('last', 'last', '0.03');
    expect(await pay('last', 'last 1', '0.04')).toBe('short');
    expect(await pay('last', 'last 2', '0.01', 'USD')).toBe('short');
    expect(await pay('last', 'last 3', '0.03')).toBe('paid');
    expect(await balance('last')).toBe('0.00');
    expect(await balance('nobody')).toBe('0.00');
  });
});

describe('the ledger', () => {
  it.each([
    'UPDATE ledger.postings SET debit = debit + 1 WHERE debit > 0',
    'DELETE FROM ledger.postings',
    'TRUNCATE ledger.postings',
    'UPDATE ledger.entries SET reference = reference',
    'DELETE FROM ledger.entries',
    'TRUNCATE ledger.entries CASCADE',
  ])('is append-only: %s', async (statement) => {
    await topUp('kept', 'kept', '1');
    await expect(sql.raw(statement).execute(database().db)).rejects.toThrow(/append-only/);
  });

  it('holds no posting on both sides or on none', async () => {
    const { db } = database();
    await topUp('sides', 'sides', '1');
    for (const [debit, creditSide] of [
      [0, 0],
      [1, 1],
      [-1, 0],
    ]) {
      const bad = sql`INSERT INTO ledger.postings SELECT entry_id, 9, 'x', 'CNY', ${debit}::numeric, ${creditSide}::numeric FROM ledger.entries LIMIT 1`;
      await expect(bad.execute(db)).rejects.toThrow(/check constraint/);
    }
  });
});

describe('the trial balance', () => {
  it('is even in a new world, and finds a balance that was tampered with', async () => {
    const { platform, demo } = await testWorld();
    const { db } = platform;
    expect(await trialBalance(db)).toEqual({
      debits: '100000.00',
      credits: '100000.00',
      differing: [],
      balanced: true,
    });
    await sql`UPDATE ledger.balances SET amount = amount + 0.01`.execute(db);
    expect(await trialBalance(db)).toMatchObject({ balanced: false, differing: [`${demo.buyerId} CNY`] });
  });

  it('finds an entry with one leg, and two lopsided ones that make up for each other', async () => {
    const { platform } = await testWorld();
    const { db } = platform;
    const lopsided = async (debit: string, creditSide: string) => {
      const id = uuid(random);
      await inTransaction(db, async (tx) => {
        await sql`INSERT INTO ledger.entries VALUES (${id}, 'TOP_UP', ${id}, ${NOW}, 't')`.execute(tx);
        await sql`INSERT INTO ledger.postings VALUES (${id}, 1, 'x', 'CNY', ${debit}::numeric, ${creditSide}::numeric)`.execute(
          tx,
        );
      });
    };
    await lopsided('5', '0');
    expect(await trialBalance(db)).toMatchObject({ debits: '100005.00', credits: '100000.00', balanced: false });
    await lopsided('0', '5');
    expect(await trialBalance(db)).toMatchObject({ debits: '100005.00', credits: '100005.00', balanced: false });
  });
});
