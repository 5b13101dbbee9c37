/** What a run read of the instances, by PostgreSQL's own count. */
import pg from 'pg';

export interface Touched {
  /** rows that were fetched, by an index or by a scan */
  readonly rows: number;
  /** pages of the table and its indexes that were looked at, in memory or on disk */
  readonly pages: number;
}

/** The counts so far; those of connections that have ended are in them. */
export async function touchedSoFar(databaseUrl: string): Promise<Touched> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ rows: string; pages: string }>(
      `SELECT t.seq_tup_read + t.idx_tup_fetch AS rows, io.heap_blks_read + io.heap_blks_hit + io.idx_blks_read + io.idx_blks_hit AS pages
      FROM pg_stat_user_tables t JOIN pg_statio_user_tables io USING (relid) WHERE t.schemaname = 'instances' AND t.relname = 'instances'`,
    );
    return { rows: Number(rows[0]?.rows), pages: Number(rows[0]?.pages) };
  } finally {
    await client.end();
  }
}
