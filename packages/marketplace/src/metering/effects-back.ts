/** A reversal takes back what its charge added to packages and cycles; the rows are there since then. */
import { sql, type Tx } from '../platform/database/database.ts';
import type { Effects } from './charge-store.ts';

export async function takeEffectsBack(tx: Tx, resourceId: string, { draws, cycles }: Effects): Promise<void> {
  if (draws.length > 0)
    await sql`
      UPDATE metering.draws d SET drawn = d.drawn - v.drawn
      FROM unnest(${draws.map((each) => each.packageId)}::text[], ${draws.map((each) => each.window)}::timestamptz[], ${draws.map((each) => each.quantity)}::numeric[])
        AS v (package_id, window_at, drawn)
      WHERE d.package_id = v.package_id AND d.window_at = v.window_at`.execute(tx);
  if (cycles.length > 0)
    await sql`
      UPDATE metering.cycles c SET usage = c.usage - v.usage
      FROM unnest(${cycles.map((each) => each.start)}::timestamptz[], ${cycles.map((each) => each.usage)}::numeric[]) AS v (start_at, usage)
      WHERE c.resource_id = ${resourceId} AND c.start_at = v.start_at`.execute(tx);
}
