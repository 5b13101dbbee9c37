/** The seller's client of the marketplace's Open API: every published interface, after openapi.md 3, 5 and 7. */
import {
  type LicenceInfo,
  type PlainUsagePushBody,
  SOME_RECORDS_FAILED,
  type SoftwareUsageBody,
  type UsagePushBody,
} from '@jishi/protocol';
import { type Clock, randomText, type Sleep, systemClock, systemRandom, systemSleep } from '../system.ts';
import type { OpenApiRequest } from './exchange.ts';
import { type Extensions, extensions } from './extensions.ts';
import { extensionFrom, failure, notSent, orderFrom, type Read, resultFrom } from './judge.ts';
import { checkClientOptions } from './options.ts';
import * as requests from './requests.ts';
import type {
  ActivatedLicence,
  ActiveUser,
  OpenApiResult,
  OrderResult,
  RefusedUsage,
  ReportedActivity,
} from './result.ts';
import { createSending } from './sending.ts';

export interface OpenApiClientOptions {
  /** Scheme and host only, e.g. `https://mkt.myhuaweicloud.com`; plain HTTP is for loopback. */
  readonly baseUrl: string;
  /** Tried when the first host cannot be reached, resets, times out or answers 504. */
  readonly fallbackBaseUrl?: string;
  readonly ak: string;
  readonly sk: string;
  /** The key of the base interfaces, which signs pushed usage besides (openapi.md 5.2); needed by `pushUsage` only. */
  readonly accessKey?: string;
  readonly fetch?: typeof globalThis.fetch;
  /** For one attempt. */
  readonly timeoutMs?: number;
  /** Plain HTTP to another machine: only for a private network that you trust. */
  readonly allowHttp?: boolean;
  readonly clock?: Clock;
  readonly sleep?: Sleep;
  /** In [0, 1), for the jitter of the delays. */
  readonly random?: () => number;
  /** A new one for each attempt of `pushUsage`, at most 64 characters. */
  readonly nonce?: () => string;
  /** Called when the client stops because its signatures are refused: someone must look at the keys or the clock. */
  readonly onAlarm?: (message: string) => void;
}

export interface CallOptions {
  /** Ends the call early. */
  readonly signal?: AbortSignal;
}

/** No method throws: each answers with what came, or why nothing did. */
export interface OpenApiClient {
  /** A1, openapi.md 5.1. */
  queryOrder(
    query: { readonly orderId: string; readonly orderLineId?: string | undefined },
    options?: CallOptions,
  ): Promise<OrderResult>;
  /** A2: at most 1,000 records. The value lists those that were not taken; all others were. Safe to repeat. */
  pushUsage(body: UsagePushBody, options?: CallOptions): Promise<OpenApiResult<readonly RefusedUsage[]>>;
  /** A3, for products accessed under V1.0; faulty records appear in the Seller Console only. */
  pushPlainUsage(body: PlainUsagePushBody, options?: CallOptions): Promise<OpenApiResult<null>>;
  /**
   * Who used a joint-operation product without signing in through the marketplace: at most 1,000 records. An extension of
   * Jishi. The value lists the records that were not taken, by their place; safe to repeat.
   */
  reportActivity(records: readonly ActiveUser[], options?: CallOptions): Promise<OpenApiResult<ReportedActivity>>;
  /** A4. After a lost answer a repeat is refused with `92020003`: then `queryLicence` decides. */
  activateLicence(
    licence: { readonly license: string; readonly real_effect_time?: string },
    options?: CallOptions,
  ): Promise<OpenApiResult<ActivatedLicence | null>>;
  /** A4 v2: at most 100, all or none. */
  activateLicences(
    licences: { readonly license_list: readonly string[]; readonly real_effect_time?: string },
    options?: CallOptions,
  ): Promise<OpenApiResult<null>>;
  /** A5, at the first use of each day. */
  queryLicence(license: string, options?: CallOptions): Promise<OpenApiResult<readonly LicenceInfo[]>>;
  /** A5 v2: at most 100. */
  queryLicences(licenses: readonly string[], options?: CallOptions): Promise<OpenApiResult<readonly LicenceInfo[]>>;
  /** A6. */
  reportSoftwareUsage(body: SoftwareUsageBody, options?: CallOptions): Promise<OpenApiResult<null>>;
  /** A7: hands over the licence that `getLicenseAsync` asked for. */
  uploadLicence(eventId: string, licence: requests.Licence, options?: CallOptions): Promise<OpenApiResult<null>>;
  /** Orders, instances, calls, bills, usage and webhooks: Jishi's own, not part of KooGallery. */
  readonly extensions: Extensions;
}

