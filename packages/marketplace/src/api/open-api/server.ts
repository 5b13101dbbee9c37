/** KooGallery's Open API as published (openapi.md): paths, headers, bodies and codes. */

import type { Context } from 'hono';
import { Hono } from 'hono';
import type { Platform } from '../../platform/platform.ts';
import { type AppEnv, limitedBody } from '../http.ts';
import { VERSION } from '../version.ts';
import { openApiDocument } from './document.ts';
import { admit, type GatewayError, MOST_BODY_BYTES, MOST_BODY_BYTES_OF_GET, rateLimit } from './gateway.ts';
import { activateLicenses, type LicenseAnswer, licenseAnswer, queryLicenses, type Version } from './license-codes.ts';
import { uploadLicense } from './license-upload.ts';
import { queryOrder } from './order-query.ts';

export const OPEN_API_PREFIX = '/api/mkp-openapi-public/global';

export function openApi(platform: Platform): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use('*', (c, next) =>
    Number(c.req.header('content-length') ?? 0) > MOST_BODY_BYTES ? Promise.resolve(tooLarge(c)) : next(),
  );
  const limit = rateLimit(platform.config.openApiRatePerSecond);
  const reply = (c: Context<AppEnv>, { status, body }: LicenseAnswer) => respond(c, status, body);
  /** Signature, then frequency, then whose key it is; the rest is the API's own. */
  async function forSeller(
    c: Context<AppEnv>,
    mostBytes: number,
    run: (sellerId: string, body: Uint8Array) => Promise<LicenseAnswer>,
  ): Promise<Response> {
    const body = await limitedBody(c, mostBytes);
    if (body === null) return tooLarge(c);
    const admitted = await admit(c, platform, body);
    if ('error' in admitted) return gatewayError(c, admitted.error);
    const { ak, sellerId } = admitted.caller;
    if (!limit.take(ak, platform.clock.now().getTime()))
      return gatewayError(c, { status: 429, code: 'APIGW.0308', message: THROTTLED }, { 'retry-after': '1' });
    if (sellerId === null) return respond(c, 401, { error_code: 'MKT.0151', error_msg: 'No authority' });
    return reply(c, await run(sellerId, body));
  }
  app.get('/v1/order/query', async (c) => {
    const body = await limitedBody(c, MOST_BODY_BYTES_OF_GET);
    if (body === null) return tooLarge(c);
    const admitted = await admit(c, platform, body);
    if ('error' in admitted) return gatewayError(c, admitted.error);
    if (!limit.take(admitted.caller.ak, platform.clock.now().getTime())) {
      return respond(
        c,
        406,
        { resultCode: 'MKT.0250', resultMsg: 'Access frequency overlimit' },
        { 'retry-after': '1' },
      );
    }
    const result = await queryOrder(platform, admitted.caller, new URL(c.req.url).searchParams);
    return respond(c, result.status, result.body);
  });
  const LICENSE_APIS = [
    { path: 'license/activate', run: activateLicenses },
    { path: 'license/heartbeat', run: queryLicenses },
  ] as const;
  const VERSIONS: readonly Version[] = ['v1', 'v2'];
  for (const { path, run } of LICENSE_APIS)
    for (const version of VERSIONS) {
      app.post(`/${version}/${path}`, (c) =>
        forSeller(c, MOST_BODY_BYTES_OF_GET, async (sellerId, body) => {
          if (!/^application\/json\s*(;|$)/i.test(c.req.header('content-type') ?? '')) return licenseAnswer('95000003');
          const request = parsedJson(body);
          return request ? run(platform, sellerId, version, request.value) : licenseAnswer('95000004');
        }),
      );
      app.all(`/${version}/${path}`, (c) => reply(c, licenseAnswer('95000002')));
    }
  app.post('/v1/market-event/:eventId/file', (c) =>
    forSeller(c, MOST_BODY_BYTES, (sellerId, body) =>
      uploadLicense(platform, sellerId, c.req.param('eventId'), {
        contentType: c.req.header('content-type') ?? '',
        body,
      }),
    ),
  );
  app.all('*', (c) =>
    gatewayError(c, {
      status: 404,
      code: 'APIGW.0101',
      message: 'The API does not exist or has not been published in the environment.',
    }),
  );
  app.onError((error, c) => {
    platform.log.error({ err: error, requestId: c.get('requestId') }, 'open api failed');
    return gatewayError(c, { status: 500, code: 'APIGW.0601', message: 'Internal server error.' });
  });
  return app;
}

const THROTTLED = 'The throttling threshold has been reached: policy user over ratelimit';

function parsedJson(body: Uint8Array): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) };
  } catch {
    return null;
  }
}

export { openApiDocument };

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

/** The headers of openapi.md 4; `Date` is set by the HTTP server itself. */
function respond(c: Context<AppEnv>, status: number, body: object, headers: Record<string, string> = {}): Response {
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
