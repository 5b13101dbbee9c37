/** A closed month never changes: what commits late stands in the open one, with its own instant. */
import { describe, expect, it } from 'vitest';
import { fileDatabase } from '../../../../tests/support/database.ts';
import { inTransaction, sql } from '../platform/database/database.ts';
import { type Currency, decimal, money } from '../platform/money.ts';
import { seededRandom, uuid } from '../platform/random.ts';
import { accountsOf, statementOf, trialOf, turnoverOf } from './books.ts';
import { BANK, PLATFORM_FEES, PREPAID, postEntry, sealEntries, sellerAccount, verifyLedger } from './index.ts';
import { writeJournal } from './journal.ts';
import { accountPath, JOURNAL_FORMATS, type JournalFormat } from './journal-text.ts';
import { closeMonth, firstOpenMonth, monthSpan } from './months.ts';

const ZONE = 'Asia/Shanghai';
const database = fileDatabase();
const random = seededRandom('months');
const at = (text: string) => new Date(`${text}+08:00`);

async function posted(
  executor: Parameters<typeof postEntry>[0],
  when: Date,
  [debit, credit, amount]: readonly [string, string, string],
  currency: Currency = 'CNY',
): Promise<string> {
  const entryId = uuid(random);
  const value = money(amount, currency);
  const postings = [
    { account: debit, debit: value },
    { account: credit, credit: value },
  ];
  const entry = { entryId, kind: 'ADJUSTMENT' as const, reference: `"${entryId}"; a|b`, traceId: 't', postings };
  await postEntry(executor, entry, when);
  return entryId;
}
const close = (month: string, now: Date) =>
  inTransaction(database().db, (tx) => closeMonth(tx, month, { timeZone: ZONE, closedBy: 'finance', now }));
const trial = async (month: string) =>
  (await trialOf(database().db, monthSpan(month, ZONE))).map(
    (row) => `${row.kind} ${row.currency} ${row.opening} +${row.debit} -${row.credit} = ${row.closing}`,
  );

interface ReadJournal {
  readonly sums: Map<string, string>;
  /** entries whose amounts do not add up to zero in a currency */
  readonly lopsided: readonly string[];
  /** accounts and currencies that are used and not opened or declared */
  readonly undeclared: readonly string[];
}
/** A reader of the few forms that both programs take, which knows nothing of how they are written. */
function readJournal(text: string): ReadJournal {
  const sums = new Map<string, string>();
  const lopsided: string[] = [];
  const [declared, used] = [new Set<string>(), new Set<string>()];
  const add = (to: Map<string, string>, key: string, amount: string) =>
    to.set(
      key,
      decimal(to.get(key) ?? '0')
        .plus(amount)
        .toFixed(),
    );
  for (const block of text.split('\n\n')) {
    const [head = '', ...rest] = block.split('\n');
    for (const line of [head, ...rest]) {
      const [, account, currencies = ''] = /^(?:account|\S+ open) (\S+)(?: (\S+))?$/.exec(line) ?? [];
      if (account !== undefined) for (const each of [account, ...currencies.split(',')]) declared.add(each);
      const [, commodity] = /^commodity 1000\.00 ([A-Z]{3})$/.exec(line) ?? [];
      if (commodity !== undefined) declared.add(commodity);
    }
    const entry = new Map<string, string>();
    for (const line of rest) {
      const [, account, amount, currency] =
        /^\s{2,}([A-Z][A-Za-z0-9:-]*)\s{2}(-?\d+\.\d{2,}) ([A-Z]{3})$/.exec(line) ?? [];
      if (account === undefined || amount === undefined || currency === undefined) continue;
      add(sums, `${account} ${currency}`, amount);
      add(entry, currency, amount);
      for (const each of [account, currency]) used.add(each);
    }
    if ([...entry.values()].some((sum) => sum !== '0')) lopsided.push(head);
  }
  return { sums, lopsided, undeclared: [...used].filter((each) => !declared.has(each)) };
}
const sumsOf = (text: string): Map<string, string> => readJournal(text).sums;
async function journal(format: JournalFormat, from: string | null = null, to: string | null = null): Promise<string> {
  let text = '';
  await writeJournal(database().db, { format, timeZone: ZONE, from, to }, async (piece) => {
    text += piece;
  });
  return text;
}

