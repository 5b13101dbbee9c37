/**
 * Entries are sealed in batches beside the purchases, never in them (design.md 4.10). Whatever is committed and in no seal
 * yet goes into the next one; any number of workers may try, one at a time adds to the chain. Sealing books an entry: into
 * the month in which it happened or, when that one is closed, into the first that is open (its own instant stays with it).
 */
import { type Db, type Executor, inTransaction, sql } from '../platform/database/database.ts';
import { hashOfSeal } from '../platform/hash-chain.ts';
import { digestOf, type EntryRow } from './sealed-text.ts';

/** entries of one seal: some hundred kilobytes of text */
const BATCH = 1_000;

/** An instant with all of its digits, the same on every server. */
export const utcText = (column: ReturnType<typeof sql.ref>) =>
  sql`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** The columns of an `EntryRow` out of `ledger.entries AS e`. */
export const entryColumns = () => sql`
  e.entry_id, e.kind, e.reference, ${utcText(sql.ref('e.occurred_at'))} AS occurred_at, e.trace_id,
  (SELECT json_agg(json_build_array(p.place, p.account, p.currency, trim_scale(p.debit)::text, trim_scale(p.credit)::text) ORDER BY p.place)
   FROM ledger.postings p WHERE p.entry_id = e.entry_id) AS postings`;

/**
 * Seals what is committed, batch by batch, a transaction each.
 * @returns how many entries; less than there are when another worker is at it
 */
export async function sealEntries(db: Db, now: Date, mostBatches = 100): Promise<number> {
  let sealed = 0;
  for (let batch = 0; batch < mostBatches; batch += 1) {
    const count = await inTransaction(db, async (tx) =>
      (await lockChain(tx, 'or leave it')) ? sealBatch(tx, now) : 0,
    );
    sealed += count;
    if (count < BATCH) break;
  }
  return sealed;
}

/** The chain's end, held until the transaction ends. @returns false = another one holds it */
export async function lockChain(tx: Executor, held: 'wait' | 'or leave it'): Promise<boolean> {
  const patience = held === 'wait' ? sql`` : sql`SKIP LOCKED`;
  const { rows } = await sql`SELECT 1 FROM ledger.sealing FOR UPDATE ${patience}`.execute(tx);
  return rows.length > 0;
}

/** Seals the next entries, for a transaction that holds the chain. @returns how many; fewer than `BATCH` = those were all */
export async function sealBatch(tx: Executor, now: Date): Promise<number> {
  const state = await chainState(tx);
  const { rows } = await sql<EntryRow & { booked_at: string; written_by: string }>`
    WITH closed AS (SELECT max(ends_at) AS until FROM ledger.closings)
    SELECT ${entryColumns()}, ${utcText(sql.ref('e.booked_at'))} AS booked_at, e.written_by::text AS written_by
    FROM (SELECT *, greatest(occurred_at, (SELECT until FROM closed)) AS booked_at FROM ledger.entries x
          WHERE x.written_by >= ${state.from}::xid8 AND NOT EXISTS (SELECT FROM ledger.sealed_entries s WHERE s.entry_id = x.entry_id)
          ORDER BY x.written_by, x.entry_id LIMIT ${BATCH}) AS e
    ORDER BY e.entry_id`.execute(tx);
  if (rows.length > 0) await addSeal(tx, state, rows, now);
  const last = rows.reduce((most, row) => (BigInt(row.written_by) > most ? BigInt(row.written_by) : most), 0n);
  const horizon = BigInt(state.horizon);
  const below = rows.length < BATCH || last > horizon ? horizon : last;
  if (String(below) !== state.from || state.moved)
    await sql`UPDATE ledger.sealing SET server = ${state.server}, sealed_below = ${String(below)}::xid8`.execute(tx);
  return rows.length;
}

interface ChainState {
  readonly server: string;
  /** whatever an unfinished transaction will write, it writes as this one or a later one */
  readonly horizon: string;
  /** everything written by earlier ones is sealed */
  readonly from: string;
  /** the rows came from another server, whose transactions were counted otherwise: all are looked at once */
  readonly moved: boolean;
  readonly number: number;
  readonly hash: string;
}

/** The horizon is taken before the entries are looked for: what the look does not see is not older. */
async function chainState(tx: Executor): Promise<ChainState> {
  const { rows } = await sql<{
    known: string;
    server: string;
    sealed_below: string;
    horizon: string;
    head_number: number;
    head_hash: string;
  }>`
    SELECT server AS known, (SELECT system_identifier::text FROM pg_control_system()) AS server, sealed_below::text AS sealed_below,
           pg_snapshot_xmin(pg_current_snapshot())::text AS horizon, head_number, head_hash FROM ledger.sealing`.execute(
    tx,
  );
  const [row] = rows;
  if (!row) throw new Error('the ledger has lost the end of its chain of seals');
  const moved = row.known !== row.server || BigInt(row.sealed_below) > BigInt(row.horizon);
  const { server, horizon, head_number: number, head_hash: hash } = row;
  return { server, horizon, from: moved ? '0' : row.sealed_below, moved, number, hash };
}

async function addSeal(
  tx: Executor,
  { number: last, hash: previous }: ChainState,
  rows: readonly (EntryRow & { booked_at: string })[],
  now: Date,
): Promise<void> {
  const number = last + 1;
  const digests = rows.map((row) => digestOf(row, row.booked_at));
  const hash = hashOfSeal({ number, previous, sealedAt: now.toISOString(), digests });
  await sql`
    INSERT INTO ledger.seals (seal_number, sealed_at, entries, previous, hash)
    VALUES (${number}, ${now}, ${rows.length}, ${previous}, ${hash})`.execute(tx);
  await sql`
    INSERT INTO ledger.sealed_entries (entry_id, seal_number, booked_at, digest)
    SELECT entry_id, ${number}, booked_at, digest
    FROM unnest(${rows.map((row) => row.entry_id)}::uuid[], ${rows.map((row) => row.booked_at)}::timestamptz[], ${digests}::text[])
      AS sealed (entry_id, booked_at, digest)`.execute(tx);
  await sql`UPDATE ledger.sealing SET head_number = ${number}, head_hash = ${hash}`.execute(tx);
}

export interface ChainEnd {
  /** how many seals there are; the last one has this number */
  readonly seals: number;
  readonly hash: string;
  readonly sealedAt: Date | null;
  /** committed entries that wait for the next seal */
  readonly unsealed: number;
}

/** How far the chain is, without checking it. */
export async function chainEnd(executor: Executor): Promise<ChainEnd> {
  const { rows } = await sql<{ seals: number; hash: string; sealed_at: Date | null; unsealed: number }>`
    SELECT g.head_number AS seals, g.head_hash AS hash, s.sealed_at,
      (SELECT count(*) FROM ledger.entries e
       WHERE (e.written_by >= g.sealed_below OR g.server <> (SELECT system_identifier::text FROM pg_control_system()))
         AND NOT EXISTS (SELECT FROM ledger.sealed_entries x WHERE x.entry_id = e.entry_id)) AS unsealed
    FROM ledger.sealing g LEFT JOIN ledger.seals s ON s.seal_number = g.head_number`.execute(executor);
  const [row] = rows;
  if (!row) throw new Error('the ledger has lost the end of its chain of seals');
  return { seals: row.seals, hash: row.hash, sealedAt: row.sealed_at, unsealed: row.unsealed };
}
