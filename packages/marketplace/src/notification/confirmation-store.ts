/** SQL of codes that confirm a step (B-81). */
import { type Executor, sql } from '../platform/database/database.ts';

interface Of {
  readonly tenant: string;
  readonly purpose: string;
}

export async function saveConfirmation(
  executor: Executor,
  code: Of & { readonly codeHash: string; readonly expiresAt: Date },
  now: Date,
): Promise<void> {
  await sql`
    INSERT INTO notification.confirmations (tenant, purpose, code_hash, sent_at, expires_at)
    VALUES (${code.tenant}, ${code.purpose}, ${code.codeHash}, ${now}, ${code.expiresAt})
    ON CONFLICT (tenant, purpose) DO UPDATE SET
      code_hash = excluded.code_hash, sent_at = excluded.sent_at, expires_at = excluded.expires_at, tries = 0`.execute(
    executor,
  );
}

/** Counts a try before the code is looked at. @returns the hash of the code; null = none is good any more */
export async function tryConfirmation(
  executor: Executor,
  { tenant, purpose }: Of,
  limit: number,
  now: Date,
): Promise<string | null> {
  const { rows } = await sql<{ code_hash: string }>`
    UPDATE notification.confirmations SET tries = tries + 1
    WHERE tenant = ${tenant} AND purpose = ${purpose} AND tries < ${limit} AND expires_at > ${now}
    RETURNING code_hash`.execute(executor);
  return rows[0]?.code_hash ?? null;
}

/** @returns false = somebody else was faster, or a newer code was sent */
export async function spendConfirmation(
  executor: Executor,
  { tenant, purpose, codeHash }: Of & { readonly codeHash: string },
): Promise<boolean> {
  const { rows } = await sql`
    DELETE FROM notification.confirmations WHERE tenant = ${tenant} AND purpose = ${purpose} AND code_hash = ${codeHash} RETURNING 1`.execute(
    executor,
  );
  return rows.length > 0;
}