/**
 * Creates the client; throws a `TypeError` for options that cannot work.
 *
 * @example
 * const client = createOpenApiClient({ baseUrl: 'https://mkt.myhuaweicloud.com', ak: 'AK…', sk: 'SK…' });
 * const result = await client.queryOrder({ orderId: 'MOCKPERIODYEARNEW' });
 * if (result.ok) console.log(result.order.orderLine[0]?.chargingMode); // PERIOD
 * else console.log(result.code, result.message, result.requestId);
 */
export function createOpenApiClient(options: OpenApiClientOptions): OpenApiClient {
  checkClientOptions(options);
  const {
    ak,
    sk,
    accessKey,
    fetch = globalThis.fetch,
    timeoutMs = 20_000,
    onAlarm,
    nonce = () => randomText(32),
  } = options;
  const { clock = systemClock, sleep = systemSleep, random = systemRandom } = options;
  const hosts = [options.baseUrl, options.fallbackBaseUrl].flatMap((url) => (url ? [new URL(url).origin] : []));
  const send = createSending({ hosts, ak, sk, fetch, timeoutMs, clock, sleep, random, onAlarm });
  async function ask<T>(
    request: OpenApiRequest,
    read: Read<T>,
    { signal }: CallOptions = {},
    alsoGood: readonly string[] = [],
  ): Promise<OpenApiResult<T>> {
    const { exchange, attempts } = await send(request, signal);
    return exchange === null ? notSent(attempts) : resultFrom(exchange, attempts, read, alsoGood);
  }
  const { post, readNothing, readInfos } = requests;
  return {
    async queryOrder({ orderId, orderLineId }, { signal } = {}) {
      const query = orderLineId === undefined ? { orderId } : { orderId, orderLineId };
      const { exchange, attempts } = await send(requests.orderRequest(query), signal);
      return exchange === null ? notSent(attempts) : orderFrom(exchange, attempts);
    },
    async pushUsage(body, call) {
      if (accessKey === undefined) return NO_ACCESS_KEY;
      const request = requests.usageRequest(body, accessKey, nonce);
      return ask(request, requests.readUsageAnswer, call, [SOME_RECORDS_FAILED]);
    },
    pushPlainUsage: (body, call) => ask(requests.plainUsageRequest(body), readNothing, call),
    reportActivity: (records, call) => ask(requests.activityRequest(records), requests.readActivity, call),
    activateLicence: (licence, call) => ask(post('/v1/license/activate', licence), requests.readActivation, call),
    activateLicences: (licences, call) => ask(post('/v2/license/activate', licences), readNothing, call),
    queryLicence: (license, call) => ask(post('/v1/license/heartbeat', { license }), readInfos, call),
    queryLicences: (licenses, call) => ask(post('/v2/license/heartbeat', { license_list: licenses }), readInfos, call),
    reportSoftwareUsage: (body, call) => ask(post('/v2/license/software-usage-info', body), readNothing, call),
    uploadLicence: async (eventId, licence, call) =>
      ask(await requests.uploadRequest(eventId, licence), readNothing, call),
    extensions: extensions(
      async (request, read, { signal } = {}) => {
        const { exchange, attempts } = await send(request, signal);
        return exchange === null ? notSent(attempts) : extensionFrom(exchange, attempts, read);
      },
      () => randomText(32),
    ),
  };
}

const NO_ACCESS_KEY = failure(
  'not-configured',
  'CLIENT.NO_ACCESS_KEY',
  'Not sent: pushUsage is signed with the access key of the base interfaces as well; give it as accessKey.',
  { requestId: null, httpStatus: null, attempts: 0 },
);
