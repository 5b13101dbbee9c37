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

/** To be called on each new connection of a pool. */
export function prepareStatements(client: pg.PoolClient): void {
  const query = client.query;
  Object.defineProperty(client, 'query', {
    value(text: unknown, values: unknown, ...rest: readonly unknown[]) {
      const name = typeof text === 'string' && isFilled(values) && rest.length === 0 ? nameOf(text) : null;
      if (name === null) return Reflect.apply(query, client, [text, values, ...rest]);
      return Reflect.apply(query, client, [{ name, text, values }]).catch((error: unknown) => {
        // A migration changed what a `SELECT *` gives: from now on under new names, planned anew everywhere.
        if (codeOf(error) === PLAN_IS_STALE) forgetNames();
        throw error;
      });
    },
  });
}

const PLAN_IS_STALE = '0A000';

function nameOf(text: string): string | null {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= MOST_NAMES) return null;
  const name = `jishi_${generation}_${names.size}`;
  names.set(text, name);
  return name;
}

function forgetNames(): void {
  generation += 1;
  names.clear();
}

const isFilled = (values: unknown): values is readonly unknown[] => Array.isArray(values) && values.length > 0;
const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
