/**
 * The audit log's chain of seals (O-50, design.md 4.10): what is committed and in no seal yet is sealed in batches beside the
 * work, each seal over the digests of its rows and the seal before. A row carries the transaction that wrote it, so that one
 * that commits late falls into a later seal and none is passed over (as in `ledger/sealing.ts`).
 */
import { type Db, type Executor, inTransaction, sql } from './database/database.ts';
import type { Migration } from './database/migrations.ts';
import { BEFORE_ALL, hashOfSeal, sha256 } from './hash-chain.ts';

const CHAIN_BEGINS = `INSERT INTO platform.audit_sealing (server, sealed_below, head_number, head_hash) VALUES ('', '0', 0, '${BEFORE_ALL}')`;

/** For who has emptied the whole log (a test): its chain begins anew. */
export async function beginAuditChain(tx: Executor): Promise<void> {
  await sql.raw(CHAIN_BEGINS).execute(tx);
}

export const auditSealsSchema: Migration = {
  id: '0004-audit-seals',
  sql: `
ALTER TABLE platform.audit_log ADD COLUMN written_by xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX ON platform.audit_log (written_by);
CREATE TABLE platform.audit_seals (
  seal_number bigint PRIMARY KEY, sealed_at timestamptz NOT NULL, rows int NOT NULL, previous text NOT NULL, hash text NOT NULL
);
CREATE TABLE platform.audit_sealed (seq bigint PRIMARY KEY, seal_number bigint NOT NULL, digest text NOT NULL);
CREATE INDEX ON platform.audit_sealed (seal_number);
CREATE TABLE platform.audit_sealing (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row), server text NOT NULL, sealed_below xid8 NOT NULL,
  head_number bigint NOT NULL, head_hash text NOT NULL
);
${CHAIN_BEGINS};
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON platform.audit_seals
  FOR EACH STATEMENT EXECUTE FUNCTION platform.audit_is_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON platform.audit_sealed
  FOR EACH STATEMENT EXECUTE FUNCTION platform.audit_is_append_only();
`,
};

/** rows of one seal: some hundred kilobytes of text */
const BATCH = 1_000;

interface AuditRow {
  readonly seq: number;
  readonly text: string;
}
/** What a digest is made of: every member of the row, the instant with all of its digits. */
const text = sql`json_build_array(a.seq, to_char(a.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), a.actor, a.role,
  a.action, a.object, a.result, a.ip, a.request_id, a.trace_id, a.on_behalf_of, a.changes)::text`;

/** Seals what is committed. @returns how many rows; less than there are when another worker is at it */
export async function sealAudit(db: Db, now: Date, mostBatches = 100): Promise<number> {
  let sealed = 0;
  for (let batch = 0; batch < mostBatches; batch += 1) {
    const count = await inTransaction(db, (tx) => sealBatch(tx, now));
    sealed += count;
    if (count < BATCH) break;
  }
  return sealed;
}

async function sealBatch(tx: Executor, now: Date): Promise<number> {
  const { rows: states } = await sql<{
    known: string;
    server: string;
    below: string;
    horizon: string;
    number: number;
    hash: string;
  }>`
    SELECT server AS known, (SELECT system_identifier::text FROM pg_control_system()) AS server, sealed_below::text AS below,
      pg_snapshot_xmin(pg_current_snapshot())::text AS horizon, head_number AS number, head_hash AS hash
    FROM platform.audit_sealing FOR UPDATE SKIP LOCKED`.execute(tx);
  const [state] = states;
  if (!state) return 0;
  // rows that came from another server were counted by other transactions: all are looked at once
  const moved = state.known !== state.server || BigInt(state.below) > BigInt(state.horizon);
  const from = moved ? '0' : state.below;
  const { rows } = await sql<AuditRow & { written_by: string }>`
    SELECT a.seq, ${text} AS text, a.written_by::text AS written_by FROM platform.audit_log a
    WHERE a.written_by >= ${from}::xid8 AND NOT EXISTS (SELECT FROM platform.audit_sealed s WHERE s.seq = a.seq)
    ORDER BY a.written_by, a.seq LIMIT ${BATCH}`.execute(tx);
  const last = rows.reduce((most, row) => (BigInt(row.written_by) > most ? BigInt(row.written_by) : most), 0n);
  const horizon = BigInt(state.horizon);
  const below = String(rows.length < BATCH || last > horizon ? horizon : last);
  if (rows.length > 0)
    await addSeal(
      tx,
      state,
      rows.toSorted((one, other) => one.seq - other.seq),
      now,
    );
  await sql`UPDATE platform.audit_sealing SET server = ${state.server}, sealed_below = ${below}::xid8`.execute(tx);
  return rows.length;
}

async function addSeal(
  tx: Executor,
  { number: last, hash: previous }: { readonly number: number; readonly hash: string },
  rows: readonly AuditRow[],
  now: Date,
): Promise<void> {
  const number = last + 1;
  const digests = rows.map((row) => sha256(row.text));
  const hash = hashOfSeal({ number, previous, sealedAt: now.toISOString(), digests });
  await sql`INSERT INTO platform.audit_seals (seal_number, sealed_at, rows, previous, hash)
    VALUES (${number}, ${now}, ${rows.length}, ${previous}, ${hash})`.execute(tx);
  await sql`INSERT INTO platform.audit_sealed (seq, seal_number, digest)
    SELECT seq, ${number}, digest FROM unnest(${rows.map(({ seq }) => seq)}::bigint[], ${digests}::text[]) AS s (seq, digest)`.execute(
    tx,
  );
  await sql`UPDATE platform.audit_sealing SET head_number = ${number}, head_hash = ${hash}`.execute(tx);
}

