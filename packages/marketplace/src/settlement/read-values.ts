/** Numbers and instants of large files, quickly: what has been read before is remembered, and plain forms need no library. */
import { type Decimal, decimal } from '../platform/exact.ts';
import { SITES, type Site } from '../platform/site.ts';
import { readInstant } from './scenario.ts';

/** how many of each are remembered: prices and days repeat, and memory must not grow with the file */
const MOST_REMEMBERED = 20_000;

/** Values of members; `undefined` = to be read, or refused, by the schema. */
export interface ValueReader {
  /** from 0 on */
  number(given: unknown): Decimal | undefined;
  signed(given: unknown): Decimal | undefined;
  ratio(given: unknown): Decimal | undefined;
  instant(given: unknown): Date | undefined;
}

export function valueReader(site: Site): ValueReader {
  const numbers = new Map<string, Decimal>();
  const instants = new Map<string, Date>();
  const { timeZone } = SITES[site];
  const matching = (form: RegExp) => (given: unknown) => {
    if (typeof given !== 'string' || !form.test(given)) return undefined;
    return remembered(numbers, given, decimal);
  };
  return {
    number: matching(/^\d{1,18}(\.\d{1,20})?$/),
    signed: matching(/^-?\d{1,18}(\.\d{1,20})?$/),
    ratio: matching(/^(0(\.\d{1,20})?|1(\.0{1,20})?)$/),
    instant(given) {
      if (typeof given !== 'string') return undefined;
      return remembered(instants, given, (text) => plainInstant(text) ?? readInstant(text, timeZone) ?? undefined);
    },
  };
}

function remembered<T>(known: Map<string, T>, text: string, make: (text: string) => T): T {
  const before = known.get(text);
  if (before !== undefined) return before;
  const made = make(text);
  if (known.size >= MOST_REMEMBERED) known.clear();
  if (made !== undefined) known.set(text, made);
  return made;
}

const WITH_OFFSET = /^[12]\d{3}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?(Z|[+-]\d{2}:\d{2})$/;

/** `2024-01-05T10:30:00+08:00`, as most programs write it: the form that `Date` reads without knowing zones. */
function plainInstant(text: string): Date | null {
  if (!WITH_OFFSET.test(text)) return null;
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return null;
  // `Date` turns 30 February into 1 March and takes hour 24: only what comes back as it was is sure
  const offset = text.endsWith('Z') ? 0 : minutesOf(text.slice(-6));
  return new Date(at.getTime() + offset * 60_000).toISOString().startsWith(text.slice(0, 19)) ? at : null;
}

const minutesOf = (offset: string): number =>
  (offset.startsWith('-') ? -1 : 1) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4)));
