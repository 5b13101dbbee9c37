/** Access keys: where they come from, how they are rotated, and that they never appear in a text. */

type KeyList = string | readonly string[];

/** One key, several (newest first, while a rotation lasts), or a function that fetches them, called for each request. */
export type KeySource = KeyList | (() => KeyList | Promise<KeyList>);

/** The key bound to the base interfaces; `base` is written out where other interface types have keys of their own. */
export type AccessKeyOption = KeySource | { readonly base: KeySource };

/** Reads the keys that are valid now, newest first. Throws when the source yields none. */
export type KeyReader = () => Promise<readonly string[]>;

/** Checks what can be checked at construction. Throws a `TypeError` that never shows the key. */
export function keyReader(option: AccessKeyOption): KeyReader {
  const source = sourceOf(option);
  if (typeof source === 'function') return async () => checkedKeys(await source());
  const keys = checkedKeys(source);
  return async () => keys;
}

/** Replaces every occurrence of a key by `***`. */
export function redact(text: string, keys: readonly string[]): string {
  return keys.reduce((seen, key) => seen.replaceAll(key, '***'), text);
}

function sourceOf(option: AccessKeyOption): KeySource {
  const isObject = typeof option === 'object' && option !== null && !isList(option);
  return isObject ? option.base : option;
}

function checkedKeys(given: KeyList): readonly string[] {
  const keys = isList(given) ? given : [given];
  if (keys.length === 0) throw new TypeError('accessKey: the list is empty; give at least one key, the newest first.');
  for (const key of keys) {
    if (typeof key !== 'string' || key.length === 0) {
      throw new TypeError(
        'accessKey: expected the access key as a non-empty text. Copy it from the key page of the seller console; ' +
          'is the environment variable that holds it set?',
      );
    }
    if (key !== key.trim()) {
      throw new TypeError(
        'accessKey: the key begins or ends with white space. Copy it again without the blank or line end.',
      );
    }
  }
  return keys;
}

const isList = (value: unknown): value is readonly string[] => Array.isArray(value);
