/** From what is due to what was paid: two people, files that stay, statements in any order, the ledger beside it. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { sharedWorld } from '../../../../../tests/support/shared-world.ts';
import {
  askBankAccount,
  bankAccountChanges,
  decideBankAccount,
  numberAskedFor,
  payableAccounts,
} from '../../directory/index.ts';
import { trialBalance } from '../../ledger/index.ts';
import { inTransaction, sql } from '../../platform/database/database.ts';
import { decimal } from '../../platform/money.ts';
import { listDue } from './due.ts';
import { exportRun, readPayoutFile } from './files/exporting.ts';
import {
  asked,
  CHECKER,
  codeOf,
  dueRequisition,
  enterAccount,
  type Line,
  MAKER,
  statementOf,
  value,
} from './payout.test-support.ts';
import { listEntries, runDetail } from './queries.ts';
import { approveRun, dropRun, makeRun } from './runs.ts';
import { failPayment, matchEntry, setAside } from './statement/by-hand.ts';
import { importStatement } from './statement/importing.ts';

const world = sharedWorld({ seed: 'pay-out', start: new Date('2025-12-04T02:00:00Z') });
const platform = () => world().platform;
const now = () => world().clock.now();
let sellerId = '';

beforeAll(async () => {
  sellerId = world().demo.sellerId;
  await enterAccount(platform(), { kind: 'PLATFORM', id: 'CN' }, '6217000012345678');
  await enterAccount(platform(), { kind: 'SELLER', id: sellerId });
  world().clock.moveTo(new Date('2025-12-09T02:00:00Z'));
});

const due = (name: string, ...totals: string[]) => dueRequisition(platform(), { sellerId, name, totals });
const make = (...requisitionIds: string[]) =>
  asked(platform(), (tx) => makeRun(platform(), tx, { requisitionIds }, MAKER, now()));
const approve = (runId: string, by = CHECKER) =>
  asked(platform(), (tx) => approveRun(platform(), tx, { runId, by }, now()));
async function approved(...requisitionIds: string[]): Promise<string> {
  const runId = value(await make(...requisitionIds));
  return value(await approve(runId));
}
const take = (lines: readonly Line[], name = 'one') =>
  inTransaction(platform().db, (tx) =>
    importStatement(platform(), tx, { name, bytes: statementOf(lines, name), by: MAKER }, now()),
  );
const billStates = async (requisitionId: string): Promise<string[]> => {
  const { rows } = await sql<{ state: string }>`
    SELECT state FROM settlement.bills WHERE requisition_id = ${requisitionId} ORDER BY bill_id`.execute(platform().db);
  return rows.map(({ state }) => state);
};
const payments = async (): Promise<{ id: string; state: string; paidOn: string | null; reason: string | null }[]> => {
  const { rows } = await sql<{ id: string; state: string; paidOn: string | null; reason: string | null }>`
    SELECT payment_id AS id, state, paid_on AS "paidOn", reason FROM settlement.payments ORDER BY payment_id`.execute(
    platform().db,
  );
  return rows;
};
const open = async () =>
  (await listEntries(platform().db, platform().keys, { site: 'CN', state: 'OPEN', limit: 100 })).map(
    ({ entryId, endToEndId, because, suggested }) => ({ entryId, endToEndId, because, suggested }),
  );
/** Σ paid, and what the ledger says left the bank for sellers. */
async function sums(): Promise<[string, string]> {
  const { rows } = await sql<{ paid: string; ledger: string }>`
    SELECT (SELECT coalesce(sum(amount), 0) FROM settlement.payments WHERE state = 'PAID') AS paid,
      (SELECT coalesce(sum(p.debit - p.credit), 0) FROM ledger.postings p JOIN ledger.entries e USING (entry_id) WHERE e.kind = 'PAYOUT' AND p.account LIKE 'seller:%') AS ledger`.execute(
    platform().db,
  );
  const [row] = rows;
  return [decimal(row?.paid ?? '').toFixed(2), decimal(row?.ledger ?? '').toFixed(2)];
}

