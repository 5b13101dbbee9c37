/** Who uses a product, from single signals to the figures of a range (settlement.md 8, S-70, S-72, S-73, S-75). */
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fileWorld } from '../../../../../tests/support/database.ts';
import { startFakeSeller } from '../../../../../tests/support/fake-seller.ts';
import { setProductionUrl } from '../../catalog/index.ts';
import { inTransaction, sql } from '../../platform/database/database.ts';
import { buyFromDemo } from '../../testing/index.ts';
import {
  type Day,
  dayAfter,
  dayOf,
  daysActive,
  endOfDay,
  foldSignals,
  forgetSignals,
  projectsOf,
  recordSignals,
  recordSignIn,
} from './index.ts';

const world = fileWorld();
const APPLICATION = '00000000-0000-4000-8000-00000000a000';
const member = (n: number) => `00000000-0000-4000-8000-00000000b${String(n).padStart(3, '0')}`;
const noon = (day: Day) => new Date(`${day}T12:00:00+08:00`);

let seller: Awaited<ReturnType<typeof startFakeSeller>>;
beforeAll(async () => {
  seller = await startFakeSeller();
  await inTransaction(world().platform.db, (tx) => setProductionUrl(tx, world().demo.goodsId, seller.url));
  const { orderId } = await buyFromDemo(world());
  await world().simulator.drain();
  await sql`UPDATE instances.instances SET started_at = '2020-01-01' WHERE order_id = ${orderId}`.execute(
    world().platform.db,
  );
});
afterAll(() => seller.close());
afterEach(async () => {
  for (const table of ['signals', 'activity_days', 'authorised_days', 'openings'])
    await sql`DELETE FROM ${sql.table(`people.${table}`)}`.execute(world().platform.db);
});

async function opened(): Promise<void> {
  const { demo, platform } = world();
  const { goodsId, sellerId, buyerId } = demo;
  await sql`INSERT INTO people.openings (application_id, goods_id, seller_id, buyer_id, opened_on)
    VALUES (${APPLICATION}::uuid, ${goodsId}, ${sellerId}, ${buyerId}, '2020-01-01')`.execute(platform.db);
}
const active = async (from: Day, to: Day): Promise<{ total: number; days: readonly number[] }> => {
  const { platform, demo } = world();
  const query = { goodsIds: [demo.goodsId], buyerId: null, range: { from, to } };
  const [project] = await projectsOf(platform.db, query);
  return {
    total: project?.active ?? -1,
    days: (await daysActive(platform.db, query)).map(({ activeUsers }) => activeUsers),
  };
};
const signal = (n: number, at: Date) => ({ applicationId: APPLICATION, memberId: member(n), at });

describe('signals become figures when their day is over', () => {
  it('S-72: the Beijing day of a sign-in counts a member once; S-70: nothing of the same day', async () => {
    const { platform, clock } = world();
    await opened();
    const begun = clock.now();
    const today = new Date(begun.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
    await inTransaction(platform.db, async (tx) => {
      await recordSignIn(tx, signal(1, begun));
      await recordSignIn(tx, signal(1, new Date(endOfDay(today).getTime() - 1)));
      await recordSignIn(tx, signal(2, begun));
      await recordSignIn(tx, signal(2, endOfDay(today)));
    });
    expect(await foldSignals(platform)).toBe(0);
    await world().simulator.advanceTo(endOfDay(today));
    expect(await active(today, today)).toEqual({ total: 2, days: [2] });
    await world().simulator.advanceTo(endOfDay(dayAfter(today, 1)));
    expect(await active(today, dayAfter(today, 1))).toEqual({ total: 2, days: [2, 1] });
    expect(await active(dayAfter(today, 1), dayAfter(today, 1))).toEqual({ total: 1, days: [1] });
  });

  it('signals that were counted are kept for some days, their counts for ever', async () => {
    const { platform, clock } = world();
    await opened();
    const today = dayOf(clock.now());
    const days = [dayAfter(today, -101), dayAfter(today, -100), dayAfter(today, -1)];
    const of = (day: Day) => signal(1, noon(day));
    await recordSignals(platform.db, 'REPORT', days.map(of));
    await foldSignals(platform);
    // comes late for a day that is over, and is not in the figures yet
    await recordSignals(platform.db, 'REPORT', [signal(2, noon(dayAfter(today, -101)))]);
    const kept = { ...platform, config: { ...platform.config, activitySignalDays: 100 } };
    expect([await forgetSignals(kept, 10), await forgetSignals(kept, 10)]).toEqual([1, 0]);
    expect(await active(dayAfter(today, -101), dayAfter(today, -100))).toEqual({ total: 1, days: [1, 1] });
    const { rows } = await sql<{ day: string }>`SELECT day::text FROM people.signals ORDER BY day`.execute(platform.db);
    expect(rows.map(({ day }) => day)).toEqual([dayAfter(today, -101), dayAfter(today, -100), dayAfter(today, -1)]);
  });

  it('late and repeated signals, in any order and in pieces, end in the counts of the raw rows', async () => {
    await opened();
    const { platform, clock } = world();
    const last = dayAfter(new Date(clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10), -1);
    const signals = fc.array(fc.record({ n: fc.integer({ min: 1, max: 3 }), ago: fc.integer({ min: 0, max: 70 }) }), {
      minLength: 1,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(signals, { maxLength: 4 }), fc.integer({ min: 0, max: 45 }), async (rounds, ago) => {
        await sql`DELETE FROM people.signals`.execute(platform.db);
        await sql`DELETE FROM people.activity_days`.execute(platform.db);
        for (const round of rounds) {
          const late = round.map((each) => signal(each.n, noon(dayAfter(last, -each.ago))));
          await recordSignals(platform.db, 'REPORT', late);
          while ((await foldSignals(platform, 5)) > 0);
        }
        const from = dayAfter(last, -ago - 29);
        const to = dayAfter(last, -ago);
        const seen = rounds.flat().filter((each) => each.ago >= ago && each.ago <= ago + 29);
        const counted = await active(from, to);
        expect(counted.total).toBe(new Set(seen.map(({ n }) => n)).size);
        expect(counted.days.reduce((sum, each) => sum + each, 0)).toBe(
          new Set(seen.map((each) => `${each.n} ${each.ago}`)).size,
        );
      }),
      { numRuns: 25, seed: 7 },
    );
  });
});
