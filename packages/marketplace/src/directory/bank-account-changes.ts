/**
 * A seller enters or changes its own account (S-5, S-13): nothing is paid to it before the operator has looked at it, with
 * a small transfer (O-2). PENDING until then; approved it takes the place of the one before, rejected it says why. A newer
 * one takes the place of one that waits.
 */
import { type Executor, sql, type Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { traceId } from '../platform/random.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { accountTail, type BankAccountInput, checkedAccount } from './bank-account-rules.ts';
import { type AccountOwner, idOf, ownerOf, PURPOSE } from './bank-accounts.ts';

export interface BankAccountChange {
  readonly owner: AccountOwner;
  readonly holder: string;
  readonly bankName: string;
  readonly bankCode: string;
  /** last four characters of the number */
  readonly tail: string;
  readonly askedAt: Date;
  readonly state: 'PENDING' | 'REJECTED';
  /** why it was rejected */
  readonly reason: string | null;
}
type Context = Pick<Platform, 'keys' | 'config' | 'events' | 'random'>;

/** Refuses BANK_ACCOUNT with the member that does not fit. */
export async function askBankAccount(
  context: Context,
  tx: Tx,
  owner: AccountOwner,
  input: BankAccountInput,
  by: { readonly userId: string; readonly at: Date },
): Promise<Result<string>> {
  const checked = checkedAccount(input, context.config.site);
  if (!('account' in checked)) return { ok: false, refusal: checked };
  const { holder, bankName, bankCode, number } = checked.account;
  const accountId = idOf(owner);
  const tail = accountTail(number);
  await sql`
    INSERT INTO directory.bank_account_changes (account_id, holder, bank_name, bank_code, sealed, tail, asked_at, asked_by, state)
    VALUES (${accountId}, ${holder}, ${bankName}, ${bankCode}, ${context.keys.seal(number, PURPOSE)}, ${tail}, ${by.at}, ${by.userId}, 'PENDING')
    ON CONFLICT (account_id) DO UPDATE SET holder = EXCLUDED.holder, bank_name = EXCLUDED.bank_name, bank_code = EXCLUDED.bank_code, sealed = EXCLUDED.sealed,
      tail = EXCLUDED.tail, asked_at = EXCLUDED.asked_at, asked_by = EXCLUDED.asked_by, state = 'PENDING', reason = NULL, decided_at = NULL`.execute(
    tx,
  );
  await tell(context, tx, 'asked', owner, { tail }, by.at);
  return ok(accountId);
}

/** What these owners asked for. */
export async function bankAccountChanges(
  executor: Executor,
  owners: readonly AccountOwner[],
): Promise<BankAccountChange[]> {
  if (owners.length === 0) return [];
  const { rows } = await sql<Omit<BankAccountChange, 'owner'> & { accountId: string }>`
    SELECT account_id AS "accountId", holder, bank_name AS "bankName", bank_code AS "bankCode", tail, asked_at AS "askedAt", state, reason
    FROM directory.bank_account_changes WHERE account_id = ANY(${[...new Set(owners.map(idOf))]}::text[]) ORDER BY asked_at`.execute(
    executor,
  );
  return rows.map(({ accountId, ...row }) => ({ ...row, owner: ownerOf(accountId) }));
}

/** The number of one that waits, for the small transfer; null = none waits. Whoever asks for it is written down. */
export async function numberAskedFor(
  executor: Executor,
  keys: Platform['keys'],
  owner: AccountOwner,
): Promise<string | null> {
  const { rows } = await sql<{ sealed: string }>`
    SELECT sealed FROM directory.bank_account_changes WHERE account_id = ${idOf(owner)} AND state = 'PENDING'`.execute(
    executor,
  );
  return rows[0] ? keys.open(rows[0].sealed, PURPOSE) : null;
}

export interface DecideBankAccount {
  readonly owner: AccountOwner;
  /** of what was looked at: a newer one is not decided with it */
  readonly askedAt: Date;
  readonly approve: boolean;
  /** told to the seller when it is rejected */
  readonly reason: string;
  /** whoever puts an account in force approves no payment to it (O-7) */
  readonly userId: string;
}
/** Refuses BANK_ACCOUNT_CHANGED when it is another one by now or was decided. */
export async function decideBankAccount(
  context: Context,
  tx: Tx,
  { owner, askedAt, approve, reason, userId }: DecideBankAccount,
  now: Date,
): Promise<Result<string>> {
  const accountId = idOf(owner);
  const { rows } = await sql<{ asked_at: Date; state: string; tail: string }>`
    SELECT asked_at, state, tail FROM directory.bank_account_changes WHERE account_id = ${accountId} FOR UPDATE`.execute(
    tx,
  );
  const [change] = rows;
  if (change?.state !== 'PENDING' || change.asked_at.getTime() !== askedAt.getTime())
    return refuse('BANK_ACCOUNT_CHANGED', 'O-2: it was decided, or another account was entered meanwhile');
  if (approve) {
    await sql`
      INSERT INTO directory.bank_accounts (account_id, holder, bank_name, bank_code, sealed, tail, changed_at, changed_by)
      SELECT account_id, holder, bank_name, bank_code, sealed, tail, ${now}, ${userId} FROM directory.bank_account_changes WHERE account_id = ${accountId}
      ON CONFLICT (account_id) DO UPDATE SET holder = EXCLUDED.holder, bank_name = EXCLUDED.bank_name, bank_code = EXCLUDED.bank_code,
        sealed = EXCLUDED.sealed, tail = EXCLUDED.tail, changed_at = EXCLUDED.changed_at, changed_by = EXCLUDED.changed_by`.execute(
      tx,
    );
    await sql`DELETE FROM directory.bank_account_changes WHERE account_id = ${accountId}`.execute(tx);
  } else
    await sql`
      UPDATE directory.bank_account_changes SET state = 'REJECTED', reason = ${reason}, decided_at = ${now} WHERE account_id = ${accountId}`.execute(
      tx,
    );
  const { tail } = change;
  await tell(context, tx, 'decided', owner, { tail, approved: approve, reason }, now);
  return ok(accountId);
}

/** `directory.bank-account-asked`, `directory.bank-account-decided` (N-11) */
const tell = (
  { events, random }: Context,
  tx: Tx,
  what: 'asked' | 'decided',
  { kind, id }: AccountOwner,
  told: Readonly<Record<string, unknown>>,
  now: Date,
): Promise<void> =>
  events.publish(
    tx,
    [
      {
        type: `directory.bank-account-${what}`,
        aggregate: `account:${kind}:${id}`,
        payload: { kind, id, ...told },
        traceId: traceId(random),
      },
    ],
    now,
  );