describe('a run', () => {
  it('O-7, S4-5: combined periods are one payment; whoever made the run does not approve it, another person does', async () => {
    const id = await due('A', '700.00', '440.50');
    expect((await listDue(platform().db, 'CN')).map((each) => [each.requisitionId, each.amount])).toEqual([
      [id, '1140.50'],
    ]);
    const runId = value(await make(id));
    expect(codeOf(await make(id))).toBe('NOT_DUE');
    expect(codeOf(await approve(runId, MAKER))).toBe('FOUR_EYES');
    const before = await asked(platform(), (tx) =>
      exportRun(platform(), tx, { runId, form: 'PAIN_001', by: MAKER }, now()),
    );
    expect(codeOf(before)).toBe('PAYOUT_STATE');
    expect(value(await approve(runId))).toBe(runId);
    expect(codeOf(await approve(runId))).toBe('PAYOUT_STATE');
    expect(await billStates(id)).toEqual(['PAYING', 'PAYING']);
  });

  it('S-5, O-2: what a seller enters is paid to once the operator has verified it; sealed, and told to both', async () => {
    const owner = { kind: 'SELLER', id: sellerId } as const;
    const { keys } = platform();
    const enter = async (number: string) => {
      world().clock.moveTo(new Date(now().getTime() + 1_000));
      const account = { holder: '卖家', bankName: '中国银行', bankCode: '104100000004', number };
      const by = { userId: 'seller', at: now() };
      value(await asked(platform(), (tx) => askBankAccount(platform(), tx, owner, account, by)));
      return now();
    };
    const decide = (askedAt: Date, approve: boolean) => {
      const decision = { owner, askedAt, approve, reason: 'transfer of 0.17 came back', userId: 'reviewer' };
      return asked(platform(), (tx) => decideBankAccount(platform(), tx, decision, now()));
    };
    const inForce = async () => (await payableAccounts(platform().db, keys, [owner]))[0]?.number;
    const before = await inForce();
    const first = await enter('6222 0000 2222 2222');
    expect(await numberAskedFor(platform().db, keys, owner)).toBe('6222000022222222');
    const { rows } = await sql<{ kept: string }>`
      SELECT row_to_json(c)::text AS kept FROM directory.bank_account_changes c`.execute(platform().db);
    expect(rows.map(({ kept }) => kept.includes('6222000022222222'))).toEqual([false]);
    value(await decide(first, false));
    expect((await bankAccountChanges(platform().db, [owner]))[0]).toMatchObject({ state: 'REJECTED', tail: '2222' });
    expect([await inForce(), await numberAskedFor(platform().db, keys, owner)]).toEqual([before, null]);
    const second = await enter('6222000033333333');
    const third = await enter('6222000044444444');
    expect(codeOf(await decide(second, true))).toBe('BANK_ACCOUNT_CHANGED');
    value(await decide(third, true));
    expect([await inForce(), await bankAccountChanges(platform().db, [owner])]).toEqual(['6222000044444444', []]);
    expect(codeOf(await decide(third, true))).toBe('BANK_ACCOUNT_CHANGED');
    const { rows: told } = await sql<{ type: string }>`
      SELECT type FROM platform.events WHERE aggregate = ${`account:SELLER:${sellerId}`} ORDER BY event_id`.execute(
      platform().db,
    );
    expect(told.map(({ type }) => type.replace('directory.bank-account-', '')).join(' ')).toBe(
      'asked decided asked asked decided',
    );
    // O-7: whoever put it in force approves no payment to it
    const runId = value(await make(await due('N11', '12.00')));
    expect(codeOf(await approve(runId, { userId: 'reviewer', displayName: 'r' }))).toBe('FOUR_EYES');
    value(await approve(runId));
  });

  it('O-7: whoever gave an adjustment in it, or wrote an account of it, does not approve it either', async () => {
    const id = await due('B', '10.00');
    const runId = value(await make(id));
    await sql`
      INSERT INTO settlement.lines (line_id, root_id, order_id, seller_id, site, class, kind, placed_at, state, ready_at, period, bill_period, sales, cash, settlement, platform_fee)
      VALUES ('ADJ-1', 'ADJ-1', 'x', ${sellerId}, 'CN', 'B', 'ADJUSTMENT', ${now()}, 'READY', ${now()}, '202511', '202511', 0, 0, 5, 0)`.execute(
      platform().db,
    );
    await sql`INSERT INTO settlement.adjustments (line_id, made_by) VALUES ('ADJ-1', 'adjuster')`.execute(
      platform().db,
    );
    const bad = (userId: string) => approve(runId, { userId, displayName: userId });
    expect(codeOf(await bad('adjuster'))).toBe('FOUR_EYES');
    world().clock.moveTo(new Date(now().getTime() + 1_000));
    await enterAccount(platform(), { kind: 'SELLER', id: sellerId });
    expect(codeOf(await bad('clerk'))).toBe('FOUR_EYES');
    expect(codeOf(await bad('somebody else'))).toBe('ACCOUNT_CHANGED');
    const dropped = await asked(platform(), (tx) =>
      dropRun(platform(), tx, { runId, by: CHECKER, reason: 'wrong' }, now()),
    );
    expect(codeOf(dropped)).toBe('done');
    expect((await runDetail(platform().db, 'CN', runId))?.state).toBe('REJECTED');
    expect((await listDue(platform().db, 'CN')).map((each) => each.requisitionId)).toEqual([id]);
    await approved(id);
    expect((await payments()).map((each) => [each.id, each.state])).toContainEqual([`${id}-2`, 'APPROVED']);
    // somebody else has approved a payment to that account since: it is known to be right
    const next = value(await make(await due('B2', '11.00')));
    expect(codeOf(await approve(next, { userId: 'clerk', displayName: 'clerk' }))).toBe('done');
  });

  it('two people at once: one run gets a requisition, one decision counts', async () => {
    const id = await due('C', '20.00');
    const made = await Promise.all([make(id), make(id)]);
    expect(made.map(codeOf).toSorted()).toEqual(['NOT_DUE', 'done']);
    const runId = made.flatMap((each) => (each.ok ? [each.value] : []))[0] ?? '';
    const other = { userId: 'other', displayName: 'Other' };
    const decided = await Promise.all([approve(runId), approve(runId, other)]);
    expect(decided.map(codeOf).toSorted()).toEqual(['PAYOUT_STATE', 'done']);
  });

  it('an account that changed after the run was made is not paid to; without one nothing is', async () => {
    const id = await due('D', '30.00');
    const runId = value(await make(id));
    world().clock.moveTo(new Date(now().getTime() + 1_000));
    await enterAccount(platform(), { kind: 'SELLER', id: sellerId }, '6222000022222222');
    expect(codeOf(await approve(runId))).toBe('ACCOUNT_CHANGED');
    const other = await dueRequisition(platform(), { sellerId: 'nobody', name: 'E', totals: ['1.00'] });
    expect(codeOf(await make(other))).toBe('BANK_ACCOUNT_MISSING');
  });

  it('a file is made once, sealed at rest, and stays as it was for whoever asks again', async () => {
    const [run] = (await payments()).filter(({ state }) => state === 'APPROVED');
    const { rows } = await sql<{
      run_id: string;
    }>`SELECT run_id FROM settlement.payments WHERE payment_id = ${run?.id ?? ''}`.execute(platform().db);
    const runId = rows[0]?.run_id ?? '';
    for (const form of ['PAIN_001', 'CSV_ZH'] as const) {
      const ask = (by: typeof MAKER) =>
        asked(platform(), (tx) => exportRun(platform(), tx, { runId, form, by }, now()));
      const [one, two] = await Promise.all([ask(MAKER), ask(CHECKER)]);
      expect(value(one)).toEqual(value(two));
      const file = await readPayoutFile(platform(), value(one).fileId);
      expect([file?.sha256, file?.content.length]).toEqual([value(one).sha256, value(one).bytes]);
      expect(file?.content.toString()).toContain('6222000011111111');
    }
    const { rows: kept } = await sql<{ all: string }>`
      SELECT string_agg(f::text, '') || (SELECT string_agg(p::text, '') FROM settlement.payments p) AS all FROM settlement.payout_files f`.execute(
      platform().db,
    );
    expect(kept[0]?.all).not.toContain('62220000');
  });
});

