/** The accounts of the ledger by their names: `<kind of holder>:<holder>:<what>`, or `<holder>:<what>` where there is only one. */

export const BANK = 'platform:bank';
/** money of paid orders that nobody has been settled for yet */
export const PREPAID = 'orders:prepaid';
/** what the platform keeps of sales: platform fees, its share, the spread it earns itself */
export const PLATFORM_FEES = 'platform:revenue';
export const balanceAccount = (buyerId: string): string => `buyer:${buyerId}:balance`;
/** what a seller is owed by its bills and not paid yet */
export const sellerAccount = (sellerId: string): string => `seller:${sellerId}:payable`;
/** what a distributor is owed and not paid yet */
export const distributorAccount = (distributorId: string): string => `distributor:${distributorId}:payable`;
