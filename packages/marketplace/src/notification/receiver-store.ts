/** SQL of receivers and of the codes that verify their addresses. */
import { z } from 'zod';
import { type Executor, sql } from '../platform/database/database.ts';
import { CHANNELS, isMessageClass, type OutsideChannel } from './catalogue.ts';
import type { Choices, Receiver } from './receivers.ts';
import type { Language } from './render.ts';

interface Row {
  readonly tenant: string;
  readonly receiver_id: string;
  readonly name: string;
  readonly language: Language;
  readonly email: string | null;
  readonly email_verified: boolean;
  readonly phone: string | null;
  readonly phone_verified: boolean;
  readonly user_id: string | null;
  readonly choices: unknown;
}
const storedChoices = z.record(z.string(), z.array(z.enum(CHANNELS)));

/** Classes that are no more fall away. */
function choicesOf(stored: unknown): Choices {
  return Object.fromEntries(Object.entries(storedChoices.parse(stored)).filter(([name]) => isMessageClass(name)));
}

/** @returns by tenant, oldest first */
export async function receiversOfTenants(
  executor: Executor,
  tenants: readonly string[],
): Promise<Map<string, Receiver[]>> {
  const { rows } = await sql<Row>`
    SELECT tenant, receiver_id, name, language, email, email_verified, phone, phone_verified, user_id, choices
    FROM notification.receivers WHERE tenant = ANY(${tenants}::text[]) ORDER BY created_at, receiver_id`.execute(
    executor,
  );
  const found = new Map<string, Receiver[]>();
  for (const row of rows) {
    const address = (text: string | null, verified: boolean) => (text === null ? null : { text, verified });
    const receiver: Receiver = {
      receiverId: row.receiver_id,
      name: row.name,
      language: row.language,
      email: address(row.email, row.email_verified),
      phone: address(row.phone, row.phone_verified),
      userId: row.user_id,
      choices: choicesOf(row.choices),
    };
    found.set(row.tenant, [...(found.get(row.tenant) ?? []), receiver]);
  }
  return found;
}

/** Changes of one tenant's receivers wait for each other: rules look at all of them. */
export async function lockTenant(executor: Executor, tenant: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`notification:${tenant}`}, 0))`.execute(executor);
}

export async function saveReceiver(executor: Executor, tenant: string, receiver: Receiver, now: Date): Promise<void> {
  const { email, phone } = receiver;
  await sql`
    INSERT INTO notification.receivers
      (tenant, receiver_id, name, language, email, email_verified, phone, phone_verified, user_id, choices, created_at)
    VALUES (${tenant}, ${receiver.receiverId}, ${receiver.name}, ${receiver.language}, ${email?.text ?? null},
            ${email?.verified ?? false}, ${phone?.text ?? null}, ${phone?.verified ?? false}, ${receiver.userId},
            ${JSON.stringify(receiver.choices)}::jsonb, ${now})
    ON CONFLICT (tenant, receiver_id) DO UPDATE SET
      name = excluded.name, language = excluded.language, email = excluded.email, email_verified = excluded.email_verified,
      phone = excluded.phone, phone_verified = excluded.phone_verified, user_id = excluded.user_id, choices = excluded.choices`.execute(
    executor,
  );
}

export async function deleteReceiver(executor: Executor, tenant: string, receiverId: string): Promise<void> {
  await sql`DELETE FROM notification.receivers WHERE tenant = ${tenant} AND receiver_id = ${receiverId}`.execute(
    executor,
  );
}

export interface NewCode {
  readonly tenant: string;
  readonly receiverId: string;
  readonly channel: OutsideChannel;
  readonly address: string;
  readonly codeHash: string;
  readonly expiresAt: Date;
}
/** A new code replaces the last one of the same receiver and channel. */
export async function saveCode(executor: Executor, code: NewCode, now: Date): Promise<void> {
  await sql`
    INSERT INTO notification.codes (tenant, receiver_id, channel, address, code_hash, sent_at, expires_at)
    VALUES (${code.tenant}, ${code.receiverId}, ${code.channel}, ${code.address}, ${code.codeHash}, ${now}, ${code.expiresAt})
    ON CONFLICT (tenant, receiver_id, channel) DO UPDATE SET
      address = excluded.address, code_hash = excluded.code_hash, sent_at = excluded.sent_at, expires_at = excluded.expires_at, tries = 0`.execute(
    executor,
  );
}

/** Counts a try before the code is looked at, so that of tries made at once no more than `limit` get through. */
export async function tryCode(
  executor: Executor,
  of: { readonly tenant: string; readonly receiverId: string; readonly channel: OutsideChannel },
  limit: number,
  now: Date,
): Promise<{ readonly address: string; readonly code_hash: string } | null> {
  const { rows } = await sql<{ address: string; code_hash: string }>`
    UPDATE notification.codes SET tries = tries + 1
    WHERE tenant = ${of.tenant} AND receiver_id = ${of.receiverId} AND channel = ${of.channel}
      AND tries < ${limit} AND expires_at > ${now}
    RETURNING address, code_hash`.execute(executor);
  return rows[0] ?? null;
}

/** Codes sent for a tenant since then, of all its receivers, also removed ones. */
export async function codesSince(executor: Executor, tenant: string, since: Date): Promise<number> {
  const { rows } = await sql<{
    count: number;
  }>`SELECT count(*) FROM notification.deliveries WHERE tenant = ${tenant} AND secret AND created_at > ${since}`.execute(
    executor,
  );
  return rows[0]?.count ?? 0;
}
