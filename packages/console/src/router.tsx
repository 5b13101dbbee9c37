import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { toSearch } from './api/http.ts';
import * as activityParams from './search/activity-params.ts';
import * as assetParams from './search/asset-params.ts';
import { parseCodeSearch } from './search/code-params.ts';
import * as debuggingParams from './search/debugging-params.ts';
import * as deliveryParams from './search/delivery-params.ts';
import * as enterpriseParams from './search/enterprise-params.ts';
import * as findingParams from './search/finding-params.ts';
import * as invoiceParams from './search/invoice-params.ts';
import * as ledgerParams from './search/ledger-params.ts';
import * as livesParams from './search/lives-params.ts';
import * as messageParams from './search/message-params.ts';
import * as params from './search/params.ts';
import * as partnerParams from './search/partner-params.ts';
import * as payoutParams from './search/payout-params.ts';
import * as publicationParams from './search/publication-params.ts';
import * as salesParams from './search/sales-params.ts';
import * as sandboxParams from './search/sandbox-params.ts';
import * as securityParams from './search/security-params.ts';
import * as settlementParams from './search/settlement-params.ts';
import * as subscriptionParams from './search/subscription-params.ts';
import { parseTenantSearch } from './search/tenant-params.ts';
import * as usageParams from './search/usage-params.ts';
import * as walletParams from './search/wallet-params.ts';
import { parseWebhookSearch } from './search/webhook-params.ts';
import { parseJoinSearch, parseWorkplaceSearch } from './search/workplace-params.ts';
import { Broken, NotFound } from './shell/dead-ends.tsx';
import { Frames } from './shell/frames.tsx';

/** All addresses of the console. Pages are loaded when first visited; filters are typed search parameters. */

const root = createRootRoute({ component: Frames, notFoundComponent: NotFound, errorComponent: Broken });
const getParentRoute = () => root;

const market = () => import('./pages/buyer/market.tsx');
const orders = () => import('./pages/orders.tsx');
const order = () => import('./pages/order.tsx');
const services = () => import('./pages/services.tsx');
const service = () => import('./pages/service.tsx');
const calls = () => import('./pages/seller/calls.tsx');
const call = () => import('./pages/seller/call.tsx');
const staffServices = () => import('./pages/seller/services.tsx');
const staffService = () => import('./pages/seller/service.tsx');
const customers = () => import('./pages/seller/customers.tsx');
const differences = () => import('./pages/seller/differences.tsx');
const reviews = () => import('./pages/seller/refunds.tsx');
const review = () => import('./pages/seller/refund.tsx');
const probes = () => import('./pages/seller/probes.tsx');
const probe = () => import('./pages/seller/probes-product.tsx');
const run = () => import('./pages/seller/debugging-run.tsx');
const codes = () => import('./pages/seller/codes.tsx');
const meteredServices = () => import('./pages/usage/services.tsx');
const meteredService = () => import('./pages/usage/service.tsx');
const deliveries = () => import('./pages/deliveries/deliveries.tsx');
const delivery = () => import('./pages/deliveries/delivery.tsx');
const assets = () => import('./pages/assets/assets.tsx');
const asset = () => import('./pages/assets/asset.tsx');
const ownProducts = () => import('./pages/publication/products.tsx');
const productBehind = () => import('./pages/publication/product-behind.tsx');
const application = () => import('./pages/publication/review.tsx');
const sales = () => import('./pages/sales/sales.tsx');
const offers = () => import('./pages/offers/offers.tsx');
const transactions = () => import('./pages/settlement/transactions.tsx');
const settlementLine = () => import('./pages/settlement/line.tsx');
const bills = () => import('./pages/settlement/bills.tsx');
const bill = () => import('./pages/settlement/bill.tsx');
const commission = () => import('./pages/distributor/commission.tsx');
const tableExports = () => import('./pages/settlement/exports.tsx');
const invoices = () => import('./pages/invoices/invoices.tsx');
const invoice = () => import('./pages/invoices/invoice.tsx');
const demands = () => import('./pages/invoices/demands.tsx');
const demand = () => import('./pages/invoices/demand.tsx');
const fees = () => import('./pages/invoices/fees.tsx');
const opinions = () => import('./pages/opinions/staff-reviews.tsx');

