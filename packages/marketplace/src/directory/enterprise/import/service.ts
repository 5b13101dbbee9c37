/** From a file to people: checked row by row, looked at by somebody, taken over as a whole or not at all (E-16). */
import { inTransaction, type Tx } from '../../../platform/database/database.ts';
import { claimFile, type FileOwner, fileById, readFile } from '../../../platform/files/index.ts';
import type { Platform } from '../../../platform/platform.ts';
import { uuid } from '../../../platform/random.ts';
import { ok, type Result, refuse } from '../../../platform/result.ts';
import { type AdministratorScope, type Enterprise, MOST_DEPARTMENTS, MOST_MEMBERS } from '../definition.ts';
import { allDepartments, insertDepartments } from '../department-store.ts';
import { countsOf, enterpriseWithin } from '../enterprise-store.ts';
import { insertMembers, takenUserNames } from '../member-store.ts';
import { directoryChanged, readOnlyFault } from '../service.ts';
import { type Checked, checkRows } from './check.ts';
import { type FileRow, readPeople } from './read.ts';
import * as store from './store.ts';

export const IMPORTS = 'directory.imports';
const LEASE_MS = 300_000;
const RETRY_MS = 10_000;
/** rows in one statement, and how often progress is told */
const CHUNK = 2_000;

/** @returns refusals FILE_UNKNOWN, and those of an enterprise that can not be changed */
export async function beginImport(
  platform: Platform,
  tx: Tx,
  asked: {
    readonly enterprise: Enterprise;
    readonly fileId: string;
    readonly owner: FileOwner;
    readonly userId: string;
    /** of a business administrator: rows beyond it are faulty (E-15a); null = everything */
    readonly scope: AdministratorScope | null;
  },
  now: Date,
): Promise<Result<string>> {
  const file = await claimFile(tx, asked.fileId, asked.owner, 'MEMBERS');
  if (!file.ok) return file;
  const importId = uuid(platform.random);
  const { fileId, name: fileName } = file.value;
  const { enterpriseId } = asked.enterprise;
  const { userId, scope } = asked;
  await store.insertImport(tx, { importId, enterpriseId, userId, scope, fileId, fileName, createdAt: now });
  return ok(importId);
}

/** @returns refusals IMPORT_STATE, IMPORT_FAULTY (rows are faulty, and not only the valid ones are wanted) */
export async function decideImport(
  tx: Tx,
  job: store.ImportJob,
  decision: 'APPLY' | 'APPLY_VALID' | 'DISCARD',
  now: Date,
): Promise<Result<null>> {
  if (job.state !== 'CHECKED')
    return refuse('IMPORT_STATE', 'this import does not wait for a decision', { state: job.state });
  if (decision === 'DISCARD') {
    await store.dropRows(tx, job.importId);
    await store.setImport(tx, job.importId, { state: 'DISCARDED' }, null, now);
    return ok(null);
  }
  if (decision === 'APPLY' && job.rowsFaulty > 0)
    return refuse('IMPORT_FAULTY', 'E-16: rows are faulty; put them right, or take the valid ones only', {
      rows: String(job.rowsFaulty),
    });
  if (job.members + job.departments === 0) return refuse('IMPORT_EMPTY', 'E-16: no row can be taken');
  await store.setImport(tx, job.importId, { state: 'APPLYING', validOnly: decision === 'APPLY_VALID' }, now, null);
  return ok(null);
}

/** Does one import that is due. @returns how much there was to do */
export async function stepImports(platform: Platform): Promise<number> {
  const now = platform.clock.now();
  const job = await store.takeImport(platform.db, now, new Date(now.getTime() + LEASE_MS));
  if (job === null) return 0;
  try {
    await (job.state === 'CHECKING' ? check(platform, job) : apply(platform, job));
  } catch (error) {
    platform.log.error({ err: error, importId: job.importId }, 'an import failed; it is repeated');
    const again = new Date(platform.clock.now().getTime() + RETRY_MS);
    await store.tellProgress(platform.db, job.importId, job.rowsRead, again);
  }
  return 1;
}

