/**
 * The body of a usage push, read by hand into columns: where a record is plainly right, from its bytes to numbers without an object
 * or a text in between. A record that is anything else is read as any other (`usage-records.ts`), whose words are those of every
 * refusal; a body that is anything else is left to whoever parses it whole. A property holds both ways equal.
 */
import { type Json, parseJson } from '../json.ts';
import { parseSdkMs } from '../time.ts';
import {
  addReading,
  emptyColumns,
  type Filling,
  filledColumns,
  MOST_WHOLE_DIGITS,
  placeOfInstance,
  type ReadUsage,
  UNITS,
} from './usage-columns.ts';
import { MOST_USAGE_RECORDS, readUsageRecord } from './usage-records.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const POINT = 0x2e;
const BRACE = 0x7b;
const BRACE_END = 0x7d;
const BRACKET = 0x5b;
const BRACKET_END = 0x5d;
const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;
const MOST_ID = 64;
/** far below what a body may have (`json-scan.ts`) */
const DEEPEST_RECORD = 16;
/** a record that is not plain, or a value that is none */
const ODD = -1;

/** Records of the new form. @returns null = the body has to be parsed: it may be wrong, or is only written in another way */
export function readUsageText(body: Uint8Array): ReadUsage | null {
  let at = behindList(body);
  if (at === ODD) return null;
  const reader = emptyReader(body);
  const { filling, from, to } = reader;
  for (let next = COMMA; next === COMMA; ) {
    if (body[at] !== BRACE || filling.filled === MOST_USAGE_RECORDS) return null;
    from[filling.filled] = at;
    let end = plainRecord(reader, at);
    if (end === ODD) {
      end = endOfObject(body, at);
      if (end === ODD) return null;
      const given = parseJson(decoder.decode(body.subarray(at, end)));
      if (!given.ok) return null;
      to[filling.filled] = end;
      addReading(filling, readUsageRecord(given.value, 'SIGNED'));
    } else {
      to[filling.filled] = end;
      filling.filled += 1;
    }
    at = behindBlanks(body, end);
    next = body[at] ?? 0;
    if (next === COMMA) at = behindBlanks(body, at + 1);
  }
  if (body[at] !== BRACKET_END) return null;
  at = behindBlanks(body, at + 1);
  if (body[at] !== BRACE_END || behindBlanks(body, at + 1) !== body.length) return null;
  const given = (place: number): Json => {
    const parsed = parseJson(decoder.decode(body.subarray(from[place] ?? 0, to[place] ?? 0)));
    return parsed.ok ? parsed.value : null;
  };
  return { columns: filledColumns(filling, body), given };
}
const decoder = new TextDecoder();
const LIST = new TextEncoder().encode('"usage_records"');

/** Behind `{"usage_records":[` and blanks. */
function behindList(body: Uint8Array): number {
  let at = behindBlanks(body, 0);
  if (body[at] !== BRACE) return ODD;
  at = behindBlanks(body, at + 1);
  if (!standsAt(body, at, LIST)) return ODD;
  at = behindBlanks(body, at + LIST.length);
  if (body[at] !== COLON) return ODD;
  at = behindBlanks(body, at + 1);
  return body[at] === BRACKET ? behindBlanks(body, at + 1) : ODD;
}

interface Reader {
  readonly body: Uint8Array;
  readonly filling: Filling;
  /** where each record stands */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** ids of instances by their bytes: places in `instanceIds` and one more, 0 = free; and where each stands */
  readonly table: Int32Array;
  readonly idFrom: Int32Array;
  readonly idTo: Int32Array;
  /** the dates that were read last, as numbers of eight digits, and when they began */
  lastDate: number;
  lastMidnightMs: number;
}
const TABLE = 2_048;
const emptyReader = (body: Uint8Array): Reader => ({
  body,
  filling: emptyColumns(MOST_USAGE_RECORDS),
  from: new Int32Array(MOST_USAGE_RECORDS),
  to: new Int32Array(MOST_USAGE_RECORDS),
  table: new Int32Array(TABLE),
  idFrom: new Int32Array(MOST_USAGE_RECORDS),
  idTo: new Int32Array(MOST_USAGE_RECORDS),
  lastDate: Number.NaN,
  lastMidnightMs: Number.NaN,
});