describe('a statement', () => {
  it('marks what is exact as paid on its day, once; another amount and unknown references wait for a person', async () => {
    const id = 'R-CN-202511-A';
    const lines = [
      { id, amount: '1140.50', day: '2025-12-05' },
      { id: 'R-CN-202511-B-2', amount: '9.99' },
      { id: 'R-UNKNOWN', amount: '20.00', name: `holder of ${sellerId.toUpperCase()}`, account: '6222 0000 1111 1111' },
    ];
    // two people import the same file at once
    const both = await Promise.all([take(lines), take(lines)]);
    expect(both.map((each) => 'repeated' in each && [each.repeated, each.paid]).toSorted()).toEqual([
      [false, 1],
      [true, 0],
    ]);
    expect(await take(lines)).toMatchObject({ entries: 3, known: 0, repeated: true, paid: 0, returned: 0 });
    expect(await take([...lines].reverse(), 'one')).toMatchObject({ known: 3, paid: 0, repeated: false });
    expect(await billStates(id)).toEqual(['PAID', 'PAID']);
    expect((await payments()).find((each) => each.id === id)).toMatchObject({ state: 'PAID', paidOn: '2025-12-05' });
    const found = await open();
    expect(found.map(({ endToEndId, because }) => [endToEndId, because])).toEqual(
      expect.arrayContaining([
        ['R-CN-202511-B-2', 'OTHER_AMOUNT'],
        ['R-UNKNOWN', 'UNKNOWN_REFERENCE'],
      ]),
    );
    const unknown = found.find(({ endToEndId }) => endToEndId === 'R-UNKNOWN');
    expect(unknown?.suggested).toEqual(['R-CN-202511-C']);
    expect(new Set(await sums())).toEqual(new Set(['1140.50']));
  });

  it('a person matches what fits, never another amount, and sets the rest aside with a reason', async () => {
    const found = await open();
    const entryOf = (id: string) => found.find(({ endToEndId }) => endToEndId === id)?.entryId ?? '';
    const match = (entryId: string, paymentId: string) =>
      asked(platform(), (tx) => matchEntry(platform(), tx, { entryId, paymentId, by: MAKER }, now()));
    expect(codeOf(await match(entryOf('R-CN-202511-B-2'), 'R-CN-202511-B-2'))).toBe('OTHER_AMOUNT');
    const both = await Promise.all([1, 2].map(() => match(entryOf('R-UNKNOWN'), 'R-CN-202511-C')));
    expect(both.map(codeOf).toSorted()).toEqual(['ENTRY_STATE', 'done']);
    const aside = (entryIds: string[]) =>
      asked(platform(), (tx) => setAside(platform(), tx, { entryIds, reason: 'charges', by: MAKER }, now()));
    expect(codeOf(await aside([entryOf('R-CN-202511-B-2')]))).toBe('done');
    expect(codeOf(await aside([entryOf('R-CN-202511-B-2')]))).toBe('ENTRY_STATE');
    expect(await open()).toEqual([]);
    const [paid, ledger] = await sums();
    expect([paid, ledger]).toEqual(['1160.50', '1160.50']);
  });

  it('money that came back puts the requisition back with its reason; a payment that failed too', async () => {
    const id = 'R-CN-202511-C';
    expect(await take([{ id, amount: '20.00', back: true, day: '2025-12-09' }], 'returned')).toMatchObject({
      returned: 1,
    });
    expect(await billStates(id)).toEqual(['REQUISITION_REVIEW']);
    const failed = await asked(platform(), (tx) =>
      failPayment(platform(), tx, { paymentId: 'R-CN-202511-B-2', reason: 'refused', by: CHECKER }, now()),
    );
    expect(codeOf(failed)).toBe('done');
    const waiting = await listDue(platform().db, 'CN');
    expect(waiting.map((each) => [each.requisitionId, each.earlier?.state, each.earlier?.reason])).toEqual(
      expect.arrayContaining([
        [id, 'RETURNED', 'AC04 账户已注销'],
        ['R-CN-202511-B', 'FAILED', 'refused'],
      ]),
    );
    expect(new Set(await sums())).toEqual(new Set(['1140.50']));
    expect((await trialBalance(platform().db)).balanced).toBe(true);
  });

  it('with one fault nothing of it is kept', async () => {
    const before = await payments();
    const result = await take([
      { id: 'R-CN-202511-A', amount: '1.00' },
      { id: 'x', amount: 'much' },
    ]);
    expect(result).toMatchObject({ faults: [{ place: 'line 3', rule: 'AMOUNT' }] });
    expect(await payments()).toEqual(before);
    expect(await open()).toEqual([]);
  });
});