describe('the books by month', () => {
  it('close one month after the other, once it is over', async () => {
    const { db } = database();
    expect(await firstOpenMonth(db, ZONE)).toBeNull();
    await posted(db, at('2025-12-31T23:59:59'), [BANK, PREPAID, '100']);
    await posted(db, at('2026-01-01T00:00:00'), [PREPAID, sellerAccount('s'), '60']);
    await posted(db, at('2026-01-02T00:00:00'), [PREPAID, PLATFORM_FEES, '0.0305']);
    await posted(db, at('2026-01-02T00:00:00'), [BANK, PREPAID, '7'], 'USD');
    expect(await firstOpenMonth(db, ZONE)).toBe('202512');
    expect(await close('202601', at('2026-02-01T00:00:00'))).toEqual({ kind: 'other-first', month: '202512' });
    expect(await close('202512', at('2025-12-31T23:59:59'))).toEqual({ kind: 'not-over' });
    expect(await close('202512', at('2026-01-01T00:00:00'))).toEqual({ kind: 'closed', accounts: 2 });
    expect(await close('202512', at('2026-01-01T00:00:00'))).toEqual({ kind: 'other-first', month: '202601' });
    expect(await trial('202512')).toEqual([
      'orders:prepaid CNY 0.00 +0.00 -100.00 = -100.00',
      'platform:bank CNY 0.00 +100.00 -0.00 = 100.00',
    ]);
    expect(await trial('202601')).toEqual([
      'orders:prepaid CNY -100.00 +60.0305 -0.00 = -39.9695',
      'platform:bank CNY 100.00 +0.00 -0.00 = 100.00',
      'platform:revenue CNY 0.00 +0.00 -0.0305 = -0.0305',
      'seller:payable CNY 0.00 +0.00 -60.00 = -60.00',
      'orders:prepaid USD 0.00 +0.00 -7.00 = -7.00',
      'platform:bank USD 0.00 +7.00 -0.00 = 7.00',
    ]);
  });

  it('put what commits after the closing into the open month, and keep when it happened', async () => {
    const { db } = database();
    const before = await trial('202601');
    const happened = at('2026-01-31T23:59:58');
    let late = '';
    await inTransaction(db, async (tx) => {
      late = await posted(tx, happened, [BANK, PREPAID, '3']);
      expect(await close('202601', at('2026-02-01T00:00:01'))).toEqual({ kind: 'closed', accounts: 5 });
    });
    await sealEntries(db, at('2026-02-01T00:00:02'));
    expect(await trial('202601')).toEqual(before);
    const query = { account: BANK, currency: 'CNY' as const, after: null, limit: 10 };
    expect(await statementOf(db, monthSpan('202601', ZONE), query)).toEqual([]);
    expect(await statementOf(db, monthSpan('202602', ZONE), query)).toMatchObject([
      { entryId: late, occurredAt: happened, bookedAt: at('2026-02-01T00:00:00'), debit: '3.00', balance: '103.00' },
    ]);
    expect((await verifyLedger(db)).faults).toEqual([]);
  });

  it('list accounts of a kind and lines of an account page by page, with the balance after each', async () => {
    const { db } = database();
    for (let place = 0; place < 3; place += 1)
      await posted(db, at(`2026-02-0${place + 2}T00:00:00`), [PREPAID, sellerAccount(`p${place}`), `${place + 1}`]);
    await sealEntries(db, at('2026-02-05T00:00:00'));
    const span = monthSpan('202602', ZONE);
    const first = await accountsOf(db, span, { kind: 'seller:payable', after: null, limit: 2 });
    const last = first.at(-1);
    const rest = await accountsOf(db, span, { kind: 'seller:payable', after: last ?? null, limit: 9 });
    expect([...first, ...rest].map(({ account, closing }) => `${account} ${closing}`)).toEqual([
      'seller:p0:payable -1.00',
      'seller:p1:payable -2.00',
      'seller:p2:payable -3.00',
      'seller:s:payable -60.00',
    ]);
    const query = { account: PREPAID, currency: 'CNY' as const };
    const lines = await statementOf(db, span, { ...query, after: null, limit: 2 });
    const [, second] = lines;
    const after = second ? { at: second.bookedAt, id: second.entryId, place: second.place } : null;
    const more = await statementOf(db, span, { ...query, after, limit: 9 });
    expect([...lines, ...more].map(({ balance }) => balance)).toEqual(['-42.9695', '-41.9695', '-39.9695', '-36.9695']);
    expect(await turnoverOf(db, span, PREPAID)).toMatchObject([
      { currency: 'CNY', opening: '-39.9695', debit: '6.00', credit: '3.00', closing: '-36.9695' },
      { currency: 'USD', closing: '-7.00' },
    ]);
  });

  it('are not closed over an entry that does not add up', async () => {
    const undone = inTransaction(database().db, async (tx) => {
      await sql`INSERT INTO ledger.entries VALUES ('00000000-0000-4000-8000-000000000009', 'BILL', 'bad', ${at('2026-02-06T00:00:00')}, 't')`.execute(
        tx,
      );
      await sql`INSERT INTO ledger.postings VALUES ('00000000-0000-4000-8000-000000000009', 1, 'x', 'CNY', 1, 0)`.execute(
        tx,
      );
      const outcome = await closeMonth(tx, '202602', { timeZone: ZONE, closedBy: 'f', now: at('2026-03-01T00:00:00') });
      expect(outcome).toMatchObject({ kind: 'unbalanced', entryIds: ['00000000-0000-4000-8000-000000000009'] });
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
  });
});

describe('the journal', () => {
  it.each(JOURNAL_FORMATS)(
    '%s: every account has the sum that the ledger has, and is opened; every entry adds up to zero',
    async (format) => {
      const { db } = database();
      await posted(db, at('2026-02-07T00:00:00'), [BANK, sellerAccount('a_b:c'), '0.1']); // not sealed yet
      const { rows } = await sql<{ account: string; currency: string; amount: string }>`
      SELECT account, currency, trim_scale(sum(debit - credit))::text AS amount FROM ledger.postings GROUP BY account, currency`.execute(
        db,
      );
      const expected = new Map(rows.map((row) => [`${accountPath(row.account)} ${row.currency}`, row.amount]));
      expect(sumsOf(await journal(format))).toEqual(expected);
      // from a day on: what was before stands in one opening entry, so that the balances are the same
      const since = await journal(format, '2026-01-02');
      for (const text of [await journal(format), since])
        expect(readJournal(text)).toMatchObject({ lopsided: [], undeclared: [] });
      expect(sumsOf(since)).toEqual(expected);
      expect(since.match(/OPENING/g)).toHaveLength(1);
      const until = sumsOf(await journal(format, null, '2025-12-31'));
      expect([...until.values()].toSorted()).toEqual(['-100', '100']);
    },
  );

  it('opens each account before it is used, and keeps signs that would mean something else out of names and texts', async () => {
    expect(accountPath('seller:a_b:c:payable')).toBe('Liabilities:Sellers:S-a-u5f-b-u3a-c');
    const beancount = await journal('beancount');
    expect(beancount).toMatch(/^2025-12-31 open Assets:Bank CNY,USD$/m);
    expect(beancount).toMatch(/^\d{4}-\d\d-\d\d \* "ADJUSTMENT" "\\"[0-9a-f-]+\\"; a\|b"$/m);
    expect(beancount).toMatch(/^ {2}occurred: "2026-01-31T15:59:58.000Z"$/m);
    const hledger = await journal('hledger');
    expect(hledger).toMatch(/^account Liabilities:Sellers:S-s$/m);
    expect(hledger).toMatch(/^2026-02-01 \* ADJUSTMENT "[0-9a-f-]+", a,b$/m);
  });
});
