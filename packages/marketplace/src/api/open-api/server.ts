/** KooGallery's Open API as published (openapi.md): paths, headers, bodies and codes. */

import type { Context, Hono } from 'hono';
import type { Platform } from '../../platform/platform.ts';
import { type AppEnv, limitedBody } from '../http.ts';
import { rateLimit } from '../rate-limit.ts';
import { reportActivity } from './activity-report.ts';
import { openApiDocument } from './document.ts';
import { gatewayError, parsedJson, respond, THROTTLED, tooLarge, unknownApi, withGateway } from './edge.ts';
import { admit, MOST_BODY_BYTES, MOST_BODY_BYTES_OF_GET } from './gateway.ts';
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
/** An extension of ours, which has no place among the published interfaces (openapi.md 1). */
export const ACTIVITY_PATH = '/api/ext/v1/activity-data';
/** Everything that begins like this is answered by the gateway, also what it does not know. */
export const OPEN_API_ROOT = '/api/mkp-openapi-public';
/** Where the old usage push lives (A3). */
export const REST_PREFIX = '/rest/marketplace';

export { openApiDocument };

type Answer = LicenseAnswer | UsageAnswer;
type Run = (sellerId: string, body: Uint8Array) => Promise<Answer>;
/** Signature, then frequency, then whose key it is; the rest is the API's own. */
type ForSeller = (c: Context<AppEnv>, mostBytes: number, ours: Answer, run: Run) => Promise<Response>;

/** The canonical path ends with `/`, and some clients send it like that (openapi.md 3.3 step 2, 3.7). */
const withAndWithoutSlash = (path: string): string[] => [path, `${path}/`];

/** Both places of the Open API, behind one gateway; an extension with the same checks; `elsewhere` knows no API at all. */
export function openApis(
  platform: Platform,
): Readonly<Record<'api' | 'rest' | 'activity' | 'elsewhere', Hono<AppEnv>>> {
  const limit = rateLimit(platform.config.openApiRatePerSecond);
  const forSeller: ForSeller = async (c, mostBytes, ours, run) => {
    const body = await limitedBody(c, mostBytes);
    if (body === null) return tooLarge(c);
    const admitted = await admit(c, platform, body);
    if ('error' in admitted) return gatewayError(c, admitted.error);
    const { ak, sellerId } = admitted.caller;
    const wait = limit.take(ak, platform.clock.now().getTime());
    if (wait > 0)
      return gatewayError(c, { status: 429, code: 'APIGW.0308', message: THROTTLED }, { 'retry-after': String(wait) });
    if (sellerId === null) return respond(c, 401, { error_code: 'MKT.0151', error_msg: 'No authority' });
    try {
      return reply(c, await run(sellerId, body));
    } catch (error) {
      platform.log.error({ err: error, requestId: c.get('requestId') }, 'open api failed');
      return reply(c, ours);
    }
  };
  const api = withGateway(platform);
  api.on('GET', withAndWithoutSlash('/v1/order/query'), async (c) => {
    const body = await limitedBody(c, MOST_BODY_BYTES_OF_GET);
    if (body === null) return tooLarge(c);
    const admitted = await admit(c, platform, body);
    if ('error' in admitted) return gatewayError(c, admitted.error);
    const wait = limit.take(admitted.caller.ak, platform.clock.now().getTime());
    if (wait > 0) return reply(c, mktAnswer('MKT.0250'), { 'retry-after': String(wait) });
    try {
      return reply(c, await queryOrder(platform, admitted.caller, new URL(c.req.url).searchParams));
    } catch (error) {
      platform.log.error({ err: error, requestId: c.get('requestId') }, 'open api failed');
      return reply(c, mktAnswer('MKT.0999'));
    }
  });
  api.on('POST', withAndWithoutSlash('/v1/isv/usage-data'), usagePush(platform, forSeller, 'SIGNED'));
  licenseApis(api, platform, forSeller);
  api.on('POST', withAndWithoutSlash('/v1/market-event/:eventId/file'), (c) =>
    forSeller(c, MOST_BODY_BYTES, uploadAnswer('CBC.0999'), (sellerId, body) =>
      uploadLicense(platform, sellerId, c.req.param('eventId') ?? '', {
        contentType: c.req.header('content-type') ?? '',
        body,
      }),
    ),
  );
  const rest = withGateway(platform);
  rest.on('POST', withAndWithoutSlash('/v1/isv/usage-data'), usagePush(platform, forSeller, 'PLAIN'));
  const activity = withGateway(platform);
  activity.on('POST', ['/', ''], (c) =>
    forSeller(c, MOST_BODY_BYTES, mktAnswer('MKT.0999'), (sellerId, body) => reportActivity(platform, sellerId, body)),
  );
  const elsewhere = withGateway(platform);
  for (const app of [api, rest, activity, elsewhere]) app.all('*', unknownApi);
  return { api, rest, activity, elsewhere };
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
    { path: 'license/activate', run: activateLicenses, versions: ['v1', 'v2'] },
    { path: 'license/heartbeat', run: queryLicenses, versions: ['v1', 'v2'] },
    { path: 'license/software-usage-info', run: reportUsage, versions: ['v2'] },
  ] as const;
  for (const { path, run, versions } of APIS)
    for (const version of versions satisfies readonly Version[]) {
      const paths = withAndWithoutSlash(`/${version}/${path}`);
      api.on('POST', paths, (c) =>
        forSeller(c, MOST_BODY_BYTES, licenseAnswer('92020001'), async (sellerId, body) => {
          if (!/^application\/json\s*(;|$)/i.test(c.req.header('content-type') ?? '')) return licenseAnswer('95000003');
          const request = parsedJson(body);
          return request ? run(platform, sellerId, version, request.value) : licenseAnswer('95000004');
        }),
      );
      for (const each of paths) api.all(each, (c) => reply(c, licenseAnswer('95000002')));
    }
}

const reply = (c: Context<AppEnv>, answer: Answer, headers: Record<string, string> = {}): Response =>
  respond(c, answer.status, answer.body, headers, 'signFault' in answer ? (answer.signFault ?? null) : null);
