/** A carrier without a carrier: its parcels stand in a table, where a test, a sandbox or an operator writes what happens to them. */
import { z } from 'zod';
import { type Db, type Executor, sql } from '../../platform/database/database.ts';
import type { CourierService, ParcelAsked, ParcelEntry } from './courier-service.ts';

const entries = z.array(
  z.object({ at: z.iso.datetime(), what: z.enum(['MOVING', 'SIGNED', 'RETURNED']), text: z.string() }),
);

export function recordingCouriers({ db }: { readonly db: Db }): CourierService {
  return {
    async follow({ carrier, trackingNo }) {
      const { rows } = await sql<{ phone: string | null; entries: unknown }>`
        UPDATE delivery.recorded_parcels SET asked = asked + 1 WHERE carrier = ${carrier} AND tracking_no = ${trackingNo}
        RETURNING phone, entries`.execute(db);
      const [row] = rows;
      if (!row) return null;
      const log = entries.parse(row.entries).map(({ at, ...entry }) => ({ ...entry, at: new Date(at) }));
      return { phone: row.phone, entries: log };
    },
  };
}

/** Something happens to a parcel. @param phone of the receiver as the carrier has it */
export async function recordParcel(
  executor: Executor,
  { carrier, trackingNo, phone = null }: ParcelAsked & { readonly phone?: string | null },
  entry: ParcelEntry,
): Promise<void> {
  const added = JSON.stringify([{ ...entry, at: entry.at.toISOString() }]);
  await sql`
    INSERT INTO delivery.recorded_parcels AS held (carrier, tracking_no, phone, entries) VALUES (${carrier}, ${trackingNo}, ${phone}, ${added}::jsonb)
    ON CONFLICT (carrier, tracking_no) DO UPDATE SET phone = coalesce(excluded.phone, held.phone), entries = held.entries || excluded.entries`.execute(
    executor,
  );
}
