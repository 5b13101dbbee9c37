/** The marketplace's process: it dies and begins again with the same database, clock and sellers. */
import { createApp } from '../../api/app.ts';
import { CALLS, type Caller, createCaller } from '../../fulfilment/index.ts';
import { DELIVERIES } from '../../notification/index.ts';
import type { VirtualClock } from '../../platform/clock.ts';
import type { Config } from '../../platform/config.ts';
import type { Db } from '../../platform/database/database.ts';
import type { Outbound } from '../../platform/outbound.ts';
import { createPausePoints, type PausePointName, type PausePoints } from '../../platform/pause-points.ts';
import type { Platform } from '../../platform/platform.ts';
import { seededRandom } from '../../platform/random.ts';
import { TASKS } from '../../platform/tasks/marketplace-tasks.ts';
import { reclaim, reclaimAll } from '../../platform/tasks/task-table.ts';
import { createPlatform, createSimulator, type Simulator } from '../../runtime.ts';
import { type MortalDatabase, mortalDatabase } from './mortal-database.ts';

export interface Process {
  readonly platform: Platform;
  readonly simulator: Simulator;
  readonly caller: Caller;
  readonly database: MortalDatabase;
  readonly pause: PausePoints;
  fetch(request: Request): Promise<Response>;
}

export interface Surroundings {
  readonly seed: string;
  readonly config: Config;
  /** outlives every process */
  readonly db: Db;
  readonly clock: VirtualClock;
  readonly outbound: Outbound;
}

export function begin(around: Surroundings, life: number): Process {
  const { config, clock, outbound } = around;
  const database = mortalDatabase(around.db);
  const pause = createPausePoints();
  const random = seededRandom(`${around.seed} life ${life}`);
  const platform = createPlatform({ config, db: database.db, clock, random, pause });
  const caller = createCaller(platform, outbound);
  let app: ReturnType<typeof createApp> | undefined;
  return {
    platform,
    database,
    pause,
    caller,
    simulator: createSimulator(platform, clock, outbound),
    async fetch(request) {
      app ??= createApp({ platform, caller });
      return app.fetch(request);
    },
  };
}

export function dieAt({ pause, database }: Process, point: PausePointName, passing: number): void {
  let left = passing;
  pause.at(point, () => {
    left -= 1;
    if (left === 0) database.die();
  });
}

const LEASED = [CALLS, TASKS, DELIVERIES];
const LONGEST_LEASE_MS = 46_000;

/** What a dead process held is taken back: by a program that knows that it is alone, or when the leases end. */
export async function takeBack({ db, clock }: Surroundings, alone: boolean): Promise<void> {
  if (alone) {
    for (const table of LEASED) await reclaimAll(db, table);
    return;
  }
  clock.moveTo(new Date(clock.now().getTime() + LONGEST_LEASE_MS));
  for (const table of LEASED) await reclaim(db, table, clock.now());
}
