/**
 * The console API over HTTP. For every route, in this order: session → CSRF (commands) → role → object scope → parse →
 * run; commands in one transaction with their idempotency key. Foreign objects are "not found" (P-2).
 */
import { type Context, Hono } from 'hono';
import {
  csrfToken,
  mayStillDo,
  type Principal,
  principalOf,
  recentPrincipalOf,
  scopeOf,
} from '../../directory/index.ts';
import type { Caller } from '../../fulfilment/index.ts';
import { writeAudit } from '../../platform/audit.ts';
import { IDEMPOTENCY_KEY } from '../../platform/http/idempotency.ts';
import { type ProblemBody, problem, sendProblem } from '../../platform/http/problem.ts';
import type { Platform } from '../../platform/platform.ts';
import {
  type AppEnv,
  clientAddress,
  constantTimeEqual,
  limitedBody,
  serverClosing,
  sessionCookie,
  sessionToken,
} from '../http.ts';
import { activityRoutes } from './activity-routes.ts';
import { agreementRoutes } from './agreement-routes.ts';
import { apiKeyRoutes } from './api-key-routes.ts';
import { assetRoutes } from './asset-routes.ts';
import { auditRoutes } from './audit-routes.ts';
import { calendarRoutes } from './calendar-routes.ts';
import { callRoutes } from './call-routes.ts';
import { commandRunner, type Given } from './commands.ts';
import { commissionBillRoutes } from './commission-bill-routes.ts';
import { commissionRoutes } from './commission-routes.ts';
import { credentialRoutes } from './credential-routes.ts';
import { debuggingRoutes } from './debugging-routes.ts';
import { deliveryRoutes } from './delivery-routes.ts';
import { sharedDemandRoutes } from './demand-routes.ts';
import { distributorAccountRoutes } from './distributor-account-routes.ts';
import { distributorRoutes } from './distributor-routes.ts';
import { enterpriseAppointmentRoutes } from './enterprise-appointment-routes.ts';
import { enterpriseInvitationRoutes } from './enterprise-invitation-routes.ts';
import { enterprisePasswordRoutes } from './enterprise-password-routes.ts';
import { enterpriseRoutes } from './enterprise-routes.ts';
import { exchangeRoutes } from './exchange-routes.ts';
import { exportRoutes } from './export-routes.ts';
import { fileRoutes } from './file-routes.ts';
import { findingRoutes } from './finding-routes.ts';
import { importRoutes } from './import-routes.ts';
import { instanceRoutes } from './instance-routes.ts';
import { invoiceBuyerRoutes } from './invoice-buyer-routes.ts';
import { invoiceRoutes } from './invoice-routes.ts';
import { leavingRoutes } from './leaving-routes.ts';
import { ledgerRoutes } from './ledger-routes.ts';
import { licenseRoutes } from './license-routes.ts';
import { marketRoutes } from './market-routes.ts';
import { memberRoutes } from './member-routes.ts';
import { messageRoutes } from './message-routes.ts';
import { myOfferRoutes } from './my-offer-routes.ts';
import { noticeRoutes } from './notice-routes.ts';
import { offeringRoutes } from './offer-routes.ts';
import { consoleDocument } from './open-api-document.ts';
import { operatingRoutes } from './operating-routes.ts';
import { operatorRoutes } from './operator-routes.ts';
import { opinionRoutes } from './opinion-routes.ts';
import { orderPaymentRoutes } from './order-payment-routes.ts';
import { orderRoutes } from './order-routes.ts';
import { payoutAccountRoutes } from './payout-account-routes.ts';
import { payoutRoutes } from './payout-routes.ts';
import { payoutStatementRoutes } from './payout-statement-routes.ts';
import { peopleRoutes } from './people-routes.ts';
import { productRoutes } from './product-routes.ts';
import { publicationRoutes } from './publication-routes.ts';
import { refundRoutes } from './refund-routes.ts';
import { reviewRoutes } from './review-routes.ts';
import type { Call, CommandRoute, ConsoleRoute, ReadRoute } from './route.ts';
import { salesRoutes } from './sales-routes.ts';
import { scimTokenRoutes } from './scim-token-routes.ts';
import { firstToDo } from './security-call.ts';
import { securityRoutes } from './security-routes.ts';
import { send } from './send.ts';
import { serviceRoutes } from './service-routes.ts';
import { sessionRoutes } from './session-routes.ts';
import { settlementOperatorRoutes } from './settlement-operator-routes.ts';
import { settlementRoutes } from './settlement-routes.ts';
import { signInOidcRoutes } from './sign-in-oidc.ts';
import { spendingRoutes } from './spending-routes.ts';
import type { OrderStreams } from './stream.ts';
import { subscriptionRoutes } from './subscription-routes.ts';
import { supervisionRoutes } from './supervision-routes.ts';
import { syncRoutes } from './sync-routes.ts';
import { taxSettingsRoutes } from './tax-settings-routes.ts';
import { usageAlarmRoutes } from './usage-alarm-routes.ts';
import { usageOperatorRoutes } from './usage-operator-routes.ts';
import { usageRoutes } from './usage-routes.ts';
import { walletOperatorRoutes } from './wallet-operator-routes.ts';
import { walletRoutes } from './wallet-routes.ts';
import { webhookRoutes } from './webhook-routes.ts';

