/** What is for sale, and what it costs. */
export { type OfferedProduct, productsInScope, setProductKey, setVisibility } from './by-seller.ts';
export {
  type Fee,
  type MonthlyPrice,
  monthlyPrice,
  type Rest,
  restMonths,
  type StepScaleOut,
  scaleOutFee,
  upgradeFee,
} from './change-fee.ts';
export {
  type ChargingMode,
  chargingMode,
  type LinearAttribute,
  type LocalizedText,
  localizedText,
  type PriceItem,
  type ProductContent,
  type ProductInput,
  productContent,
  type Specification,
  type UsagePackage,
  usagePackage,
} from './definition.ts';
export {
  checkQuantity,
  covers,
  type DerivationStep,
  type Extra,
  MOST_PERIODS,
  priceOfQuantity,
  type Quote,
  quote,
  quotePeriods,
} from './model.ts';
export { catalogSchema } from './schema.ts';
export {
  type NewProduct,
  type OfferInput,
  type PricedOffer,
  priceOffers,
  publishProduct,
  type SkuInVersion,
  type SkuOffer,
  skuIn,
  skuOffers,
} from './service.ts';
export {
  contentOf,
  type InterfaceRow,
  listOnSale,
  type ProductRow,
  type ProductState,
  type Protocol,
  partStates,
  productById,
  productionInterfaces,
  setProductionUrl,
  setProductState,
  setSkuState,
} from './store.ts';
