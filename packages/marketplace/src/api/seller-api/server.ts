/**
 * Our own extensions of the Open API, for sellers' programs; not part of KooGallery (openapi.md 1). For every route, in
 * this order: signature → frequency → seller → idempotency key (writes) → parse → run; a write is one transaction with its
 * key. Another seller's objects are "not found".
 */

import { type Context, Hono } from 'hono';
import type { Tx } from '../../platform/database/database.ts';
import {
  claimKey,
  fingerprintOf,
  IDEMPOTENCY_KEY,
  storeAnswer,
  storeSealedAnswer,
} from '../../platform/http/idempotency.ts';
import { type ProblemBody, problem, problemOf, validationProblem } from '../../platform/http/problem.ts';
import type { Platform } from '../../platform/platform.ts';
import { answeredInTransaction } from '../answered.ts';
import { type AppEnv, limitedBody } from '../http.ts';
import { gatewayError, parsedJson, respond, THROTTLED, tooLarge, withGateway } from '../open-api/edge.ts';
import { admit, MOST_BODY_BYTES_OF_GET } from '../open-api/gateway.ts';
import { type RateLimit, rateLimit } from '../rate-limit.ts';
import { billRoutes } from './bill-routes.ts';
import { callRoutes } from './call-routes.ts';
import { sellerDocument } from './document.ts';
import { instanceRoutes } from './instance-routes.ts';
import { orderRoutes } from './order-routes.ts';
import type { Outcome, SellerRequest, SellerRoute, WriteRoute } from './route.ts';
import { usageRoutes } from './usage-routes.ts';
import { webhookRoutes } from './webhook-routes.ts';

export const SELLER_API_PREFIX = '/api/ext/v1';

export const SELLER_ROUTES: readonly SellerRoute[] = [
  ...orderRoutes,
  ...instanceRoutes,
  ...callRoutes,
  ...billRoutes,
  ...usageRoutes,
  ...webhookRoutes,
];

const MOST_BODY_BYTES = 1_048_576;

export function sellerApi(platform: Platform): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.get('/openapi.json', (c) => c.json(sellerDocument(SELLER_ROUTES, platform.config.publicUrl, SELLER_API_PREFIX)));
  const signed = withGateway(platform);
  const limit = rateLimit(platform.config.openApiRatePerSecond);
  for (const route of SELLER_ROUTES)
    signed.on(route.method.toUpperCase(), route.path.replaceAll(/\{(\w+)\}/g, ':$1'), (c) =>
      answer(c, platform, limit, route),
    );
  signed.all('*', (c) =>
    gatewayError(c, { status: 404, code: 'APIGW.0101', message: 'The API does not exist or has not been published.' }),
  );
  return app.route('/', signed);
}

async function answer(c: Context<AppEnv>, platform: Platform, limit: RateLimit, route: SellerRoute): Promise<Response> {
  const body = await limitedBody(c, route.method === 'get' ? MOST_BODY_BYTES_OF_GET : MOST_BODY_BYTES);
  if (body === null) return tooLarge(c);
  const admitted = await admit(c, platform, body);
  if ('error' in admitted) return gatewayError(c, admitted.error);
  const { ak, sellerId } = admitted.caller;
  const now = platform.clock.now();
  const wait = limit.take(ak, now.getTime());
  if (wait > 0)
    return gatewayError(c, { status: 429, code: 'APIGW.0308', message: THROTTLED }, { 'retry-after': String(wait) });
  if (sellerId === null) return refused(c, problem('NO_SELLER', 'the access key is no seller’s', { status: 401 }));
  const scope = { kind: 'seller', sellerId, goodsIds: null } as const;
  const request = { platform, sellerId, scope, ak, now, requestId: c.get('requestId'), params: c.req.param() };
  if (route.method === 'get') return send(c, await route.run(request, c.req.query()), 200);
  return once(c, request, route, body);
}

/** The claim, the effect and the stored answer are one transaction; a refusal undoes what was begun. */
async function once(
  c: Context<AppEnv>,
  request: SellerRequest,
  route: WriteRoute,
  bytes: Uint8Array,
): Promise<Response> {
  const key = c.req.header('idempotency-key') ?? '';
  if (!IDEMPOTENCY_KEY.test(key))
    return refused(
      c,
      problem('IDEMPOTENCY_KEY_MISSING', 'the header Idempotency-Key is needed: 8 to 128 visible characters'),
    );
  const body = bytes.length === 0 ? { value: {} } : parsedJson(bytes);
  if (body === null) return refused(c, problem('MALFORMED_JSON', 'the body is no JSON'));
  const owner = `seller-api:${request.sellerId}`;
  const fingerprint = fingerprintOf(route.method, new URL(c.req.url).pathname, Buffer.from(bytes).toString());
  const { platform, now } = request;
  const run = async (tx: Tx): Promise<Response> => {
    const claim = await claimKey(tx, owner, key, fingerprint, platform.keys);
    if (claim.kind === 'in-flight')
      return refused(c, problem('IDEMPOTENCY_IN_FLIGHT', 'a request with this key is under way'), {
        'retry-after': '1',
      });
    if (claim.kind === 'conflict')
      return refused(c, problem('IDEMPOTENCY_CONFLICT', 'this key was used for another request'));
    if (claim.kind === 'hit')
      return respond(c, claim.answer.status, objectOf(claim.answer.body), { 'idempotency-replayed': 'true' });
    const response = send(c, await route.run(request, body.value, tx), route.status);
    if (!response.ok) return response;
    const answer = { status: response.status, body: await response.clone().text() };
    if (route.replay === 'sealed') await storeSealedAnswer(tx, owner, key, fingerprint, answer, platform.keys, now);
    else await storeAnswer(tx, owner, key, fingerprint, answer, now);
    return response;
  };
  const response = await answeredInTransaction(platform.db, run);
  if (response.ok) platform.wake.kick();
  return response;
}

function send(c: Context<AppEnv>, outcome: Outcome, status: number): Response {
  if ('invalid' in outcome) return refused(c, validationProblem(outcome.invalid, outcome.where));
  if (!outcome.ok) return refused(c, problemOf(outcome.refusal));
  return respond(c, status, isObject(outcome.value) ? outcome.value : {});
}

/** The gateway's form, with our own codes: `JISHI.<code>`, what does not fit, and the facts of the refusal. */
function refused(c: Context<AppEnv>, body: ProblemBody, headers: Record<string, string> = {}): Response {
  const { status, code, title, errors, facts } = body;
  const more = { ...(errors ? { errors } : {}), ...(facts ? { facts } : {}) };
  return respond(
    c,
    status,
    { error_msg: title, error_code: `JISHI.${code}`, request_id: c.get('requestId'), ...more },
    headers,
  );
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
function objectOf(text: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(text);
  return isObject(value) ? value : {};
}
