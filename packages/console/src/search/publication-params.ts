import * as z from 'zod/mini';
import { accessTypes } from '../components/access-types.ts';
import { compact, oneOf, paging, text, whole } from './params.ts';

/** What stands in the URL of the publication pages. */

export const productStatuses = [
  'DRAFT',
  'IN_REVIEW',
  'REJECTED',
  'ON_SALE',
  'TRADE_FROZEN',
  'STOPPED',
  'WITHDRAWN',
] as const;
export const productClasses = ['GENERAL', 'JOINT', 'YANXUAN', 'YANXUAN_SELF', 'HUAWEI'] as const;
export const visibilities = ['PUBLIC', 'HIDDEN'] as const;
export const applicationStates = ['PENDING', 'APPROVED', 'REJECTED', 'WITHDRAWN'] as const;
export const applicationKinds = ['NEW', 'CHANGE', 'REMOVAL'] as const;
export const editorSteps = ['ACCESS', 'BUSINESS', 'DELIVERY', 'SPECIFICATIONS', 'SUBMIT'] as const;

const schemas = {
  products: z.object({
    ...paging,
    q: text(100),
    status: oneOf(productStatuses),
    accessType: oneOf(accessTypes),
    class: oneOf(productClasses),
    visibility: oneOf(visibilities),
  }),
  applications: z.object({
    ...paging,
    state: oneOf(applicationStates),
    kind: oneOf(applicationKinds),
    goodsId: text(64),
  }),
  reviews: z.object({ kind: oneOf(applicationKinds), accessType: oneOf(accessTypes) }),
  editor: z.object({ step: oneOf(editorSteps) }),
  /** `again`: the application to stop selling that is to be made once more */
  behind: z.object({ from: whole(100_000), to: whole(100_000), again: text(64) }),
};

export type OwnProductSearch = z.infer<typeof schemas.products>;
export type ApplicationSearch = z.infer<typeof schemas.applications>;
export type ReviewSearch = z.infer<typeof schemas.reviews>;

export const parseOwnProductSearch = (raw: unknown): OwnProductSearch => compact(schemas.products.parse(raw));
export const parseApplicationSearch = (raw: unknown): ApplicationSearch => compact(schemas.applications.parse(raw));
export const parsePublicationReviewSearch = (raw: unknown): ReviewSearch => compact(schemas.reviews.parse(raw));
export const parseEditorSearch = (raw: unknown): z.infer<typeof schemas.editor> => compact(schemas.editor.parse(raw));
export const parseBehindSearch = (raw: unknown): z.infer<typeof schemas.behind> => compact(schemas.behind.parse(raw));
