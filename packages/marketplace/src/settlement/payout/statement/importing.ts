/**
 * Takes a bank statement in: each booking once, whichever file tells it, then what is exact is marked. All in the caller's
 * transaction, under the lock of the site's pay-outs; a file with one fault changes nothing.
 */
import { createHash } from 'node:crypto';
import { accountTail, payableAccounts, plainAccount } from '../../../directory/index.ts';
import { type Executor, sql, type Tx } from '../../../platform/database/database.ts';
import type { Platform } from '../../../platform/platform.ts';
import { uuid } from '../../../platform/random.ts';
import { SITES, type Site } from '../../../platform/site.ts';
import { dayAt } from '../../calendar.ts';
import { type Booked, lockPayout, markPaid, markReturned } from '../marking.ts';
import { paymentsByIds } from '../payments.ts';
import type { Person } from '../runs.ts';
import { ENTRY_ACCOUNT } from '../schema.ts';
import { keysOf, type Statement } from './entry.ts';
import type { StatementFault } from './faults.ts';
import { verdictOn } from './match.ts';
import { readStatement } from './read-statement.ts';

export interface NewStatement {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly by: Person;
}
export type Imported =
  | { readonly faults: readonly StatementFault[] }
  | {
      readonly statementId: string;
      /** the very file was taken in before; nothing was done */
      readonly repeated: boolean;
      readonly entries: number;
      /** of them, those that another statement had told */
      readonly known: number;
      readonly paid: number;
      readonly returned: number;
    };

export async function importStatement(
  platform: Platform,
  tx: Tx,
  { name, bytes, by }: NewStatement,
  now: Date,
): Promise<Imported> {
  const { config, keys, random } = platform;
  const { site } = config;
  await lockPayout(tx, site);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const before = await sameFile(tx, site, sha256);
  if (before !== null) return { ...before, repeated: true, paid: 0, returned: 0 };
  const [payer] = await payableAccounts(tx, keys, [{ kind: 'PLATFORM', id: site }]);
  const { currency } = SITES[site];
  const read = readStatement(bytes, { currency, account: payer?.number ?? null, today: dayAt(now, site) });
  if (!('format' in read)) return { faults: read };
  const statementId = uuid(random);
  const tail = read.account === null ? null : accountTail(read.account);
  await sql`
    INSERT INTO settlement.statements (statement_id, site, name, format, sha256, tail, entries, known, not_booked, imported_by_name, imported_at)
    VALUES (${statementId}, ${site}, ${name}, ${read.format}, ${sha256}, ${tail}, ${read.entries.length}, 0, ${read.notBooked}, ${by.displayName}, ${now})`.execute(
    tx,
  );
  const fresh = await insertEntries(platform, tx, statementId, read);
  const known = read.entries.length - fresh;
  await sql`UPDATE settlement.statements SET known = ${known} WHERE statement_id = ${statementId}`.execute(tx);
  const done = await settleOpen(platform, tx, site, now);
  return { statementId, repeated: false, entries: read.entries.length, known, ...done };
}

async function sameFile(tx: Tx, site: Site, sha256: string) {
  const { rows } = await sql<{ statementId: string; entries: number; known: number }>`
    SELECT statement_id AS "statementId", entries, known FROM settlement.statements WHERE site = ${site} AND sha256 = ${sha256}`.execute(
    tx,
  );
  return rows[0] ?? null;
}