it('any order and repetition of statements gives the same state; Σ paid = ledger', async () => {
  let round = 0;
  const story = fc.record({
    fate: fc.array(fc.constantFrom('PAID', 'RETURNED', 'OTHER', 'NOTHING'), { minLength: 1, maxLength: 4 }),
    order: fc.array(fc.nat({ max: 99 }), { minLength: 8, maxLength: 8 }),
  });
  await fc.assert(
    fc.asyncProperty(story, async ({ fate, order }) => {
      const outcomes: unknown[] = [];
      for (const shuffled of [false, true]) {
        round += 1;
        const ids: string[] = [];
        for (const [place] of fate.entries()) ids.push(await due(`P${round}X${place}`, '50.00'));
        await approved(...ids);
        const lines = fate.flatMap((each, place): Line[] => {
          const id = ids[place] ?? '';
          if (each === 'NOTHING') return [];
          if (each === 'OTHER') return [{ id, amount: '49.00' }];
          return each === 'PAID'
            ? [{ id, amount: '50.00' }]
            : [
                { id, amount: '50.00' },
                { id, amount: '50.00', back: true, day: '2025-12-09' },
              ];
        });
        const statements = shuffled
          ? lines
              .map((line, place) => ({ line, key: order[place] ?? 0 }))
              .toSorted((a, b) => a.key - b.key)
              .map(({ line }) => [line])
          : [lines];
        for (const [place, statement] of [...statements, ...(shuffled ? statements : [])].entries())
          if (statement.length > 0) await take(statement, `p${shuffled ? place : ''}`);
        const states = await payments();
        outcomes.push(ids.map((id) => states.find((each) => each.id === id)?.state));
        const [paid, ledger] = await sums();
        expect(paid).toBe(ledger);
      }
      expect(outcomes[1]).toEqual(outcomes[0]);
      expect(outcomes[0]).toEqual(fate.map((each) => (each === 'PAID' || each === 'RETURNED' ? each : 'APPROVED')));
    }),
    { numRuns: 4, seed: 5 },
  );
  expect((await trialBalance(platform().db)).balanced).toBe(true);
});
