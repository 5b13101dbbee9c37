/** What somebody looks for (12.2), its sort orders and the cursors of its pages. */
import type { RawBuilder } from 'kysely';
import { z } from 'zod';
import { sql } from '../../platform/database/database.ts';
import type { Site } from '../../platform/site.ts';
import type { AccessType, ChargingMode } from '../access-types.ts';
import { EVERYWHERE } from './entry.ts';
import { searchCondition } from './words.ts';

export interface Filters {
  readonly q?: string | undefined;
  readonly category?: string | undefined;
  readonly accessType?: AccessType | undefined;
  readonly chargingMode?: ChargingMode | undefined;
  /** bounds of the "from" price, both inclusive; products without one are left out */
  readonly priceFrom?: string | undefined;
  readonly priceTo?: string | undefined;
  readonly free?: boolean | undefined;
  readonly trial?: boolean | undefined;
  readonly os?: string | undefined;
  readonly industry?: string | undefined;
  readonly certification?: string | undefined;
  readonly tag?: string | undefined;
  readonly region?: string | undefined;
  readonly seller?: string | undefined;
}
export type FilterName = keyof Filters;

export const SORTS = ['DEFAULT', 'NEWEST', 'SALES', 'PRICE_UP', 'PRICE_DOWN', 'RATING'] as const;
export type Sort = (typeof SORTS)[number];

type Condition = RawBuilder<unknown>;

/** What the filters demand of a row, each answered by the one GIN index, the price by its own. `null` = nothing can be found. */
export function conditionsOf(site: Site, filters: Filters): Condition[] | null {
  const conditions = [sql`site = ${site}`];
  const terms = termsOf(filters);
  if (terms.length > 0) conditions.push(sql`terms @> ${terms}::text[]`);
  if (filters.region !== undefined) conditions.push(sql`terms && ${[EVERYWHERE, `region:${filters.region}`]}::text[]`);
  if (filters.priceFrom !== undefined) conditions.push(sql`price_up >= ${filters.priceFrom}::numeric`);
  if (filters.priceTo !== undefined) conditions.push(sql`price_up <= ${filters.priceTo}::numeric`);
  if (filters.priceFrom !== undefined || filters.priceTo !== undefined) conditions.push(sql`price_from IS NOT NULL`);
  if (filters.q !== undefined && filters.q.trim() !== '') {
    const words = searchCondition(filters.q);
    if (words === '') return null;
    conditions.push(sql`words @@ ${words}::tsquery`);
  }
  return conditions;
}

function termsOf(filters: Filters): string[] {
  const { category, accessType, chargingMode, os, seller } = filters;
  const tags = [filters.industry, filters.certification, filters.tag];
  return [
    ...(category === undefined ? [] : [`category:${category}`]),
    ...(accessType === undefined ? [] : [`type:${accessType}`]),
    ...(chargingMode === undefined ? [] : [`mode:${chargingMode}`]),
    ...(os === undefined ? [] : [`os:${os}`]),
    ...(seller === undefined ? [] : [`seller:${seller}`]),
    ...tags.flatMap((tag) => (tag === undefined ? [] : [`tag:${tag}`])),
    ...(filters.free === true ? ['free'] : []),
    ...(filters.trial === true ? ['trial'] : []),
  ];
}

interface Order {
  readonly columns: readonly string[];
  readonly types: readonly string[];
  readonly down: boolean;
}
const BY_SALES: Order = {
  columns: ['sales', 'listed_at', 'goods_id'],
  types: ['int', 'timestamptz', 'text'],
  down: true,
};
/** Each ends with the id, so that a page has one place where it ends, and has its index (schema.ts). */
export const ORDERS: Readonly<Record<Sort, Order>> = {
  DEFAULT: BY_SALES,
  SALES: BY_SALES,
  NEWEST: { columns: ['listed_at', 'goods_id'], types: ['timestamptz', 'text'], down: true },
  PRICE_UP: { columns: ['price_up', 'listed_at', 'goods_id'], types: ['numeric', 'timestamptz', 'text'], down: false },
  PRICE_DOWN: {
    columns: ['price_down', 'listed_at', 'goods_id'],
    types: ['numeric', 'timestamptz', 'text'],
    down: true,
  },
  RATING: { columns: ['stars', 'reviews', 'goods_id'], types: ['numeric', 'int', 'text'], down: true },
};

/** Where a page ended: of which sort, in which tier (search.ts), behind which row. */
const cursor = z.tuple([z.enum(SORTS), z.union([z.literal(0), z.literal(1)]), z.array(z.string().max(100)).max(3)]);
export type Cursor = z.infer<typeof cursor>;

export const encodePlace = (place: Cursor): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** @returns null for what is no cursor of this sort */
export function decodePlace(text: string, sort: Sort): Cursor | null {
  try {
    const parsed = cursor.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    return parsed.success && parsed.data[0] === sort && fits(parsed.data[2], ORDERS[sort].types) ? parsed.data : null;
  } catch {
    return null;
  }
}

const SHAPES: Readonly<Record<string, RegExp>> = {
  int: /^\d{1,9}$/,
  numeric: /^-?\d{1,20}(\.\d{1,10})?$/,
  timestamptz: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/,
  text: /^[\x21-\x7e]+$/,
};
const fits = (values: readonly string[], types: readonly string[]): boolean =>
  values.length === types.length && types.every((type, at) => SHAPES[type]?.test(values[at] ?? '') === true);

/** Rows behind a place, in the order of an index. */
export function behind(sort: Sort, values: readonly string[]): Condition {
  const { columns, types, down } = ORDERS[sort];
  const row = sql.join(types.map((type, at) => sql`${values[at] ?? ''}::${sql.raw(type)}`));
  return sql`(${sql.raw(columns.join(', '))}) ${sql.raw(down ? '<' : '>')} (${row})`;
}

export const orderBy = (sort: Sort): Condition =>
  sql.raw(ORDERS[sort].columns.map((column) => (ORDERS[sort].down ? `${column} DESC` : column)).join(', '));

/** The place of a row as texts that come back unchanged: an instant keeps its microseconds. */
export const placeOf = (sort: Sort): Condition =>
  sql`ARRAY[${sql.raw(
    ORDERS[sort].columns
      .map((column) => (column === 'listed_at' ? "(listed_at AT TIME ZONE 'UTC')::text || '+00'" : `${column}::text`))
      .join(', '),
  )}]`;
