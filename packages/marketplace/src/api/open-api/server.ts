/** KooGallery's Open API as published (openapi.md): paths, headers, bodies and codes. */

import type { Context, MiddlewareHandler } from 'hono';
import { Hono } from 'hono';
import { logApiRequest } from '../../platform/http/api-requests.ts';
import type { Platform } from '../../platform/platform.ts';
import { type AppEnv, limitedBody, rawTarget } from '../http.ts';
import { VERSION } from '../version.ts';
import { reportActivity } from './activity-report.ts';
import { openApiDocument } from './document.ts';
import { findingsOf } from './findings.ts';
import { admit, type GatewayError, MOST_BODY_BYTES, MOST_BODY_BYTES_OF_GET, rateLimit } from './gateway.ts';
import {
  activateLicenses,
  type LicenseAnswer,
  licenseAnswer,
  queryLicenses,
  reportUsage,
  type Version,
} from './license-codes.ts';
import { uploadAnswer, uploadLicense } from './license-upload.ts';
import { mktAnswer, queryOrder } from './order-query.ts';
import { pushUsage, type UsageAnswer } from './usage-push.ts';

export const OPEN_API_PREFIX = '/api/mkp-openapi-public/global';
/** Where the old usage push lives (A3). */
export const REST_PREFIX = '/rest/marketplace';

export { openApiDocument };

type Answer = LicenseAnswer | UsageAnswer;
type Run = (sellerId: string, body: Uint8Array) => Promise<Answer>;
/** Signature, then frequency, then whose key it is; the rest is the API's own. */
type ForSeller = (c: Context<AppEnv>, mostBytes: number, ours: Answer, run: Run) => Promise<Response>;

/** Both places of the Open API, behind one gateway. */
export function openApis(platform: Platform): { readonly api: Hono<AppEnv>; readonly rest: Hono<AppEnv> } {
  const limit = rateLimit(platform.config.openApiRatePerSecond);
  const forSeller: ForSeller = async (c, mostBytes, ours, run) => {
    const body = await limitedBody(c, mostBytes);
    if (body === null) return tooLarge(c);
    const admitted = await admit(c, platform, body);
    if ('error' in admitted) return gatewayError(c, admitted.error);
    const { ak, sellerId } = admitted.caller;
    if (!limit.take(ak, platform.clock.now().getTime()))
      return gatewayError(c, { status: 429, code: 'APIGW.0308', message: THROTTLED }, { 'retry-after': '1' });
    if (sellerId === null) return respond(c, 401, { error_code: 'MKT.0151', error_msg: 'No authority' });
    try {
      return reply(c, await run(sellerId, body));
    } catch (error) {
      platform.log.error({ err: error, requestId: c.get('requestId') }, 'open api failed');
      return reply(c, ours);
    }
  };
  const api = withGateway(platform);
  api.get('/v1/order/query', async (c) => {
    const body = await limitedBody(c, MOST_BODY_BYTES_OF_GET);
    if (body === null) return tooLarge(c);
    const admitted = await admit(c, platform, body);
    if ('error' in admitted) return gatewayError(c, admitted.error);
    if (!limit.take(admitted.caller.ak, platform.clock.now().getTime()))
      return reply(c, mktAnswer('MKT.0250'), { 'retry-after': '1' });
    try {
      return reply(c, await queryOrder(platform, admitted.caller, new URL(c.req.url).searchParams));
    } catch (error) {
      platform.log.error({ err: error, requestId: c.get('requestId') }, 'open api failed');
      return reply(c, mktAnswer('MKT.0999'));
    }
  });
  api.post('/v1/isv/usage-data', usagePush(platform, forSeller, 'SIGNED'));
  api.post('/v1/isv/activity-data', (c) =>
    forSeller(c, MOST_BODY_BYTES, mktAnswer('MKT.0999'), (sellerId, body) => reportActivity(platform, sellerId, body)),
  );
  licenseApis(api, platform, forSeller);
  api.post('/v1/market-event/:eventId/file', (c) =>
    forSeller(c, MOST_BODY_BYTES, uploadAnswer('CBC.0999'), (sellerId, body) =>
      uploadLicense(platform, sellerId, c.req.param('eventId'), {
        contentType: c.req.header('content-type') ?? '',
        body,
      }),
    ),
  );
  const rest = withGateway(platform);
  rest.post('/v1/isv/usage-data', usagePush(platform, forSeller, 'PLAIN'));
  for (const app of [api, rest])
    app.all('*', (c) =>
      gatewayError(c, {
        status: 404,
        code: 'APIGW.0101',
        message: 'The API does not exist or has not been published in the environment.',
      }),
    );
  return { api, rest };
}

