/** Bodies of usage that are read by hand say what they say when they are parsed (openapi.md 5.2). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Json, parseJson } from '../json.ts';
import { type ReadUsage, readUsage, serialAt, valueAt } from './usage-columns.ts';
import { readUsageRecord, type UsageRecordReading, usageRecordsOf } from './usage-records.ts';
import { readUsageText } from './usage-text.ts';

const RECORD = {
  instance_id: 'inst-1',
  metering_sn: 'sn-1',
  begin_time: '20260101T070000Z',
  end_time: '20260101T080000Z',
  record_time: '20260101T080500Z',
  usage_value: '12.5',
};
const bytes = (text: string) => new TextEncoder().encode(text);
const bodyOf = (...records: readonly Json[]) => JSON.stringify({ usage_records: [...records] });

/** The columns as records again. */
function readings({ columns }: ReadUsage): UsageRecordReading[] {
  return Array.from({ length: columns.count }, (_, place): UsageRecordReading => {
    const refused = columns.refused.get(place);
    if (refused) return { ok: false, ...refused };
    return {
      ok: true,
      record: {
        instanceId: columns.instanceIds[columns.instances[place] ?? -1] ?? '',
        recordMs: columns.recordMs[place] ?? Number.NaN,
        beginMs: columns.beginMs[place] ?? Number.NaN,
        endMs: columns.endMs[place] ?? Number.NaN,
        value: valueAt(columns, place),
        meteringSn: serialAt(columns, place),
        productId: null,
        packageInstanceId: columns.packageIds.get(place) ?? null,
      },
    };
  });
}

/** What a body says when it is parsed whole; null = nothing that is taken */
function parsed(body: Uint8Array): { readonly given: readonly Json[]; readonly read: ReadUsage } | null {
  const whole = parseJson(new TextDecoder().decode(body));
  const records = whole.ok ? usageRecordsOf(whole.value) : 'MISSING';
  return typeof records === 'string' ? null : { given: records, read: readUsage(records, 'SIGNED') };
}

/** @returns whether it was read by hand */
function expectSame(body: Uint8Array): boolean {
  const byHand = readUsageText(body);
  if (byHand === null) return false;
  const whole = parsed(body);
  if (!whole) throw new Error('it was read although it is not right');
  const expected = whole.given.map((given) => readUsageRecord(given, 'SIGNED'));
  expect(readings(byHand)).toEqual(expected);
  expect(readings({ ...whole.read })).toEqual(expected);
  expect(expected.map((_, place) => byHand.given(place))).toEqual(whole.given);
  expect(new Set(byHand.columns.instanceIds).size).toBe(byHand.columns.instanceIds.length);
  return true;
}

const odd = fc.constantFrom('', ' ', 'é', 'Ａ', '\u0000', '\u007f', '"', '\\', 'x'.repeat(64), 'x'.repeat(65), '💧');
const id = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 5 }).map((number) => `id-${number}`) },
  { weight: 1, arbitrary: odd },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 66 }) },
);
const digits = (min: number, max: number) => fc.stringMatching(new RegExp(`^[0-9]{${min},${max}}$`));
const time = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('20260101T070000Z', '20251231T235959Z', '20240229T000001Z') },
  { weight: 1, arbitrary: fc.constantFrom('20260230T070000Z', '20260101T240000Z', '20260101 070000Z', '', '0') },
  { weight: 1, arbitrary: fc.tuple(digits(8, 8), digits(6, 6)).map(([date, clock]) => `${date}T${clock}Z`) },
);
const amount = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(digits(1, 3), digits(1, 4)).map((parts) => parts.join('.')) },
  { weight: 2, arbitrary: digits(1, 21) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('0', '0.0000', '.5', '5.', '1.2.3', '-1', '+1', '1e3', '00', '01', '1,5', ' 1'),
  },
);
const value: fc.Arbitrary<Json> = fc.oneof(
  { weight: 4, arbitrary: amount },
  {
    weight: 2,
    arbitrary: fc.double({ min: 0, max: 1e6, noNaN: true }).map((number) => Math.round(number * 100) / 100),
  },
  { weight: 1, arbitrary: fc.constantFrom<Json>(0, 1, 1e21, 1.00005, 123_456_789_012, 0.0001, null, true, {}, []) },
);
const nothing = fc.constantFrom<Json>(null, 7, false, [], {}, { a: '}"' });
const oneOf = (text: fc.Arbitrary<Json>) =>
  fc.oneof({ weight: 40, arbitrary: text }, { weight: 1, arbitrary: nothing });
