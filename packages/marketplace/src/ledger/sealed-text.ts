/** What is sealed of an entry: one canonical text with all of its postings, and the digest of that text. */
import { sha256 } from '../platform/hash-chain.ts';

/** An entry as its tables hold it; instants with microseconds and amounts as text, so that no digit escapes. */
export interface EntryRow {
  readonly entry_id: string;
  readonly kind: string;
  readonly reference: string;
  readonly occurred_at: string;
  readonly trace_id: string;
  /** place, account, currency, debit, credit, by place; null = there are none */
  readonly postings: readonly (readonly [number, string, string, string, string])[] | null;
}

/** The format is part of the chain: another one would be another name in front. */
const sealedText = (entry: EntryRow, bookedAt: string): string =>
  JSON.stringify([
    'ledger entry 1',
    entry.entry_id,
    entry.kind,
    entry.reference,
    entry.occurred_at,
    bookedAt,
    entry.trace_id,
    entry.postings ?? [],
  ]);

export const digestOf = (entry: EntryRow, bookedAt: string): string => sha256(sealedText(entry, bookedAt));
