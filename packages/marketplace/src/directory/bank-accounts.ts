/**
 * Where sellers and distributors are paid to, and from where the marketplace pays (S-5, O-2, settlement.md S2-1): part of
 * their business information certification. Numbers are sealed at rest, lists show the last four characters.
 */
import type { Executor } from '../platform/database/database.ts';
import { sql } from '../platform/database/database.ts';
import type { Migration } from '../platform/database/migrations.ts';
import type { KeyRing } from '../platform/key-ring.ts';
import { ok, type Result } from '../platform/result.ts';
import type { Site } from '../platform/site.ts';
import { accountTail, type BankAccountInput, checkedAccount } from './bank-account-rules.ts';

export const bankAccountsSchema: Migration = {
  id: '0012-bank-accounts',
  sql: `
CREATE TABLE directory.bank_accounts (
  -- kind and id of whoever is paid; PLATFORM with the site: from where is paid
  account_id text PRIMARY KEY, holder text NOT NULL, bank_name text NOT NULL, bank_code text NOT NULL,
  sealed text NOT NULL, tail text NOT NULL,
  changed_at timestamptz NOT NULL, changed_by text NOT NULL
);
-- what a payee asked for and nobody has approved yet, or what was rejected last
CREATE TABLE directory.bank_account_changes (
  account_id text PRIMARY KEY, holder text NOT NULL, bank_name text NOT NULL, bank_code text NOT NULL, sealed text NOT NULL, tail text NOT NULL,
  asked_at timestamptz NOT NULL, asked_by text NOT NULL,
  state text NOT NULL CHECK (state IN ('PENDING', 'REJECTED')), reason text, decided_at timestamptz
);
`,
};
export const PURPOSE = 'directory.bank-account';
export const bankAccountsSealed = [
  { table: 'directory.bank_accounts', id: 'account_id', column: 'sealed', purpose: PURPOSE },
  { table: 'directory.bank_account_changes', id: 'account_id', column: 'sealed', purpose: PURPOSE },
] as const;

/** Who is paid; PLATFORM pays. */
export interface AccountOwner {
  readonly kind: 'SELLER' | 'DISTRIBUTOR' | 'PLATFORM';
  readonly id: string;
}
export interface BankAccount {
  readonly owner: AccountOwner;
  readonly holder: string;
  readonly bankName: string;
  readonly bankCode: string;
  /** last four characters of the number */
  readonly tail: string;
  readonly changedAt: Date;
  /** user who wrote it: approves no payment to it (O-7) */
  readonly changedBy: string;
}

/** Keeps the account in place of the one before. Refuses BANK_ACCOUNT with the member that does not fit. */
export async function saveBankAccount(
  { executor, keys, site }: { readonly executor: Executor; readonly keys: KeyRing; readonly site: Site },
  owner: AccountOwner,
  input: BankAccountInput,
  by: { readonly userId: string; readonly at: Date },
): Promise<Result<string>> {
  const checked = checkedAccount(input, site);
  if (!('account' in checked)) return { ok: false, refusal: checked };
  const { holder, bankName, bankCode, number } = checked.account;
  const accountId = idOf(owner);
  await sql`
    INSERT INTO directory.bank_accounts (account_id, holder, bank_name, bank_code, sealed, tail, changed_at, changed_by)
    VALUES (${accountId}, ${holder}, ${bankName}, ${bankCode}, ${keys.seal(number, PURPOSE)}, ${accountTail(number)}, ${by.at}, ${by.userId})
    ON CONFLICT (account_id) DO UPDATE SET holder = EXCLUDED.holder, bank_name = EXCLUDED.bank_name, bank_code = EXCLUDED.bank_code,
      sealed = EXCLUDED.sealed, tail = EXCLUDED.tail, changed_at = EXCLUDED.changed_at, changed_by = EXCLUDED.changed_by`.execute(
    executor,
  );
  return ok(accountId);
}

/** Those of these owners that have one. */
export async function bankAccountsOf(executor: Executor, owners: readonly AccountOwner[]): Promise<BankAccount[]> {
  return (await rowsOf(executor, owners)).map(shown);
}

/** The same with their numbers, for a payment; nothing shows them. */
export async function payableAccounts(
  executor: Executor,
  keys: KeyRing,
  owners: readonly AccountOwner[],
): Promise<(BankAccount & { readonly number: string })[]> {
  const rows = await rowsOf(executor, owners);
  return rows.map((row) => ({ ...shown(row), number: keys.open(row.sealed, PURPOSE) }));
}

interface Row {
  readonly account_id: string;
  readonly holder: string;
  readonly bank_name: string;
  readonly bank_code: string;
  readonly sealed: string;
  readonly tail: string;
  readonly changed_at: Date;
  readonly changed_by: string;
}
async function rowsOf(executor: Executor, owners: readonly AccountOwner[]): Promise<Row[]> {
  if (owners.length === 0) return [];
  const { rows } = await sql<Row>`
    SELECT account_id, holder, bank_name, bank_code, sealed, tail, changed_at, changed_by FROM directory.bank_accounts
    WHERE account_id = ANY(${[...new Set(owners.map(idOf))]}::text[]) ORDER BY account_id`.execute(executor);
  return rows;
}

export const idOf = ({ kind, id }: AccountOwner): string => `${kind}:${id}`;
const KINDS = ['SELLER', 'DISTRIBUTOR', 'PLATFORM'] as const;
export function ownerOf(accountId: string): AccountOwner {
  const place = accountId.indexOf(':');
  const kind = KINDS.find((each) => each === accountId.slice(0, place));
  if (kind === undefined) throw new RangeError(`unknown owner of a bank account: ${accountId}`);
  return { kind, id: accountId.slice(place + 1) };
}
const shown = (row: Row): BankAccount => ({
  owner: ownerOf(row.account_id),
  holder: row.holder,
  bankName: row.bank_name,
  bankCode: row.bank_code,
  tail: row.tail,
  changedAt: row.changed_at,
  changedBy: row.changed_by,
});