export interface AuditHead {
  readonly seal: number;
  readonly hash: string;
}
/** What is not as it was sealed: a row, or a seal itself. */
export interface AuditFault {
  readonly kind: 'altered' | 'removed' | 'inserted' | 'seal' | 'other-chain';
  /** of the audit log; null = it is about the seal */
  readonly row: number | null;
  readonly seal: number | null;
}
export interface AuditVerification {
  readonly ok: boolean;
  readonly seals: number;
  readonly rows: number;
  /** of the last seconds, in no seal yet */
  readonly unsealed: number;
  readonly head: AuditHead | null;
  readonly faults: readonly AuditFault[];
  readonly more: boolean;
}
const MOST_FAULTS = 200;

/** Reads one state of the database, seal by seal, while work goes on. @param kept a head from elsewhere: the chain must run through it */
export function verifyAudit(db: Db, kept: AuditHead | null = null): Promise<AuditVerification> {
  return inTransaction(db, (tx) => verifyIn(tx, kept), ' ISOLATION LEVEL REPEATABLE READ, READ ONLY');
}

async function verifyIn(tx: Executor, kept: AuditHead | null): Promise<AuditVerification> {
  const faults: AuditFault[] = [];
  const { rows: ends } = await sql<{
    number: number;
    hash: string;
  }>`SELECT head_number AS number, head_hash AS hash FROM platform.audit_sealing`.execute(tx);
  const head = ends[0] ?? { number: 0, hash: '' };
  let [before, rows, through]: [{ number: number; hash: string }, number, boolean] = [
    { number: 0, hash: BEFORE_ALL },
    0,
    kept === null,
  ];
  for (;;) {
    const seal = await sealAfter(tx, before.number);
    if (!seal) break;
    const members = await membersOf(tx, seal.number);
    faults.push(...sealFaults(before, seal, members));
    rows += members.length;
    through ||= seal.number === kept?.seal && seal.hash === kept.hash;
    before = seal;
  }
  if (before.number !== head.number || before.hash !== head.hash)
    faults.push({ kind: 'seal', row: null, seal: head.number });
  if (!through) faults.push({ kind: 'other-chain', row: null, seal: kept?.seal ?? null });
  faults.push(...(await strayRows(tx)));
  return {
    ok: faults.length === 0,
    seals: before.number,
    rows,
    unsealed: await countUnsealed(tx),
    head: head.number === 0 ? null : { seal: head.number, hash: head.hash },
    faults: faults.slice(0, MOST_FAULTS),
    more: faults.length > MOST_FAULTS,
  };
}

interface Seal {
  readonly number: number;
  readonly sealedAt: Date;
  readonly rows: number;
  readonly previous: string;
  readonly hash: string;
}
interface Member {
  readonly seq: number;
  readonly digest: string;
  /** null = the row is gone */
  readonly text: string | null;
}

async function sealAfter(tx: Executor, number: number): Promise<Seal | null> {
  const { rows } =
    await sql<Seal>`SELECT seal_number AS number, sealed_at AS "sealedAt", rows, previous, hash FROM platform.audit_seals
    WHERE seal_number > ${number} ORDER BY seal_number LIMIT 1`.execute(tx);
  return rows[0] ?? null;
}

async function membersOf(tx: Executor, number: number): Promise<Member[]> {
  const { rows } = await sql<Member>`SELECT s.seq, s.digest, CASE WHEN a.seq IS NULL THEN NULL ELSE ${text} END AS text
    FROM platform.audit_sealed s LEFT JOIN platform.audit_log a ON a.seq = s.seq WHERE s.seal_number = ${number} ORDER BY s.seq`.execute(
    tx,
  );
  return rows;
}

function sealFaults(
  before: { readonly number: number; readonly hash: string },
  seal: Seal,
  members: readonly Member[],
): AuditFault[] {
  const digests = members.map(({ digest }) => digest);
  const hash = hashOfSeal({
    number: seal.number,
    previous: before.hash,
    sealedAt: seal.sealedAt.toISOString(),
    digests,
  });
  const right =
    seal.number === before.number + 1 &&
    seal.previous === before.hash &&
    seal.hash === hash &&
    seal.rows === members.length;
  const rows = members.flatMap(({ seq, digest, text: now }): AuditFault[] => {
    if (now === null) return [{ kind: 'removed', row: seq, seal: seal.number }];
    return sha256(now) === digest ? [] : [{ kind: 'altered', row: seq, seal: seal.number }];
  });
  return right ? rows : [...rows, { kind: 'seal', row: null, seal: seal.number }];
}

/** Rows that say they are older than what is sealed, and are in no seal: put there later. */
async function strayRows(tx: Executor): Promise<AuditFault[]> {
  const { rows } = await sql<{ seq: number }>`SELECT a.seq FROM platform.audit_log a, platform.audit_sealing g
    WHERE a.written_by < g.sealed_below AND g.server = (SELECT system_identifier::text FROM pg_control_system())
      AND NOT EXISTS (SELECT FROM platform.audit_sealed s WHERE s.seq = a.seq) ORDER BY a.seq LIMIT ${MOST_FAULTS}`.execute(
    tx,
  );
  return rows.map(({ seq }) => ({ kind: 'inserted', row: seq, seal: null }));
}

async function countUnsealed(tx: Executor): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT count(*) AS count FROM platform.audit_log a
    WHERE NOT EXISTS (SELECT FROM platform.audit_sealed s WHERE s.seq = a.seq)`.execute(tx);
  return rows[0]?.count ?? 0;
}
