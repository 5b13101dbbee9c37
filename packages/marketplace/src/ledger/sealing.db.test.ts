/** Whoever alters the books past their triggers is found, by name; no entry escapes its seal, however late it commits. */
import { beforeAll, describe, expect, it } from 'vitest';
import { fileDatabase } from '../../../../tests/support/database.ts';
import { inTransaction, sql, type Tx } from '../platform/database/database.ts';
import { money } from '../platform/money.ts';
import { seededRandom, uuid } from '../platform/random.ts';
import { BANK, PLATFORM_FEES, PREPAID, postEntry, sealEntries, verifyLedger } from './index.ts';
import { credit } from './ledger.ts';
import { type Verification, verifyIn } from './verify.ts';

const NOW = new Date('2026-01-05T02:00:00.000Z');
const database = fileDatabase();
const random = seededRandom('sealing');

/** entries by the order in which they were posted, two to a seal */
const ids: string[] = [];
const postTo = async (executor: Parameters<typeof postEntry>[0], reference: string, amount = '10.50') => {
  const entryId = uuid(random);
  const value = money(amount, 'CNY');
  const postings = [
    { account: PREPAID, debit: value },
    { account: PLATFORM_FEES, credit: value },
  ];
  await postEntry(executor, { entryId, kind: 'ADJUSTMENT', reference, traceId: 't', postings }, NOW);
  return entryId;
};

beforeAll(async () => {
  for (let seal = 0; seal < 3; seal += 1) {
    const pair = [await postTo(database().db, `first of ${seal}`), await postTo(database().db, `second of ${seal}`)];
    ids.push(...pair.toSorted());
    await sealEntries(database().db, NOW);
  }
  const top = { entryId: uuid(random), kind: 'TOP_UP' as const, reference: 'top', traceId: 't', debit: BANK };
  await credit(database().db, 'b', { ...top, amount: money('5', 'CNY') }, NOW);
  await sealEntries(database().db, NOW);
});

const TABLES = ['entries', 'postings', 'seals', 'sealed_entries', 'closings', 'month_balances'];

