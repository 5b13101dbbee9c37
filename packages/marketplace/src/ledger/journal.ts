/** The ledger as a journal for other programs, streamed: one state of the database, a thousand entries in memory. */
import { type Db, type Executor, inTransaction, sql } from '../platform/database/database.ts';
import { daysLater, localMs, midnightOf } from '../platform/site.ts';
import { JOURNAL_WORDS, type JournalEntry, type JournalFormat, type JournalPosting } from './journal-text.ts';

export interface JournalOptions {
  readonly format: JournalFormat;
  readonly timeZone: string;
  /** first and last day, `YYYY-MM-DD`; what was before the first is one entry of opening balances */
  readonly from: string | null;
  readonly to: string | null;
}

const AT_ONCE = 1_000;

/**
 * Writes the journal piece by piece; `write` is waited for, so that no more is read than is taken.
 * @returns how many entries, without the opening balances
 */
export function writeJournal(db: Db, options: JournalOptions, write: (text: string) => Promise<void>): Promise<number> {
  const { format, timeZone, from, to } = options;
  const words = JOURNAL_WORDS[format];
  const range: Range = {
    from: from === null ? null : midnightOf(from, timeZone),
    until: to === null ? null : daysLater(midnightOf(to, timeZone), 1, timeZone),
  };
  const dayOf = (instant: Date) => new Date(localMs(instant, timeZone)).toISOString().slice(0, 10);
  return inTransaction(
    db,
    async (tx) => {
      await write(words.header(titleOf(options)));
      const opening = range.from === null ? [] : await openingBalances(tx, range.from);
      const commodities = new Set<string>();
      for await (const rows of cursor<AccountRow>(tx, 'journal_accounts', accounts(range))) {
        await write(
          rows
            .map(({ account, first, currencies }) => words.account({ account, day: from ?? dayOf(first), currencies }))
            .join(''),
        );
        for (const currency of rows.flatMap(({ currencies }) => currencies)) commodities.add(currency);
      }
      await write(words.commodities([...commodities].toSorted()));
      if (from !== null && opening.length > 0)
        await write(words.entry({ day: from, title: 'OPENING', reference: 'balances', notes: {}, postings: opening }));
      let entries = 0;
      for await (const rows of cursor<BookedRow>(tx, 'journal_entries', booked(range))) {
        await write(rows.map((row) => words.entry(entryOf(row, dayOf))).join(''));
        entries += rows.length;
      }
      return entries;
    },
    ' ISOLATION LEVEL REPEATABLE READ, READ ONLY',
  );
}

interface Range {
  readonly from: Date | null;
  readonly until: Date | null;
}

interface BookedRow {
  readonly entry_id: string;
  readonly kind: string;
  readonly reference: string;
  readonly trace_id: string;
  readonly occurred_at: Date;
  readonly booked_at: Date;
  readonly postings: readonly JournalPosting[];
}

interface AccountRow {
  readonly account: string;
  readonly first: Date;
  readonly currencies: readonly string[];
}

const titleOf = ({ from, to }: JournalOptions) =>
  ['Jishi ledger', ...(from === null ? [] : [`from ${from}`]), ...(to === null ? [] : [`to ${to}`])].join(' ');

/** An entry with its day in the books; one that happened in a closed month says when it did. */
function entryOf(row: BookedRow, dayOf: (instant: Date) => string): JournalEntry {
  const late = row.occurred_at < row.booked_at ? { occurred: row.occurred_at.toISOString() } : {};
  const notes = { entry: row.entry_id, trace: row.trace_id, ...late };
  return { day: dayOf(row.booked_at), title: row.kind, reference: row.reference, notes, postings: row.postings };
}

/** Sealed entries by the instant they are booked at, the others by the one that they will get. */
const bookedAt = sql`coalesce(s.booked_at, greatest(e.occurred_at, (SELECT max(ends_at) FROM ledger.closings)))`;

const within = ({ from, until }: Range) =>
  sql`(${from}::timestamptz IS NULL OR ${bookedAt} >= ${from}) AND (${until}::timestamptz IS NULL OR ${bookedAt} < ${until})`;

const booked = (range: Range) => sql`
  SELECT e.entry_id, e.kind, e.reference, e.trace_id, e.occurred_at, ${bookedAt} AS booked_at,
    (SELECT json_agg(json_build_object('account', p.account, 'currency', p.currency, 'amount', trim_scale(p.debit - p.credit)::text) ORDER BY p.place)
     FROM ledger.postings p WHERE p.entry_id = e.entry_id) AS postings
  FROM ledger.entries e LEFT JOIN ledger.sealed_entries s USING (entry_id)
  WHERE ${within(range)} ORDER BY booked_at, e.entry_id`;

/** Every account of the journal, also one that only has an opening balance. */
const accounts = ({ until }: Range) => sql`
  SELECT p.account, min(${bookedAt}) AS first, array_agg(DISTINCT p.currency) AS currencies
  FROM ledger.entries e LEFT JOIN ledger.sealed_entries s USING (entry_id) JOIN ledger.postings p ON p.entry_id = e.entry_id
  WHERE ${within({ from: null, until })} GROUP BY p.account ORDER BY p.account`;

async function openingBalances(tx: Executor, from: Date): Promise<JournalPosting[]> {
  const { rows } = await sql<JournalPosting>`
    SELECT p.account, p.currency, trim_scale(sum(p.debit - p.credit))::text AS amount
    FROM ledger.entries e LEFT JOIN ledger.sealed_entries s USING (entry_id) JOIN ledger.postings p ON p.entry_id = e.entry_id
    WHERE ${within({ from: null, until: from })} GROUP BY p.account, p.currency HAVING sum(p.debit) <> sum(p.credit)
    ORDER BY p.account, p.currency`.execute(tx);
  return rows;
}

/** Rows of a query a thousand at a time. */
async function* cursor<T>(tx: Executor, name: string, query: ReturnType<typeof sql>): AsyncGenerator<readonly T[]> {
  await sql`DECLARE ${sql.raw(name)} NO SCROLL CURSOR FOR ${query}`.execute(tx);
  for (;;) {
    const { rows } = await sql<T>`FETCH ${sql.raw(String(AT_ONCE))} FROM ${sql.raw(name)}`.execute(tx);
    if (rows.length > 0) yield rows;
    if (rows.length < AT_ONCE) break;
  }
  await sql`CLOSE ${sql.raw(name)}`.execute(tx);
}
