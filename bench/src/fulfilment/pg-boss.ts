/**
 * The same calls as jobs on pg-boss, tuned as its documentation says: jobs fetched, completed and added in batches, and
 * each worker told (`notifyWorker`) to look again at once instead of at the next poll.
 */
import PgBoss from 'pg-boss';
import { createOneCall } from './one-call.ts';
import type { Begin, Settings } from './settings.ts';

const QUEUE = 'calls';
// Together they hold `concurrency` jobs; several, so that one batch's slowest call does not leave all others idle.
const WORKERS = 4;

interface Job {
  readonly orderLineId: string;
  readonly instanceId: string | null;
}

export async function startPgBoss(settings: Settings): Promise<Begin> {
  const { pool, call } = createOneCall(settings);
  const db = {
    executeSql: (text: string, values: unknown[]) => pool.query(text, values),
  };
  const boss = new PgBoss({ db, supervise: false, schedule: false });
  boss.on('error', (error) => process.stderr.write(`pg-boss: ${error.message}\n`));
  await boss.start();
  await boss.createQueue(QUEUE);
  const { rows } = await pool.query<{ order_line_id: string }>('SELECT order_line_id FROM bench.lines');
  await boss.insert(rows.map((row) => ({ name: QUEUE, data: { orderLineId: row.order_line_id, instanceId: null } })));
  await pool.query('VACUUM ANALYZE');
  return async (done) => {
    let delivered = 0;
    const batchSize = Math.ceil(settings.concurrency / WORKERS);
    const work = async (jobs: readonly PgBoss.Job<Job>[], lookAgain: () => void) => {
      const created = jobs.filter((job) => job.data.instanceId === null);
      const instanceIds = await Promise.all(jobs.map((job) => call(job.data)));
      const next = jobs.flatMap(({ data: { orderLineId, instanceId } }, place) =>
        instanceId === null ? [{ name: QUEUE, data: { orderLineId, instanceId: instanceIds[place] ?? '' } }] : [],
      );
      if (next.length > 0) await boss.insert(next);
      delivered += jobs.length - created.length;
      if (delivered === settings.lines) done();
      lookAgain();
    };
    for (let count = 0; count < WORKERS; count += 1) {
      let id = '';
      const options = { batchSize, pollingIntervalSeconds: 0.5 };
      id = await boss.work<Job>(QUEUE, options, (jobs) => work(jobs, () => boss.notifyWorker(id)));
    }
  };
}