async function check(platform: Platform, job: store.ImportJob): Promise<void> {
  const { db } = platform;
  const bytes = await bytesOf(platform, job.fileId);
  const read = bytes === null ? ({ ok: false, fault: 'DAMAGED' } as const) : await readPeople(bytes);
  if (!read.ok) {
    const now = platform.clock.now();
    return store.setImport(db, job.importId, { state: 'FAILED', error: read.fault }, null, now);
  }
  const checked = await inTransaction(db, (tx) => against(tx, job, read.rows));
  for (let from = 0; from < checked.rows.length; from += CHUNK) {
    await store.keepRows(db, job.importId, checked.rows.slice(from, from + CHUNK));
    await tell(platform, job, Math.min(from + CHUNK, checked.rows.length));
  }
  const rowsTotal = checked.rows.length;
  await store.setImport(
    db,
    job.importId,
    { state: 'CHECKED', rowsTotal, encoding: read.encoding, ...countsIn(checked) },
    null,
    null,
  );
}

/** Checked once more under the enterprise's lock: the directory may have changed since somebody looked. */
async function apply(platform: Platform, job: store.ImportJob): Promise<void> {
  const { importId, enterpriseId } = job;
  const rows = await allRows(platform, importId);
  await inTransaction(platform.db, async (tx) => {
    const enterprise = await enterpriseWithin(tx, enterpriseId, { kind: 'all' }, true);
    const now = platform.clock.now();
    if (!enterprise || readOnlyFault(enterprise))
      return store.setImport(tx, importId, { state: 'FAILED', error: 'READ_ONLY' }, null, now);
    const checked = await against(tx, job, rows);
    const counts = countsIn(checked);
    const present = await countsOf(tx, enterpriseId);
    if (present.members + counts.members > MOST_MEMBERS || present.departments + counts.departments > MOST_DEPARTMENTS)
      return store.setImport(tx, importId, { state: 'FAILED', error: 'TOO_MANY' }, null, now);
    if (counts.rowsFaulty > 0 && !job.validOnly) {
      for (let from = 0; from < rows.length; from += CHUNK)
        await store.keepRows(tx, importId, checked.rows.slice(from, from + CHUNK));
      return store.setImport(tx, importId, { state: 'CHECKED', error: 'CHANGED', ...counts }, null, null);
    }
    for (let from = 0; from < checked.departments.length; from += CHUNK)
      await insertDepartments(tx, enterpriseId, checked.departments.slice(from, from + CHUNK), now);
    const members = checked.members.map((facts) => ({ ...facts, memberId: uuid(platform.random) }));
    for (let from = 0; from < members.length; from += CHUNK)
      await insertMembers(tx, enterpriseId, members.slice(from, from + CHUNK), now);
    await directoryChanged(platform, tx, enterpriseId, job.userId, now);
    await store.setImport(tx, importId, { state: 'DONE', ...counts }, null, now);
  });
  platform.wake.kick();
}

const countsIn = ({ rows, members, departments }: Checked) => ({
  rowsFaulty: rows.filter(({ faults }) => faults.length > 0).length,
  members: members.length,
  departments: departments.length,
});

async function against(tx: Tx, { enterpriseId, scope }: store.ImportJob, rows: readonly FileRow[]): Promise<Checked> {
  const named = rows.flatMap(({ values }) => values.userName ?? []);
  return checkRows(rows, {
    departments: await allDepartments(tx, enterpriseId),
    userNames: await takenUserNames(tx, enterpriseId, named),
    scope,
  });
}

async function allRows({ db }: Platform, importId: string): Promise<FileRow[]> {
  const rows: FileRow[] = [];
  for (;;) {
    const page = await store.importRows(db, importId, {
      faultyOnly: false,
      after: rows.at(-1)?.row ?? 0,
      limit: CHUNK,
    });
    rows.push(...page.map(({ row, values }) => ({ row, values })));
    if (page.length < CHUNK) return rows;
  }
}

const tell = (platform: Platform, { importId }: store.ImportJob, rowsRead: number): Promise<void> =>
  store.tellProgress(platform.db, importId, rowsRead, new Date(platform.clock.now().getTime() + LEASE_MS));

async function bytesOf(platform: Platform, fileId: string): Promise<Buffer | null> {
  const file = await fileById(platform.db, fileId);
  const stream = file ? await readFile(platform, file) : null;
  if (stream === null) return null;
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}
