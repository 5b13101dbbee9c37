/** The limit: the same rows, by COPY, into a table with the same unique key. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from } from 'pg-copy-streams';
import { z } from 'zod';
import { serverCpuMs } from '../cpu.ts';

const body = z.object({
  usage_records: z.array(
    z.object({
      instance_id: z.string(),
      metering_sn: z.string(),
      begin_time: z.string(),
      end_time: z.string(),
      record_time: z.string(),
      usage_value: z.string(),
    }),
  ),
});

/** The lines that COPY takes, of the body of a call. */
export const rawLines = (text: string): string =>
  body
    .parse(JSON.parse(text))
    .usage_records.map((r) =>
      [r.instance_id, r.metering_sn, r.begin_time, r.end_time, r.record_time, r.usage_value].join('\t'),
    )
    .join('\n')
    .concat('\n');

/** Nothing but what the rows say and the key that the interface asks for (rule 5 of openapi.md 5.2). */
export const createRawTable = (database: Pick<pg.Client, 'query'>, name: string): Promise<unknown> =>
  database.query(`CREATE TABLE IF NOT EXISTS ${name} (resource_id text NOT NULL, metering_sn text, begin_at timestamptz NOT NULL, end_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL, value numeric NOT NULL, UNIQUE (resource_id, begin_at, end_at))`);

/** Adds to the table. @returns how long it took by the clock, and by the processor for this program and the database; the lines were made before */
export async function copyRaw(
  url: string,
  bodies: readonly string[],
): Promise<{ readonly ms: number; readonly cpuMs: number }> {
  const lines = bodies.map(rawLines);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await createRawTable(client, 'raw_usage');
    const [database, own, began] = [await serverCpuMs(url), process.cpuUsage(), performance.now()];
    await pipeline(Readable.from(lines), client.query(from('COPY raw_usage FROM STDIN')));
    const ms = performance.now() - began;
    const { user, system } = process.cpuUsage(own);
    const cpuMs = (user + system) / 1_000 + (await serverCpuMs(url)) - database;
    return { ms, cpuMs };
  } finally {
    await client.end();
  }
}
