import type { Json } from '../json.ts';

/** So much of a value stands in a diagnosis. */
export const EXCERPT_MAX_CHARACTERS = 80;
const EXCERPT_MAX_DEPTH = 8;

/** The JSON of a value up to {@link EXCERPT_MAX_CHARACTERS}, whatever its size and depth; `…` stands for what is left out. */
export function excerpt(value: Json): string {
  const text = begin(value, EXCERPT_MAX_CHARACTERS, EXCERPT_MAX_DEPTH);
  return text.length > EXCERPT_MAX_CHARACTERS ? `${text.slice(0, EXCERPT_MAX_CHARACTERS - 1)}…` : text;
}

/** At least `room` characters of the value's JSON where it has so many. */
function begin(value: Json, room: number, depth: number): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, room));
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value))
    return depth === 0 ? '[…]' : `[${list(value, room, (each, left) => begin(each, left, depth - 1))}]`;
  if (depth === 0) return '{…}';
  const member = (name: string, left: number) =>
    `${JSON.stringify(name.slice(0, left))}:${begin(value[name] ?? null, left, depth - 1)}`;
  return `{${list(Object.keys(value), room, member)}}`;
}

function list<T>(values: readonly T[], room: number, write: (value: T, left: number) => string): string {
  let text = '';
  for (const value of values) {
    if (text.length > room) break;
    text += `${text === '' ? '' : ','}${write(value, room)}`;
  }
  return text;
}
