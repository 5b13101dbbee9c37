/** Invoices: of sellers to the marketplace, of the marketplace to sellers for its fee, and to buyers (settlement.md 5.3–5.5). */
export { splitByRate, type TaxedAmount, taxed } from './amounts.ts';
export {
  BUYER_INVOICE_STATES,
  type BuyerInvoice,
  type BuyerInvoiceState,
  buyerInvoiceTransitions,
  courierPaidBy,
  nextSteps,
} from './buyer/model.ts';
export { type InvoiceableOrder, type IssuerKey, invoiceableOrders, type Obstacle } from './buyer/orders.ts';
export { askForInvoice } from './buyer/request.ts';
export { explanatoryLetter, type IssuedEntry, type StepAsked, sideOf, takeStep } from './buyer/service.ts';
export { type InvoiceMove, listBuyerInvoices, movesOf } from './buyer/store.ts';
export { invoiceableUsage } from './buyer/usage.ts';
export {
  decideFeeInvoice,
  FEE_KINDS,
  FEE_STATES,
  type FeeInvoice,
  feeOffers,
  listFeeInvoices,
  requestFeeInvoice,
} from './fee/service.ts';
export { invoicesSchema } from './schema.ts';
export { dueDayOf } from './supply/follow.ts';
export { INTL_FIELDS, SUPPLY_STATES } from './supply/model.ts';
export { type DemandDetail, decideInvoices, demandDetail, submitInvoices } from './supply/service.ts';
export { type DemandView, listDemands } from './supply/store.ts';
export { invoiceTasks } from './tasks.ts';
export {
  INVOICE_KINDS,
  type InvoiceKind,
  type InvoiceReceiver,
  type InvoiceTitle,
  type KeptTitle,
  keepTitle,
  kindsOf,
  offerKinds,
  removeTitle,
  TITLE_TYPES,
  titlesOf,
} from './titles.ts';
