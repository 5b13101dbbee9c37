import type { StockView } from '../../api/sales.ts';

/** Most pieces that one change may add or take (C50). */
export const mostPieces = 9_999_999;

export type StockFault = 'zero' | 'used' | null;

/** C50: what a change would leave, and what is wrong with it: nothing changes, or less remains than is used and reserved. Pure. */
export function afterChange(stock: StockView, change: number): { readonly total: number; readonly fault: StockFault } {
  const total = stock.total + change;
  return { total, fault: change === 0 ? 'zero' : total < stock.consumed + stock.reserved ? 'used' : null };
}
