/**
 * Terms with the instant from which they hold. They are written for the time to come only, so what held when an order was
 * paid is the same whenever it is asked for (S1-6: frozen). A later word for the same instant replaces the earlier one.
 */
import type { RawBuilder } from 'kysely';
import { type Executor, sql } from '../platform/database/database.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { type Subject, type TermsKind, type TermsOf, termsSchema } from './trade-terms.ts';

export interface Dated<T> {
  readonly subject: Subject;
  readonly validFrom: Date;
  readonly terms: T;
  /** who agreed to it for the marketplace */
  readonly by: string;
  readonly writtenAt: Date;
}

/** Refuses VALID_FROM_PAST: what was sold is settled by what held then. */
export async function agreeOn<K extends TermsKind>(
  executor: Executor,
  agreed: {
    readonly kind: K;
    readonly id: string;
    readonly validFrom: Date;
    readonly terms: TermsOf[K];
    readonly by: string;
  },
  now: Date,
): Promise<Result<Subject>> {
  const { kind, id, validFrom, terms, by } = agreed;
  if (validFrom < now)
    return refuse('VALID_FROM_PAST', 'terms hold from now on or later: what is sold keeps its terms', {
      validFrom: validFrom.toISOString(),
    });
  const subject: Subject = `${kind}:${id}`;
  await sql`
    INSERT INTO directory.terms (subject, valid_from, terms, by_whom, written_at)
    VALUES (${subject}, ${validFrom}, ${JSON.stringify(terms)}::jsonb, ${by}, ${now})
    ON CONFLICT (subject, valid_from) DO UPDATE SET terms = EXCLUDED.terms, by_whom = EXCLUDED.by_whom, written_at = EXCLUDED.written_at`.execute(
    executor,
  );
  return ok(subject);
}

/** All versions of the terms of these parties, the newest first. */
export async function termsOf<K extends TermsKind>(
  executor: Executor,
  kind: K,
  ids: readonly string[],
): Promise<Dated<TermsOf[K]>[]> {
  const found = await versions(executor, sql`subject = ANY(${ids.map((id) => `${kind}:${id}`)}::text[])`);
  return found.map((row) => dated(kind, row));
}

/** All versions of all parties of a kind. */
export async function allTerms<K extends TermsKind>(executor: Executor, kind: K): Promise<Dated<TermsOf[K]>[]> {
  const found = await versions(executor, sql`subject LIKE ${`${kind}:%`}`);
  return found.map((row) => dated(kind, row));
}

/** What is agreed with several parties of several kinds, to be asked for instant after instant: one statement. */
export async function agreements(executor: Executor, subjects: readonly Subject[]): Promise<Agreements> {
  const asked = [...new Set(subjects)];
  const rows = asked.length === 0 ? [] : await versions(executor, sql`subject = ANY(${asked}::text[])`);
  return {
    at: (kind, id, instant) => {
      const row = rows.find((each) => each.subject === `${kind}:${id}` && each.valid_from <= instant);
      return row ? dated(kind, row).terms : null;
    },
  };
}
export interface Agreements {
  /** @returns null = nothing was agreed with this party then */
  at<K extends TermsKind>(kind: K, id: string, instant: Date): TermsOf[K] | null;
}
export const NO_AGREEMENTS: Agreements = { at: () => null };

/** A seller or buyer by its id, or by the name of its account. */
export async function partyBehind(
  executor: Executor,
  kind: 'seller' | 'buyer',
  named: string,
): Promise<{ readonly id: string; readonly name: string } | null> {
  const { rows } = await (kind === 'seller'
    ? sql<{ id: string; name: string }>`
        SELECT seller_id AS id, name FROM directory.sellers WHERE seller_id = ${named} OR name = ${named} ORDER BY seller_id = ${named} DESC LIMIT 1`
    : sql<{ id: string; name: string }>`
        SELECT buyer_id AS id, name FROM directory.buyers WHERE buyer_id = ${named} OR account_name = ${named} ORDER BY buyer_id = ${named} DESC LIMIT 1`
  ).execute(executor);
  return rows[0] ?? null;
}

interface Row {
  readonly subject: Subject;
  readonly valid_from: Date;
  readonly terms: unknown;
  readonly by_whom: string;
  readonly written_at: Date;
}
async function versions(executor: Executor, which: RawBuilder<unknown>): Promise<Row[]> {
  const { rows } = await sql<Row>`
    SELECT subject, valid_from, terms, by_whom, written_at FROM directory.terms WHERE ${which} ORDER BY subject, valid_from DESC`.execute(
    executor,
  );
  return rows;
}

function dated<K extends TermsKind>(kind: K, row: Row): Dated<TermsOf[K]> {
  return {
    subject: row.subject,
    validFrom: row.valid_from,
    terms: termsSchema[kind].parse(row.terms),
    by: row.by_whom,
    writtenAt: row.written_at,
  };
}
