/** Lines read by hand are what the schema reads, and what the schema refuses is never read by hand. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quickReader } from './read-line.ts';
import { lineOf, scenarioLine } from './scenario.ts';

const number = fc.oneof(
  fc.constantFrom('0', '1', '12', '100.50', '0.000001', '123456789012345678.12345678901234567890'),
  fc.integer({ min: 0, max: 9_999_999 }).map((cents) => (cents / 100).toFixed(2)),
);
const instant = fc.constantFrom(
  ...['2024-01-05', '2024-02-29', '2024-03-01T00:00:00+08:00', '2024-03-01T10:30:00', '2024-12-31T23:59:59.999Z'],
  ...['2024-03-31T01:30:00', '2024-10-27T01:30:00', '2024-01-05T10:30:00.123456789+01:00', '2024-01-05T10:30Z'],
);
const ratio = fc.constantFrom('0', '0.05', '0.9', '1', '1.000');
/** what no member may be, most of the time */
const wrong = fc.constantFrom<unknown>(
  ...['2024-02-30', '2024-01-05T24:00:00Z', '2024-01-05T10:00:60Z', '2024-13-01', 'soon', '', '-1', '1e3', '1.', ' 1'],
  ...[1, true, [], {}, null, { colour: 'red' }, '1'.repeat(200), '2024-01-05T10:30:00+25:00', '0.91'],
);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 3 });
const nullable = <T>(value: fc.Arbitrary<T>) => maybe(fc.option(value, { nil: null, freq: 3 }));

const line = fc.record({
  id: fc.constantFrom('L', 'CS1-000001', '订单'),
  product: fc.constant('p1'),
  order: maybe(fc.constant('CS1')),
  kind: fc.constantFrom('NEW', 'RENEWAL', 'CHANGE', 'REFUND', 'USAGE'),
  mode: fc.constantFrom('PERIOD', 'ONE_TIME', 'PAY_PER_USE', 'PACKAGE'),
  refundOf: nullable(fc.constant('K')),
  listPrice: nullable(number),
  unitPrice: nullable(number),
  amount: nullable(number),
  periods: maybe(number),
  quantity: maybe(number),
  placedAt: instant,
  payment: fc.record({
    mode: maybe(fc.constantFrom('CASH', 'CREDIT')),
    paidAt: nullable(instant),
    repaidAt: nullable(instant),
    nonCash: maybe(number),
    voucher: maybe(fc.record({ used: maybe(number), sellerPart: nullable(ratio) })),
  }),
  activatedAt: nullable(instant),
  effectiveAt: nullable(instant),
  supervisionCompletedAt: nullable(instant),
  refundCompletedAt: nullable(instant),
  consumedFrom: nullable(instant),
  consumedTo: nullable(instant),
  tax: maybe(
    fc.record({ vat: maybe(number), customerWht: maybe(number), sellerWht: maybe(number), dst: maybe(number) }),
  ),
  distributor: nullable(
    fc.record({
      id: fc.constant('d1'),
      scene: fc.constantFrom('SOLO', 'JOINT'),
      floorPrice: number,
      commissionRatio: nullable(ratio),
    }),
  ),
});
/** a member of the line or of one of its parts is something else */
const spoilt = fc.tuple(line, fc.constantFrom(...MEMBERS(), 'colour'), wrong, fc.constantFrom('', 'payment', 'tax'));

function MEMBERS(): string[] {
  return [
    'id',
    'order',
    'kind',
    'mode',
    'refundOf',
    'listPrice',
    'unitPrice',
    'amount',
    'periods',
    'placedAt',
    'vat',
  ].concat([
    'payment',
    'nonCash',
    'paidAt',
    'voucher',
    'used',
    'activatedAt',
    'consumedTo',
    'tax',
    'distributor',
    'repaidAt',
  ]);
}

describe('lines that are read by hand', () => {
  it.each(['CN', 'EU'] as const)('are the same as those that the schema reads (%s)', (site) => {
    const quick = quickReader(site);
    let byHand = 0;
    fc.assert(
      fc.property(line, (described) => {
        const given: unknown = JSON.parse(JSON.stringify(described));
        const read = quick(given);
        const bySchema = scenarioLine.safeParse(given);
        if (read === null) return;
        byHand += 1;
        expect(bySchema.success && lineOf(bySchema.data, site)).toEqual(read.line);
        expect(read.mode).toBe(bySchema.data?.mode);
      }),
      { numRuns: 400 },
    );
    expect(byHand).toBeGreaterThan(100);
  });

  it('are none that the schema refuses', () => {
    const quick = quickReader('CN');
    fc.assert(
      fc.property(spoilt, ([described, member, value, part]) => {
        const whole: Record<string, unknown> = { ...described };
        const inside = part === '' ? whole : { ...(part === 'tax' ? described.tax : described.payment) };
        const target: Record<string, unknown> = inside;
        target[member] = value;
        if (part !== '') whole[part] = inside;
        const given: unknown = JSON.parse(JSON.stringify(whole));
        const read = quick(given);
        const bySchema = scenarioLine.safeParse(given);
        if (read !== null) expect(bySchema.success && lineOf(bySchema.data, 'CN')).toEqual(read.line);
      }),
      { numRuns: 1_000 },
    );
  });

  it('are nearly all of a usual file', () => {
    const usual = {
      ...{ id: 'L', product: 'p1', kind: 'NEW', mode: 'PERIOD', unitPrice: '100.50', periods: '12', quantity: '1' },
      ...{ placedAt: '2024-01-05T10:30:00+08:00', payment: { paidAt: '2024-01-05' }, activatedAt: '2024-01-05' },
    };
    expect(quickReader('CN')(usual)).not.toBeNull();
  });
});
