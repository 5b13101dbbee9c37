/** From the wish to the file: jobs are taken one by one, written outside a transaction, and begun again after a crash. */
import type { Tx } from '../database/database.ts';
import { forgetFile, keepFile } from '../files/index.ts';
import type { Platform } from '../platform.ts';
import { uuid } from '../random.ts';
import { ok, type Result, refuse } from '../result.ts';
import { toCsv } from './csv.ts';
import { EXPORT_DAYS, type ExportJob, type ExportSource, type ExportSources, type Row } from './definition.ts';
import { countOpen, endExport, insertExport, putOff, removeOver, saveProgress, takeExport } from './store.ts';
import { toXlsx } from './xlsx.ts';

/** of one person, so that nobody fills the queue */
const MOST_OPEN = 10;
/** A worker that says nothing for so long is gone. */
const LEASE_MS = 300_000;
const MOST_ATTEMPTS = 3;
const PUT_OFF_MS = 10_000;
const REMOVED_AT_ONCE = 20;
const DAY_MS = 86_400_000;

export type NewExport = Pick<ExportJob, 'userId' | 'kind' | 'parameters' | 'format' | 'language' | 'name'>;

/** @returns refusal EXPORT_LIMIT while too many of the person's exports are not done */
export async function requestExport(
  { random }: Pick<Platform, 'random'>,
  tx: Tx,
  wanted: NewExport,
  now: Date,
): Promise<Result<ExportJob>> {
  if ((await countOpen(tx, wanted.userId)) >= MOST_OPEN)
    return refuse('EXPORT_LIMIT', `${MOST_OPEN} exports are under way; wait for one of them`);
  const job: ExportJob = {
    ...wanted,
    exportId: uuid(random),
    state: 'WAITING',
    ...{ rows: 0, totalRows: null, attempts: 0, fileId: null, size: null, error: null },
    ...{ createdAt: now, finishedAt: null },
  };
  await insertExport(tx, job);
  return ok(job);
}

/** From then on the file is gone. */
export const expiryOf = (finishedAt: Date): Date => new Date(finishedAt.getTime() + EXPORT_DAYS * DAY_MS);

/** Writes one export that is due, and removes what is over. @returns how much there was to do */
export async function stepExports(platform: Platform, sources: ExportSources<Platform>): Promise<number> {
  const now = platform.clock.now();
  const over = await removeOver(platform.db, now, REMOVED_AT_ONCE);
  for (const fileId of over) if (fileId !== null) await forgetFile(platform, fileId, now);
  const job = await takeExport(platform.db, now, leaseFrom(platform));
  if (job === null) return over.length;
  try {
    const source = sources[job.kind];
    if (!source) throw new Error(`nothing exports ${job.kind}`);
    await write(platform, job, source);
  } catch (error) {
    platform.log.error({ err: error, exportId: job.exportId, kind: job.kind, attempts: job.attempts }, 'export failed');
    if (job.attempts >= MOST_ATTEMPTS) await end(platform, job, { state: 'FAILED', error: 'INTERNAL' });
    else await putOff(platform.db, job, new Date(platform.clock.now().getTime() + PUT_OFF_MS));
  }
  return over.length + 1;
}

const leaseFrom = ({ clock }: Platform): Date => new Date(clock.now().getTime() + LEASE_MS);

async function write(platform: Platform, job: ExportJob, source: ExportSource<Platform>): Promise<void> {
  const counted = { rows: 0 };
  const columns = source.columns(job);
  const pages = watched(platform, job, source, counted);
  const content: AsyncIterable<Uint8Array> = job.format === 'csv' ? toCsv(columns, pages) : toXlsx(columns, pages);
  const kept = await keepFile(
    platform,
    {
      // the marketplace made it: nobody owns it but who holds the link, and that is who asked
      owner: { kind: 'operator', id: `exports-of:${job.userId}` },
      keptBy: job.userId,
      purpose: 'EXPORT',
      name: `${job.name}.${job.format}`,
      content,
    },
    platform.clock.now(),
  );
  if (!kept.ok) return void (await end(platform, job, { state: 'FAILED', error: kept.refusal.code }));
  const { fileId, size } = kept.value;
  const ended = await end(platform, job, { state: 'DONE', rows: counted.rows, fileId, size });
  if (!ended) await forgetFile(platform, fileId, platform.clock.now());
}

function end(platform: Platform, job: ExportJob, how: Parameters<typeof endExport>[2]): Promise<boolean> {
  const now = platform.clock.now();
  return endExport(platform.db, job, how, { now, removeAt: expiryOf(now) });
}

/** Tells after each page how far it is; whoever lost the job stops. */
async function* watched(
  platform: Platform,
  job: ExportJob,
  source: ExportSource<Platform>,
  counted: { rows: number },
): AsyncGenerator<readonly Row[]> {
  const totalRows = await source.total(platform, job);
  const tell = async () => {
    const progress = { rows: counted.rows, totalRows, until: leaseFrom(platform) };
    if (!(await saveProgress(platform.db, job, progress))) throw new Error('another worker writes this export');
  };
  await tell();
  for await (const page of source.pages(platform, job)) {
    yield page;
    counted.rows += page.length;
    await tell();
  }
}
