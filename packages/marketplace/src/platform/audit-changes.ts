/**
 * What a command changed of the rows that it is about (O-50): each is read before and after, what differs is kept with the
 * entry. Secrets are masked by the names of their columns; long values are cut.
 */
import { type Executor, sql } from './database/database.ts';

export interface AuditedTable {
  /** with its schema */
  readonly table: string;
  /** the column that names a row, or the rows of one object */
  readonly key: string;
  readonly uuid?: true;
  /** when one object has several rows: what tells them apart */
  readonly each?: string;
}
/** what stands in a column, by the column's name; parts of a document by their path */
export type Facts = ReadonlyMap<string, string>;
export interface Change {
  /** `members.mobile`, `sale_rules.rule.limit` */
  readonly field: string;
  /** null = there was nothing */
  readonly before: string | null;
  readonly after: string | null;
}

/** of an object that has a row for each of something: the first ones */
const MOST_ROWS = 20;
/** a document that was written anew says so by its first parts */
const MOST_CHANGES = 40;
const MOST_LETTERS = 200;
const MASK = '***';
const SECRET = /sealed|secret|password|hash|token|cipher|private/i;
/** columns that follow from the change, or from the work on it */
const BESIDE = ['updated_at', 'changed_at', 'lease_until', 'lease_owner', 'seq'];

/** @returns the rows that there are, as one table of facts; empty = there is none */
export async function factsOf(executor: Executor, of: AuditedTable, id: string): Promise<Facts> {
  const { table, key, uuid, each } = of;
  const value = uuid ? sql`${id}::uuid` : sql`${id}`;
  const { rows } = await sql<{ row: Record<string, unknown> }>`SELECT to_jsonb(r) AS row FROM ${sql.table(table)} AS r
    WHERE ${sql.ref(`r.${key}`)} = ${value} ORDER BY ${sql.ref(`r.${each ?? key}`)} LIMIT ${MOST_ROWS}`.execute(
    executor,
  );
  const name = table.slice(table.indexOf('.') + 1);
  return new Map(
    rows.flatMap(({ row }) => leavesOf(row, each === undefined ? name : `${name}[${String(row[each] ?? '')}]`)),
  );
}

function leavesOf(value: unknown, path: string): [string, string][] {
  if (value === null || value === undefined) return [];
  if (typeof value === 'object' && !Array.isArray(value))
    return Object.entries(value).flatMap(([name, part]) =>
      BESIDE.includes(name) ? [] : leavesOf(part, `${path}.${name}`),
    );
  return [[path, typeof value === 'string' ? value : JSON.stringify(value)]];
}

/** Pure. Masked values still differ: that a secret was changed is seen, not which it is. */
export function changesBetween(before: Facts, after: Facts): Change[] {
  const fields = [...new Set([...before.keys(), ...after.keys()])];
  return fields
    .filter((field) => before.get(field) !== after.get(field))
    .slice(0, MOST_CHANGES)
    .map((field) => ({ field, before: shown(field, before.get(field)), after: shown(field, after.get(field)) }));
}

function shown(field: string, value: string | undefined): string | null {
  if (value === undefined) return null;
  if (SECRET.test(field)) return MASK;
  return value.length > MOST_LETTERS ? `${value.slice(0, MOST_LETTERS)}…` : value;
}