const NAMES = [
  'instance_id',
  'metering_sn',
  'begin_time',
  'end_time',
  'record_time',
  'usage_value',
  'relate_pkg_instance',
].map((name) => new TextEncoder().encode(`${name}"`));
const INSTANCE = 0;
const SERIAL = 1;
const BEGIN = 2;
const END = 3;
const RECORD = 4;
const USAGE = 5;
const PACKAGE = 6;
const NEEDED = 0b111111;

/** Fills in the record that begins there. @returns behind it, or ODD: then nothing was filled in that counts */
function plainRecord(reader: Reader, start: number): number {
  const { body, filling } = reader;
  const place = filling.filled;
  let at = behindBlanks(body, start + 1);
  let seen = 0;
  let idFrom = 0;
  let idTo = 0;
  let packageFrom = 0;
  let packageTo = 0;
  for (;;) {
    const name = body[at] === QUOTE ? nameAt(body, at + 1) : ODD;
    if (name === ODD || (seen & (1 << name)) !== 0) return ODD;
    seen |= 1 << name;
    at = behindBlanks(body, at + 1 + (NAMES[name]?.length ?? 0));
    if (body[at] !== COLON) return ODD;
    at = behindBlanks(body, at + 1);
    const isText = body[at] === QUOTE;
    if (name === USAGE) {
      const from = isText ? at + 1 : at;
      const to = endOfDecimal(body, from);
      const units = unitsBetween(body, from, to);
      if (units === ODD || (isText && body[to] !== QUOTE)) return ODD;
      filling.units[place] = units;
      at = isText ? to + 1 : to;
    } else {
      const end = isText ? endOfPlainText(body, at + 1) : ODD;
      if (end === ODD) return ODD;
      if (name === INSTANCE) {
        idFrom = at + 1;
        idTo = end;
      } else if (name === SERIAL) {
        if (end === at + 1 || end - at - 1 > MOST_ID) return ODD;
        filling.serialFrom[place] = at + 1;
        filling.serialTo[place] = end;
      } else if (name === PACKAGE) {
        packageFrom = at + 1;
        packageTo = end;
      } else {
        const ms = end - at - 1 === 16 ? instantAt(reader, at + 1) : Number.NaN;
        if (Number.isNaN(ms)) return ODD;
        if (name === BEGIN) filling.beginMs[place] = ms;
        else if (name === END) filling.endMs[place] = ms;
        else if (name === RECORD) filling.recordMs[place] = ms;
      }
      at = end + 1;
    }
    at = behindBlanks(body, at);
    const next = body[at];
    at += 1;
    if (next === BRACE_END) break;
    if (next !== COMMA) return ODD;
    at = behindBlanks(body, at);
  }
  if ((seen & NEEDED) !== NEEDED || idFrom === idTo || idTo - idFrom > MOST_ID) return ODD;
  filling.instances[place] = instanceBetween(reader, idFrom, idTo);
  if (packageFrom !== packageTo) filling.packageIds.set(place, decoder.decode(body.subarray(packageFrom, packageTo)));
  return at;
}

/** Which member's name, with its closing quote. */
function nameAt(body: Uint8Array, at: number): number {
  let name = ODD;
  switch (body[at]) {
    case 0x69: // i
      name = INSTANCE;
      break;
    case 0x6d: // m
      name = SERIAL;
      break;
    case 0x62: // b
      name = BEGIN;
      break;
    case 0x65: // e
      name = END;
      break;
    case 0x72: // rec, rel
      name = body[at + 2] === 0x63 ? RECORD : PACKAGE;
      break;
    case 0x75: // u
      name = USAGE;
      break;
  }
  const text = NAMES[name];
  return text !== undefined && standsAt(body, at, text) ? name : ODD;
}

function standsAt(body: Uint8Array, at: number, text: Uint8Array): boolean {
  for (let place = 0; place < text.length; place += 1) if (body[at + place] !== text[place]) return false;
  return true;
}

function behindBlanks(body: Uint8Array, from: number): number {
  let at = from;
  for (let code = body[at]; code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09; code = body[at]) at += 1;
  return at;
}

/** The closing quote of a text of printable ASCII without escapes. */
function endOfPlainText(body: Uint8Array, from: number): number {
  for (let at = from; ; at += 1) {
    const code = body[at] ?? 0;
    if (code === QUOTE) return at;
    if (code < 0x20 || code > 0x7e || code === BACKSLASH) return ODD;
  }
}

