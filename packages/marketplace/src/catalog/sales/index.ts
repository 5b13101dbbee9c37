/** How products are sold: to whom, where, how often, how many; what a line costs a buyer. */
export { type CreditAccess, creditAccess } from './credit-access.ts';
export { type Asking, customerFault, type Purchases, targetsFault } from './customer.ts';
export {
  available,
  creditOf,
  DEFAULT_STOCK,
  effectiveTarget,
  type Had,
  NO_RULE,
  type PurchaseLimit,
  type SaleRule,
  type Stock,
  type Target,
  targetChoices,
} from './model.ts';
export { lessVoucher, offerLines, type Sale, type SaleLine, type SaleRequest } from './offer-lines.ts';
export { type PageSpecification, pageFor, rulesFor, trialFor } from './page.ts';
export { quoteLine } from './quote-line.ts';
export { regionChoices } from './regions.ts';
export { salesSchema } from './schema.ts';
export {
  buyersFault,
  changeStockOf,
  setCredit,
  setHidden,
  setLimit,
  setRegions,
  setTarget,
  setTrial,
} from './service.ts';
export { consumeStock, type PromisedPieces, releaseStock, reserveStock } from './stock.ts';
export {
  type Listed,
  type ListedRow,
  listsOf,
  type SaleRow,
  type SoldProduct,
  saleRows,
  saleRulesOf,
  soldProducts,
  stockChanges,
  stockOfProducts,
} from './store.ts';
