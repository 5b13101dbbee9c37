/** The member that a path names, e.g. `specifications.0.name.en`; undefined = there is none. */
export function memberAt(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((at, name) => {
    if (typeof at !== 'object' || at === null) return undefined;
    return new Map<string, unknown>(Object.entries(at)).get(name);
  }, value);
}