const record = fc.record(
  {
    instance_id: oneOf(id),
    metering_sn: oneOf(id),
    begin_time: oneOf(time),
    end_time: oneOf(time),
    record_time: oneOf(time),
    usage_value: oneOf(value),
    relate_pkg_instance: oneOf(id),
    later: fc.constantFrom<Json>('x', '}', '"', { a: ['{'] }),
  },
  { requiredKeys: [] },
);
const plain = fc.record({
  instance_id: fc.integer({ min: 0, max: 5 }).map((number) => `inst-${number}`),
  metering_sn: fc.integer({ min: 0, max: 99 }).map((number) => `sn-${number}`),
  begin_time: fc.constantFrom('20260101T070000Z', '20251231T235959Z'),
  end_time: fc.constantFrom('20260101T070000Z', '20251231T235959Z'),
  record_time: fc.constantFrom('20260101T070000Z', '20251231T235959Z'),
  usage_value: fc.constantFrom('1', '1.25', '0.0001', '99999999999.9999', '100', '7.10'),
});
const records = fc.array(fc.oneof({ weight: 3, arbitrary: plain }, { weight: 2, arbitrary: record }), {
  minLength: 1,
  maxLength: 8,
});

describe('a body that is read by hand', () => {
  it('says what it says when it is parsed, good and bad records alike, however it is set out', () => {
    let byHand = 0;
    fc.assert(
      fc.property(records, fc.constantFrom<string | number>('', 1, '\t'), (given, space) => {
        if (expectSame(bytes(JSON.stringify({ usage_records: given }, null, space)))) byHand += 1;
      }),
      { numRuns: 1_000 },
    );
    // nearly all of them: what is odd in one record leaves the others alone
    expect(byHand).toBeGreaterThan(950);
  });

  it('is never read by hand when it is not right: cut, with a byte changed, left out or put in', () => {
    const changed = fc
      .tuple(records, fc.nat(), fc.nat(3), fc.constantFrom(...'{}[]",:\\ 0.eZ\u0000é'))
      .map(([given, where, how, what]) => {
        const text = bodyOf(...given);
        const at = where % text.length;
        if (how === 0) return text.slice(0, at);
        return `${text.slice(0, at)}${how === 1 ? '' : what}${text.slice(how === 2 ? at : at + 1)}`;
      });
    fc.assert(
      fc.property(changed, (text) => void expectSame(bytes(text))),
      { numRuns: 3_000 },
    );
  });

  it('holds for bytes that are no UTF-8', () => {
    const text = bytes(bodyOf(RECORD, { ...RECORD, metering_sn: 'sn-2' }));
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.integer({ min: 128, max: 255 }), (at, code) => {
        const body = text.slice();
        body[at] = code;
        expectSame(body);
      }),
    );
  });

  it.each<[string, string]>([
    ['a name twice', bodyOf(RECORD).replace('"end_time"', '"begin_time":"20260101T060000Z","end_time"')],
    ['a name with an escape', bodyOf(RECORD).replace('end_time', 'end\\u005ftime')],
    ['a number with a zero behind', bodyOf(RECORD).replace('"12.5"', '12.50')],
    ['a thousand records', bodyOf(...Array.from({ length: 1_000 }, (_, n) => ({ ...RECORD, instance_id: `i${n}` })))],
  ])('reads %s', (_, text) => {
    expect(expectSame(bytes(text))).toBe(true);
  });

  it.each<[string, string]>([
    ['no records', bodyOf()],
    ['too many', bodyOf(...Array.from({ length: 1_001 }, () => RECORD))],
    ['another member', JSON.stringify({ usage_records: [RECORD], more: 1 })],
    ['the list twice', `{"usage_records":[],${bodyOf(RECORD).slice(1)}`],
    ['something behind', `${bodyOf(RECORD)}x`],
    ['a mark of the byte order', `\ufeff${bodyOf(RECORD)}`],
    ['a record that is none', bodyOf(RECORD, 1)],
    ['nothing', ''],
    ['a deep one', bodyOf({ ...RECORD, deep: JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`) })],
    ['a control character', bodyOf(RECORD).replace('sn-1', 'sn\n1')],
    ['a comma at the end', bodyOf(RECORD).replace('}]', '},]')],
    ['a number with zeros in front', bodyOf(RECORD).replace('"12.5"', '012')],
  ])('leaves %s to whoever parses', (_, text) => {
    expect(readUsageText(bytes(text))).toBeNull();
  });
});
