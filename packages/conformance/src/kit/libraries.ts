/** Canonical text as common libraries write it when they read the body and serialise it anew. */
import { isJsonObject, type Json, parseJson } from '@jishi/protocol';

/** Gson reads numbers into a map as doubles, and writes `1.0`. */
export function asGson(canonical: string): string {
  return rewritten(canonical, (value) => (Number.isInteger(value) ? `${value}.0` : null));
}

/** fastjson reads nested objects into a HashMap; the top level has been sorted by the seller. */
export function asHashMap(canonical: string): string {
  return rewritten(canonical, (value, depth) => {
    if (depth === 0 || !isJsonObject(value)) return null;
    const names = hashMapOrder(Object.keys(value));
    return JSON.stringify(Object.fromEntries(names.map((name) => [name, value[name]])));
  });
}

/** System.Text.Json escapes by default what could do harm in HTML, and all beyond ASCII. */
export function asDotNet(canonical: string): string {
  return canonical
    .replaceAll('\\"', '\\u0022')
    .replace(
      /[&'+<>`\u0080-\uffff]/g,
      (each) => `\\u${each.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
    );
}

type Write = (value: Json, depth: number) => string | null;

/** The text with those values written otherwise that `write` has a text for. */
function rewritten(text: string, write: Write): string {
  const parsed = parseJson(text);
  return parsed.ok ? textOf(parsed.value, 0, write) : text;
}

function textOf(value: Json, depth: number, write: Write): string {
  const given = write(value, depth);
  if (given !== null) return given;
  if (Array.isArray(value)) return `[${value.map((each) => textOf(each, depth + 1, write)).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([name, each]) => `${JSON.stringify(name)}:${textOf(each, depth + 1, write)}`,
  );
  return `{${members.join(',')}}`;
}

/** The order in which a java.util.HashMap gives its keys back: by bucket, in a bucket as they came. */
export function hashMapOrder(keys: readonly string[]): string[] {
  let size = 16;
  while (keys.length > size * 0.75) size *= 2;
  const bucketOf = (key: string) => {
    const hash = javaHash(key);
    return (hash ^ (hash >>> 16)) & (size - 1);
  };
  return keys.toSorted((a, b) => bucketOf(a) - bucketOf(b));
}

/** String.hashCode. */
function javaHash(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index += 1) hash = (Math.imul(31, hash) + text.charCodeAt(index)) | 0;
  return hash;
}
