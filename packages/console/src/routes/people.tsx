/** Addresses of sign-in, accounts, messages, enterprises, the sandbox. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import * as enterpriseParams from '../search/enterprise-params.ts';
import * as messageParams from '../search/message-params.ts';
import * as params from '../search/params.ts';
import * as sandboxParams from '../search/sandbox-params.ts';
import * as securityParams from '../search/security-params.ts';
import { parseJoinSearch, parseWorkplaceSearch } from '../search/workplace-params.ts';
import { getParentRoute } from './root.tsx';

export const peopleRoutes = [
  createRoute({
    getParentRoute,
    path: '/sign-in',
    validateSearch: params.parseSignInSearch,
    component: lazyRouteComponent(() => import('../pages/sign-in.tsx'), 'SignInPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/search',
    validateSearch: params.parseSearchSearch,
    component: lazyRouteComponent(() => import('../pages/search.tsx'), 'SearchPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/sandbox',
    validateSearch: sandboxParams.parseSandboxSearch,
    component: lazyRouteComponent(() => import('../pages/sandbox/sandbox.tsx'), 'SandboxPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/sandbox/exchanges/$exchangeId',
    component: lazyRouteComponent(() => import('../pages/sandbox/exchange.tsx'), 'ExchangePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/messages',
    validateSearch: messageParams.parseMessageSearch,
    component: lazyRouteComponent(() => import('../pages/messages.tsx'), 'MessagesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/members',
    component: lazyRouteComponent(() => import('../pages/accounts/members.tsx'), 'MembersPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/account/password',
    component: lazyRouteComponent(() => import('../pages/accounts/password.tsx'), 'PasswordPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/account/security',
    validateSearch: securityParams.parseSecuritySearch,
    component: lazyRouteComponent(() => import('../pages/security/security.tsx'), 'SecurityPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/messages/receivers',
    component: lazyRouteComponent(() => import('../pages/receivers/receivers.tsx'), 'ReceiversPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/workplace',
    validateSearch: parseWorkplaceSearch,
    component: lazyRouteComponent(() => import('../pages/workplace/workplace.tsx'), 'WorkplacePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/workplace/join',
    validateSearch: parseJoinSearch,
    component: lazyRouteComponent(() => import('../pages/workplace/join.tsx'), 'JoinPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/enterprise/$enterpriseId/invitations',
    component: lazyRouteComponent(() => import('../pages/enterprise/invitations.tsx'), 'InvitationsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/enterprise',
    component: lazyRouteComponent(() => import('../pages/enterprise/enterprise.tsx'), 'EnterprisePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/enterprise/$enterpriseId',
    validateSearch: enterpriseParams.parsePeopleSearch,
    component: lazyRouteComponent(() => import('../pages/enterprise/people.tsx'), 'PeoplePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/enterprise/$enterpriseId/members/$memberId',
    component: lazyRouteComponent(() => import('../pages/enterprise/member.tsx'), 'MemberPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/enterprise/$enterpriseId/imports',
    component: lazyRouteComponent(() => import('../pages/enterprise/imports.tsx'), 'ImportsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/enterprise/$enterpriseId/groups',
    component: lazyRouteComponent(() => import('../pages/enterprise/groups.tsx'), 'GroupsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/enterprise/$enterpriseId/applications',
    component: lazyRouteComponent(() => import('../pages/enterprise/applications.tsx'), 'ApplicationsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/enterprise/$enterpriseId/log',
    validateSearch: enterpriseParams.parseLogSearch,
    component: lazyRouteComponent(() => import('../pages/enterprise/log.tsx'), 'SyncLogPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/enterprise/$enterpriseId/administrators',
    component: lazyRouteComponent(() => import('../pages/enterprise/administrators.tsx'), 'AdministratorsPage'),
  }),
] as const;
