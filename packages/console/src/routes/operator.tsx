/** Addresses of what the marketplace's own people do beside the money. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import * as activityParams from '../search/activity-params.ts';
import * as assetParams from '../search/asset-params.ts';
import * as debuggingParams from '../search/debugging-params.ts';
import * as deliveryParams from '../search/delivery-params.ts';
import * as findingParams from '../search/finding-params.ts';
import * as livesParams from '../search/lives-params.ts';
import * as messageParams from '../search/message-params.ts';
import * as params from '../search/params.ts';
import * as publicationParams from '../search/publication-params.ts';
import * as salesParams from '../search/sales-params.ts';
import * as securityParams from '../search/security-params.ts';
import * as subscriptionParams from '../search/subscription-params.ts';
import { parseTenantSearch } from '../search/tenant-params.ts';
import * as usageParams from '../search/usage-params.ts';
import {
  application,
  asset,
  assets,
  call,
  calls,
  customers,
  deliveries,
  delivery,
  differences,
  meteredService,
  offers,
  opinions,
  order,
  orders,
  ownProducts,
  probe,
  probes,
  productBehind,
  review,
  reviews,
  run,
  sales,
  staffService,
  staffServices,
} from './pages.ts';
import { getParentRoute } from './root.tsx';

export const operatorRoutes = [
  createRoute({
    getParentRoute,
    path: '/operator/opinions',
    validateSearch: findingParams.parseReviewSearch,
    component: lazyRouteComponent(opinions, 'StaffReviewsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/audit',
    validateSearch: securityParams.parseAuditSearch,
    component: lazyRouteComponent(() => import('../pages/security/audit.tsx'), 'AuditPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/tenants',
    validateSearch: parseTenantSearch,
    component: lazyRouteComponent(() => import('../pages/accounts/tenants.tsx'), 'TenantsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/tenants/$buyerId/distributors',
    component: lazyRouteComponent(
      () => import('../pages/accounts/distributor-accounts.tsx'),
      'DistributorAccountsPage',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/outbox',
    validateSearch: messageParams.parseOutboxSearch,
    component: lazyRouteComponent(() => import('../pages/operator/outbox.tsx'), 'OutboxPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator',
    component: lazyRouteComponent(() => import('../pages/operator/overview.tsx'), 'OverviewPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/tasks',
    validateSearch: params.parseTaskSearch,
    component: lazyRouteComponent(() => import('../pages/operator/tasks.tsx'), 'TasksPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/orders',
    validateSearch: params.parseOrderSearch,
    component: lazyRouteComponent(orders, 'OrdersPage'),
  }),
  createRoute({ getParentRoute, path: '/operator/orders/$orderId', component: lazyRouteComponent(order, 'OrderPage') }),
  createRoute({
    getParentRoute,
    path: '/operator/calls',
    validateSearch: params.parseCallSearch,
    component: lazyRouteComponent(calls, 'CallsPage'),
  }),
  createRoute({ getParentRoute, path: '/operator/calls/$callId', component: lazyRouteComponent(call, 'CallPage') }),
  createRoute({ getParentRoute, path: '/operator/runs/$runId', component: lazyRouteComponent(run, 'RunPage') }),
  createRoute({
    getParentRoute,
    path: '/operator/probes',
    validateSearch: debuggingParams.parseProbeSearch,
    component: lazyRouteComponent(probes, 'ProbesPage'),
  }),
  createRoute({ getParentRoute, path: '/operator/probes/$goodsId', component: lazyRouteComponent(probe, 'ProbePage') }),
  createRoute({
    getParentRoute,
    path: '/operator/activity',
    validateSearch: activityParams.parseActivitySearch,
    component: lazyRouteComponent(() => import('../pages/activity/activity.tsx'), 'ActivityPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/activity/$goodsId',
    validateSearch: activityParams.parseActivitySearch,
    component: lazyRouteComponent(() => import('../pages/activity/product.tsx'), 'ProductActivityPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/usage',
    component: lazyRouteComponent(() => import('../pages/usage/overview.tsx'), 'UsageOverviewPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/usage/$resourceId',
    validateSearch: usageParams.parseUsageServiceSearch,
    component: lazyRouteComponent(meteredService, 'UsageServicePage'),
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
    path: '/operator/products/$goodsId/sales',
    validateSearch: salesParams.parseSalesSearch,
    component: lazyRouteComponent(sales, 'SalesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/offers',
    validateSearch: salesParams.parseOfferSearch,
    component: lazyRouteComponent(offers, 'OffersPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/products',
    validateSearch: publicationParams.parseOwnProductSearch,
    component: lazyRouteComponent(ownProducts, 'OwnProductsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/products/$goodsId',
    validateSearch: publicationParams.parseBehindSearch,
    component: lazyRouteComponent(productBehind, 'ProductBehindPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/reviews',
    validateSearch: publicationParams.parsePublicationReviewSearch,
    component: lazyRouteComponent(() => import('../pages/publication/reviews.tsx'), 'ReviewQueuePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/reviews/$applicationId',
    component: lazyRouteComponent(application, 'ApplicationPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/operator/assets',
    validateSearch: assetParams.parseAssetSearch,
    component: lazyRouteComponent(assets, 'AssetsPage'),
  }),
  createRoute({ getParentRoute, path: '/operator/assets/$assetId', component: lazyRouteComponent(asset, 'AssetPage') }),
] as const;
