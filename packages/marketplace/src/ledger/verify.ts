/**
 * Whether the books are as they were sealed: the chain, each entry, the sums. Each fault is told with the entry and the seal
 * it is about, in words for somebody who never saw the tables.
 */
import { type Db, type Executor, inTransaction, sql } from '../platform/database/database.ts';
import { BEFORE_ALL } from '../platform/hash-chain.ts';
import { entryColumns, utcText } from './sealing.ts';
import { booksFaults } from './verify-books.ts';
import { type Fault, fault } from './verify-faults.ts';
import { type Member, type SealRow, sealFaults } from './verify-seal.ts';

export interface Head {
  readonly seal: number;
  readonly hash: string;
}

export interface Verification {
  readonly ok: boolean;
  /** seals and entries that were looked at */
  readonly seals: number;
  readonly entries: number;
  /** entries that wait for the next seal; each is checked to balance, its text is not sealed yet */
  readonly unsealed: number;
  /** the end of the chain: whoever keeps it elsewhere can prove later that nothing before it was changed since */
  readonly head: Head | null;
  readonly faults: readonly Fault[];
  /** there are more faults than are told */
  readonly more: boolean;
}

const MOST_FAULTS = 200;
/** seals read at once: at most twenty thousand entries in memory */
const SEALS_AT_ONCE = 20;

export interface VerifyOptions {
  /** only the newest seals; the sums are checked in any case */
  readonly latest?: number;
  /** a head that was kept elsewhere: the chain must run through it */
  readonly kept?: Head;
}

/** Reads one state of the database, in bounded memory, while work goes on. */
export function verifyLedger(db: Db, options: VerifyOptions = {}): Promise<Verification> {
  return inTransaction(db, (tx) => verifyIn(tx, options), ' ISOLATION LEVEL REPEATABLE READ, READ ONLY');
}

/** The same in the caller's transaction. */
export async function verifyIn(tx: Executor, { latest, kept }: VerifyOptions = {}): Promise<Verification> {
  const faults: Fault[] = [];
  const { rows: states } = await sql<{ head_number: number; head_hash: string }>`
    SELECT head_number, head_hash FROM ledger.sealing`.execute(tx);
  const head = { number: states[0]?.head_number ?? 0, hash: states[0]?.head_hash ?? '' };
  let before = await startOf(tx, latest === undefined ? 0 : Math.max(0, head.number - latest));
  let seals = 0;
  let entries = 0;
  let through = kept === undefined || kept.seal <= before.number;
  for (;;) {
    const batch = await sealsAfter(tx, before.number);
    if (batch.length === 0) break;
    const members = await membersOf(tx, batch);
    for (const seal of batch) {
      const own = members.get(seal.number) ?? [];
      faults.push(...sealFaults(before, seal, own));
      entries += own.length;
      through ||= seal.number === kept?.seal && seal.hash === kept.hash;
      before = seal;
    }
    seals += batch.length;
  }
  if (before.number !== head.number || before.hash !== head.hash) faults.push(fault.end(before.number, head.number));
  if (!through && kept) faults.push(fault.otherChain(kept.seal));
  faults.push(...(await strayMembers(tx)), ...(await olderThanTheirSeal(tx)), ...(await booksFaults(tx)));
  return {
    ok: faults.length === 0,
    seals,
    entries,
    unsealed: await countUnsealed(tx),
    head: head.number === 0 ? null : { seal: head.number, hash: head.hash },
    faults: faults.slice(0, MOST_FAULTS),
    more: faults.length > MOST_FAULTS,
  };
}

async function startOf(tx: Executor, number: number): Promise<{ number: number; hash: string }> {
  if (number === 0) return { number: 0, hash: BEFORE_ALL };
  const { rows } = await sql<{ hash: string }>`SELECT hash FROM ledger.seals WHERE seal_number = ${number}`.execute(tx);
  return { number, hash: rows[0]?.hash ?? '' };
}

async function sealsAfter(tx: Executor, number: number): Promise<SealRow[]> {
  const { rows } = await sql<{
    seal_number: number;
    sealed_at: Date;
    entries: number;
    previous: string;
    hash: string;
  }>`SELECT seal_number, sealed_at, entries, previous, hash FROM ledger.seals
     WHERE seal_number > ${number} ORDER BY seal_number LIMIT ${SEALS_AT_ONCE}`.execute(tx);
  return rows.map(({ seal_number, sealed_at, ...row }) => ({
    ...row,
    number: seal_number,
    sealedAt: sealed_at.toISOString(),
  }));
}

/** The entries that each of these seals lists, in the order in which they were sealed. */
async function membersOf(tx: Executor, seals: readonly SealRow[]): Promise<Map<number, Member[]>> {
  const { rows } = await sql<Member & { readonly seal_number: number }>`
    SELECT s.seal_number, s.entry_id AS sealed_id, s.digest, ${utcText(sql.ref('s.booked_at'))} AS booked_at, ${entryColumns()}
    FROM ledger.sealed_entries s LEFT JOIN ledger.entries e USING (entry_id)
    WHERE s.seal_number = ANY(${seals.map((seal) => seal.number)}::bigint[]) ORDER BY s.seal_number, s.entry_id`.execute(
    tx,
  );
  const found = new Map<number, Member[]>();
  for (const row of rows) {
    const others = found.get(row.seal_number);
    if (others) others.push(row);
    else found.set(row.seal_number, [row]);
  }
  return found;
}

/** Members that name a seal there is not. */
async function strayMembers(tx: Executor): Promise<Fault[]> {
  const { rows } = await sql<{ entry_id: string; seal_number: number }>`
    SELECT entry_id, seal_number FROM ledger.sealed_entries m
    WHERE NOT EXISTS (SELECT FROM ledger.seals s WHERE s.seal_number = m.seal_number) ORDER BY seal_number, entry_id LIMIT ${MOST_FAULTS}`.execute(
    tx,
  );
  return rows.map((row) => fault.stray(row.entry_id, row.seal_number));
}

/** Everything that was written before the last seal's horizon is in a seal; what is not was put in behind its back. */
async function olderThanTheirSeal(tx: Executor): Promise<Fault[]> {
  const { rows } = await sql<{ entry_id: string; kind: string; reference: string }>`
    SELECT e.entry_id, e.kind, e.reference FROM ledger.entries e, ledger.sealing g
    WHERE e.written_by < g.sealed_below AND g.server = (SELECT system_identifier::text FROM pg_control_system())
      AND NOT EXISTS (SELECT FROM ledger.sealed_entries s WHERE s.entry_id = e.entry_id)
    ORDER BY e.entry_id LIMIT ${MOST_FAULTS}`.execute(tx);
  return rows.map((row) => fault.unsealedOld(row));
}

async function countUnsealed(tx: Executor): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM ledger.entries e
    WHERE NOT EXISTS (SELECT FROM ledger.sealed_entries s WHERE s.entry_id = e.entry_id)`.execute(tx);
  return rows[0]?.count ?? 0;
}
