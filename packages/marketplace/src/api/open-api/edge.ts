/** What every place behind the gateway shares: the log of calls, limits of bodies, the gateway's errors, headers of answers. */
import type { Context, MiddlewareHandler } from 'hono';
import { Hono } from 'hono';
import { logApiRequest } from '../../platform/http/api-requests.ts';
import type { Platform } from '../../platform/platform.ts';
import { type AppEnv, discardBody, rawTarget } from '../http.ts';
import { VERSION } from '../version.ts';
import { findingsOf } from './findings.ts';
import { type GatewayError, MOST_BODY_BYTES } from './gateway.ts';
import type { UsageAnswer } from './usage-push.ts';

export const THROTTLED = 'The throttling threshold has been reached: policy user over ratelimit';

export function withGateway(platform: Platform): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use('*', logged(platform));
  app.use('*', (c, next) => (Number(c.req.header('content-length') ?? 0) > MOST_BODY_BYTES ? tooLarge(c) : next()));
  // Routers and proxies see such a path differently, and no path of ours has it (openapi.md 3.3 step 2).
  app.use('*', (c, next) => (UNTIDY_PATH.test(rawTarget(c)) ? Promise.resolve(unknownApi(c)) : next()));
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

/** Empty segments, `.` and `..`, in whatever spelling, in front of the query. */
const UNTIDY_PATH = /^[^?]*\/(\/|(\.|%2e){1,2}([/?]|$))/i;

export const unknownApi = (c: Context<AppEnv>): Response =>
  gatewayError(c, {
    status: 404,
    code: 'APIGW.0101',
    message: 'The API does not exist or has not been published in the environment.',
  });

/** Of what is too large, so much is read for the sake of the answer, and so long. */
const MOST_DISCARDED_BYTES = 4 * MOST_BODY_BYTES;
const MOST_DISCARDED_MS = 10_000;

/** Said before anything else is looked at (8 row 12). */
export async function tooLarge(c: Context<AppEnv>): Promise<Response> {
  if (Number(c.req.header('content-length') ?? 0) <= MOST_DISCARDED_BYTES)
    await discardBody(c, MOST_DISCARDED_BYTES, MOST_DISCARDED_MS);
  const error = { status: 413, code: 'APIGW.0201', message: 'Request entity too large.' };
  return gatewayError(c, error, { connection: 'close' });
}

export function gatewayError(
  c: Context<AppEnv>,
  { status, code, message }: GatewayError,
  headers: Record<string, string> = {},
): Response {
  return respond(c, status, { error_msg: message, error_code: code, request_id: c.get('requestId') }, headers);
}

/** The headers of openapi.md 4; `Date` is set by the HTTP server itself. */
export function respond(
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

export function parsedJson(body: Uint8Array): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) };
  } catch {
    return null;
  }
}
