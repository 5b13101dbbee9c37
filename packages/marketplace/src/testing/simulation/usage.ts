/**
 * Usage in a simulation: sellers push the hours of their pay-per-use services in any order, late, more than once and in any
 * batches, and remember what was answered with success; a push that was not answered is made again, as the guide tells them.
 */
import { z } from 'zod';
import { takeUsage } from '../../metering/index.ts';
import { type Db, sql } from '../../platform/database/database.ts';
import { decimal } from '../../platform/money.ts';
import { traceId } from '../../platform/random.ts';
import type { Dice } from '../dice.ts';
import type { TakenUsage } from '../invariants/usage.ts';
import type { Stage } from './acting.ts';

const place = z.number().int().min(0);
export const useAction = z.object({
  do: z.literal('use'),
  /** counted among pay-per-use services, the newest first */
  instance: place,
  /** so many hours … */
  hours: z.number().int().min(1).max(48),
  /** … of which the last ended so many hours ago */
  ago: place,
  /** of each hour; a balance does not stand `much` */
  size: z.enum(['some', 'much']),
});
type Use = z.infer<typeof useAction>;

/** What sellers remember of their pushes. */
export interface UsageMemory {
  readonly taken: ReadonlyMap<string, TakenUsage>;
  note(usage: TakenUsage): void;
}
export function usageMemory(): UsageMemory {
  const taken = new Map<string, TakenUsage>();
  return { taken, note: (usage) => void taken.set(`${usage.resourceId} ${usage.beginAt.getTime()}`, usage) };
}

const HOUR_MS = 3_600_000;
const MUCH = 2_000_000; // 50,000.00 at the demo's price, more than most have with their credit
/** a process that dies in one push after the other has died often enough */
const MOST_TRIES = 4;

export async function pushUse(stage: Stage, { instance, hours, ago, size }: Use): Promise<void> {
  const { db, dice, clock } = stage;
  const found = await findMetered(db, instance);
  if (!found) return;
  const last = Math.floor(clock.now().getTime() / HOUR_MS) - ago;
  const records = Array.from({ length: hours }, (_, back) => {
    const [begin, end] = [(last - back - 1) * HOUR_MS, (last - back) * HOUR_MS];
    const usage = size === 'much' ? MUCH : dice.pick([1, 7.25, 120, 0.0001, 3000.5]);
    return {
      ...{ instance_id: found.instanceId, metering_sn: `${found.resourceId}-${begin / HOUR_MS}` },
      ...{ begin_time: wire(begin), end_time: wire(end), record_time: wire(end), usage_value: String(usage) },
    };
  });
  for (const batch of batches(dice, records)) {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const result = await stage.surviving(() => {
        const { platform } = stage.process();
        const requestId = traceId(dice.random);
        const push = { sellerId: found.sellerId, form: 'SIGNED', records: batch, requestId, nonce: null } as const;
        return takeUsage(platform, push, clock.now());
      });
      if (result?.kind === 'JUDGED')
        for (const [at, outcome] of result.outcomes.entries()) {
          const record = batch[at];
          if (record && outcome === 'TAKEN') stage.usage.note(takenOf(found.resourceId, record));
        }
      if (result) break;
    }
  }
}

interface Sent {
  readonly begin_time: string;
  readonly usage_value: string;
}
const takenOf = (resourceId: string, { begin_time: begin, usage_value: value }: Sent): TakenUsage => ({
  resourceId,
  beginAt: new Date(begin.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z')),
  value: decimal(value).toFixed(),
});
const wire = (ms: number): string => `${new Date(ms).toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;

/** Shuffled, cut in up to three, and one of them once more. */
function batches<T>(dice: Dice, records: readonly T[]): T[][] {
  const keyed = records.map((record) => ({ record, key: dice.below(1_000_000) }));
  const shuffled = keyed.toSorted((one, other) => one.key - other.key).map(({ record }) => record);
  const size = Math.ceil(shuffled.length / (1 + dice.below(3)));
  const cut = Array.from({ length: Math.ceil(shuffled.length / size) }, (_, part) =>
    shuffled.slice(part * size, (part + 1) * size),
  );
  const again = dice.chance(50) ? cut[dice.below(cut.length)] : undefined;
  return again ? [...cut, again] : cut;
}

async function findMetered(db: Db, at: number) {
  const { rows } = await sql<{ resourceId: string; instanceId: string; sellerId: string }>`
    SELECT resource_id AS "resourceId", instance_id AS "instanceId", seller_id AS "sellerId" FROM instances.instances
    WHERE charging_mode = 'ON_DEMAND' AND instance_id IS NOT NULL ORDER BY created_at DESC, resource_id`.execute(db);
  return rows[at % Math.max(rows.length, 1)];
}

/** index of the specification in the demo's product */
const [PAY_PER_USE, PACKAGE] = [3, 4];
const DAY = 1440;

/** A service that is used: with a package or without, paid or not, and what follows from it. */
export function usageEpisode(dice: Dice) {
  const [buyer, product] = [dice.below(4), dice.below(1000)];
  const bought = { do: 'buy', buyer, product, periodType: 'month', periods: 1, quantity: 10, lines: 1 } as const;
  const buy = (specification: number) => ({ ...bought, specification, pay: 'once' as const });
  const work = (minutes: number) => ({ do: 'work' as const, minutes });
  const use = (more: Partial<Use> = {}): Use => ({
    ...{ do: 'use', instance: 0, hours: 1 + dice.below(6), ago: dice.below(3), size: 'some', ...more },
  });
  const begun = [
    { do: 'seller' as const, seller: product, mood: 'sound' as const },
    ...(dice.chance(60) ? [buy(PACKAGE)] : []),
    buy(PAY_PER_USE),
    work(12 * 60),
  ];
  const used = [use(), use({ ago: 0 }), work(dice.pick([120, 300])), use({ hours: 12 }), work(DAY)];
  if (dice.chance(50)) return [...begun, ...used, use({ instance: dice.below(4), ago: 6 }), work(240)];
  const until = (moment: 'freeze' | 'release', minutes: number) => ({
    ...{ do: 'until' as const, instance: 0, moment, minutes, working: false },
  });
  const paid = [
    { do: 'top-up' as const, buyer },
    { do: 'top-up' as const, buyer },
    { do: 'top-up' as const, buyer },
  ];
  return [
    ...begun,
    use({ hours: 1, ago: 0, size: 'much' }),
    use({ hours: 1, ago: 2, size: 'much' }),
    work(240),
    ...dice.pick([
      [until('freeze', 10), work(10), use({ ago: 0 }), ...paid, work(120), use({ ago: 0 })],
      [until('freeze', -120), ...paid, work(180)],
      [until('freeze', 10), work(10), until('release', 10), work(10), ...paid, work(DAY + 60)],
    ]),
    work(240),
  ];
}
