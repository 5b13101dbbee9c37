import type {
  DeliverRequest,
  FilePurposeView,
  FileRefView,
  OrderDeliveryView,
  SupervisionView,
} from '@jishi/marketplace/console-api';

/** What a seller fills in, by kind of delivery, and what is missing before it is sent. Pure. */

export interface HandOverDraft {
  readonly licenceText: string;
  readonly file: FileRefView | null;
  /** ISO 8601; null = from the acceptance on (L7) */
  readonly enablingAt: string | null;
  readonly result: string;
  readonly proofs: readonly FileRefView[];
  readonly facts: FactsDraft;
}
/** S6-8: what the acceptance file says. */
export interface FactsDraft {
  /** separated by spaces or commas */
  readonly orderNumbers: string;
  readonly companyName: string;
  readonly items: readonly { readonly key: number; readonly product: string; readonly specification: string }[];
  readonly validityFileId: string | null;
  readonly kitFileId: string | null;
}
export const emptyHandOver: HandOverDraft = {
  ...{ licenceText: '', file: null, enablingAt: null, result: '', proofs: [] },
  facts: {
    ...{ orderNumbers: '', companyName: '', validityFileId: null, kitFileId: null },
    items: [{ key: 1, product: '', specification: '' }],
  },
};

export interface HandOverFields {
  readonly licenceText: boolean;
  /** what the one file is kept as; null = there is none */
  readonly file: Extract<FilePurposeView, 'LICENCE' | 'DATA' | 'PACKAGE'> | null;
  readonly enablingAt: boolean;
}

type About = Pick<OrderDeliveryView, 'payload' | 'accessType' | 'licenseVariant'> & {
  readonly supervision: Pick<SupervisionView, 'factsNeeded'> | null;
};

/** The members that count for this kind (L6, L35). */
export function fieldsOf({ payload, accessType }: About): HandOverFields {
  const licence = payload.kind === 'LICENSE_TEXT';
  const file = payload.kind === 'FILE' ? (accessType === 'DATA' ? 'DATA' : 'PACKAGE') : licence ? 'LICENCE' : null;
  // the activation of a code is its enabling time (4.1)
  return { licenceText: licence, file, enablingAt: payload.kind !== 'LICENSE_CODE' };
}

export type HandOverFault = 'licenceNeeded' | 'oneNeeded' | 'proofNeeded' | 'fileNeeded' | 'factsNeeded';

/** The first thing that is missing; the server holds to the same rules. */
export function faultOf(about: About, draft: HandOverDraft): HandOverFault | null {
  return missingOf(about, draft) ?? (about.supervision?.factsNeeded === true ? factsFault(draft.facts) : null);
}

function factsFault({ orderNumbers, companyName, items }: FactsDraft): HandOverFault | null {
  const empty = (text: string): boolean => text.trim() === '';
  const missing = items.some(({ product, specification }) => empty(product) || empty(specification));
  return empty(orderNumbers) || empty(companyName) || missing ? 'factsNeeded' : null;
}

function missingOf({ payload, licenseVariant }: About, draft: HandOverDraft): HandOverFault | null {
  const bare = draft.licenceText.trim() === '' && draft.file === null;
  switch (payload.kind) {
    case 'LICENSE_TEXT':
      if (bare && licenseVariant === 'IDENTIFICATION') return 'licenceNeeded';
      return bare && draft.proofs.length === 0 ? 'oneNeeded' : null;
    case 'SERVICE':
    case 'LICENSE_CODE':
      return draft.proofs.length === 0 ? 'proofNeeded' : null;
    case 'FILE':
      return payload.file === null && draft.file === null ? 'fileNeeded' : null;
    default:
      return null;
  }
}

/** @param withFacts the key elements of the acceptance file are stated (S6-8) */
export const requestOf = (
  { licenceText, file, enablingAt, result, proofs, facts }: HandOverDraft,
  withFacts: boolean,
): DeliverRequest => ({
  licenceText: licenceText.trim() === '' ? null : licenceText,
  fileId: file?.fileId ?? null,
  enablingAt,
  result: result.trim(),
  proofFileIds: proofs.map(({ fileId }) => fileId),
  acceptance: withFacts
    ? {
        orderNumbers: facts.orderNumbers.split(/[\s,，、]+/).filter((number) => number !== ''),
        companyName: facts.companyName.trim(),
        items: facts.items.map(({ product, specification }) => ({
          product: product.trim(),
          specification: specification.trim(),
        })),
        validityFileId: facts.validityFileId,
        kitFileId: facts.kitFileId,
      }
    : null,
});
