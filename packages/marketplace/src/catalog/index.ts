/** What is for sale, and what it costs. */
export {
  type LinearAttribute,
  type LocalizedText,
  localizedText,
  type PriceItem,
  type ProductContent,
  productContent,
  type Specification,
} from './definition.ts';
export { type DerivationStep, MOST_PERIODS, priceOfQuantity, type Quote, quote } from './model.ts';
export { catalogSchema } from './schema.ts';
export { type OfferInput, type PricedOffer, priceOffers, publishProduct } from './service.ts';
export {
  contentOf,
  type InterfaceRow,
  listOnSale,
  type NewProduct,
  type ProductRow,
  type ProductState,
  partStates,
  productById,
  productionInterfaces,
  setProductionUrl,
  setProductState,
  setSkuState,
} from './store.ts';
