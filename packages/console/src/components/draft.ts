/** What was typed into a form survives a reload or a new sign-in, in this tab only; gone once it was submitted. */
export interface Draft {
  readonly values: Readonly<Record<string, string>>;
  keep(values: Readonly<Record<string, string | undefined>>): void;
  forget(): void;
}

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** The draft with this name. */
export function draftOf(name: string, storage: Storage = sessionStorage): Draft {
  const key = `jishi.draft.${name}`;
  return {
    values: read(storage.getItem(key)),
    keep: (values) => storage.setItem(key, JSON.stringify(values)),
    forget: () => storage.removeItem(key),
  };
}

function read(text: string | null): Record<string, string> {
  try {
    const parsed: unknown = JSON.parse(text ?? '{}');
    if (typeof parsed !== 'object' || parsed === null) return {};
    return Object.fromEntries(
      Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  } catch {
    return {};
  }
}
