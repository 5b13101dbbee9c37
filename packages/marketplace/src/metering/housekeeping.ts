/** What is kept how long: records and their hours as long as bills are asked about, rejections as long as they can be repaired. */
import { sql } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { dropPartitions } from './partitions.ts';

const DAY_MS = 86_400_000;
/** charges stay for ever; the records that they were made of for two years */
const RECORD_DAYS = 730;
const MONTH_DAYS = 31;
const REJECTION_DAYS = 90;
/** twice the window of a signature is enough, and clocks differ */
const NONCE_MS = 10 * 60_000;

/** A small step, often. */
export async function forgetUsage(
  { db, clock, wireClock }: Pick<Platform, 'db' | 'clock' | 'wireClock'>,
  limit: number,
): Promise<void> {
  const now = clock.now();
  const ago = (ms: number) => new Date(now.getTime() - ms);
  // signatures have a clock of their own (decision 0007): one that is moved far ahead opens no window again
  const unused = new Date(wireClock.now().getTime() - NONCE_MS);
  await sql`DELETE FROM metering.nonces WHERE ctid IN (SELECT ctid FROM metering.nonces WHERE at < ${unused} LIMIT ${limit})`.execute(
    db,
  );
  await sql`DELETE FROM metering.rejections WHERE rejection_id IN (
    SELECT rejection_id FROM metering.rejections WHERE received_at < ${ago(REJECTION_DAYS * DAY_MS)} ORDER BY received_at LIMIT ${limit})`.execute(
    db,
  );
  // once a month: the hours and the calls go with their records, which were told of later than they began
  if ((await dropPartitions(db, ago(RECORD_DAYS * DAY_MS))) > 0) {
    await sql`DELETE FROM metering.hours WHERE hour < ${ago(RECORD_DAYS * DAY_MS)}`.execute(db);
    await sql`DELETE FROM metering.pushes WHERE received_at < ${ago((RECORD_DAYS + MONTH_DAYS) * DAY_MS)}`.execute(db);
  }
}
