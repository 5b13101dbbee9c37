import type {
  changeStock,
  listedBuyer,
  purchaseLimit,
  salesProducts,
  salesSettings,
  salesSpecification,
  saleTarget,
  setCreditAccess,
  setPurchaseLimit,
  setSalesRegions,
  setSaleTarget,
  setSpecificationHidden,
  setTrialAccess,
  stockOfSku,
} from '@jishi/marketplace/console-api';
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { http } from './endpoints.ts';

/** Routes and cache keys of how a product is sold (catalogue.md 9). */

export type SalesSettingsView = z.infer<typeof salesSettings>;
export type SalesSpecificationView = z.infer<typeof salesSpecification>;
export type SalesProductView = z.infer<typeof salesProducts>['items'][number];
export type SaleTargetView = z.infer<typeof saleTarget>;
export type TargetKind = SaleTargetView['kind'];
export type PurchaseLimitView = z.infer<typeof purchaseLimit>;
export type StockView = z.infer<typeof stockOfSku>;
export type ListedBuyerView = z.infer<typeof listedBuyer>;

export const salesProductsQuery = queryOptions({
  queryKey: ['sales'],
  queryFn: ({ signal }): Promise<z.infer<typeof salesProducts>> => http.get('sales', {}, signal),
});
export const salesQuery = (goodsId: string) =>
  queryOptions({
    queryKey: ['sales', goodsId],
    queryFn: ({ signal }): Promise<SalesSettingsView> => http.get(path(goodsId), {}, signal),
  });

export const setTarget = (goodsId: string, setting: z.input<typeof setSaleTarget>) =>
  http.post(`${path(goodsId)}/target`, setting);
export const setLimit = (goodsId: string, setting: z.input<typeof setPurchaseLimit>) =>
  http.post(`${path(goodsId)}/limit`, setting);
export const setTrial = (goodsId: string, setting: z.input<typeof setTrialAccess>) =>
  http.post(`${path(goodsId)}/trial`, setting);
export const setRegions = (goodsId: string, setting: z.input<typeof setSalesRegions>) =>
  http.post(`${path(goodsId)}/regions`, setting);
export const setCredit = (goodsId: string, setting: z.input<typeof setCreditAccess>) =>
  http.post(`${path(goodsId)}/credit`, setting);
export const setHidden = (goodsId: string, setting: z.input<typeof setSpecificationHidden>) =>
  http.post(`${path(goodsId)}/visibility`, setting);
export const setStock = (goodsId: string, change: z.input<typeof changeStock>) =>
  http.post(`${path(goodsId)}/stock`, change);

const path = (goodsId: string): string => `sales/${encodeURIComponent(goodsId)}`;
