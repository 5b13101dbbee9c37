/** The bills of the database are those of the engine, however the facts come and whatever happens to the run. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sharedWorld } from '../../../../../tests/support/shared-world.ts';
import { trialBalance } from '../../ledger/index.ts';
import { inTransaction, sql, type Tx } from '../../platform/database/database.ts';
import { decimal } from '../../platform/money.ts';
import type { Platform } from '../../platform/platform.ts';
import { seededRandom } from '../../platform/random.ts';
import { addMonths } from '../calendar.ts';
import {
  arrive,
  bill,
  billed,
  billedAtOnce,
  commissionBills,
  families,
  forgetBills,
  monthsFrom,
  owed,
  runTime,
  type Sold,
  sold,
} from './live.test-support.ts';
import { runPeriod } from './run.ts';

const world = sharedWorld({ seed: 'live settlement' });
const MONTHS = monthsFrom('202401', 16);
const ALL_RUNS = ['2024-01/2025-04'];

let runs = 0;
function named(): string {
  runs += 1;
  return `t${String(runs).padStart(3, '0')}`;
}

/** Everything arrives in its time, and each month is billed on its day. */
async function monthByMonth({ arrivals }: Sold, platform: Platform = world().platform): Promise<void> {
  const waiting = [...arrivals].sort((one, other) => one.at.getTime() - other.at.getTime());
  for (const period of MONTHS) {
    const now = runTime(period, platform.config.site);
    const come = waiting.filter(({ at }) => at <= now);
    waiting.splice(0, come.length);
    await arrive(platform, come);
    await bill(platform, period);
  }
}