export const CONSOLE_ROUTES: readonly ConsoleRoute[] = [
  ...memberRoutes,
  ...distributorAccountRoutes,
  ...auditRoutes,
  ...findingRoutes,
  ...marketRoutes,
  ...opinionRoutes,
  ...orderRoutes,
  ...orderPaymentRoutes,
  ...walletRoutes,
  ...walletOperatorRoutes,
  ...publicationRoutes,
  ...productRoutes,
  ...reviewRoutes,
  ...exchangeRoutes,
  ...salesRoutes,
  ...offeringRoutes,
  ...myOfferRoutes,
  ...sharedDemandRoutes,
  ...instanceRoutes,
  ...subscriptionRoutes,
  ...licenseRoutes,
  ...refundRoutes,
  ...serviceRoutes,
  ...deliveryRoutes,
  ...supervisionRoutes,
  ...callRoutes,
  ...debuggingRoutes,
  ...apiKeyRoutes,
  ...webhookRoutes,
  ...usageRoutes,
  ...usageAlarmRoutes,
  ...usageOperatorRoutes,
  ...assetRoutes,
  ...enterpriseRoutes,
  ...enterpriseAppointmentRoutes,
  ...enterprisePasswordRoutes,
  ...enterpriseInvitationRoutes,
  ...peopleRoutes,
  ...importRoutes,
  ...syncRoutes,
  ...credentialRoutes,
  ...scimTokenRoutes,
  ...settlementRoutes,
  ...settlementOperatorRoutes,
  ...payoutRoutes,
  ...payoutStatementRoutes,
  ...payoutAccountRoutes,
  ...invoiceRoutes,
  ...invoiceBuyerRoutes,
  ...spendingRoutes,
  ...activityRoutes,
  ...operatingRoutes,
  ...distributorRoutes,
  ...commissionRoutes,
  ...commissionBillRoutes,
  ...agreementRoutes,
  ...leavingRoutes,
  ...taxSettingsRoutes,
  ...calendarRoutes,
  ...noticeRoutes,
  ...operatorRoutes,
  ...ledgerRoutes,
  ...exportRoutes,
  ...messageRoutes,
];

const MOST_BODY_BYTES = 1_048_576;

export interface ConsoleContext {
  readonly platform: Platform;
  readonly caller: Caller;
  readonly streams: OrderStreams;
}

export function consoleApi(context: ConsoleContext): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  sessionRoutes(app, context.platform);
  securityRoutes(app, context.platform);
  signInOidcRoutes(app, context.platform);
  fileRoutes(app, context.platform);
  const { config } = context.platform;
  app.get('/openapi.json', (c) => c.json(consoleDocument(CONSOLE_ROUTES, config.publicUrl, sessionCookie(config))));
  mountRoutes(app, context, CONSOLE_ROUTES);
  app.all('*', (c) => sendProblem(c, problem('NOT_FOUND', 'there is no such address')));
  return app;
}

export function mountRoutes(app: Hono<AppEnv>, context: ConsoleContext, routes: readonly ConsoleRoute[]): void {
  const run = commandRunner(context.platform);
  for (const route of routes) {
    const path = route.path.replaceAll(/\{(\w+)\}/g, ':$1');
    if (route.kind === 'read') app.get(path, (c) => answerRead(c, context, route));
    else app.post(path, (c) => answerCommand(c, context, route, run));
  }
}

