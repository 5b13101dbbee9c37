/** What every station is given: the outside world, once, from the start file. */
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Db } from './database/database.ts';
import type { EventBus } from './events.ts';
import type { KeyRing } from './key-ring.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { PausePoints } from './pause-points.ts';
import type { Random } from './random.ts';
import type { Wake } from './tasks/pump.ts';

export interface Platform {
  readonly config: Config;
  readonly db: Db;
  readonly clock: Clock;
  /**
   * What signatures are dated by and checked against; the clock itself, unless business time runs ahead of a seller whose
   * server lives in real time (a sandbox with a seller of one's own)
   */
  readonly wireClock: Clock;
  readonly random: Random;
  readonly keys: KeyRing;
  readonly events: EventBus;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly pause: PausePoints;
  /** kicked after each commit that made something due */
  readonly wake: Wake;
}
