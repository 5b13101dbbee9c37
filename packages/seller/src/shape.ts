/** The shape of JSON as data, with its type: just enough to trust an answer of which more members may come. */
import type { Json } from '@jishi/protocol';

/** `…?` may be null; an array of one shape is a list of it; members that are not named stay as they are. */
export type Shape =
  | 'string'
  | 'string?'
  | 'number'
  | 'number?'
  | 'boolean'
  | 'json'
  | readonly [Shape]
  | { readonly [member: string]: Shape };

export type Shaped<S> = S extends 'string'
  ? string
  : S extends 'string?'
    ? string | null
    : S extends 'number'
      ? number
      : S extends 'number?'
        ? number | null
        : S extends 'boolean'
          ? boolean
          : S extends 'json'
            ? Json
            : S extends readonly [infer Item]
              ? readonly Shaped<Item>[]
              : { readonly [Member in keyof S]: Shaped<S[Member]> };

export const fits = <const S extends Shape>(shape: S, value: unknown): value is Shaped<S> =>
  misfit(shape, value) === null;

/** Where it does not fit, e.g. `lines.0.amount`; null = it does. */
export function misfit(shape: Shape, value: unknown, path = ''): string | null {
  if (typeof shape === 'string') return isPlain(shape, value) ? null : path || 'the body';
  if (isList(shape)) {
    if (!Array.isArray(value)) return path || 'the body';
    return first(value.entries(), ([place, item]) => misfit(shape[0], item, below(path, String(place))));
  }
  if (typeof value !== 'object' || value === null) return path || 'the body';
  const members = new Map(Object.entries(value));
  return first(Object.entries(shape), ([name, inner]) => misfit(inner, members.get(name), below(path, name)));
}

function isPlain(shape: Exclude<Shape, object>, value: unknown): boolean {
  if (shape === 'json') return value !== undefined;
  if (shape.endsWith('?')) return value === null || typeof value === shape.slice(0, -1);
  return typeof value === shape;
}
const isList = (shape: Exclude<Shape, string>): shape is readonly [Shape] => Array.isArray(shape);
const below = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

function first<T>(items: Iterable<T>, look: (item: T) => string | null): string | null {
  for (const item of items) {
    const found = look(item);
    if (found !== null) return found;
  }
  return null;
}
