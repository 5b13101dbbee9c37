/** Addresses of what a seller connects, debugs and measures. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import * as activityParams from '../search/activity-params.ts';
import { parseCodeSearch } from '../search/code-params.ts';
import * as debuggingParams from '../search/debugging-params.ts';
import * as livesParams from '../search/lives-params.ts';
import * as params from '../search/params.ts';
import * as usageParams from '../search/usage-params.ts';
import { parseWebhookSearch } from '../search/webhook-params.ts';
import { call, calls, differences, meteredService, meteredServices, probe, probes } from './pages.ts';
import { getParentRoute } from './root.tsx';

const codes = () => import('../pages/seller/codes.tsx');

export const interfacesRoutes = [
  createRoute({
    getParentRoute,
    path: '/seller/calls',
    validateSearch: params.parseCallSearch,
    component: lazyRouteComponent(calls, 'CallsPage'),
  }),
  createRoute({ getParentRoute, path: '/seller/calls/$callId', component: lazyRouteComponent(call, 'CallPage') }),
  createRoute({
    getParentRoute,
    path: '/seller/addresses',
    component: lazyRouteComponent(() => import('../pages/seller/addresses.tsx'), 'AddressesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/order-notices',
    component: lazyRouteComponent(() => import('../pages/seller/order-notices.tsx'), 'OrderNoticesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/debugging',
    validateSearch: debuggingParams.parseDebuggingSearch,
    component: lazyRouteComponent(() => import('../pages/seller/debugging.tsx'), 'DebuggingPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/cases',
    validateSearch: debuggingParams.parseCaseSearch,
    component: lazyRouteComponent(() => import('../pages/seller/cases.tsx'), 'CasesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/probes',
    validateSearch: debuggingParams.parseProbeSearch,
    component: lazyRouteComponent(probes, 'ProbesPage'),
  }),
  createRoute({ getParentRoute, path: '/seller/probes/$goodsId', component: lazyRouteComponent(probe, 'ProbePage') }),
  createRoute({
    getParentRoute,
    path: '/seller/differences',
    validateSearch: livesParams.parseDifferenceSearch,
    component: lazyRouteComponent(differences, 'DifferencesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/activity',
    validateSearch: activityParams.parseActivitySearch,
    component: lazyRouteComponent(() => import('../pages/activity/activity.tsx'), 'ActivityPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/activity/$goodsId',
    validateSearch: activityParams.parseActivitySearch,
    component: lazyRouteComponent(() => import('../pages/activity/product.tsx'), 'ProductActivityPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/operating',
    validateSearch: activityParams.parseOperatingSearch,
    component: lazyRouteComponent(() => import('../pages/activity/operating.tsx'), 'OperatingPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/codes',
    validateSearch: parseCodeSearch,
    component: lazyRouteComponent(codes, 'CodesPage'),
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
    path: '/seller/api-keys',
    component: lazyRouteComponent(() => import('../pages/api-keys/keys.tsx'), 'ApiKeysPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/webhooks',
    component: lazyRouteComponent(() => import('../pages/webhooks/webhooks.tsx'), 'WebhooksPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/webhooks/$endpointId',
    validateSearch: parseWebhookSearch,
    component: lazyRouteComponent(() => import('../pages/webhooks/endpoint.tsx'), 'WebhookPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/seller/api-requests',
    validateSearch: usageParams.parseApiRequestSearch,
    component: lazyRouteComponent(() => import('../pages/api-keys/requests.tsx'), 'ApiRequestsPage'),
  }),
] as const;
