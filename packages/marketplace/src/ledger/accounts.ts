/** The accounts of the ledger by their names: `<holder>:<what>`, with the holder's id in between where there are many. */

export const BANK = 'platform:bank';
/** money of paid orders that nobody has been settled for yet */
export const PREPAID = 'orders:prepaid';
/** what the platform keeps of sales: platform fees, its share, the spread it earns itself */
export const PLATFORM_FEES = 'platform:revenue';
/** what coupons cost that the platform gave away; what was not spent comes back */
export const COUPONS = 'platform:coupons';
export const balanceAccount = (buyerId: string): string => `buyer:${buyerId}:balance`;
/** what a buyer bought on credit and has not repaid */
export const receivableAccount = (buyerId: string): string => `buyer:${buyerId}:receivable`;
/** what is left of a cash coupon, or of a stored-value card */
export const unspentAccount = (what: 'coupon' | 'card', id: string): string => `${what}:${id}:unspent`;
/** what a seller is owed by its bills and not paid yet */
export const sellerAccount = (sellerId: string): string => `seller:${sellerId}:payable`;
/** what a distributor is owed and not paid yet */
export const distributorAccount = (distributorId: string): string => `distributor:${distributorId}:payable`;

export interface AccountKind {
  /** an account's name without the id of its holder */
  readonly kind: string;
  /** where it stands in the books; assets and expenses grow by debits, the others by credits */
  readonly type: 'asset' | 'liability' | 'income' | 'expense';
  /** in journals for other programs; the holder's id follows where there are many */
  readonly path: readonly string[];
  readonly name: { readonly en: string; readonly zh: string };
}

const ACCOUNT_KINDS: readonly AccountKind[] = [
  { kind: BANK, type: 'asset', path: ['Assets', 'Bank'], name: { en: 'Bank', zh: '银行存款' } },
  {
    kind: 'buyer:balance',
    type: 'liability',
    path: ['Liabilities', 'Buyers'],
    name: { en: 'Buyers’ balances', zh: '买家余额' },
  },
  {
    kind: 'buyer:receivable',
    type: 'asset',
    path: ['Assets', 'Credit'],
    name: { en: 'Buyers’ credit', zh: '应收买家信用款' },
  },
  {
    kind: 'coupon:unspent',
    type: 'liability',
    path: ['Liabilities', 'Coupons'],
    name: { en: 'Unspent cash coupons', zh: '未使用的现金券' },
  },
  {
    kind: 'card:unspent',
    type: 'liability',
    path: ['Liabilities', 'StoredValue'],
    name: { en: 'Unspent stored-value cards', zh: '储值卡余额' },
  },
  {
    kind: COUPONS,
    type: 'expense',
    path: ['Expenses', 'Coupons'],
    name: { en: 'Cost of cash coupons', zh: '现金券成本' },
  },
  { kind: PREPAID, type: 'liability', path: ['Liabilities', 'Orders'], name: { en: 'Paid orders', zh: '预收订单款' } },
  {
    kind: 'seller:payable',
    type: 'liability',
    path: ['Liabilities', 'Sellers'],
    name: { en: 'Owed to sellers', zh: '应付商家款' },
  },
  {
    kind: 'distributor:payable',
    type: 'liability',
    path: ['Liabilities', 'Distributors'],
    name: { en: 'Owed to distributors', zh: '应付经销商款' },
  },
  {
    kind: PLATFORM_FEES,
    type: 'income',
    path: ['Income', 'Platform'],
    name: { en: 'Platform revenue', zh: '平台收入' },
  },
];

/** The kind of an account, and whose it is; a name that no kind knows is a kind of its own. */
export function accountParts(account: string): { readonly kind: string; readonly holder: string | null } {
  const [, first, holder, last] = /^([a-z]+):(.+):([a-z-]+)$/.exec(account) ?? [];
  return first === undefined || holder === undefined
    ? { kind: account, holder: null }
    : { kind: `${first}:${last}`, holder };
}

export const accountKind = (kind: string): AccountKind =>
  ACCOUNT_KINDS.find((each) => each.kind === kind) ?? {
    kind,
    type: 'liability',
    path: ['Liabilities', 'Other', kind],
    name: { en: kind, zh: kind },
  };
