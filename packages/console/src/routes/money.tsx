/** Addresses of settlement, invoices, pay-outs, books and partners, for sellers and operators. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import * as invoiceParams from '../search/invoice-params.ts';
import { parseLeavingSearch } from '../search/leaving-params.ts';
import * as ledgerParams from '../search/ledger-params.ts';
import * as partnerParams from '../search/partner-params.ts';
import * as payoutParams from '../search/payout-params.ts';
import { parseDemandSearch } from '../search/sales-params.ts';
import * as settlementParams from '../search/settlement-params.ts';
import * as walletParams from '../search/wallet-params.ts';
import { invoice, invoices, tableExports } from './pages.ts';
import { getParentRoute } from './root.tsx';

const transactions = () => import('../pages/settlement/transactions.tsx');
const settlementLine = () => import('../pages/settlement/line.tsx');
const bills = () => import('../pages/settlement/bills.tsx');
const bill = () => import('../pages/settlement/bill.tsx');
const commission = () => import('../pages/distributor/commission.tsx');
const commissionBills = () => import('../pages/distributor/bills.tsx');
const commissionBill = () => import('../pages/distributor/bill.tsx');
const demands = () => import('../pages/invoices/demands.tsx');
const demand = () => import('../pages/invoices/demand.tsx');
const fees = () => import('../pages/invoices/fees.tsx');

export const moneyRoutes = [
  createRoute({
    getParentRoute,
    path: '/seller/transactions',
    validateSearch: settlementParams.parseLineSearch,
    component: lazyRouteComponent(transactions, 'TransactionsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/transactions/$lineId',
    component: lazyRouteComponent(settlementLine, 'SettlementLinePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/bills',
    validateSearch: settlementParams.parseBillSearch,
    component: lazyRouteComponent(bills, 'BillsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/bills/$billId',
    component: lazyRouteComponent(bill, 'BillPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/exports',
    component: lazyRouteComponent(tableExports, 'ExportsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/transactions',
    validateSearch: settlementParams.parseLineSearch,
    component: lazyRouteComponent(transactions, 'TransactionsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/transactions/$lineId',
    component: lazyRouteComponent(settlementLine, 'SettlementLinePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/bills',
    validateSearch: settlementParams.parseBillSearch,
    component: lazyRouteComponent(bills, 'BillsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/bills/$billId',
    component: lazyRouteComponent(bill, 'BillPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/distributor/commissions',
    validateSearch: partnerParams.parseCommissionSearch,
    component: lazyRouteComponent(() => import('../pages/distributor/commissions.tsx'), 'CommissionsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/distributor/commissions/$lineId',
    component: lazyRouteComponent(commission, 'CommissionPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/distributor/bills',
    validateSearch: partnerParams.parseCommissionBillSearch,
    component: lazyRouteComponent(commissionBills, 'CommissionBillsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/distributor/bills/$billId',
    component: lazyRouteComponent(commissionBill, 'CommissionBillPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/agreement',
    component: lazyRouteComponent(() => import('../pages/settlement/agreement.tsx'), 'AgreementPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/leaving',
    component: lazyRouteComponent(() => import('../pages/leaving/own.tsx'), 'OwnLeavingPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/leavings',
    validateSearch: parseLeavingSearch,
    component: lazyRouteComponent(() => import('../pages/leaving/all.tsx'), 'LeavingsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/leavings/$leavingId',
    component: lazyRouteComponent(() => import('../pages/leaving/review.tsx'), 'LeavingPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/seller-agreements',
    component: lazyRouteComponent(() => import('../pages/operator/seller-agreements.tsx'), 'SellerAgreementsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/commission-bills',
    validateSearch: partnerParams.parseCommissionBillSearch,
    component: lazyRouteComponent(commissionBills, 'CommissionBillsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/commission-bills/$billId',
    component: lazyRouteComponent(commissionBill, 'CommissionBillPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/distributor/demands',
    validateSearch: parseDemandSearch,
    component: lazyRouteComponent(() => import('../pages/offers/own-demands.tsx'), 'SharedDemandsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/distributor/exports',
    component: lazyRouteComponent(tableExports, 'ExportsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/commissions/$lineId',
    component: lazyRouteComponent(commission, 'CommissionPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/partners',
    component: lazyRouteComponent(() => import('../pages/operator/partners.tsx'), 'PartnersPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/partners/$distributorId',
    validateSearch: partnerParams.parseCommissionSearch,
    component: lazyRouteComponent(() => import('../pages/operator/partner.tsx'), 'PartnerPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/trade-terms',
    component: lazyRouteComponent(() => import('../pages/operator/trade-terms.tsx'), 'TradeTermsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/working-days',
    component: lazyRouteComponent(() => import('../pages/operator/working-days.tsx'), 'WorkingDaysPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/exports',
    component: lazyRouteComponent(tableExports, 'ExportsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/bank-account',
    component: lazyRouteComponent(() => import('../pages/payout/own-account.tsx'), 'OwnAccountPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/income',
    validateSearch: settlementParams.parseIncomeSearch,
    component: lazyRouteComponent(() => import('../pages/settlement/income.tsx'), 'IncomePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/wallets',
    validateSearch: walletParams.parsePurseSearch,
    component: lazyRouteComponent(() => import('../pages/wallet/staff-wallets.tsx'), 'StaffWalletsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/ledger',
    validateSearch: ledgerParams.parseLedgerSearch,
    component: lazyRouteComponent(() => import('../pages/ledger/ledger.tsx'), 'LedgerPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/ledger/accounts',
    validateSearch: ledgerParams.parseAccountSearch,
    component: lazyRouteComponent(() => import('../pages/ledger/accounts.tsx'), 'LedgerAccountsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/ledger/statement',
    validateSearch: ledgerParams.parseStatementSearch,
    component: lazyRouteComponent(() => import('../pages/ledger/statement.tsx'), 'LedgerStatementPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/payout',
    validateSearch: payoutParams.parsePayoutSearch,
    component: lazyRouteComponent(() => import('../pages/payout/payout.tsx'), 'PayoutPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/payout/runs/$runId',
    component: lazyRouteComponent(() => import('../pages/payout/run.tsx'), 'PayoutRunPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/payout/statements',
    validateSearch: payoutParams.parseStatementSearch,
    component: lazyRouteComponent(() => import('../pages/payout/statements.tsx'), 'StatementsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/payout/accounts',
    component: lazyRouteComponent(() => import('../pages/payout/accounts.tsx'), 'PayoutAccountsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/settlement',
    component: lazyRouteComponent(() => import('../pages/settlement/runs.tsx'), 'RunsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/settlement/$period',
    component: lazyRouteComponent(() => import('../pages/settlement/run.tsx'), 'RunPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/invoices',
    validateSearch: invoiceParams.parseInvoiceSearch,
    component: lazyRouteComponent(invoices, 'InvoicesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/invoices/$invoiceId',
    component: lazyRouteComponent(invoice, 'InvoicePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/invoices',
    validateSearch: invoiceParams.parseInvoiceSearch,
    component: lazyRouteComponent(invoices, 'InvoicesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/invoices/$invoiceId',
    component: lazyRouteComponent(invoice, 'InvoicePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/invoice-demands',
    validateSearch: invoiceParams.parseDemandSearch,
    component: lazyRouteComponent(demands, 'DemandsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/invoice-demands/$requisitionId',
    component: lazyRouteComponent(demand, 'DemandPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/fee-invoices',
    validateSearch: invoiceParams.parseFeeSearch,
    component: lazyRouteComponent(fees, 'FeeInvoicesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/invoice-demands',
    validateSearch: invoiceParams.parseDemandSearch,
    component: lazyRouteComponent(demands, 'DemandsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/invoice-demands/$requisitionId',
    component: lazyRouteComponent(demand, 'DemandPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/fee-invoices',
    validateSearch: invoiceParams.parseFeeSearch,
    component: lazyRouteComponent(fees, 'FeeInvoicesPage'),
  }),
] as const;
