/**
 * Results on their way to a file: texts with a place to stand at – bill, distributor, position in the input – sorted part by
 * part and merged, so that no bill is ever whole in memory.
 */
import type { Spool } from './spool.ts';

export interface SortedRecord {
  /** of the bill; behind all bills come what is unbilled and errors */
  readonly bucket: number;
  /** '' = a line of the bill itself; else of this distributor's part */
  readonly distributor: string;
  readonly seq: number;
  /** as it is written out */
  readonly json: string;
}

export const [UNBILLED, ERRORS] = [Number.MAX_SAFE_INTEGER - 1, Number.MAX_SAFE_INTEGER];

const compare = (one: SortedRecord, other: SortedRecord): number =>
  one.bucket - other.bucket || order(one.distributor, other.distributor) || one.seq - other.seq;
const order = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

export function keepSorted(spool: Spool, part: number, records: readonly SortedRecord[]): void {
  for (const { bucket, distributor, seq, json } of records.toSorted(compare))
    spool.append(`sorted-${part}`, `${bucket}\t${encodeURIComponent(distributor)}\t${seq}\t${json}`);
}

/** Merges the parts, each of which is sorted. */
export async function* mergeSorted(spool: Spool, parts: number): AsyncGenerator<SortedRecord> {
  const readers = Array.from({ length: parts }, (_, part) => spool.read(`sorted-${part}`)[Symbol.asyncIterator]());
  const heads = await Promise.all(readers.map(next));
  for (;;) {
    let first: SortedRecord | null = null;
    let place = -1;
    for (const [position, head] of heads.entries())
      if (head && (first === null || compare(head, first) < 0)) [first, place] = [head, position];
    const reader = readers[place];
    if (first === null || !reader) return;
    yield first;
    heads[place] = await next(reader);
  }
}

async function next(reader: AsyncIterator<string>): Promise<SortedRecord | null> {
  const { done, value } = await reader.next();
  if (done) return null;
  const [bucket = '', distributor = '', seq = ''] = value.split('\t', 3);
  const json = value.slice(bucket.length + distributor.length + seq.length + 3);
  return { bucket: Number(bucket), distributor: decodeURIComponent(distributor), seq: Number(seq), json };
}
