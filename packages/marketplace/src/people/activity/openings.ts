/** What the calls of the kit say about activity: who was opened, who holds an account (S-73). One statement each. */
import { type Executor, sql } from '../../platform/database/database.ts';
import type { Application } from '../definition.ts';
import { dayOf } from './definition.ts';

/** The product took in the tenant and the application; a second time changes nothing. */
export async function recordOpened(
  executor: Executor,
  application: Pick<Application, 'applicationId' | 'goodsId' | 'sellerId' | 'buyerId'>,
  at: Date,
): Promise<void> {
  const { applicationId, goodsId, sellerId, buyerId } = application;
  await sql`INSERT INTO people.openings (application_id, goods_id, seller_id, buyer_id, opened_on)
    VALUES (${applicationId}::uuid, ${goodsId}, ${sellerId}, ${buyerId}, ${dayOf(at)}::date)
    ON CONFLICT DO NOTHING`.execute(executor);
}

/** Its enterprise was dissolved. */
export async function recordEnded(executor: Executor, applicationId: string, at: Date): Promise<void> {
  await sql`UPDATE people.openings SET ended_on = ${dayOf(at)}::date
    WHERE application_id = ${applicationId}::uuid AND ended_on IS NULL`.execute(executor);
}

/** So many accounts more, or fewer. */
export async function recordAuthorised(
  executor: Executor,
  applicationId: string,
  change: number,
  at: Date,
): Promise<void> {
  if (change === 0) return;
  await sql`INSERT INTO people.authorised_days AS d (application_id, day, change)
    VALUES (${applicationId}::uuid, ${dayOf(at)}::date, ${change})
    ON CONFLICT (application_id, day) DO UPDATE SET change = d.change + excluded.change`.execute(executor);
}
