/** A catalogue as a document: products with their specifications, SKUs and prices; new ones have no id yet. */
import type { LocalizedText } from '../definition.ts';
import type { Draft } from '../publication/draft.ts';

export interface ExchangedProduct extends Draft {
  /** null = a product that is to be made */
  readonly goodsId: string | null;
}

/** What a file gave for one product: members that it does not name stay as they are. */
export interface GivenProduct {
  readonly goodsId: string | null;
  readonly content: Readonly<Record<string, unknown>>;
  readonly interface: Readonly<Record<string, unknown>>;
  /** where a member of the content stands in the file: `specifications.0.name.en` */
  readonly placeOf: (path: string) => Place;
}
export interface Place {
  /** sheet of the workbook; `products` in YAML */
  readonly sheet: string;
  /** row of the sheet, line of the YAML; from 1 */
  readonly row: number | null;
  readonly column: string | null;
}

export interface ImportFault extends Place {
  readonly rule: string;
  readonly message: LocalizedText;
}
export const importFault = (place: Place, rule: string, zh: string, en: string): ImportFault => ({
  ...place,
  rule,
  message: { zh, en },
});

export interface Given {
  readonly products: readonly GivenProduct[];
  readonly faults: readonly ImportFault[];
}
export const NOWHERE: Place = { sheet: 'products', row: null, column: null };

/** Limits of one file, so that it is read in bounded memory and answered in seconds. */
export const MOST_PRODUCTS = 50;
export const MOST_ROWS = 10_000;
export const MOST_COLUMNS = 200;
/** of a workbook; some twenty for each row */
export const MOST_CELLS = 200_000;
export const MOST_UNPACKED_BYTES = 32 * 1_048_576;
/** what a cell of a workbook holds at most */
export const MOST_CELL = 32_767;
/** more faults than anybody mends in one go */
export const MOST_FAULTS = 200;

export const MISFORMED = '10.1 import';
