/**
 * The difference of two versions as data, for the side-by-side view of a review (catalogue.md 8.2): added, removed and
 * changed members by path. Specifications, SKUs, prices, files and parameters are paired by what identifies them, so
 * that one that moved is no difference. Pure.
 */
import { isDeepStrictEqual } from 'node:util';
import type { LocalizedText } from '../definition.ts';
import type { DraftContent } from './draft.ts';

export interface ContentDifference {
  /** in the newer side; of a removed part in the older side */
  readonly path: string;
  readonly kind: 'ADDED' | 'REMOVED' | 'CHANGED';
  /** names of the specification and SKU that the path leads through */
  readonly about: readonly LocalizedText[];
  /** null = absent */
  readonly before: unknown;
  readonly after: unknown;
}

/** @param before null = a new product: each member is added */
export function contentDifferences(before: DraftContent | null, after: DraftContent): ContentDifference[] {
  return compare(before ?? {}, after, { path: '', about: [] });
}

interface Place {
  readonly path: string;
  readonly about: readonly LocalizedText[];
}

type Members = Readonly<Record<string, unknown>>;
const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function compare(before: unknown, after: unknown, place: Place): ContentDifference[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (isMembers(before) && isMembers(after)) {
    const names = [...new Set([...Object.keys(after), ...Object.keys(before)])];
    return names.flatMap((name) => compare(before[name], after[name], inside(place, name)));
  }
  if (Array.isArray(before) && Array.isArray(after) && WHOLE.every((end) => !place.path.endsWith(end)))
    return compareParts(before, after, place);
  if (isAbsent(before) && isAbsent(after)) return [];
  return [
    {
      ...place,
      kind: isAbsent(before) ? 'ADDED' : isAbsent(after) ? 'REMOVED' : 'CHANGED',
      before: before ?? null,
      after: after ?? null,
    },
  ];
}

/** lists that are one value: half a list of brackets says nothing */
const WHOLE = ['brackets', 'buyerIds', 'tags', 'keywords', 'privateMembers'];

const isAbsent = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0);

function compareParts(before: readonly unknown[], after: readonly unknown[], place: Place): ContentDifference[] {
  const older = keyed(before);
  const newer = keyed(after);
  const changed = [...newer].flatMap(([key, { part, index }]) => {
    const here = named(place, index, part);
    const old = older.get(key);
    return old ? compare(old.part, part, here) : [{ ...here, kind: 'ADDED' as const, before: null, after: part }];
  });
  const removed = [...older]
    .filter(([key]) => !newer.has(key))
    .map(([, { part, index }]) => ({
      ...named(place, index, part),
      kind: 'REMOVED' as const,
      before: part,
      after: null,
    }));
  return [...changed, ...removed];
}

const IDENTITIES = ['specificationId', 'skuCode', 'priceItemId', 'fileId', 'code'];

function keyed(parts: readonly unknown[]): Map<string, { part: unknown; index: number }> {
  return new Map(parts.map((part, index) => [identityOf(part) ?? `#${index}`, { part, index }]));
}

function identityOf(part: unknown): string | null {
  if (!isMembers(part)) return null;
  for (const name of IDENTITIES) {
    const id = part[name];
    if (typeof id === 'string' && id !== '') return id;
  }
  return null;
}

const inside = ({ path, about }: Place, name: string): Place => ({
  path: path === '' ? name : `${path}.${name}`,
  about,
});

function named(place: Place, index: number, part: unknown): Place {
  const { path, about } = inside(place, String(index));
  const name = isMembers(part) ? nameOf(part) : null;
  return { path, about: name ? [...about, name] : about };
}

/** A specification by its name, a SKU by its values. */
function nameOf(part: Members): LocalizedText | null {
  if (isText(part.name) && 'specificationId' in part) return part.name;
  if (!('skuCode' in part) || !Array.isArray(part.attributes)) return null;
  const values = part.attributes.flatMap((each: unknown) =>
    isMembers(each) && isText(each.value) ? [each.value] : [],
  );
  return values.length === 0
    ? null
    : { zh: values.map(({ zh }) => zh).join(' / '), en: values.map(({ en }) => en).join(' / ') };
}

const isText = (value: unknown): value is LocalizedText =>
  isMembers(value) && typeof value.zh === 'string' && typeof value.en === 'string';