const routes = [
  createRoute({
    getParentRoute,
    path: '/',
    component: lazyRouteComponent(market, 'MarketPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/market',
    validateSearch: findingParams.parseMarketSearch,
    component: lazyRouteComponent(() => import('./pages/buyer/market-results.tsx'), 'MarketResultsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/favourites',
    validateSearch: findingParams.parsePageSearch,
    component: lazyRouteComponent(() => import('./pages/opinions/favourites.tsx'), 'FavouritesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/my-reviews',
    validateSearch: findingParams.parsePageSearch,
    component: lazyRouteComponent(() => import('./pages/opinions/my-reviews.tsx'), 'MyReviewsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/questions',
    validateSearch: findingParams.parseQuestionSearch,
    component: lazyRouteComponent(() => import('./pages/opinions/seller-questions.tsx'), 'SellerQuestionsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/reviews',
    validateSearch: findingParams.parseReviewSearch,
    component: lazyRouteComponent(opinions, 'StaffReviewsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/opinions',
    validateSearch: findingParams.parseReviewSearch,
    component: lazyRouteComponent(opinions, 'StaffReviewsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/sign-in',
    validateSearch: params.parseSignInSearch,
    component: lazyRouteComponent(() => import('./pages/sign-in.tsx'), 'SignInPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/products/$goodsId',
    validateSearch: params.parsePurchaseSearch,
    component: lazyRouteComponent(() => import('./pages/buyer/product.tsx'), 'ProductPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/checkout',
    validateSearch: params.parsePurchaseSearch,
    component: lazyRouteComponent(() => import('./pages/buyer/checkout.tsx'), 'CheckoutPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/orders/$orderId/pay',
    component: lazyRouteComponent(() => import('./pages/buyer/payment.tsx'), 'PaymentPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/search',
    validateSearch: params.parseSearchSearch,
    component: lazyRouteComponent(() => import('./pages/search.tsx'), 'SearchPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/sandbox',
    validateSearch: sandboxParams.parseSandboxSearch,
    component: lazyRouteComponent(() => import('./pages/sandbox/sandbox.tsx'), 'SandboxPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/sandbox/exchanges/$exchangeId',
    component: lazyRouteComponent(() => import('./pages/sandbox/exchange.tsx'), 'ExchangePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/messages',
    validateSearch: messageParams.parseMessageSearch,
    component: lazyRouteComponent(() => import('./pages/messages.tsx'), 'MessagesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/members',
    component: lazyRouteComponent(() => import('./pages/accounts/members.tsx'), 'MembersPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/account/password',
    component: lazyRouteComponent(() => import('./pages/accounts/password.tsx'), 'PasswordPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/account/security',
    validateSearch: securityParams.parseSecuritySearch,
    component: lazyRouteComponent(() => import('./pages/security/security.tsx'), 'SecurityPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/audit',
    validateSearch: securityParams.parseAuditSearch,
    component: lazyRouteComponent(() => import('./pages/security/audit.tsx'), 'AuditPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/tenants',
    validateSearch: parseTenantSearch,
    component: lazyRouteComponent(() => import('./pages/accounts/tenants.tsx'), 'TenantsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/messages/receivers',
    component: lazyRouteComponent(() => import('./pages/receivers/receivers.tsx'), 'ReceiversPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/outbox',
    validateSearch: messageParams.parseOutboxSearch,
    component: lazyRouteComponent(() => import('./pages/operator/outbox.tsx'), 'OutboxPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/workplace',
    validateSearch: parseWorkplaceSearch,
    component: lazyRouteComponent(() => import('./pages/workplace/workplace.tsx'), 'WorkplacePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/workplace/join',
    validateSearch: parseJoinSearch,
    component: lazyRouteComponent(() => import('./pages/workplace/join.tsx'), 'JoinPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/enterprise/$enterpriseId/invitations',
    component: lazyRouteComponent(() => import('./pages/enterprise/invitations.tsx'), 'InvitationsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/enterprise',
    component: lazyRouteComponent(() => import('./pages/enterprise/enterprise.tsx'), 'EnterprisePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/enterprise/$enterpriseId',
    validateSearch: enterpriseParams.parsePeopleSearch,
    component: lazyRouteComponent(() => import('./pages/enterprise/people.tsx'), 'PeoplePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/enterprise/$enterpriseId/members/$memberId',
    component: lazyRouteComponent(() => import('./pages/enterprise/member.tsx'), 'MemberPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/enterprise/$enterpriseId/imports',
    component: lazyRouteComponent(() => import('./pages/enterprise/imports.tsx'), 'ImportsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/enterprise/$enterpriseId/groups',
    component: lazyRouteComponent(() => import('./pages/enterprise/groups.tsx'), 'GroupsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/enterprise/$enterpriseId/applications',
    component: lazyRouteComponent(() => import('./pages/enterprise/applications.tsx'), 'ApplicationsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/enterprise/$enterpriseId/log',
    validateSearch: enterpriseParams.parseLogSearch,
    component: lazyRouteComponent(() => import('./pages/enterprise/log.tsx'), 'SyncLogPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/enterprise/$enterpriseId/administrators',
    component: lazyRouteComponent(() => import('./pages/enterprise/administrators.tsx'), 'AdministratorsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/products/$goodsId/credential',
    component: lazyRouteComponent(() => import('./pages/seller/credential.tsx'), 'CredentialPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator',
    component: lazyRouteComponent(() => import('./pages/operator/overview.tsx'), 'OverviewPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/tasks',
    validateSearch: params.parseTaskSearch,
    component: lazyRouteComponent(() => import('./pages/operator/tasks.tsx'), 'TasksPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller',
    beforeLoad: () => {
      throw redirect({ to: '/seller/calls' });
    },
  }),
  createRoute({
    getParentRoute,
    path: '/orders',
    validateSearch: params.parseOrderSearch,
    component: lazyRouteComponent(orders, 'OrdersPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/orders',
    validateSearch: params.parseOrderSearch,
    component: lazyRouteComponent(orders, 'OrdersPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/orders',
    validateSearch: params.parseOrderSearch,
    component: lazyRouteComponent(orders, 'OrdersPage'),
  }),
  createRoute({ getParentRoute, path: '/orders/$orderId', component: lazyRouteComponent(order, 'OrderPage') }),
  createRoute({ getParentRoute, path: '/seller/orders/$orderId', component: lazyRouteComponent(order, 'OrderPage') }),
  createRoute({ getParentRoute, path: '/operator/orders/$orderId', component: lazyRouteComponent(order, 'OrderPage') }),
  createRoute({
    getParentRoute,
    path: '/services',
    validateSearch: params.parseInstanceSearch,
    component: lazyRouteComponent(services, 'ServicesPage'),
  }),
  createRoute({ getParentRoute, path: '/services/$resourceId', component: lazyRouteComponent(service, 'ServicePage') }),
  createRoute({
    getParentRoute,
    path: '/services/$resourceId/conversion',
    component: lazyRouteComponent(() => import('./pages/buyer/conversion.tsx'), 'ConversionPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/services/$resourceId/change',
    component: lazyRouteComponent(() => import('./pages/buyer/change.tsx'), 'ChangePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/services/$resourceId/unsubscription',
    validateSearch: subscriptionParams.parseRefundFormSearch,
    component: lazyRouteComponent(() => import('./pages/buyer/unsubscription.tsx'), 'UnsubscriptionPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/renewals',
    validateSearch: subscriptionParams.parseRenewalSearch,
    component: lazyRouteComponent(() => import('./pages/buyer/renewals.tsx'), 'RenewalsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/renewals/order',
    validateSearch: subscriptionParams.parseRenewalOrderSearch,
    component: lazyRouteComponent(() => import('./pages/buyer/renewal-order.tsx'), 'RenewalOrderPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/refunds',
    validateSearch: subscriptionParams.parseRefundSearch,
    component: lazyRouteComponent(() => import('./pages/buyer/refunds.tsx'), 'RefundsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/refunds/$refundId',
    component: lazyRouteComponent(() => import('./pages/buyer/refund.tsx'), 'RefundPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/trial',
    validateSearch: subscriptionParams.parseTrialSearch,
    component: lazyRouteComponent(() => import('./pages/buyer/trial.tsx'), 'TrialPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/calls',
    validateSearch: params.parseCallSearch,
    component: lazyRouteComponent(calls, 'CallsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/calls',
    validateSearch: params.parseCallSearch,
    component: lazyRouteComponent(calls, 'CallsPage'),
  }),
  createRoute({ getParentRoute, path: '/seller/calls/$callId', component: lazyRouteComponent(call, 'CallPage') }),
  createRoute({ getParentRoute, path: '/operator/calls/$callId', component: lazyRouteComponent(call, 'CallPage') }),
  createRoute({
    getParentRoute,
    path: '/seller/addresses',
    component: lazyRouteComponent(() => import('./pages/seller/addresses.tsx'), 'AddressesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/order-notices',
    component: lazyRouteComponent(() => import('./pages/seller/order-notices.tsx'), 'OrderNoticesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/debugging',
    validateSearch: debuggingParams.parseDebuggingSearch,
    component: lazyRouteComponent(() => import('./pages/seller/debugging.tsx'), 'DebuggingPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/cases',
    validateSearch: debuggingParams.parseCaseSearch,
    component: lazyRouteComponent(() => import('./pages/seller/cases.tsx'), 'CasesPage'),
  }),
  createRoute({ getParentRoute, path: '/seller/runs/$runId', component: lazyRouteComponent(run, 'RunPage') }),
  createRoute({ getParentRoute, path: '/operator/runs/$runId', component: lazyRouteComponent(run, 'RunPage') }),
  createRoute({
    getParentRoute,
    path: '/seller/probes',
    validateSearch: debuggingParams.parseProbeSearch,
    component: lazyRouteComponent(probes, 'ProbesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/probes',
    validateSearch: debuggingParams.parseProbeSearch,
    component: lazyRouteComponent(probes, 'ProbesPage'),
  }),
  createRoute({ getParentRoute, path: '/seller/probes/$goodsId', component: lazyRouteComponent(probe, 'ProbePage') }),
  createRoute({ getParentRoute, path: '/operator/probes/$goodsId', component: lazyRouteComponent(probe, 'ProbePage') }),
  createRoute({
    getParentRoute,
    path: '/seller/services',
    validateSearch: livesParams.parseServiceSearch,
    component: lazyRouteComponent(staffServices, 'StaffServicesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/services/$resourceId',
    component: lazyRouteComponent(staffService, 'StaffServicePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/customers',
    validateSearch: livesParams.parseCustomerSearch,
    component: lazyRouteComponent(customers, 'CustomersPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/differences',
    validateSearch: livesParams.parseDifferenceSearch,
    component: lazyRouteComponent(differences, 'DifferencesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/refunds',
    validateSearch: subscriptionParams.parseRefundSearch,
    component: lazyRouteComponent(reviews, 'ReviewsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/refunds/$refundId',
    component: lazyRouteComponent(review, 'ReviewPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/activity',
    validateSearch: activityParams.parseActivitySearch,
    component: lazyRouteComponent(() => import('./pages/activity/activity.tsx'), 'ActivityPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/activity/$goodsId',
    validateSearch: activityParams.parseActivitySearch,
    component: lazyRouteComponent(() => import('./pages/activity/product.tsx'), 'ProductActivityPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/activity',
    validateSearch: activityParams.parseActivitySearch,
    component: lazyRouteComponent(() => import('./pages/activity/activity.tsx'), 'ActivityPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/activity/$goodsId',
    validateSearch: activityParams.parseActivitySearch,
    component: lazyRouteComponent(() => import('./pages/activity/product.tsx'), 'ProductActivityPage'),
  }),
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
    component: lazyRouteComponent(() => import('./pages/distributor/commissions.tsx'), 'CommissionsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/distributor/commissions/$lineId',
    component: lazyRouteComponent(commission, 'CommissionPage'),
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
    component: lazyRouteComponent(() => import('./pages/operator/partners.tsx'), 'PartnersPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/partners/$distributorId',
    validateSearch: partnerParams.parseCommissionSearch,
    component: lazyRouteComponent(() => import('./pages/operator/partner.tsx'), 'PartnerPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/trade-terms',
    component: lazyRouteComponent(() => import('./pages/operator/trade-terms.tsx'), 'TradeTermsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/working-days',
    component: lazyRouteComponent(() => import('./pages/operator/working-days.tsx'), 'WorkingDaysPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/exports',
    component: lazyRouteComponent(tableExports, 'ExportsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/income',
    validateSearch: settlementParams.parseIncomeSearch,
    component: lazyRouteComponent(() => import('./pages/settlement/income.tsx'), 'IncomePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/wallet',
    component: lazyRouteComponent(() => import('./pages/wallet/wallet.tsx'), 'WalletPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/cashier',
    validateSearch: walletParams.parseCashierSearch,
    component: lazyRouteComponent(() => import('./pages/wallet/cashier.tsx'), 'CashierPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/wallets',
    validateSearch: walletParams.parsePurseSearch,
    component: lazyRouteComponent(() => import('./pages/wallet/staff-wallets.tsx'), 'StaffWalletsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/ledger',
    validateSearch: ledgerParams.parseLedgerSearch,
    component: lazyRouteComponent(() => import('./pages/ledger/ledger.tsx'), 'LedgerPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/ledger/accounts',
    validateSearch: ledgerParams.parseAccountSearch,
    component: lazyRouteComponent(() => import('./pages/ledger/accounts.tsx'), 'LedgerAccountsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/ledger/statement',
    validateSearch: ledgerParams.parseStatementSearch,
    component: lazyRouteComponent(() => import('./pages/ledger/statement.tsx'), 'LedgerStatementPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/payout',
    validateSearch: payoutParams.parsePayoutSearch,
    component: lazyRouteComponent(() => import('./pages/payout/payout.tsx'), 'PayoutPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/payout/runs/$runId',
    component: lazyRouteComponent(() => import('./pages/payout/run.tsx'), 'PayoutRunPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/payout/statements',
    validateSearch: payoutParams.parseStatementSearch,
    component: lazyRouteComponent(() => import('./pages/payout/statements.tsx'), 'StatementsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/payout/accounts',
    component: lazyRouteComponent(() => import('./pages/payout/accounts.tsx'), 'PayoutAccountsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/settlement',
    component: lazyRouteComponent(() => import('./pages/settlement/runs.tsx'), 'RunsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/settlement/$period',
    component: lazyRouteComponent(() => import('./pages/settlement/run.tsx'), 'RunPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/deliveries',
    validateSearch: deliveryParams.parseDeliverySearch,
    component: lazyRouteComponent(deliveries, 'DeliveriesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/deliveries/$deliveryId',
    component: lazyRouteComponent(delivery, 'DeliveryPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/deliveries',
    validateSearch: deliveryParams.parseDeliverySearch,
    component: lazyRouteComponent(deliveries, 'DeliveriesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/codes',
    validateSearch: parseCodeSearch,
    component: lazyRouteComponent(codes, 'CodesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/usage',
    validateSearch: usageParams.parseUsageSearch,
    component: lazyRouteComponent(meteredServices, 'UsageServicesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/usage/packages',
    component: lazyRouteComponent(() => import('./pages/usage/packages.tsx'), 'PackagesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/usage/$resourceId',
    validateSearch: usageParams.parseUsageServiceSearch,
    component: lazyRouteComponent(meteredService, 'UsageServicePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/usage',
    component: lazyRouteComponent(() => import('./pages/usage/overview.tsx'), 'UsageOverviewPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/usage/$resourceId',
    validateSearch: usageParams.parseUsageServiceSearch,
    component: lazyRouteComponent(meteredService, 'UsageServicePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/usage',
    validateSearch: usageParams.parseUsageSearch,
    component: lazyRouteComponent(meteredServices, 'UsageServicesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/usage/$resourceId',
    validateSearch: usageParams.parseUsageServiceSearch,
    component: lazyRouteComponent(meteredService, 'UsageServicePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/usage-rejected',
    validateSearch: usageParams.parseRejectionSearch,
    component: lazyRouteComponent(() => import('./pages/usage/rejected.tsx'), 'RejectedUsagePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/api-keys',
    component: lazyRouteComponent(() => import('./pages/api-keys/keys.tsx'), 'ApiKeysPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/webhooks',
    component: lazyRouteComponent(() => import('./pages/webhooks/webhooks.tsx'), 'WebhooksPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/webhooks/$endpointId',
    validateSearch: parseWebhookSearch,
    component: lazyRouteComponent(() => import('./pages/webhooks/endpoint.tsx'), 'WebhookPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/api-requests',
    validateSearch: usageParams.parseApiRequestSearch,
    component: lazyRouteComponent(() => import('./pages/api-keys/requests.tsx'), 'ApiRequestsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/deliveries/$deliveryId',
    component: lazyRouteComponent(delivery, 'DeliveryPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/deliveries',
    validateSearch: deliveryParams.parseDeliverySearch,
    component: lazyRouteComponent(deliveries, 'DeliveriesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/deliveries/$deliveryId',
    component: lazyRouteComponent(delivery, 'DeliveryPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/services',
    validateSearch: livesParams.parseServiceSearch,
    component: lazyRouteComponent(staffServices, 'StaffServicesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/services/$resourceId',
    component: lazyRouteComponent(staffService, 'StaffServicePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/customers',
    validateSearch: livesParams.parseCustomerSearch,
    component: lazyRouteComponent(customers, 'CustomersPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/differences',
    validateSearch: livesParams.parseDifferenceSearch,
    component: lazyRouteComponent(differences, 'DifferencesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/refunds',
    validateSearch: subscriptionParams.parseRefundSearch,
    component: lazyRouteComponent(reviews, 'ReviewsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/refunds/$refundId',
    component: lazyRouteComponent(review, 'ReviewPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/vouchers',
    validateSearch: salesParams.parseMyVoucherSearch,
    component: lazyRouteComponent(() => import('./pages/buyer/vouchers.tsx'), 'MyVouchersPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/offers/$token',
    component: lazyRouteComponent(() => import('./pages/offers/offer-open.tsx'), 'OpenOfferPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/products/$goodsId/sales',
    validateSearch: salesParams.parseSalesSearch,
    component: lazyRouteComponent(sales, 'SalesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/products/$goodsId/sales',
    validateSearch: salesParams.parseSalesSearch,
    component: lazyRouteComponent(sales, 'SalesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/offers',
    validateSearch: salesParams.parseOfferSearch,
    component: lazyRouteComponent(offers, 'OffersPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/offers',
    validateSearch: salesParams.parseOfferSearch,
    component: lazyRouteComponent(offers, 'OffersPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/offers/new',
    validateSearch: salesParams.parseNewOfferSearch,
    component: lazyRouteComponent(() => import('./pages/offers/offer-form.tsx'), 'NewOfferPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/vouchers',
    validateSearch: salesParams.parseVoucherSearch,
    component: lazyRouteComponent(() => import('./pages/offers/vouchers.tsx'), 'SellerVouchersPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/vouchers/new',
    component: lazyRouteComponent(() => import('./pages/offers/voucher-form.tsx'), 'NewVoucherPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/demands',
    validateSearch: salesParams.parseDemandSearch,
    component: lazyRouteComponent(() => import('./pages/offers/demands.tsx'), 'DemandsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/products',
    validateSearch: publicationParams.parseOwnProductSearch,
    component: lazyRouteComponent(ownProducts, 'OwnProductsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/products',
    validateSearch: publicationParams.parseOwnProductSearch,
    component: lazyRouteComponent(ownProducts, 'OwnProductsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/products/new',
    component: lazyRouteComponent(() => import('./pages/publication/new-product.tsx'), 'NewProductPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/products/edit/$goodsId',
    validateSearch: publicationParams.parseEditorSearch,
    component: lazyRouteComponent(() => import('./pages/publication/editor.tsx'), 'EditorPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/products/$goodsId',
    validateSearch: publicationParams.parseBehindSearch,
    component: lazyRouteComponent(productBehind, 'ProductBehindPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/products/$goodsId',
    validateSearch: publicationParams.parseBehindSearch,
    component: lazyRouteComponent(productBehind, 'ProductBehindPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/applications',
    validateSearch: publicationParams.parseApplicationSearch,
    component: lazyRouteComponent(() => import('./pages/publication/applications.tsx'), 'ApplicationsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/applications/$applicationId',
    component: lazyRouteComponent(application, 'ApplicationPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/reviews',
    validateSearch: publicationParams.parsePublicationReviewSearch,
    component: lazyRouteComponent(() => import('./pages/publication/reviews.tsx'), 'ReviewQueuePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/reviews/$applicationId',
    component: lazyRouteComponent(application, 'ApplicationPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/assets',
    validateSearch: assetParams.parseAssetSearch,
    component: lazyRouteComponent(assets, 'AssetsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/assets',
    validateSearch: assetParams.parseAssetSearch,
    component: lazyRouteComponent(assets, 'AssetsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/assets/new',
    validateSearch: assetParams.parseNewAssetSearch,
    component: lazyRouteComponent(() => import('./pages/assets/new-asset.tsx'), 'NewAssetPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/invoices/orders',
    validateSearch: invoiceParams.parseInvoiceOrderSearch,
    component: lazyRouteComponent(() => import('./pages/invoices/orders.tsx'), 'InvoiceOrdersPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/invoices/titles',
    component: lazyRouteComponent(() => import('./pages/invoices/titles.tsx'), 'InvoiceTitlesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/spending',
    validateSearch: invoiceParams.parseSpendingSearch,
    component: lazyRouteComponent(() => import('./pages/spending/spending.tsx'), 'SpendingPage'),
  }),
  createRoute({ getParentRoute, path: '/exports', component: lazyRouteComponent(tableExports, 'ExportsPage') }),
  createRoute({
    getParentRoute,
    path: '/invoices',
    validateSearch: invoiceParams.parseInvoiceSearch,
    component: lazyRouteComponent(invoices, 'InvoicesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/invoices/$invoiceId',
    component: lazyRouteComponent(invoice, 'InvoicePage'),
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
  createRoute({ getParentRoute, path: '/seller/assets/$assetId', component: lazyRouteComponent(asset, 'AssetPage') }),
  createRoute({ getParentRoute, path: '/operator/assets/$assetId', component: lazyRouteComponent(asset, 'AssetPage') }),
] as const;

/** The router over the browser's address bar. */
export function createConsoleRouter() {
  return createRouter({
    routeTree: root.addChildren(routes),
    defaultPreload: 'intent',
    scrollRestoration: true,
    parseSearch: params.readQueryString,
    stringifySearch: toSearch,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
