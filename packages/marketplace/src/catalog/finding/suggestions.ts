/** What to try when nothing was found: the same words without filters, fewer words, categories by name. */

import type { Executor } from '../../platform/database/database.ts';
import type { Site } from '../../platform/site.ts';
import { CATEGORIES } from './categories.ts';
import { countProducts } from './facets.ts';
import type { Filters } from './query.ts';
import { lexemes, searchWords } from './words.ts';

export interface Suggestions {
  readonly withoutFilters: number;
  readonly words: readonly { readonly q: string; readonly count: number }[];
  readonly categoryIds: readonly string[];
}

const COUNTED_TO = 1_000;
const MOST_WORDS = 6;

export async function suggest(executor: Executor, site: Site, filters: Filters): Promise<Suggestions> {
  const words = searchWords(filters.q ?? '');
  const alone = words.length > 1 ? words.slice(0, MOST_WORDS) : partsOf(words[0] ?? '');
  const counted = await Promise.all(
    alone.map(async (q) => ({ q, count: await countProducts(executor, site, { q }, COUNTED_TO) })),
  );
  return {
    withoutFilters: filters.q === undefined ? 0 : await countProducts(executor, site, { q: filters.q }, COUNTED_TO),
    words: counted.filter(({ count }) => count > 0),
    categoryIds: categoriesLike(filters.q ?? ''),
  };
}

/** A word that nothing has: its beginning may be right, and the rest a slip. */
function partsOf(word: string): string[] {
  const characters = [...word];
  if (characters.length < 3) return [];
  return [
    ...new Set([characters.slice(0, -1).join(''), characters.slice(0, Math.ceil(characters.length / 2)).join('')]),
  ];
}

function categoriesLike(q: string): string[] {
  const wanted = lexemes(q);
  return CATEGORIES.flatMap(({ categoryId, name, children }) => [{ categoryId, name }, ...children])
    .filter(({ name }) =>
      [...lexemes(`${name.zh} ${name.en}`)].some((lexeme) => lexeme.length > 1 && wanted.has(lexeme)),
    )
    .map(({ categoryId }) => categoryId)
    .slice(0, MOST_WORDS);
}