/** Behind the object that begins there, whatever is in it. */
function endOfObject(body: Uint8Array, start: number): number {
  let depth = 0;
  for (let at = start; at < body.length; at += 1) {
    const code = body[at] ?? 0;
    if (code === QUOTE) {
      for (at += 1; at < body.length && body[at] !== QUOTE; at += 1) if (body[at] === BACKSLASH) at += 1;
    } else if (code === BRACE || code === BRACKET) {
      depth += 1;
      if (depth > DEEPEST_RECORD) return ODD;
    } else if (code === BRACE_END || code === BRACKET_END) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return ODD;
}

const isDigit = (code: number | undefined): boolean => code !== undefined && code >= DIGIT_0 && code <= DIGIT_9;

/** `yyyyMMdd'T'HHmmss'Z'`; NaN = not plainly so */
function instantAt(reader: Reader, at: number): number {
  const { body } = reader;
  if (body[at + 8] !== 0x54 || body[at + 15] !== 0x5a) return Number.NaN;
  for (let place = 0; place < 15; place += 1) if (place !== 8 && !isDigit(body[at + place])) return Number.NaN;
  const hour = pairAt(body, at + 9);
  const minute = pairAt(body, at + 11);
  const second = pairAt(body, at + 13);
  if (hour > 23 || minute > 59 || second > 59) return Number.NaN;
  const date = pairAt(body, at) * 1e6 + pairAt(body, at + 2) * 1e4 + pairAt(body, at + 4) * 100 + pairAt(body, at + 6);
  if (date !== reader.lastDate) {
    const midnight = parseSdkMs(`${decoder.decode(body.subarray(at, at + 8))}T000000Z`);
    if (midnight === null) return Number.NaN;
    reader.lastDate = date;
    reader.lastMidnightMs = midnight;
  }
  return reader.lastMidnightMs + hour * 3_600_000 + minute * 60_000 + second * 1_000;
}
const pairAt = (body: Uint8Array, at: number): number => (body[at] ?? 0) * 10 + (body[at + 1] ?? 0) - DIGIT_0 * 11;

function endOfDecimal(body: Uint8Array, from: number): number {
  let at = from;
  while (isDigit(body[at]) || body[at] === POINT) at += 1;
  return at;
}

/** Above 0 and at most four decimals; ODD where something is to be looked at: many digits, needless zeros in front, none at all. */
function unitsBetween(body: Uint8Array, from: number, to: number): number {
  let whole = 0;
  let at = from;
  for (; at < to && body[at] !== POINT; at += 1) whole = whole * 10 + (body[at] ?? 0) - DIGIT_0;
  const digits = at - from;
  if (digits === 0 || digits > MOST_WHOLE_DIGITS || (digits > 1 && body[from] === DIGIT_0)) return ODD;
  let part = 0;
  if (at < to) {
    const decimals = to - at - 1;
    if (decimals === 0 || decimals > 4) return ODD;
    let unit = UNITS;
    for (at += 1; at < to; at += 1) {
      if (body[at] === POINT) return ODD;
      unit /= 10;
      part += ((body[at] ?? 0) - DIGIT_0) * unit;
    }
  }
  const units = whole * UNITS + part;
  return units === 0 ? ODD : units;
}

/** The place of the instance of that name; what nearly every record names was named before. */
function instanceBetween(reader: Reader, from: number, to: number): number {
  const { body, table, idFrom, idTo, filling } = reader;
  let hash = 0;
  for (let at = from; at < to; at += 1) hash = (Math.imul(hash, 31) + (body[at] ?? 0)) | 0;
  let slot = (hash ^ (hash >>> 15)) & (TABLE - 1);
  for (; table[slot] !== 0; slot = (slot + 1) & (TABLE - 1)) {
    const place = (table[slot] ?? 0) - 1;
    if (isSame(body, from, to, idFrom[place] ?? 0, idTo[place] ?? 0)) return place;
  }
  const place = placeOfInstance(filling, decoder.decode(body.subarray(from, to)));
  table[slot] = place + 1;
  idFrom[place] = from;
  idTo[place] = to;
  return place;
}

function isSame(body: Uint8Array, from: number, to: number, otherFrom: number, otherTo: number): boolean {
  if (to - from !== otherTo - otherFrom) return false;
  for (let at = from, other = otherFrom; at < to; at += 1, other += 1) if (body[at] !== body[other]) return false;
  return true;
}