const usagePush =
  (platform: Platform, forSeller: ForSeller, form: 'SIGNED' | 'PLAIN') =>
  (c: Context<AppEnv>): Promise<Response> =>
    forSeller(c, MOST_BODY_BYTES, { status: 500, body: { error_code: 'MKT.0999' } }, (sellerId, body) => {
      const headers = Object.fromEntries(c.req.raw.headers);
      return pushUsage(platform, { sellerId, form, headers, body, requestId: c.get('requestId') });
    });

function licenseApis(api: Hono<AppEnv>, platform: Platform, forSeller: ForSeller): void {
  const APIS = [
    { path: 'license/activate', run: activateLicenses, versions: ['v1', 'v2'], mostBytes: MOST_BODY_BYTES_OF_GET },
    { path: 'license/heartbeat', run: queryLicenses, versions: ['v1', 'v2'], mostBytes: MOST_BODY_BYTES_OF_GET },
    { path: 'license/software-usage-info', run: reportUsage, versions: ['v2'], mostBytes: MOST_BODY_BYTES },
  ] as const;
  for (const { path, run, versions, mostBytes } of APIS)
    for (const version of versions satisfies readonly Version[]) {
      api.post(`/${version}/${path}`, (c) =>
        forSeller(c, mostBytes, licenseAnswer('92020001'), async (sellerId, body) => {
          if (!/^application\/json\s*(;|$)/i.test(c.req.header('content-type') ?? '')) return licenseAnswer('95000003');
          const request = parsedJson(body);
          return request ? run(platform, sellerId, version, request.value) : licenseAnswer('95000004');
        }),
      );
      api.all(`/${version}/${path}`, (c) => reply(c, licenseAnswer('95000002')));
    }
}

function withGateway(platform: Platform): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use('*', logged(platform));
  app.use('*', (c, next) =>
    Number(c.req.header('content-length') ?? 0) > MOST_BODY_BYTES ? Promise.resolve(tooLarge(c)) : next(),
  );
  app.onError((error, c) => {
    platform.log.error({ err: error, requestId: c.get('requestId') }, 'open api failed');
    return gatewayError(c, { status: 500, code: 'APIGW.0601', message: 'Internal server error.' });
  });
  return app;
}

/** Each call with what it was told; of a call that nobody's key made, operators see it only. The answer never fails by it. */
const logged =
  (platform: Platform): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const [at, begunMs] = [platform.clock.now(), performance.now()];
    await next();
    const { code = '', message = '', signFault = null } = c.get('answered') ?? {};
    const checked = c.get('openApi');
    const { status } = c.res;
    await logApiRequest(platform.db, {
      requestId: c.get('requestId'),
      at,
      ak: checked?.ak?.slice(0, 64) ?? null,
      sellerId: checked?.sellerId ?? null,
      method: c.req.method,
      path: rawTarget(c).slice(0, 500),
      status,
      code,
      message: message.slice(0, 2_000),
      findings: findingsOf({ status, code, signFault, diagnosis: checked?.diagnosis ?? [] }),
      bytes: checked?.body.length ?? 0,
      durationMs: Math.round(performance.now() - begunMs),
    }).catch((error: unknown) => platform.log.error({ err: error }, 'a call of the open api could not be logged'));
  };

const THROTTLED = 'The throttling threshold has been reached: policy user over ratelimit';

function parsedJson(body: Uint8Array): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) };
  } catch {
    return null;
  }
}

/** Said before anything else is looked at (8 row 12); what is still on its way is not waited for. */
const tooLarge = (c: Context<AppEnv>): Response =>
  gatewayError(c, { status: 413, code: 'APIGW.0201', message: 'Request entity too large.' }, { connection: 'close' });

function gatewayError(
  c: Context<AppEnv>,
  { status, code, message }: GatewayError,
  headers: Record<string, string> = {},
): Response {
  return respond(c, status, { error_msg: message, error_code: code, request_id: c.get('requestId') }, headers);
}

const reply = (c: Context<AppEnv>, answer: Answer, headers: Record<string, string> = {}): Response =>
  respond(c, answer.status, answer.body, headers, 'signFault' in answer ? (answer.signFault ?? null) : null);

/** The headers of openapi.md 4; `Date` is set by the HTTP server itself. */
function respond(
  c: Context<AppEnv>,
  status: number,
  body: Readonly<Record<string, unknown>>,
  headers: Record<string, string> = {},
  signFault: UsageAnswer['signFault'] | null = null,
): Response {
  const code = body.error_code ?? body.resultCode;
  const message = body.error_msg ?? body.resultMsg;
  c.set('answered', { code: String(code ?? ''), message: String(message ?? ''), signFault });
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  return new Response(bytes, {
    status,
    headers: {
      'content-type': 'application/json;charset=UTF-8',
      'content-length': String(bytes.length),
      server: `Jishi/${VERSION}`,
      'x-request-id': c.get('requestId'),
      ...headers,
    },
  });
}
