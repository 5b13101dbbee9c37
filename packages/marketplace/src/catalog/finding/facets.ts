/** How many products each choice of a filter would show, and how many there are: counted from the index, up to a bound. */
import type { RawBuilder } from 'kysely';
import { type Executor, sql } from '../../platform/database/database.ts';
import type { Site } from '../../platform/site.ts';
import { conditionsOf, type FilterName, type Filters } from './query.ts';
import { isCertification, isIndustry } from './tags.ts';

/** Exact to here; beyond, the shares of the first so many. Nobody chooses by whether it is 10 or 12 thousand. */
export const COUNTED_TO = 10_000;
/** choices shown of one filter */
const MOST_CHOICES = 30;

export const FACETS = [
  'category',
  'accessType',
  'chargingMode',
  'os',
  'industry',
  'region',
  'certification',
  'seller',
] as const;
export type Facet = (typeof FACETS)[number];

export interface Counts {
  readonly total: number;
  readonly free: number;
  readonly trial: number;
  readonly facets: ReadonlyMap<Facet, readonly Choice[]>;
}
export interface Choice {
  readonly value: string;
  readonly count: number;
}

const PREFIXES: Readonly<Record<Facet, string>> = {
  category: 'category',
  accessType: 'type',
  chargingMode: 'mode',
  os: 'os',
  industry: 'tag',
  certification: 'tag',
  region: 'region',
  seller: 'seller',
};

/** A filter that is set shows its other choices too: they are counted without it. */
export async function countFacets(executor: Executor, site: Site, filters: Filters): Promise<Counts> {
  const base = await countTerms(executor, conditionsOf(site, filters));
  const chosen = FACETS.filter((facet) => filters[facet] !== undefined);
  const others = await Promise.all(
    chosen.map(
      async (facet) => [facet, await countTerms(executor, conditionsOf(site, without(filters, facet)))] as const,
    ),
  );
  const termsOf = new Map(others);
  return {
    total: base.total,
    free: base.terms.get('free') ?? 0,
    trial: base.terms.get('trial') ?? 0,
    facets: new Map(FACETS.map((facet) => [facet, choices(facet, (termsOf.get(facet) ?? base).terms)])),
  };
}

const without = (filters: Filters, name: FilterName): Filters => ({ ...filters, [name]: undefined });

function choices(facet: Facet, terms: ReadonlyMap<string, number>): Choice[] {
  const prefix = `${PREFIXES[facet]}:`;
  return [...terms]
    .filter(([term]) => term.startsWith(prefix))
    .map(([term, count]) => ({ value: term.slice(prefix.length), count }))
    .filter(({ value }) => belongs(facet, value))
    .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, MOST_CHOICES);
}

function belongs(facet: Facet, value: string): boolean {
  if (facet === 'industry') return isIndustry(value);
  if (facet === 'certification') return isCertification(value);
  return facet !== 'region' || value !== '*';
}

async function countTerms(
  executor: Executor,
  conditions: readonly RawBuilder<unknown>[] | null,
): Promise<{ readonly total: number; readonly terms: ReadonlyMap<string, number> }> {
  if (conditions === null) return { total: 0, terms: new Map() };
  const { rows } = await sql<{ term: string | null; count: number }>`
    WITH hit AS MATERIALIZED (SELECT terms FROM catalog.search WHERE ${sql.join(conditions, sql` AND `)} LIMIT ${COUNTED_TO})
    SELECT NULL AS term, count(*) AS count FROM hit
    UNION ALL SELECT term, count(*) FROM hit, unnest(hit.terms) AS term GROUP BY term`.execute(executor);
  const terms = new Map(rows.flatMap(({ term, count }) => (term === null ? [] : [[term, count] as const])));
  return { total: rows.find(({ term }) => term === null)?.count ?? 0, terms };
}

/** How many the filters let through, up to a bound. */
export async function countProducts(executor: Executor, site: Site, filters: Filters, most: number): Promise<number> {
  const conditions = conditionsOf(site, filters);
  if (conditions === null) return 0;
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM (SELECT 1 FROM catalog.search WHERE ${sql.join(conditions, sql` AND `)} LIMIT ${most}) AS hit`.execute(
    executor,
  );
  return rows[0]?.count ?? 0;
}
