import type { DeliverRequest, FilePurposeView, FileRefView, OrderDeliveryView } from '@jishi/marketplace/console-api';

/** What a seller fills in, by kind of delivery, and what is missing before it is sent. Pure. */

export interface HandOverDraft {
  readonly licenceText: string;
  readonly file: FileRefView | null;
  /** ISO 8601; null = from the acceptance on (L7) */
  readonly enablingAt: string | null;
  readonly result: string;
  readonly proofs: readonly FileRefView[];
}
export const emptyHandOver: HandOverDraft = { licenceText: '', file: null, enablingAt: null, result: '', proofs: [] };

export interface HandOverFields {
  readonly licenceText: boolean;
  /** what the one file is kept as; null = there is none */
  readonly file: Extract<FilePurposeView, 'LICENCE' | 'DATA' | 'PACKAGE'> | null;
  readonly enablingAt: boolean;
}

type About = Pick<OrderDeliveryView, 'payload' | 'accessType' | 'licenseVariant'>;

/** The members that count for this kind (L6, L35). */
export function fieldsOf({ payload, accessType }: About): HandOverFields {
  const licence = payload.kind === 'LICENSE_TEXT';
  const file = payload.kind === 'FILE' ? (accessType === 'DATA' ? 'DATA' : 'PACKAGE') : licence ? 'LICENCE' : null;
  // the activation of a code is its enabling time (4.1)
  return { licenceText: licence, file, enablingAt: payload.kind !== 'LICENSE_CODE' };
}

export type HandOverFault = 'licenceNeeded' | 'oneNeeded' | 'proofNeeded' | 'fileNeeded';

/** The first thing that is missing; the server holds to the same rules. */
export function faultOf({ payload, licenseVariant }: About, draft: HandOverDraft): HandOverFault | null {
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

export const requestOf = ({ licenceText, file, enablingAt, result, proofs }: HandOverDraft): DeliverRequest => ({
  licenceText: licenceText.trim() === '' ? null : licenceText,
  fileId: file?.fileId ?? null,
  enablingAt,
  result: result.trim(),
  proofFileIds: proofs.map(({ fileId }) => fileId),
});
