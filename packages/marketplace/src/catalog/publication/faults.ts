/** A fault of a draft, and what the rules look at besides the draft itself. */
import type { Site } from '../../platform/site.ts';
import type { AssetKind } from '../access-types.ts';
import type { FileRef, LocalizedText, ProductContent } from '../definition.ts';
import type { ProductState } from '../store.ts';

export interface DraftFault {
  /** `specifications.0.name.en`; `interface.productionUrl`; `product` = the whole */
  readonly path: string;
  readonly rule: string;
  readonly message: LocalizedText;
  /** a HINT may be submitted */
  readonly severity: 'FAULT' | 'HINT';
}

export const fault = (path: string, rule: string, zh: string, en: string): DraftFault => ({
  path,
  rule,
  message: { zh, en },
  severity: 'FAULT',
});
export const hint = (path: string, rule: string, zh: string, en: string): DraftFault => ({
  ...fault(path, rule, zh, en),
  severity: 'HINT',
});

/** An asset that a specification may name: approved, of this seller. */
export interface AssetFact {
  readonly kind: AssetKind;
  /** a group of APIs that another specification has used is used up for ever (section 9) */
  readonly usedBy: string | null;
}

/** What is on sale now. */
export interface Released {
  readonly content: ProductContent;
  /** of specifications and SKUs by id; absent = never approved */
  readonly states: ReadonlyMap<string, 'ON_SALE' | 'STOPPED'>;
}

export interface DraftFacts {
  readonly site: Site;
  readonly productState: ProductState;
  /** null = a new product */
  readonly released: Released | null;
  /** the seller is admitted to the site (8.1) */
  readonly sellerAdmitted: boolean;
  /** the operator has the seller on the list of those that sell hardware (L36) */
  readonly sellsHardware: boolean;
  /** files that the seller keeps here; null = not looked up */
  readonly files: ReadonlyMap<string, FileRef> | null;
  readonly assets: ReadonlyMap<string, AssetFact>;
  /** verified origins of the seller → the key that signs calls there; null = no key is bound */
  readonly origins: ReadonlyMap<string, string | null>;
  /** debugging cases that are still to be saved */
  readonly missingCases: readonly LocalizedText[];
}
