/** Rows as they are copied are what the columns of a call say, read back from the table. */
import { readUsage, serialAt, valueAt } from '@jishi/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fileDatabase } from '../../../../tests/support/database.ts';
import { inTransaction, sql } from '../platform/database/database.ts';
import { decimal } from '../platform/exact.ts';
import { batchOf, hoursOf, spanOf } from './batch.ts';
import type { NewRecords } from './judging.ts';
import { copyRecords } from './record-store.ts';
import { callKeys, serialKeys } from './serial-keys.ts';

const database = fileDatabase();
const HOUR_MS = 3_600_000;
const sdk = (ms: number) => `${new Date(ms).toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;
const FROM_MS = Date.parse('2026-01-01T00:00:00Z');

const digits = (min: number, max: number) => fc.stringMatching(new RegExp(`^[0-9]{${min},${max}}$`));
const value = fc
  .oneof(
    digits(1, 20),
    fc.tuple(digits(1, 15), digits(1, 4)).map((parts) => parts.join('.')),
  )
  .filter((text) => /[1-9]/.test(text));
const record = fc.record({
  meter: fc.nat(4),
  second: fc.nat(7_000_000),
  usage_value: value,
  serial: fc.oneof(
    fc.nat(99).map((number) => `sn-${number}`),
    fc.string({ unit: 'grapheme', maxLength: 9 }),
  ),
  package: fc.option(fc.constantFrom('pkg-1', '包'), { nil: null }),
  late: fc.boolean(),
});
type Given = typeof record extends fc.Arbitrary<infer R> ? R : never;

const meterOf = (number: number) => ({
  ...{ resourceId: `rés-${number}`, instanceId: `inst-${number}`, buyerId: 'b', goodsId: 'g', site: 'CN' as const },
  ...{ terms: { cycle: 'hour', accumulation: 'month' } as const, frozen: [], openedMs: 0, closedMs: null },
  ...{ nextMs: null, billedMs: null, waitingFromMs: null, waitingToMs: null },
});

/** @param form of the old one: without ids */
function callOf(pushId: number, given: readonly Given[], form: 'SIGNED' | 'PLAIN'): NewRecords {
  const { columns: usage } = readUsage(
    given.map((each, place) => ({
      instance_id: `inst-${each.meter}`,
      metering_sn: `${each.serial}-${pushId}-${place}`,
      begin_time: sdk(FROM_MS + each.second * 1_000),
      end_time: sdk(FROM_MS + each.second * 1_000 + HOUR_MS),
      record_time: sdk(FROM_MS + each.second * 1_000 + 2 * HOUR_MS),
      usage_value: each.usage_value,
      relate_pkg_instance: each.package,
      product_id: 'p',
    })),
    form,
  );
  const all = Int32Array.from({ length: usage.count }, (_, place) => place);
  const places = all.filter((place) => !usage.refused.has(place));
  return {
    ...{ pushId, usage, keys: callKeys('s')(usage), places },
    meters: usage.instanceIds.map((id) => meterOf(Number(id.slice(5)))),
    billMs: Float64Array.from(given, ({ second }) => FROM_MS + second * 1_000 + 3 * HOUR_MS),
    late: Uint8Array.from(given, ({ late }) => Number(late)),
  };
}

it('a record is what it was in its call, and sums by the hour are exact', async () => {
  const { db } = database();
  await sql`CREATE TABLE IF NOT EXISTS metering.records_of_the_test PARTITION OF metering.records DEFAULT`.execute(db);
  const calls = fc.array(
    fc.tuple(fc.array(record, { maxLength: 12 }), fc.constantFrom<'SIGNED' | 'PLAIN'>('SIGNED', 'PLAIN')),
    {
      maxLength: 3,
    },
  );
  await fc.assert(
    fc.asyncProperty(calls, async (given) => {
      const distinct = new Set<string>();
      const alone = given.map(([records, form], number): NewRecords => {
        const call = callOf(number + 1, records, form);
        const places = call.places.filter((place) => {
          const meter = call.meters[call.usage.instances[place] ?? 0]?.resourceId ?? '';
          return distinct.size < distinct.add(`${meter} ${call.usage.beginMs[place]}`).size;
        });
        return { ...call, places };
      });
      const expected = alone.flatMap(({ usage, meters, places, pushId, billMs, late }) =>
        [...places].map((place) => {
          const serial = serialAt(usage, place);
          const key = serial === null ? null : serialKeys('s')(serial);
          return {
            id: String(pushId * 1_024 + place),
            meter: meters[usage.instances[place] ?? 0]?.resourceId,
            begin: usage.beginMs[place],
            end: usage.endMs[place],
            recorded: usage.recordMs[place],
            bill: billMs[place],
            late: late[place] === 1,
            value: valueAt(usage, place),
            serial,
            package: usage.packageIds.get(place) ?? null,
            key: key && String(BigInt.asIntN(64, (BigInt(key.high) << 32n) | BigInt(key.low))),
            state: 'TAKEN',
          };
        }),
      );
      await sql`TRUNCATE metering.records`.execute(db);
      const batch = batchOf(alone);
      await inTransaction(db, async (tx) => copyRecords(tx, batch));
      const { rows } = await sql<(typeof expected)[number]>`
        SELECT record_id::text AS id, resource_id AS meter, date_part('epoch', begin_at) * 1000 AS begin, date_part('epoch', end_at) * 1000 AS end,
          date_part('epoch', recorded_at) * 1000 AS recorded, date_part('epoch', bill_at) * 1000 AS bill, late, value, metering_sn AS serial,
          package_instance_id AS package, sn_key::text AS key, state FROM metering.records`.execute(db);
      const byId = (one: { readonly id: string }, other: { readonly id: string }) => (one.id < other.id ? -1 : 1);
      expect(rows.toSorted(byId)).toEqual(expected.toSorted(byId));
      for (const ofMeter of batch.ofMeters) {
        const own = expected.filter(({ meter }) => meter === ofMeter.meter.resourceId);
        const total = own.reduce((sum, each) => sum.plus(each.value), decimal('0'));
        const hours = hoursOf(ofMeter);
        expect(hours.reduce((sum, { usage }) => sum.plus(usage), decimal('0')).equals(total)).toBe(true);
        expect(hours.reduce((sum, { records }) => sum + records, 0)).toBe(own.length);
        expect(spanOf(ofMeter)).toEqual({
          first: Math.min(...own.map(({ bill }) => bill ?? 0)),
          last: Math.max(...own.map(({ bill }) => bill ?? 0)),
          from: Math.min(...own.map(({ begin }) => begin ?? 0)),
        });
      }
    }),
    { numRuns: 60 },
  );
});
