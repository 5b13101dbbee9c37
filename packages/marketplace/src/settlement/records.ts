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

export function keepSorted(spool: Spool, part: number, records: SortedRecord[]): void {
  const list = `sorted-${part}`;
  for (const { bucket, distributor, seq, json } of records.sort(compare))
    spool.append(list, `${bucket}\t${distributor === '' ? '' : encodeURIComponent(distributor)}\t${seq}\t${json}`);
}

interface Reader {
  head: SortedRecord;
  readonly rest: Iterator<string>;
}

/** Merges the parts, each of which is sorted: the reader whose next record comes first stands at the top of a heap. */
export function* mergeSorted(spool: Spool, parts: number): Generator<SortedRecord> {
  const heap: Reader[] = [];
  for (let part = 0; part < parts; part += 1) {
    const rest = spool.read(`sorted-${part}`)[Symbol.iterator]();
    const head = next(rest);
    if (head) heap.push({ head, rest });
  }
  heap.sort((one, other) => compare(one.head, other.head));
  for (let first = heap[0]; first; first = heap[0]) {
    yield first.head;
    const head = next(first.rest);
    if (head) first.head = head;
    else {
      const last = heap.pop();
      if (last && last !== first) heap[0] = last;
    }
    sink(heap);
  }
}

/** Puts the top of the heap where it belongs. */
function sink(heap: Reader[]): void {
  let place = 0;
  for (;;) {
    const reader = heap[place];
    const left = heap[2 * place + 1];
    const right = heap[2 * place + 2];
    if (!reader || !left) return;
    const least = right && compare(right.head, left.head) < 0 ? right : left;
    if (compare(reader.head, least.head) <= 0) return;
    const below = least === left ? 2 * place + 1 : 2 * place + 2;
    heap[place] = least;
    heap[below] = reader;
    place = below;
  }
}

function next(reader: Iterator<string>): SortedRecord | null {
  const { done, value } = reader.next();
  if (done) return null;
  const first = value.indexOf('\t');
  const second = value.indexOf('\t', first + 1);
  const third = value.indexOf('\t', second + 1);
  return {
    bucket: Number(value.slice(0, first)),
    distributor: second === first + 1 ? '' : decodeURIComponent(value.slice(first + 1, second)),
    seq: Number(value.slice(second + 1, third)),
    json: value.slice(third + 1),
  };
}