/** @returns how many are new */
async function insertEntries(platform: Platform, tx: Tx, statementId: string, { entries }: Statement): Promise<number> {
  const names = keysOf(entries);
  const rows = entries.map(({ account, ...entry }, place) => ({
    ...entry,
    entryId: names[place],
    ...(account === null
      ? { tail: null, sealed: null }
      : { tail: accountTail(account), sealed: platform.keys.seal(plainAccount(account), ENTRY_ACCOUNT) }),
  }));
  const result = await sql`
    INSERT INTO settlement.statement_entries (entry_id, statement_id, place, direction, booked_on, amount, currency, end_to_end_id, bank_reference, name, tail, sealed, remark, reversal, reason, state)
    SELECT "entryId", ${statementId}::uuid, place, direction, "bookedOn", amount, currency, "endToEndId", "bankReference", name, tail, sealed, remark, reversal, reason, 'OPEN'
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS t ("entryId" text, place text, direction text, "bookedOn" text, amount numeric, currency text, "endToEndId" text,
      "bankReference" text, name text, tail text, sealed text, remark text, reversal boolean, reason text)
    ON CONFLICT (entry_id) DO NOTHING`.execute(tx);
  return Number(result.numAffectedRows ?? 0);
}

/** An open entry that names a payment of ours. */
export interface NamingEntry {
  readonly entryId: string;
  readonly direction: 'DEBIT' | 'CREDIT';
  readonly bookedOn: string;
  readonly amount: string;
  readonly currency: string;
  readonly endToEndId: string;
  readonly bankReference: string | null;
  readonly reversal: boolean;
  readonly reason: string | null;
}

/** Payments first, then returns: so it does not matter in which order their statements came. */
export async function settleOpen(
  platform: Platform,
  tx: Tx,
  site: Site,
  now: Date,
): Promise<{ readonly paid: number; readonly returned: number }> {
  const open = await namingEntries(tx);
  const done = { paid: 0, returned: 0 };
  for (const does of ['PAY', 'RETURN'] as const) {
    const payments = await paymentsByIds(
      tx,
      open.map(({ endToEndId }) => endToEndId),
    );
    const taken = new Map<string, { readonly entry: NamingEntry; readonly booked: Booked }>();
    for (const entry of open) {
      const payment = payments.get(entry.endToEndId);
      // a second booking of the same is for a person
      if (!payment || taken.has(payment.paymentId) || verdictOn(entry, payment).does !== does) continue;
      const { bookedOn, bankReference, reason } = entry;
      taken.set(payment.paymentId, { entry, booked: { payment, bookedOn, bankReference, reason } });
    }
    const booked = [...taken.values()].map((each) => each.booked);
    if (does === 'PAY') await markPaid(platform, tx, site, booked, now);
    else await markReturned(platform, tx, site, booked, now);
    await tieEntries(
      tx,
      [...taken].map(([paymentId, { entry }]) => ({ entryId: entry.entryId, paymentId })),
      { by: 'SYSTEM', note: null },
      now,
    );
    done[does === 'PAY' ? 'paid' : 'returned'] = booked.length;
  }
  return done;
}

async function namingEntries(executor: Executor): Promise<NamingEntry[]> {
  const { rows } = await sql<NamingEntry>`
    SELECT e.entry_id AS "entryId", e.direction, e.booked_on AS "bookedOn", e.amount, e.currency, e.end_to_end_id AS "endToEndId", e.bank_reference AS "bankReference", e.reversal, e.reason
    FROM settlement.statement_entries e JOIN settlement.payments p ON p.payment_id = e.end_to_end_id
    WHERE e.state = 'OPEN' ORDER BY e.booked_on, e.entry_id`.execute(executor);
  return rows;
}

/** From now on the entry explains the payment's state. */
export async function tieEntries(
  tx: Tx,
  ties: readonly { readonly entryId: string; readonly paymentId: string }[],
  { by, note }: { readonly by: string; readonly note: string | null },
  now: Date,
): Promise<void> {
  if (ties.length === 0) return;
  await sql`
    UPDATE settlement.statement_entries e SET state = 'MATCHED', payment_id = t."paymentId", decided_by_name = ${by}, decided_at = ${now}, note = ${note}
    FROM jsonb_to_recordset(${JSON.stringify(ties)}::jsonb) AS t ("entryId" text, "paymentId" text) WHERE e.entry_id = t."entryId"`.execute(
    tx,
  );
}
