/**
 * Many failed calls of one seller at once (N-16): the first five within ten minutes are told one by one, so that an
 * outage is heard of at once; the others wait for the end of the ten minutes and become one message with the count of
 * all and their list. While it goes on like that, each further ten minutes are one message and no more.
 */

import type { LocalizedText } from '../catalog/index.ts';
import { sql, type Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { uuid } from '../platform/random.ts';
import { SITES } from '../platform/site.ts';
import { addTask, type TaskHandler } from '../platform/tasks/marketplace-tasks.ts';
import { CATALOGUE } from './catalogue.ts';
import type { Told } from './plan.ts';
import { render } from './render.ts';
import { tell } from './service.ts';

export const MOST_SINGLE = 5;
export const WINDOW_MS = 600_000;
export const SEND_DIGEST = 'notification.send-digest';
/** a mail of a hundred lines is still read; the page shows all */
const MOST_LINES = 100;

/** @returns what is told at once; the rest is kept for its digest */
export async function gather(platform: Platform, tx: Tx, told: readonly Told[], now: Date): Promise<Told[]> {
  const many = told.filter(({ notice }) => CATALOGUE[notice.variant].rhythm === 'GATHERED');
  if (many.length === 0) return [...told];
  const windows = await openWindows(platform, tx, [...new Set(many.map(({ notice }) => notice.tenant))], now);
  const held = new Set<Told>();
  for (const [seller, window] of windows) {
    const own = many.filter(({ notice }) => notice.tenant === seller);
    const single = Math.max(0, window.singles - window.count);
    for (const each of own.slice(single)) held.add(each);
    await keepFailures(platform, tx, window.digestId, own, single, now);
    if (window.count <= window.singles && window.count + own.length > window.singles)
      await addTask(
        tx,
        {
          id: uuid(platform.random),
          kind: SEND_DIGEST,
          subject: window.digestId,
          dueAt: window.endsAt,
          traceId: own[0]?.traceId ?? '',
        },
        now,
      );
  }
  return told.filter((each) => !held.has(each));
}

interface Window {
  readonly digestId: string;
  readonly endsAt: Date;
  /** failures in it so far */
  readonly count: number;
  /** so many of them are told one by one: none while a storm goes on */
  readonly singles: number;
}

/** The sellers' windows, locked in one order; one that is over is begun anew. */
async function openWindows(
  platform: Platform,
  tx: Tx,
  sellers: readonly string[],
  now: Date,
): Promise<Map<string, Window>> {
  const sorted = sellers.toSorted();
  const lately = new Date(now.getTime() - WINDOW_MS);
  const { rows } = await sql<{ seller: string; digest_id: string; ends_at: Date; count: number; singles: number }>`
    INSERT INTO notification.windows AS w (seller, digest_id, ends_at, singles)
    SELECT seller, digest_id, ${new Date(now.getTime() + WINDOW_MS)}::timestamptz, ${MOST_SINGLE}::int
    FROM unnest(${sorted}::text[], ${sorted.map(() => uuid(platform.random))}::uuid[]) AS n (seller, digest_id)
    ON CONFLICT (seller) DO UPDATE SET
      digest_id = CASE WHEN w.ends_at <= ${now} THEN excluded.digest_id ELSE w.digest_id END,
      count = CASE WHEN w.ends_at <= ${now} THEN 0 ELSE w.count END,
      singles = CASE WHEN w.ends_at > ${now} THEN w.singles
                     WHEN w.count > ${MOST_SINGLE} AND w.ends_at > ${lately} THEN 0 ELSE ${MOST_SINGLE} END,
      ends_at = CASE WHEN w.ends_at <= ${now} THEN excluded.ends_at ELSE w.ends_at END
    RETURNING seller, digest_id, ends_at, count, singles`.execute(tx);
  return new Map(
    rows.map((row) => [
      row.seller,
      { digestId: row.digest_id, endsAt: row.ends_at, count: row.count, singles: row.singles },
    ]),
  );
}

async function keepFailures(
  platform: Platform,
  tx: Tx,
  digestId: string,
  failures: readonly Told[],
  single: number,
  now: Date,
): Promise<void> {
  const { timeZone } = SITES[platform.config.site];
  const lines = failures.map(({ notice }) => ({
    zh: `· ${render(notice.variant, notice.facts, 'zh', timeZone).text}`,
    en: `· ${render(notice.variant, notice.facts, 'en', timeZone).text}`,
  }));
  await sql`
    INSERT INTO notification.failures (digest_id, seller, source, occurred_at, line, told)
    SELECT ${digestId}::uuid, seller, source, ${now}::timestamptz, line, told
    FROM unnest(${failures.map(({ notice }) => notice.tenant)}::text[], ${failures.map(({ source }) => source)}::text[],
                ${lines.map((line) => JSON.stringify(line))}::jsonb[], ${failures.map((_, place) => place < single)}::boolean[])
         AS f (seller, source, line, told)
    ON CONFLICT (digest_id, source) DO NOTHING`.execute(tx);
  await sql`UPDATE notification.windows SET count = count + ${failures.length} WHERE digest_id = ${digestId}::uuid`.execute(
    tx,
  );
}

/** The window is over: one message for what was kept. */
export const sendDigest =
  (platform: Platform): TaskHandler =>
  async (tx, task, now) => {
    const { rows } = await sql<{
      seller: string;
      occurred_at: Date;
      line: { zh: string; en: string };
      told: boolean;
    }>`
      SELECT seller, occurred_at, line, told FROM notification.failures WHERE digest_id = ${task.subject}::uuid
      ORDER BY occurred_at, source`.execute(tx);
    const [first] = rows;
    const last = rows.at(-1);
    if (!first || !last) return 'resolved';
    const facts = {
      count: callsFailed(rows.length),
      told: toldSingly(rows.filter((row) => row.told).length),
      from: first.occurred_at,
      to: last.occurred_at,
    };
    const notice = { variant: 'N-16.many' as const, tenant: first.seller, facts };
    const lines = rows.slice(0, MOST_LINES).map((row) => row.line);
    await tell(platform, tx, [{ source: `digest:${task.subject}`, traceId: task.trace_id, notice, lines }], now);
    await sql`DELETE FROM notification.failures WHERE digest_id = ${task.subject}::uuid`.execute(tx);
    return 'done';
  };

const callsFailed = (count: number): LocalizedText => ({
  zh: `${count} 次接口调用失败`,
  en: `${count} interface ${count === 1 ? 'call' : 'calls'} failed`,
});
const toldSingly = (count: number): LocalizedText =>
  count === 0
    ? { zh: '', en: '' }
    : { zh: `其中前 ${count} 次已分别通知。`, en: `You were told about the first ${count} one by one.` };
