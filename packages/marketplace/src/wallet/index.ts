/** What a buyer pays with besides the balance: coupons, cards, credit, online payments; how it comes back. */
export { walletFaults } from './checks.ts';
export { availableOf, type GrantCredit, grantCredit, withdrawCredit } from './credit.ts';
export { linePart, monthRepaid, purseTold, statementDue, statementIssued } from './events.ts';
export type { CashierPayment, Notice, PaymentGateway } from './gateway/gateway.ts';
export {
  noteOutcome,
  type OnlinePayment,
  paymentById,
  paymentsOf,
  startPayment,
  takeNotice,
} from './gateway/online-payments.ts';
export { gatewayOf, SANDBOX_CASHIER, sandboxSignature } from './gateway/signed.ts';
export { giveToInstruments } from './giving-back.ts';
export { INSTRUMENTS, type Instrument, PURSE_KINDS, type PurseKind, REST_KINDS, type RestKind } from './kinds.ts';
export { type PayWith, payWith } from './paying.ts';
export { lockMeans, payAlone, walletKey } from './paying-alone.ts';
export {
  added,
  giveBack,
  isPostPaid,
  type LinePart,
  type Means,
  nonCashOf,
  type Part,
  planAlone,
  planPayment,
} from './payment-rules.ts';
export { listPurses, purseIdsOver, type StoredPurse, usablePurses } from './purse-store.ts';
export { buyCard, type GrantPurse, grantPurse, withdrawPurse } from './purses.ts';
export { walletSchema } from './schema.ts';
export { divide } from './shares.ts';
export {
  type CreditLine,
  creditLineOf,
  entriesOf,
  listCreditLines,
  overdueOf,
  type Statement,
  type StatementEntry,
  statementsOf,
} from './statement-store.ts';
export { owedOf, repay } from './statements.ts';
export { walletTasks } from './tasks.ts';
export { type Charged, type ChargeUsage, chargeUsage, chargeUsageToBalances, giveUsageBack } from './usage.ts';