/** What is found after these statements, which are then undone. */
async function tampered(...statements: string[]): Promise<Verification> {
  const found: Verification[] = [];
  const undone = inTransaction(database().db, async (tx: Tx) => {
    for (const table of TABLES) await sql.raw(`ALTER TABLE ledger.${table} DISABLE TRIGGER append_only`).execute(tx);
    for (const statement of statements) await sql.raw(statement).execute(tx);
    found.push(await verifyIn(tx));
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  const [verification] = found;
  if (!verification) throw new Error('nothing was verified');
  return verification;
}
const told = ({ faults }: Verification) => faults.map(({ kind, message }) => `${kind}: ${message.en}`);
const id = (place: number) => ids[place] ?? '';

describe('the chain of seals', () => {
  it('is right as it was made, with its head', async () => {
    const found = await verifyLedger(database().db);
    expect(found).toMatchObject({ ok: true, seals: 4, entries: 7, unsealed: 0, faults: [], head: { seal: 4 } });
    expect(found.head?.hash).toMatch(/^[0-9a-f]{64}$/);
    expect((await verifyLedger(database().db, { latest: 1 })).seals).toBe(1);
  });

  it('runs through a head that was kept elsewhere, or it was made anew', async () => {
    const { head } = await verifyLedger(database().db);
    expect((await verifyLedger(database().db, head ? { kept: head } : {})).ok).toBe(true);
    const other = await verifyLedger(database().db, { kept: { seal: 2, hash: 'f'.repeat(64) } });
    expect(told(other)).toEqual(['seal: seal 2 is not the one that was kept: the chain was made anew since']);
  });

  it('finds an altered amount, text and instant, each by its entry', async () => {
    for (const statement of [
      `UPDATE ledger.postings SET debit = debit * 2, credit = credit * 2 WHERE entry_id = '${id(2)}'`,
      `UPDATE ledger.postings SET account = 'platform:bank' WHERE entry_id = '${id(2)}' AND place = 1`,
      `UPDATE ledger.entries SET occurred_at = occurred_at + interval '1 microsecond' WHERE entry_id = '${id(2)}'`,
      `UPDATE ledger.entries SET trace_id = 'x' WHERE entry_id = '${id(2)}'`,
      `UPDATE ledger.sealed_entries SET booked_at = booked_at - interval '1 month' WHERE entry_id = '${id(2)}'`,
      `DELETE FROM ledger.postings WHERE entry_id = '${id(2)}'`,
      `INSERT INTO ledger.postings VALUES ('${id(2)}', 3, 'x', 'CNY', 1, 0), ('${id(2)}', 4, 'y', 'CNY', 0, 1)`,
    ]) {
      const found = await tampered(statement);
      expect(found.faults[0], statement).toMatchObject({ kind: 'altered', entryId: id(2), sealNumber: 2 });
    }
  });

  it('finds a removed entry, with its place in the list and without', async () => {
    const remove = [
      `DELETE FROM ledger.postings WHERE entry_id = '${id(0)}'`,
      `DELETE FROM ledger.entries WHERE entry_id = '${id(0)}'`,
    ];
    expect(told(await tampered(...remove))).toEqual([
      `removed: entry ${id(0)} was removed: seal 1 lists it, the ledger no longer has it`,
    ]);
    expect(told(await tampered(...remove, `DELETE FROM ledger.sealed_entries WHERE entry_id = '${id(0)}'`))).toEqual([
      expect.stringMatching(/^removed: seal 1 was made over 1 entry more than it lists now/),
    ]);
  });

  it('finds an inserted entry: beside the seals, in one, and one that is its own seal', async () => {
    const fresh = '00000000-0000-4000-8000-000000000001';
    const insert = [
      `INSERT INTO ledger.entries (entry_id, kind, reference, occurred_at, trace_id, written_by) VALUES ('${fresh}', 'PAYMENT', 'forged', '2026-01-05T02:00:00Z', 't', '3')`,
      `INSERT INTO ledger.postings VALUES ('${fresh}', 1, 'x', 'CNY', 1, 0), ('${fresh}', 2, 'y', 'CNY', 0, 1)`,
    ];
    const beside = await tampered(...insert);
    expect(beside.faults).toMatchObject([{ kind: 'inserted', entryId: fresh, sealNumber: null }]);
    const listed = (seal: number) =>
      `INSERT INTO ledger.sealed_entries SELECT '${fresh}', ${seal}, booked_at, digest FROM ledger.sealed_entries WHERE entry_id = '${id(0)}'`;
    expect((await tampered(...insert, listed(3))).faults).toMatchObject([
      { kind: 'altered', entryId: fresh },
      { kind: 'inserted', entryId: fresh, sealNumber: 3 },
    ]);
    expect(told(await tampered(...insert, listed(9)))).toEqual([
      `inserted: entry ${fresh} is listed in seal 9, which there is not`,
    ]);
  });

  it('finds an entry that was moved to another seal', async () => {
    const found = await tampered(`UPDATE ledger.sealed_entries SET seal_number = 3 WHERE entry_id = '${id(1)}'`);
    expect(found.faults).toMatchObject([
      { kind: 'removed', sealNumber: 1 },
      { kind: 'inserted', entryId: id(1), sealNumber: 3 },
    ]);
  });

  it('finds seals that were exchanged, altered, removed from the middle and from the end', async () => {
    const exchange = `UPDATE ledger.sealed_entries SET seal_number = 5 - seal_number WHERE seal_number IN (2, 3)`;
    expect((await tampered(exchange)).faults).toMatchObject([
      { kind: 'seal', sealNumber: 2 },
      { kind: 'seal', sealNumber: 3 },
    ]);
    expect(
      told(await tampered(`UPDATE ledger.seals SET sealed_at = sealed_at + interval '1 day' WHERE seal_number = 2`)),
    ).toEqual([expect.stringMatching(/seal 2 does not fit its 2 entries/)]);
    expect((await tampered('DELETE FROM ledger.seals WHERE seal_number = 2')).faults[0]?.message.en).toBe(
      'seal 2 is gone from the chain',
    );
    const end = await tampered(
      'DELETE FROM ledger.seals WHERE seal_number = 4',
      'DELETE FROM ledger.sealed_entries WHERE seal_number = 4',
      // as it is once no transaction is left that began before the seal, of whoever uses the same server
      'UPDATE ledger.sealing SET sealed_below = pg_current_xact_id()',
    );
    expect(told(end)[0]).toMatch(/the chain ends with seal 3, and should end with seal 4/);
    expect(end.faults[1]?.kind).toBe('inserted');
  });

  it('tells a digest that was altered from an entry that was', async () => {
    const digest = `UPDATE ledger.sealed_entries SET digest = repeat('a', 64) WHERE entry_id = '${id(1)}'`;
    expect(told(await tampered(digest)).at(-1)).toMatch(
      /the digest beside entry .* was altered; the entry itself is as it was sealed/,
    );
  });

  it('finds a balance that is not its postings, and an entry that does not add up', async () => {
    expect(told(await tampered(`UPDATE ledger.balances SET amount = amount + 0.01`))).toEqual([
      'balance: buyer b has a balance of 5.01 CNY, and postings of 5 CNY',
    ]);
    expect(told(await tampered('DELETE FROM ledger.balances'))[0]).toMatch(/balance of 0 CNY, and postings of 5 CNY/);
    const lopsided = await tampered(`UPDATE ledger.postings SET debit = 11 WHERE entry_id = '${id(0)}' AND place = 1`);
    expect(told(lopsided).at(-1)).toMatch(/does not add up: its debits exceed its credits by 0.5 CNY/);
  });

  it.each([
    'UPDATE ledger.seals SET hash = hash',
    'DELETE FROM ledger.sealed_entries',
    'TRUNCATE ledger.closings CASCADE',
  ])('is append-only: %s', async (statement) => {
    await expect(sql.raw(statement).execute(database().db)).rejects.toThrow(/append-only/);
  });
});

describe('sealing', () => {
  const sealed = async (entryId: string) => {
    const { rows } = await sql<{ seal_number: number }>`
      SELECT seal_number FROM ledger.sealed_entries WHERE entry_id = ${entryId}`.execute(database().db);
    return rows[0]?.seal_number ?? null;
  };

  it('leaves out what is not committed, and takes it later, also when others were sealed meanwhile', async () => {
    const { db } = database();
    let late = '';
    await inTransaction(db, async (tx) => {
      late = await postTo(tx, 'late');
      const early = await postTo(db, 'early');
      await sealEntries(db, NOW);
      await postTo(db, 'early too');
      await sealEntries(db, NOW);
      expect([await sealed(late), await sealed(early)]).toEqual([null, 5]);
    });
    expect(await sealEntries(db, NOW)).toBe(1);
    expect(await sealed(late)).toBe(7);
    expect((await verifyLedger(db)).ok).toBe(true);
  });

  it('by many workers makes one chain, each entry in one seal', async () => {
    const { db } = database();
    const posting = Promise.all(Array.from({ length: 40 }, (_, place) => postTo(db, `busy ${place}`)));
    await Promise.all([posting, ...Array.from({ length: 6 }, () => sealEntries(db, NOW))]);
    await sealEntries(db, NOW);
    expect(await verifyLedger(db)).toMatchObject({ ok: true, unsealed: 0, entries: 50 });
  });

  it('goes on where its rows were carried to another server, with other transaction numbers', async () => {
    const { db } = database();
    await sql`UPDATE ledger.sealing SET sealed_below = '9000000000000'`.execute(db);
    const entryId = await postTo(db, 'after the move');
    expect(await sealEntries(db, NOW)).toBe(1);
    expect(await sealed(entryId)).not.toBeNull();
    await sql`UPDATE ledger.sealing SET server = 'another'`.execute(db);
    await postTo(db, 'after another move');
    expect(await sealEntries(db, NOW)).toBe(1);
    expect(await verifyLedger(db)).toMatchObject({ ok: true, unsealed: 0 });
  });
});
