import type { AssetCardView, MarketClassesView, Page } from '@jishi/marketplace/console-api';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { http } from './endpoints.ts';
import type { Query } from './http.ts';
import type {
  ApplicationCardView,
  ApplicationView,
  AttributeDefinitionView,
  DecisionInput,
  DifferenceItemView,
  DraftSavedView,
  DraftView,
  ImportInput,
  ImportResultView,
  NewDraft,
  OwnProductView,
  ProductBehindView,
  PublicationFormView,
  RemovalInput,
  ReviewQueueView,
} from './publication-types.ts';

/** Routes and cache keys of publication: drafts, applications, reviews, products from behind, import and export. */

export const publicationFormQuery = queryOptions({
  queryKey: ['publication-form'],
  queryFn: ({ signal }): Promise<PublicationFormView> => http.get('publication-form', {}, signal),
  staleTime: 60_000,
});
export const marketClassesQuery = queryOptions({
  queryKey: ['market-classes'],
  queryFn: ({ signal }): Promise<MarketClassesView> => http.get('market/classes', {}, signal),
  staleTime: 600_000,
});
export const assetChoicesQuery = (kind: string) =>
  queryOptions({
    queryKey: ['assets', 'choices', kind],
    queryFn: ({ signal }): Promise<Page<AssetCardView>> => http.get('assets', { kind, limit: 100 }, signal),
  });

export const startDraft = (draft: NewDraft): Promise<DraftView> => http.post('drafts', draft);
export const startChange = (goodsId: string): Promise<DraftView> => http.post(`${productPath(goodsId)}/draft`, {});
export const draftQuery = (goodsId: string) =>
  queryOptions({
    queryKey: ['draft', goodsId],
    queryFn: ({ signal }): Promise<DraftView> => http.get(draftPath(goodsId), {}, signal),
    // the page itself says when somebody else saved; a refresh would take the text from under the writer's hands
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
export const saveDraft = (
  goodsId: string,
  draft: Pick<DraftView, 'revision' | 'content' | 'interface'>,
): Promise<DraftSavedView> => http.post(draftPath(goodsId), draft);
export const deleteDraft = (goodsId: string): Promise<unknown> => http.post(`${draftPath(goodsId)}/deletion`, {});
export const submitDraft = (goodsId: string, revision: number): Promise<ApplicationCardView> =>
  http.post(`${draftPath(goodsId)}/submission`, { revision });
export const defineAttribute = (
  attribute: Omit<AttributeDefinitionView, 'attributeId'>,
): Promise<AttributeDefinitionView> => http.post('attributes', attribute);

export const ownProductsQuery = (query: Query) =>
  queryOptions({
    queryKey: ['own-products', query],
    queryFn: ({ signal }): Promise<Page<OwnProductView>> => http.get('own-products', query, signal),
    placeholderData: keepPreviousData,
  });
export const productBehindQuery = (goodsId: string) =>
  queryOptions({
    queryKey: ['own-product', goodsId],
    queryFn: ({ signal }): Promise<ProductBehindView> => http.get(productPath(goodsId), {}, signal),
  });
export const versionDifferenceQuery = (goodsId: string, from: number, to: number) =>
  queryOptions({
    queryKey: ['own-product', goodsId, 'difference', from, to],
    queryFn: ({ signal }): Promise<{ items: DifferenceItemView[] }> =>
      http.get(`${productPath(goodsId)}/differences`, { from, to }, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
export const showOrHide = (goodsId: string, visibility: 'PUBLIC' | 'HIDDEN', specificationId: string | null) =>
  http.post<unknown>(`${productPath(goodsId)}/visibility`, { visibility, specificationId });
export const askForRemoval = (goodsId: string, removal: RemovalInput): Promise<ApplicationCardView> =>
  http.post(`${productPath(goodsId)}/removal`, removal);
export const withdrawProduct = (goodsId: string, reason: string) =>
  http.post<unknown>(`${productPath(goodsId)}/withdrawal`, { reason });
export const freezeTrading = (goodsId: string, reason: string) =>
  http.post<unknown>(`${productPath(goodsId)}/freeze`, { reason });
export const releaseTrading = (goodsId: string, reason: string) =>
  http.post<unknown>(`${productPath(goodsId)}/release`, { reason });

export const applicationsQuery = (query: Query) =>
  queryOptions({
    queryKey: ['applications', query],
    queryFn: ({ signal }): Promise<Page<ApplicationCardView>> => http.get('applications', query, signal),
    placeholderData: keepPreviousData,
  });
export const applicationQuery = (applicationId: string) =>
  queryOptions({
    queryKey: ['application', applicationId],
    queryFn: ({ signal }): Promise<ApplicationView> => http.get(applicationPath(applicationId), {}, signal),
  });
export const withdrawApplication = (applicationId: string): Promise<unknown> =>
  http.post(`${applicationPath(applicationId)}/withdrawal`, {});
export const decideApplication = (applicationId: string, decision: DecisionInput): Promise<unknown> =>
  http.post(`${applicationPath(applicationId)}/decision`, decision);
export const reviewQueueQuery = (query: Query) =>
  queryOptions({
    queryKey: ['reviews', query],
    queryFn: ({ signal }): Promise<ReviewQueueView> => http.get('review-queue', query, signal),
    placeholderData: keepPreviousData,
  });

/** L36; null = not on the list */
export interface HardwareSeller {
  readonly sellerId: string;
  readonly name: string;
  readonly listedAt: string | null;
}
export const hardwareSellersQuery = queryOptions({
  queryKey: ['reviews', 'hardware-sellers'],
  queryFn: ({ signal }): Promise<{ readonly items: readonly HardwareSeller[] }> =>
    http.get('operator/hardware-sellers', {}, signal),
});
export const listForHardware = (sellerId: string, listed: boolean): Promise<unknown> =>
  http.post(`operator/hardware-sellers/${encodeURIComponent(sellerId)}`, { listed });

export const importCatalogue = (input: ImportInput): Promise<ImportResultView> => http.post('catalogue/imports', input);
/** Address of the file itself, for a link. */
export const exportUrl = (format: 'yaml' | 'xlsx', goodsId?: string): string =>
  `/api/console/catalogue/export?format=${format}${goodsId === undefined ? '' : `&goodsId=${encodeURIComponent(goodsId)}`}`;

function draftPath(goodsId: string): string {
  return `drafts/${encodeURIComponent(goodsId)}`;
}

function productPath(goodsId: string): string {
  return `own-products/${encodeURIComponent(goodsId)}`;
}

function applicationPath(applicationId: string): string {
  return `applications/${encodeURIComponent(applicationId)}`;
}
