/** KooGallery's Open API as published (openapi.md): paths, headers, bodies and codes. */

import type { Context } from 'hono';
import { Hono } from 'hono';
import type { Platform } from '../../platform/platform.ts';
import { type AppEnv, receivedBody } from '../http.ts';
import { VERSION } from '../version.ts';
import { openApiDocument } from './document.ts';
import { admit, type GatewayError, MOST_BODY_BYTES, rateLimit } from './gateway.ts';
import { queryOrder } from './order-query.ts';

export const OPEN_API_PREFIX = '/api/mkp-openapi-public/global';

export function openApi(platform: Platform): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const limit = rateLimit(platform.config.openApiRatePerSecond);
  app.get('/v1/order/query', async (c) => {
    const body = await readBody(c);
    if ('error' in body) return gatewayError(c, body.error);
    const admitted = await admit(c, platform, body.bytes);
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

export { openApiDocument };

async function readBody(c: Context<AppEnv>): Promise<{ bytes: Uint8Array } | { error: GatewayError }> {
  const tooLarge = { error: { status: 413, code: 'APIGW.0201', message: 'Request entity too large.' } };
  if (Number(c.req.header('content-length') ?? 0) > MOST_BODY_BYTES) return tooLarge;
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of receivedBody(c)) {
    length += part.length;
    if (length > MOST_BODY_BYTES) return tooLarge;
    parts.push(part);
  }
  return { bytes: Buffer.concat(parts) };
}

function gatewayError(c: Context<AppEnv>, { status, code, message }: GatewayError): Response {
  return respond(c, status, { error_msg: message, error_code: code, request_id: c.get('requestId') });
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
