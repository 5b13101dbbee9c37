/** One line of the catalogue: everything about a code that does not depend on the case at hand. */
export interface CatalogueEntry {
  readonly severity: 'error' | 'warning';
  readonly summary: Words;
  /** What a correct message has; replaced when the case knows it better. */
  readonly expected: string;
  readonly fix: Words;
  readonly reference: string;
}

/** A text in both languages of the marketplace. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

type Texts = Omit<CatalogueEntry, 'severity'>;

export function error(texts: Texts): CatalogueEntry {
  return { severity: 'error', ...texts };
}

export function warning(texts: Texts): CatalogueEntry {
  return { severity: 'warning', ...texts };
}
