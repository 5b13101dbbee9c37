/** Addresses of the market and what a buyer has. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import * as deliveryParams from '../search/delivery-params.ts';
import * as findingParams from '../search/finding-params.ts';
import * as invoiceParams from '../search/invoice-params.ts';
import * as params from '../search/params.ts';
import * as salesParams from '../search/sales-params.ts';
import * as subscriptionParams from '../search/subscription-params.ts';
import * as usageParams from '../search/usage-params.ts';
import * as walletParams from '../search/wallet-params.ts';
import {
  deliveries,
  delivery,
  invoice,
  invoices,
  meteredService,
  meteredServices,
  order,
  orders,
  tableExports,
} from './pages.ts';
import { getParentRoute } from './root.tsx';

const market = () => import('../pages/buyer/market.tsx');
const services = () => import('../pages/services.tsx');
const service = () => import('../pages/service.tsx');

export const buyerRoutes = [
  createRoute({
    getParentRoute,
    path: '/',
    component: lazyRouteComponent(market, 'MarketPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/market',
    validateSearch: findingParams.parseMarketSearch,
    component: lazyRouteComponent(() => import('../pages/buyer/market-results.tsx'), 'MarketResultsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/favourites',
    validateSearch: findingParams.parsePageSearch,
    component: lazyRouteComponent(() => import('../pages/opinions/favourites.tsx'), 'FavouritesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/my-reviews',
    validateSearch: findingParams.parsePageSearch,
    component: lazyRouteComponent(() => import('../pages/opinions/my-reviews.tsx'), 'MyReviewsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/products/$goodsId',
    validateSearch: params.parsePurchaseSearch,
    component: lazyRouteComponent(() => import('../pages/buyer/product.tsx'), 'ProductPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/checkout',
    validateSearch: params.parsePurchaseSearch,
    component: lazyRouteComponent(() => import('../pages/buyer/checkout.tsx'), 'CheckoutPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/orders/$orderId/pay',
    component: lazyRouteComponent(() => import('../pages/buyer/payment.tsx'), 'PaymentPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/orders',
    validateSearch: params.parseOrderSearch,
    component: lazyRouteComponent(orders, 'OrdersPage'),
  }),
  createRoute({ getParentRoute, path: '/orders/$orderId', component: lazyRouteComponent(order, 'OrderPage') }),
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
    component: lazyRouteComponent(() => import('../pages/buyer/conversion.tsx'), 'ConversionPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/services/$resourceId/change',
    component: lazyRouteComponent(() => import('../pages/buyer/change.tsx'), 'ChangePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/services/$resourceId/unsubscription',
    validateSearch: subscriptionParams.parseRefundFormSearch,
    component: lazyRouteComponent(() => import('../pages/buyer/unsubscription.tsx'), 'UnsubscriptionPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/renewals',
    validateSearch: subscriptionParams.parseRenewalSearch,
    component: lazyRouteComponent(() => import('../pages/buyer/renewals.tsx'), 'RenewalsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/renewals/order',
    validateSearch: subscriptionParams.parseRenewalOrderSearch,
    component: lazyRouteComponent(() => import('../pages/buyer/renewal-order.tsx'), 'RenewalOrderPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/refunds',
    validateSearch: subscriptionParams.parseRefundSearch,
    component: lazyRouteComponent(() => import('../pages/buyer/refunds.tsx'), 'RefundsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/refunds/$refundId',
    component: lazyRouteComponent(() => import('../pages/buyer/refund.tsx'), 'RefundPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/trial',
    validateSearch: subscriptionParams.parseTrialSearch,
    component: lazyRouteComponent(() => import('../pages/buyer/trial.tsx'), 'TrialPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/wallet',
    component: lazyRouteComponent(() => import('../pages/wallet/wallet.tsx'), 'WalletPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/cashier',
    validateSearch: walletParams.parseCashierSearch,
    component: lazyRouteComponent(() => import('../pages/wallet/cashier.tsx'), 'CashierPage'),
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
    path: '/usage',
    validateSearch: usageParams.parseUsageSearch,
    component: lazyRouteComponent(meteredServices, 'UsageServicesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/usage/packages',
    component: lazyRouteComponent(() => import('../pages/usage/packages.tsx'), 'PackagesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/usage/$resourceId',
    validateSearch: usageParams.parseUsageServiceSearch,
    component: lazyRouteComponent(meteredService, 'UsageServicePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/vouchers',
    validateSearch: salesParams.parseMyVoucherSearch,
    component: lazyRouteComponent(() => import('../pages/buyer/vouchers.tsx'), 'MyVouchersPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/demands',
    validateSearch: salesParams.parseDemandSearch,
    component: lazyRouteComponent(() => import('../pages/offers/own-demands.tsx'), 'MyDemandsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/offers/$token',
    component: lazyRouteComponent(() => import('../pages/offers/offer-open.tsx'), 'OpenOfferPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/invoices/orders',
    validateSearch: invoiceParams.parseInvoiceOrderSearch,
    component: lazyRouteComponent(() => import('../pages/invoices/orders.tsx'), 'InvoiceOrdersPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/invoices/titles',
    component: lazyRouteComponent(() => import('../pages/invoices/titles.tsx'), 'InvoiceTitlesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/spending',
    validateSearch: invoiceParams.parseSpendingSearch,
    component: lazyRouteComponent(() => import('../pages/spending/spending.tsx'), 'SpendingPage'),
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
] as const;
