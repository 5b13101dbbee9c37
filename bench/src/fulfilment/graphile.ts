/**
 * The same calls as jobs on graphile-worker, tuned as its performance page says: a local queue, jobs fetched and
 * completed in batches. The second job is added by the statement that ends the first (its SQL function `add_job`).
 */
import { consoleLogFactory, Logger, run, runMigrations } from 'graphile-worker';
import { z } from 'zod';
import { createOneCall } from './one-call.ts';
import type { Begin, Settings } from './settings.ts';

const payload = z.object({ orderLineId: z.string(), instanceId: z.string().nullable() });
const NEXT_JOB = "SELECT graphile_worker.add_job('queryInstance', $6::json)";
const logger = new Logger((scope) => (level, message) => {
  if (level === 'error') consoleLogFactory(scope)(level, message);
});

export async function startGraphile(settings: Settings): Promise<Begin> {
  const { pool, call } = createOneCall(settings);
  await runMigrations({ pgPool: pool, logger });
  await pool.query(`
    SELECT count(graphile_worker.add_job('newInstance', json_build_object('orderLineId', order_line_id, 'instanceId', NULL))) FROM bench.lines`);
  await pool.query('VACUUM ANALYZE');
  return async (done) => {
    let delivered = 0;
    await run({
      pgPool: pool,
      logger,
      noHandleSignals: true,
      preset: {
        worker: {
          concurrentJobs: settings.concurrency,
          localQueue: { size: LOCAL_QUEUE },
          completeJobBatchDelay: 0,
          failJobBatchDelay: 0,
        },
      },
      taskList: {
        async newInstance(data) {
          const { orderLineId } = payload.parse(data);
          const parameter = (instanceId: string) => JSON.stringify({ orderLineId, instanceId });
          await call({ orderLineId, instanceId: null }, { sql: NEXT_JOB, parameter });
        },
        async queryInstance(data) {
          await call(payload.parse(data));
          delivered += 1;
          if (delivered === settings.lines) done();
        },
      },
    });
  };
}

// 500 is what its performance page uses; concurrency + 1 (65), its other advice, was not tried.
const LOCAL_QUEUE = 500;
