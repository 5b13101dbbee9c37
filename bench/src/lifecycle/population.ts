/** Living subscriptions by the million: some that were really bought, copied by the database, and a few made due. */
import { createPlatform, createSimulator, openDatabase, type Platform } from '@jishi/marketplace';
import { buyMany, createBuyers, createSellers, testConfig } from '@jishi/marketplace/testing';
import { adminQuery } from '../place.ts';

/** a moment after 03:00 in Beijing, when automatic renewals are due */
export const NOW = new Date('2026-06-14T19:00:30.000Z');
const BUYERS = 100;

/** What makes an instance due at NOW: its time is over, or it renews itself within a week. */
const DUE = {
  expiry: `expiry_policy = 'MANUAL', expire_at = '2026-06-14T15:59:59Z', stepped_at = '2026-06-14T03:00:00Z', next_at = '2026-06-14T15:59:59Z'`,
  renewal: `expiry_policy = 'AUTO', expire_at = '2026-06-22T15:59:59Z', stepped_at = '2026-06-10T00:00:00Z', next_at = '2026-06-14T19:00:00Z'`,
} as const;
export type Kind = keyof typeof DUE;

/** A marketplace whose clock stands at NOW. */
export function platformAt(databaseUrl: string): { platform: Platform; close(): Promise<void> } {
  const { db, close } = openDatabase(databaseUrl, { poolSize: 4 });
  return { platform: createPlatform({ config: testConfig(databaseUrl), db, clock: { now: () => NOW } }), close };
}

/** One instance of each of many buyers, as ordering leaves it; V5 buyers have a week of grace. */
export async function firstInstances(databaseUrl: string): Promise<void> {
  const { platform, close } = platformAt(databaseUrl);
  const [seller] = await createSellers(platform, ['http://127.0.0.1:1/never-called'], 'an-access-key-of-the-bench');
  for (const buyer of await createBuyers(platform, BUYERS))
    await buyMany(platform, buyer, seller?.priceItemId ?? '', 1);
  const simulator = createSimulator(platform, { now: () => NOW, moveTo: () => {} });
  await simulator.drain();
  await simulator.close();
  await close();
  await adminQuery(databaseUrl, "UPDATE directory.buyers SET level = 'V5'");
  await adminQuery(
    databaseUrl,
    'CREATE SCHEMA bench; CREATE TABLE bench.first AS SELECT i, row_number() OVER () - 1 AS place FROM instances.instances i',
  );
  await adminQuery(databaseUrl, 'TRUNCATE instances.instances');
}

/** Copies until `to` of them live; nothing of the copies is due for two weeks. */
export async function growTo(databaseUrl: string, from: number, to: number): Promise<void> {
  await adminQuery(
    databaseUrl,
    `SET synchronous_commit = off;
    INSERT INTO instances.instances
    SELECT copy.* FROM generate_series(${from}, ${to - 1}) AS n JOIN bench.first f ON f.place = n % ${BUYERS},
      LATERAL (SELECT timestamptz '${NOW.toISOString()}' + (30 + n % 300) * interval '1 day' + n % 86400 * interval '1 second' AS ends) AS t,
      LATERAL jsonb_populate_record(f.i, jsonb_build_object('resource_id', ${resourceId('n')}, 'instance_id', 'i' || n, 'state', 'ACTIVE',
        'activated_at', timestamptz '2026-01-01', 'expire_at', t.ends, 'next_at', t.ends - interval '15 days', 'stepped_at', timestamptz '2026-06-01')) AS copy`,
  );
  await adminQuery(databaseUrl, 'VACUUM ANALYZE instances.instances');
}

/** Makes `count` due, spread over those from `from` on; each `turn` takes others. */
export async function makeDue(
  databaseUrl: string,
  kind: Kind,
  among: { readonly from: number; readonly to: number },
  count: number,
  turn: number,
): Promise<void> {
  const stride = Math.floor((among.to - among.from) / count);
  await adminQuery(
    databaseUrl,
    `UPDATE instances.instances i SET ${DUE[kind]} FROM generate_series(0, ${count - 1}) AS n WHERE i.resource_id = ${resourceId(`${among.from} + n * ${stride} + ${turn}`)}`,
  );
  await adminQuery(databaseUrl, 'VACUUM instances.instances');
  await adminQuery(databaseUrl, 'CHECKPOINT');
}

const resourceId = (place: string) => `'CS260101' || lpad((${place})::text, 9, '0') || '-000001'`;
