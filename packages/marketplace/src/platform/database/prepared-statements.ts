/**
 * Prepares statements: a text with parameters is parsed and planned once a connection instead of at each use
 * (with other changes PostgreSQL's part of a delivery fell from 3.3 to 1.7 ms, bench/README.md). Stores write constant texts, so a few dozen names cover all
 * of them; what comes after the limit (lists with many filters) runs unnamed. Needs a connection of one's own: behind
 * PgBouncer that is session pooling, or transaction pooling from 1.21 on.
 */
import type pg from 'pg';

const MOST_NAMES = 300; // a plan takes 10–100 kB in each server process
const names = new Map<string, string>();
let generation = 0;

/** Puts a statement on the wire; it is not waited for before the next of the same connection is sent. */
export async function send(
  client: pg.PoolClient,
  text: string,
  values: readonly unknown[],
): Promise<Pick<pg.QueryResult, 'command' | 'rowCount' | 'rows'>> {
  if (values.length === 0) return client.query(text);
  const name = nameOf(text);
  try {
    return await client.query({ ...(name === null ? {} : { name }), text, values: [...values] });
  } catch (error) {
    // A migration changed what a `SELECT *` gives: from now on under new names, planned anew everywhere.
    if (codeOf(error) === PLAN_IS_STALE) forgetNames();
    throw error;
  }
}

/** `BEGIN` and its like: prepared too, because only prepared statements travel together with others (`pipeline.ts`). */
export const sendCommand = (client: pg.PoolClient, text: string): Promise<pg.QueryResult> =>
  client.query({ name: text, text });

const PLAN_IS_STALE = '0A000';

function nameOf(text: string): string | null {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= MOST_NAMES) return null;
  const name = `jishi_${generation}_${names.size}`;
  names.set(text, name);
  return name;
}

/** From now on under new names: what was prepared is left alone. */
export function forgetNames(): void {
  generation += 1;
  names.clear();
}

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
