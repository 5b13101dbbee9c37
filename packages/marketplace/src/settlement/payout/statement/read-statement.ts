/** A file that says it is a bank statement: read whole or refused whole, with the place and the rule of each fault. Pure. */
import { plainAccount } from '../../../directory/index.ts';
import type { Day } from '../../calendar.ts';
import { looksLikeXml, readCamt } from './camt.ts';
import { readCsv } from './csv.ts';
import type { Statement } from './entry.ts';
import type { StatementFault } from './faults.ts';
import { textOf } from './text-of.ts';

/** a month of a busy account; larger ones come by the day */
export const MOST_STATEMENT_BYTES = 5 * 1_048_576;
export const MOST_ENTRIES = 10_000;

export interface Expected {
  /** of entries that do not name one */
  readonly currency: string;
  /** the account that the marketplace pays from; null = not known yet */
  readonly account: string | null;
  readonly today: Day;
}

export function readStatement(bytes: Uint8Array, expected: Expected): Statement | readonly StatementFault[] {
  if (bytes.length === 0) return fault('EMPTY', '');
  if (bytes.length > MOST_STATEMENT_BYTES) return fault('SIZE', String(bytes.length));
  const text = textOf(bytes);
  if (text === null) return fault('ENCODING', '');
  const read = looksLikeXml(text) ? readCamt(text) : readCsv(text, expected.currency);
  if (!('format' in read)) return read;
  if (read.entries.length > MOST_ENTRIES) return fault('MANY', String(read.entries.length));
  if (read.account !== null && expected.account !== null && !sameAccount(plainAccount(read.account), expected.account))
    return fault('ACCOUNT', `…${plainAccount(read.account).slice(-4)}`);
  const early = read.entries.find(({ bookedOn }) => bookedOn > expected.today);
  return early ? [{ place: early.place, rule: 'FUTURE', seen: early.bookedOn }] : read;
}

/** One may be written with the bank or the country in front. */
const sameAccount = (one: string, other: string): boolean => one.endsWith(other) || other.endsWith(one);

const fault = (rule: StatementFault['rule'], seen: string): readonly StatementFault[] => [
  { place: 'file', rule, seen },
];
