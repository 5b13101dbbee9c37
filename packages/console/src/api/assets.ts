import type {
  AssetCardView,
  AssetDetailsView,
  AssetInfoView,
  AssetRegionsView,
  NewAssetVersionView,
  NewAssetView,
  Page,
} from '@jishi/marketplace/console-api';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { http } from './endpoints.ts';
import type { Query } from './http.ts';

/** Routes and cache keys of assets. What is scanned is read again until it is decided. */

const scanningPollMs = 2_000;
const isMoving = ({ waitsFor, state, regions }: AssetCardView['latest']): boolean =>
  waitsFor === 'SCAN' || (state === 'APPROVED' && regions.some(({ status }) => status === 'COPYING'));

export const assetsQuery = (query: Query) =>
  queryOptions({
    queryKey: ['assets', 'list', query],
    queryFn: ({ signal }): Promise<Page<AssetCardView>> => http.get('assets', query, signal),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.items.some(({ latest }) => isMoving(latest)) ? scanningPollMs : false),
  });
export const assetQuery = (assetId: string) =>
  queryOptions({
    queryKey: ['assets', 'one', assetId],
    queryFn: ({ signal }): Promise<AssetDetailsView> => http.get(assetPath(assetId), {}, signal),
    refetchInterval: ({ state }) => (state.data?.versions.some(isMoving) ? scanningPollMs : false),
  });
export const assetRegionsQuery = queryOptions({
  queryKey: ['asset-regions'],
  queryFn: ({ signal }): Promise<AssetRegionsView> => http.get('asset-regions', {}, signal),
  staleTime: Number.POSITIVE_INFINITY,
});

export const createAsset = (asset: NewAssetView): Promise<AssetDetailsView> => http.post('assets', asset);
export const changeAsset = (assetId: string, name: string, info: AssetInfoView): Promise<AssetDetailsView> =>
  http.post(assetPath(assetId), { name, info });
export const addAssetVersion = (assetId: string, version: NewAssetVersionView): Promise<AssetDetailsView> =>
  http.post(`${assetPath(assetId)}/versions`, version);
export const addAssetRegions = (assetId: string, version: string, regions: string[]): Promise<AssetDetailsView> =>
  http.post(`${versionPath(assetId, version)}/regions`, { regions });
export const decideAsset = (
  assetId: string,
  version: string,
  decision: { readonly approve: boolean; readonly reason: string },
): Promise<AssetDetailsView> => http.post(`${versionPath(assetId, version)}/decision`, decision);

const assetPath = (assetId: string): string => `assets/${encodeURIComponent(assetId)}`;
const versionPath = (assetId: string, version: string): string =>
  `${assetPath(assetId)}/versions/${encodeURIComponent(version)}`;
