/** Addresses of what a seller does beside its money. */
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import * as assetParams from '../search/asset-params.ts';
import * as deliveryParams from '../search/delivery-params.ts';
import * as findingParams from '../search/finding-params.ts';
import * as livesParams from '../search/lives-params.ts';
import * as params from '../search/params.ts';
import * as publicationParams from '../search/publication-params.ts';
import * as salesParams from '../search/sales-params.ts';
import * as subscriptionParams from '../search/subscription-params.ts';
import * as usageParams from '../search/usage-params.ts';
import {
  application,
  asset,
  assets,
  customers,
  deliveries,
  delivery,
  offers,
  opinions,
  order,
  orders,
  ownProducts,
  productBehind,
  review,
  reviews,
  run,
  sales,
  staffService,
  staffServices,
} from './pages.ts';
import { getParentRoute } from './root.tsx';

export const sellerRoutes = [
  createRoute({
    getParentRoute,
    path: '/seller/questions',
    validateSearch: findingParams.parseQuestionSearch,
    component: lazyRouteComponent(() => import('../pages/opinions/seller-questions.tsx'), 'SellerQuestionsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/reviews',
    validateSearch: findingParams.parseReviewSearch,
    component: lazyRouteComponent(opinions, 'StaffReviewsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/products/$goodsId/credential',
    component: lazyRouteComponent(() => import('../pages/seller/credential.tsx'), 'CredentialPage'),
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
    path: '/seller/orders',
    validateSearch: params.parseOrderSearch,
    component: lazyRouteComponent(orders, 'OrdersPage'),
  }),
  createRoute({ getParentRoute, path: '/seller/orders/$orderId', component: lazyRouteComponent(order, 'OrderPage') }),
  createRoute({ getParentRoute, path: '/seller/runs/$runId', component: lazyRouteComponent(run, 'RunPage') }),
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
    path: '/seller/deliveries',
    validateSearch: deliveryParams.parseDeliverySearch,
    component: lazyRouteComponent(deliveries, 'DeliveriesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/usage-rejected',
    validateSearch: usageParams.parseRejectionSearch,
    component: lazyRouteComponent(() => import('../pages/usage/rejected.tsx'), 'RejectedUsagePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/deliveries/$deliveryId',
    component: lazyRouteComponent(delivery, 'DeliveryPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/products/$goodsId/sales',
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
    path: '/seller/offers/new',
    validateSearch: salesParams.parseNewOfferSearch,
    component: lazyRouteComponent(() => import('../pages/offers/offer-form.tsx'), 'NewOfferPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/vouchers',
    validateSearch: salesParams.parseVoucherSearch,
    component: lazyRouteComponent(() => import('../pages/offers/vouchers.tsx'), 'SellerVouchersPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/vouchers/new',
    component: lazyRouteComponent(() => import('../pages/offers/voucher-form.tsx'), 'NewVoucherPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/demands',
    validateSearch: salesParams.parseDemandSearch,
    component: lazyRouteComponent(() => import('../pages/offers/demands.tsx'), 'DemandsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/products',
    validateSearch: publicationParams.parseOwnProductSearch,
    component: lazyRouteComponent(ownProducts, 'OwnProductsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/products/new',
    component: lazyRouteComponent(() => import('../pages/publication/new-product.tsx'), 'NewProductPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/products/edit/$goodsId',
    validateSearch: publicationParams.parseEditorSearch,
    component: lazyRouteComponent(() => import('../pages/publication/editor.tsx'), 'EditorPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/products/$goodsId',
    validateSearch: publicationParams.parseBehindSearch,
    component: lazyRouteComponent(productBehind, 'ProductBehindPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/applications',
    validateSearch: publicationParams.parseApplicationSearch,
    component: lazyRouteComponent(() => import('../pages/publication/applications.tsx'), 'ApplicationsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/applications/$applicationId',
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
    path: '/seller/assets/new',
    validateSearch: assetParams.parseNewAssetSearch,
    component: lazyRouteComponent(() => import('../pages/assets/new-asset.tsx'), 'NewAssetPage'),
  }),
  createRoute({ getParentRoute, path: '/seller/assets/$assetId', component: lazyRouteComponent(asset, 'AssetPage') }),
] as const;