async function answerRead(c: Context<AppEnv>, context: ConsoleContext, route: ReadRoute): Promise<Response> {
  const admitted = await admit(c, context, route);
  if ('problem' in admitted) return sendProblem(c, admitted.problem);
  return send(c, await route.run(admitted.call, c.req.query()), 200);
}

async function answerCommand(
  c: Context<AppEnv>,
  context: ConsoleContext,
  route: CommandRoute,
  run: (given: Given) => Promise<Response>,
): Promise<Response> {
  const admitted = await admit(c, context, route);
  if ('problem' in admitted) {
    if (admitted.principal) await auditRefusal(c, context.platform, route, admitted.principal, admitted.problem.code);
    return sendProblem(c, admitted.problem);
  }
  const { call } = admitted;
  const key = c.req.header('idempotency-key') ?? '';
  if (!IDEMPOTENCY_KEY.test(key))
    return sendProblem(
      c,
      problem(
        'IDEMPOTENCY_KEY_MISSING',
        'the header Idempotency-Key is needed: 8 to 128 visible characters, e.g. a UUID',
      ),
    );
  const most = route.mostBodyBytes ?? MOST_BODY_BYTES;
  const bytes = await limitedBody(c, most);
  if (bytes === null)
    return sendProblem(c, problem('TOO_LARGE', `the body is larger than ${most / 1_048_576} MiB`), {
      connection: 'close',
    });
  const text = new TextDecoder().decode(bytes);
  const body = parseJson(text);
  if (!body.ok) return sendProblem(c, problem('MALFORMED_JSON', 'the body is no JSON'));
  const reply = await run({ c, call, route, key, text, body: body.value, address: addressOf(c) });
  context.platform.wake.kick();
  return reply;
}

async function admit(
  c: Context<AppEnv>,
  { platform, caller, streams }: ConsoleContext,
  route: ConsoleRoute,
): Promise<{ call: Call } | { problem: ProblemBody; principal?: Principal }> {
  const token = sessionToken(c, platform.config);
  const now = platform.clock.now();
  const principal = token === null ? null : await recentPrincipalOf(platform.db, token, now);
  if (!principal || token === null) return { problem: problem('UNAUTHENTICATED', 'please sign in') };
  if (route.kind === 'command' && !constantTimeEqual(c.req.header('x-csrf-token') ?? '', csrfToken(token))) {
    return { principal, problem: problem('CSRF', 'the header X-CSRF-Token is missing or not of this session') };
  }
  const first = firstToDo(principal, platform);
  if (first) return { principal, problem: first };
  const scope = scopeOf(principal, route.action);
  if (principal.left === true && (scope === null || (route.kind === 'command' && !mayStillDo(principal, route.action))))
    return {
      principal,
      problem: problem('SELLER_LEFT', 'S4-7: your company has left the marketplace: what is past can be read'),
    };
  if (!scope) return { principal, problem: problem('FORBIDDEN', `your role may not do this (${route.action})`) };
  const requestId = c.get('requestId');
  const ip = clientAddress(c, platform.config.trustedProxies);
  const again = async () => {
    const known = await principalOf(platform.db, token, platform.clock.now());
    const reach = known && scopeOf(known, route.action);
    return reach && { principal: known, scope: reach };
  };
  const closing = serverClosing(c);
  const params = c.req.param();
  return { call: { platform, caller, now, requestId, ip, params, principal, scope, again, streams, closing } };
}

/** Somebody who is signed in tried what the role does not allow, or another site tried it in the person's name (O-50). */
async function auditRefusal(
  c: Context<AppEnv>,
  platform: Platform,
  route: CommandRoute,
  { userId, role }: Principal,
  code: string,
): Promise<void> {
  const entry = {
    actor: userId,
    role,
    action: route.action,
    object: addressOf(c),
    result: `refused ${code}` as const,
    ip: clientAddress(c, platform.config.trustedProxies),
    requestId: c.get('requestId'),
    traceId: null,
  };
  await writeAudit(platform.db, entry, platform.clock.now());
}

const addressOf = (c: Context<AppEnv>): string => new URL(c.req.url).pathname;

function parseJson(text: string): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: JSON.parse(text === '' ? '{}' : text) };
  } catch {
    return { ok: false };
  }
}
