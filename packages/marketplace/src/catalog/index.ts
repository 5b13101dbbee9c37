/** What is for sale, and what it costs. */
export {
  ACCESS_TYPES,
  type AccessRules,
  type AccessType,
  ASSET_KINDS,
  type AssetKind,
  accessRules,
  type CallingProtocol,
  CHARGING_MODES,
  type ChargingMode,
  DELIVERY_KINDS,
  type DeliveryKind,
  LICENSE_VARIANTS,
  type LicenseVariant,
  PROTOCOLS,
  type Protocol,
  renewsItself,
  TAX_TYPES,
  type TaxType,
  taxTypeOf,
} from './access-types.ts';
export * from './assets/index.ts';
export {
  hiddenSpecifications,
  licensesOf,
  type OfferedProduct,
  productsInScope,
  setProductKey,
  setSpecificationVisibility,
} from './by-seller.ts';
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
  chargingMode,
  type FileRef,
  fileRef,
  type LinearAttribute,
  type LocalizedText,
  localizedText,
  type PriceItem,
  type ProductContent,
  type ProductInput,
  priceItem,
  productContent,
  SHARE_MODES,
  type Specification,
  type UsagePackage,
  usagePackage,
} from './definition.ts';
export * from './exchange/index.ts';
export * from './finding/index.ts';
export {
  checkQuantity,
  covers,
  type Deduction,
  type DerivationStep,
  type Discount,
  type Extra,
  MOST_PERIODS,
  priceOfQuantity,
  type Quote,
  quote,
  quotePeriods,
} from './model.ts';
export * from './offers/index.ts';
export * from './opinions/index.ts';
export * from './publication/index.ts';
export * from './sales/index.ts';
export { catalogSchema } from './schema.ts';
export {
  type NewProduct,
  type PricedOffer,
  publishProduct,
  type SkuInVersion,
  type SkuOffer,
  skuIn,
  skuOffers,
} from './service.ts';
export {
  contentOf,
  contentsOf,
  currentContents,
  type InterfaceRow,
  type ProductRow,
  type ProductState,
  partStates,
  productById,
  productionInterfaces,
  setProductionUrl,
} from './store.ts';
