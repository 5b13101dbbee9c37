/** Whoever changes the audit log behind the program's back is found out: each row and each seal (O-50). */
import { describe, expect, it } from 'vitest';
import { fileWorld } from '../../../../tests/support/database.ts';
import { until } from '../../../../tests/support/until.ts';
import { writeAudit } from './audit.ts';
import { sealAudit, verifyAudit } from './audit-seals.ts';
import { inTransaction, sql, type Tx } from './database/database.ts';

const world = fileWorld();
const now = () => world().clock.now();
const write = (tx: Tx, object: string) =>
  writeAudit(
    tx,
    {
      actor: 'ann',
      role: 'OM',
      action: 'instance.freeze',
      object,
      result: 'done',
      ip: null,
      requestId: 'r',
      traceId: null,
    },
    now(),
  );
const db = () => world().platform.db;

class Undone extends Error {}
/** What the chain says after somebody with all rights on the database did this; undone afterwards. */
async function tampered(...statements: readonly string[]) {
  const found: Awaited<ReturnType<typeof verifyAudit>>[] = [];
  for (const table of ['audit_log', 'audit_seals', 'audit_sealed'])
    await sql.raw(`ALTER TABLE platform.${table} DISABLE TRIGGER USER`).execute(db());
  const copies = ['audit_log', 'audit_seals', 'audit_sealed'] as const;
  for (const copy of copies) await sql.raw(`CREATE TABLE public.${copy} AS TABLE platform.${copy}`).execute(db());
  for (const statement of statements) await sql.raw(statement).execute(db());
  found.push(await verifyAudit(db()));
  for (const copy of copies.toReversed()) {
    await sql.raw(`DELETE FROM platform.${copy}`).execute(db());
    await sql.raw(`INSERT INTO platform.${copy} OVERRIDING SYSTEM VALUE TABLE public.${copy}`).execute(db());
    await sql.raw(`DROP TABLE public.${copy}`).execute(db());
    await sql.raw(`ALTER TABLE platform.${copy} ENABLE TRIGGER USER`).execute(db());
  }
  return found[0]?.faults.map(({ kind, row, seal }) => `${kind} ${row ?? ''}/${seal ?? ''}`) ?? [];
}

describe('the audit log', () => {
  it('is sealed in batches, the uncommitted later; what was undone is no gap', async () => {
    await inTransaction(db(), (tx) => write(tx, 'a'));
    await inTransaction(db(), async (tx) => {
      await write(tx, 'never');
      throw new Undone();
    }).catch((error: unknown) => expect(error).toBeInstanceOf(Undone));
    await inTransaction(db(), async (tx) => {
      await write(tx, 'late');
      await sql`SELECT 1`.execute(tx);
      await inTransaction(db(), (other) => write(other, 'b'));
      await sealAudit(db(), now());
    });
    await sealAudit(db(), now());
    const found = await verifyAudit(db());
    expect(found).toMatchObject({ ok: true, unsealed: 0, faults: [] });
    expect(found.seals).toBeGreaterThanOrEqual(2);
    expect(await sealAudit(db(), now())).toBe(0);
  });

  it('a row that is altered, removed or put in later is named, and a seal too', async () => {
    const { rows } = await sql<{
      seq: number;
    }>`SELECT min(seq) AS seq FROM platform.audit_log WHERE object IN ('a')`.execute(db());
    const seq = rows[0]?.seq ?? 0;
    expect(await tampered(`UPDATE platform.audit_log SET actor = 'bob' WHERE seq = ${seq}`)).toEqual([
      expect.stringMatching(`^altered ${seq}/`),
    ]);
    expect(await tampered(`DELETE FROM platform.audit_log WHERE seq = ${seq}`)).toEqual([
      expect.stringMatching(`^removed ${seq}/`),
    ]);
    // what still runs elsewhere on the server keeps the horizon back for a moment
    await until('the horizon moves', async () => {
      await sealAudit(db(), now());
      const { rows: below } =
        await sql`SELECT FROM platform.audit_sealing g, platform.audit_log a WHERE a.seq = ${seq} AND a.written_by < g.sealed_below`.execute(
          db(),
        );
      return below.length > 0;
    });
    expect(
      await tampered(
        `INSERT INTO platform.audit_log (occurred_at, actor, role, action, object, result, request_id, written_by)
         SELECT occurred_at, 'eve', role, action, object, result, request_id, written_by FROM platform.audit_log WHERE seq = ${seq}`,
      ),
    ).toEqual([expect.stringMatching(/^inserted \d+\/$/)]);
    expect(await tampered(`UPDATE platform.audit_seals SET hash = repeat('0', 64) WHERE seal_number = 1`)).toContain(
      'seal /1',
    );
    expect((await verifyAudit(db())).ok).toBe(true);
  });

  it('a chain made anew is not the one whose head was kept', async () => {
    const { head } = await verifyAudit(db());
    expect((await verifyAudit(db(), head)).ok).toBe(true);
    expect(await verifyAudit(db(), { seal: head?.seal ?? 0, hash: 'f'.repeat(64) })).toMatchObject({
      ok: false,
      faults: [{ kind: 'other-chain' }],
    });
  });
});