describe('the live settlement', () => {
  it('S3-16 … S3-19, S3-14: settling month by month equals settling at once, distributors too; Σ bills = Σ lines = ledger; each line is in exactly one bill', async () => {
    await fc.assert(
      fc.asyncProperty(families, async (given) => {
        const run = named();
        const { platform } = world();
        await forgetBills(platform);
        const what = sold(given, run);
        await monthByMonth(what);
        const bills = await billed(platform, run);
        expect(bills).toEqual(await billedAtOnce(what, ALL_RUNS));
        const sum = bills.reduce((total, { total: one }) => total.plus(one), decimal('0'));
        expect(await owed(platform, run)).toBe(sum.toFixed(2));
        const { rows } = await sql<{ lines: number }>`
          SELECT count(*) AS lines FROM settlement.lines l JOIN settlement.periods p ON p.site = l.site AND p.period = l.bill_period WHERE p.state = 'CLOSED'`.execute(
          platform.db,
        );
        expect(bills.reduce((count, { lines }) => count + lines, 0)).toBe(rows[0]?.lines);
        expect((await trialBalance(platform.db)).balanced).toBe(true);
        // 4.6: one bill a party and period, the sum of its parts; all of a party's are what the ledger owes it
        const apart = await commissionBills(platform, run);
        const sums = (of: readonly (readonly [string, string])[]) => {
          const added = new Map<string, string>();
          for (const [key, amount] of of)
            added.set(
              key,
              decimal(added.get(key) ?? '0')
                .plus(amount)
                .toFixed(2),
            );
          return [...added].toSorted(([one], [other]) => one.localeCompare(other));
        };
        expect(apart.map(({ id, period, total: one }) => [`${period} ${id}`, one])).toEqual(
          sums(
            bills.flatMap(({ period, distributors }) => distributors.map(([id, each]) => [`${period} ${id}`, each])),
          ),
        );
        expect(sums(apart.map(({ id, total: one }) => [id, one]))).toEqual(
          sums([...new Map(apart.map(({ id, owed: all }) => [id, all]))]),
        );
      }),
      { numRuns: 5, seed: 7, endOnFailure: true },
    );
  });

  it('S3-8, S4-8, S3-18, S3-19: so it does abroad, with taxes of customers and sellers', async () => {
    const abroad = { ...world().platform, config: { ...world().platform.config, site: 'INTL' as const } };
    await fc.assert(
      fc.asyncProperty(families, async (given) => {
        const run = named();
        await forgetBills(abroad);
        const what = sold(given, run, 'INTL');
        await monthByMonth(what, abroad);
        expect(await billed(abroad, run)).toEqual(await billedAtOnce(what, ALL_RUNS, 'INTL'));
        expect((await trialBalance(abroad.db)).balanced).toBe(true);
      }),
      { numRuns: 2, seed: 5, endOnFailure: true },
    );
  });

  it('the order of facts is irrelevant', async () => {
    await fc.assert(
      fc.asyncProperty(families, fc.integer(), async (given, seed) => {
        const run = named();
        const { platform } = world();
        await forgetBills(platform);
        const what = sold(given, run);
        const random = seededRandom(String(seed));
        const roots = what.arrivals.filter(({ line }) => line && line.lineId === line.rootId);
        const others = what.arrivals.filter((each) => !roots.includes(each));
        const shuffled = others.map((each) => ({ each, key: random.bytes(1)[0] ?? 0 })).sort((a, b) => a.key - b.key);
        await arrive(platform, [...roots, ...shuffled.map(({ each }) => each)]);
        for (const period of MONTHS) await bill(platform, period);
        expect(await billed(platform, run)).toEqual(await billedAtOnce(what, ALL_RUNS));
      }),
      { numRuns: 4, seed: 11, endOnFailure: true },
    );
  });

  it('a bill run that is killed at 20 moments, started twice and run on two machines at once makes the same bills', async () => {
    const { platform } = world();
    await forgetBills(platform);
    const run = named();
    const what = sold(
      fc
        .sample(families, { numRuns: 4, seed: 3 })
        .flat()
        .map((each, place) => ({ ...each, day: each.day % 20, ...(place === 0 ? BROUGHT : {}) })),
      run,
    );
    await arrive(
      platform,
      what.arrivals.filter(({ at }) => at < runTime('202401')),
    );
    const request = { site: 'CN' as const, period: '202401' };
    const now = runTime('202401');
    const random = seededRandom('moments');
    let deaths = 0;
    for (let moment = 0; moment < 20; moment += 1) {
      const last = 1 + ((random.bytes(1)[0] ?? 0) % 9);
      const killed = inTransaction(platform.db, (tx) => runPeriod(platform, mortal(tx, last), request, now));
      await killed.then(
        () => {},
        () => {
          deaths += 1;
        },
      );
      if (deaths <= moment) break;
      expect(await billed(platform, run)).toEqual([]);
      expect(await commissionBills(platform, run)).toEqual([]);
    }
    expect(deaths).toBe(20);
    const twice = await Promise.all(
      [1, 2].map(() => inTransaction(platform.db, (tx) => runPeriod(platform, tx, request, now))),
    );
    expect(twice.map((done) => done.ok && done.value.repeated).toSorted()).toEqual([false, true]);
    const bills = await billed(platform, run);
    expect(bills.length).toBeGreaterThan(0);
    expect(await owed(platform, run)).toBe(
      bills.reduce((total, { total: one }) => total.plus(one), decimal('0')).toFixed(2),
    );
    const commissions = await commissionBills(platform, run);
    expect(commissions.length).toBeGreaterThan(0);
    for (const { total, owed: all } of commissions) expect(total).toBe(all);
    const again = await inTransaction(platform.db, (tx) => runPeriod(platform, tx, request, now));
    expect(again.ok && again.value.repeated).toBe(true);
    expect(await billed(platform, run)).toEqual(bills);
    expect(await commissionBills(platform, run)).toEqual(commissions);
  });

  it('periods are billed in order, on their day, and not in a year whose holidays are not known', async () => {
    const { platform } = world();
    await forgetBills(platform);
    const ask = (period: string, now: Date) =>
      inTransaction(platform.db, (tx) => runPeriod(platform, tx, { site: 'CN', period }, now));
    const codeOf = async (period: string, now: Date) => {
      const done = await ask(period, now);
      return done.ok ? 'done' : done.refusal.code;
    };
    await sql`INSERT INTO settlement.periods (site, period) VALUES ('CN', '202401'), ('CN', '202402'), ('CN', '203001')`.execute(
      platform.db,
    );
    expect(await codeOf('202401', new Date('2024-02-03T12:00:00Z'))).toBe('NOT_YET');
    expect(await codeOf('202402', new Date('2024-03-04T00:00:00Z'))).toBe('EARLIER_PERIOD_OPEN');
    expect(await codeOf('202403', new Date('2024-04-04T00:00:00Z'))).toBe('NOTHING_TO_BILL');
    // T9: the 3rd is a Saturday, Sunday the 4th is worked
    expect(await codeOf('202401', new Date('2024-02-04T00:00:00Z'))).toBe('done');
    expect(await codeOf('202402', new Date('2024-03-04T00:00:00Z'))).toBe('done');
    expect(await codeOf('203001', new Date('2030-03-04T00:00:00Z'))).toBe('CALENDAR_GAP');
    expect(addMonths('202412', 1)).toBe('202501');
  });
});

/** Of a distributor, and sure to count. */
const BROUGHT = {
  kind: 'NEW' as const,
  product: 'p5' as const,
  partner: 'SOLO' as const,
  cents: 100_000,
  credit: false,
  activeAfter: 0,
  refunds: [],
};

/** A transaction whose process dies before its n-th statement. */
function mortal(tx: Tx, last: number): Tx {
  let left = last;
  return {
    ...tx,
    getExecutor() {
      left -= 1;
      if (left <= 0) throw new Error('the process died');
      return tx.getExecutor();
    },
  };
}
