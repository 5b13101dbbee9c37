/**
 * Jishi's own extensions beside the published interfaces: orders, instances, calls, bills, usage, webhooks. A marketplace
 * without them answers `APIGW.0101`.
 */
import type { Json, JsonInput } from '@jishi/protocol';
import { fits, misfit, type Shape, type Shaped } from '../shape.ts';
import type { CallOptions } from './client.ts';
import type { OpenApiRequest } from './exchange.ts';
import * as shapes from './extension-shapes.ts';
import type { Read } from './judge.ts';
import type { OpenApiFailure, OpenApiResult } from './result.ts';

type Filters = Readonly<Record<string, string | number | undefined>>;
export interface Page<T> {
  readonly items: readonly T[];
  /** null = the last page */
  readonly nextCursor: string | null;
}
/** A list, newest first. Filters are those of the OpenAPI document, e.g. `state`, `goodsId`, `from`, `to`. */
export interface Listing<T> {
  /** One page: `cursor` of the page before, `limit` up to 100. */
  page(filters?: Filters, options?: CallOptions): Promise<OpenApiResult<Page<T>>>;
  /** Each item, page after page; throws {@link OpenApiError} where a page can not be had. */
  all(filters?: Filters, options?: CallOptions): AsyncGenerator<T, void, undefined>;
}

/** What a page-wise reading failed of. */
export class OpenApiError extends Error {
  override readonly name = 'OpenApiError';
  readonly failure: OpenApiFailure;
  constructor(failure: OpenApiFailure) {
    super(`${failure.code}: ${failure.message}`);
    this.failure = failure;
  }
}

export interface EndpointInput {
  readonly url: string;
  readonly name?: string;
  /** names of events, see `webhooks.verify` */
  readonly types: readonly string[];
}
type Answer<T> = Promise<OpenApiResult<T>>;

export interface Extensions {
  readonly orders: Listing<shapes.SellerOrder>;
  order(orderId: string, options?: CallOptions): Answer<shapes.SellerOrder>;
  readonly instances: Listing<shapes.SellerInstance>;
  /** By the marketplace's id or by yours. */
  instance(resourceId: string, options?: CallOptions): Answer<shapes.SellerInstance>;
  readonly calls: Listing<shapes.ProductionCall>;
  /** With each attempt and what was wrong with it. */
  call(callId: string, options?: CallOptions): Answer<shapes.ProductionCallDetail>;
  restartCall(callId: string, options?: CallOptions): Answer<shapes.ProductionCall>;
  readonly bills: Listing<shapes.SellerBill>;
  bill(billId: string, options?: CallOptions): Answer<shapes.SellerBill>;
  /** Billed or not; of one bill with `{ billId }`. */
  readonly billLines: Listing<shapes.SellerBillLine>;
  /** With how its amount came about. */
  billLine(lineId: string, options?: CallOptions): Answer<shapes.SellerBillLineDetail>;
  usageRecords(resourceId: string): Listing<shapes.UsageRecord>;
  readonly usageCharges: Listing<shapes.UsageCharge>;
  readonly usageRejections: Listing<shapes.UsageRejection>;
  webhookEndpoints(options?: CallOptions): Answer<readonly shapes.WebhookEndpoint[]>;
  /** The secret is told this once. */
  addWebhookEndpoint(input: EndpointInput, options?: CallOptions): Answer<shapes.ShownWebhookEndpoint>;
  changeWebhookEndpoint(
    endpointId: string,
    change: Partial<EndpointInput> & { readonly state?: 'ACTIVE' | 'PAUSED' },
    options?: CallOptions,
  ): Answer<shapes.WebhookEndpoint>;
  removeWebhookEndpoint(endpointId: string, options?: CallOptions): Answer<null>;
  /** The secret before signs too for the overlap. */
  rotateWebhookSecret(
    endpointId: string,
    rotation?: { readonly overlapHours?: number },
    options?: CallOptions,
  ): Answer<shapes.ShownWebhookEndpoint>;
  testWebhookEndpoint(endpointId: string, options?: CallOptions): Answer<{ readonly deliveryId: string }>;
  webhookDeliveries(endpointId: string): Listing<shapes.WebhookDelivery>;
  resendWebhook(deliveryId: string, options?: CallOptions): Answer<shapes.WebhookDelivery>;
}

const PREFIX = '/api/ext/v1';
/** A call with the messages of 20 attempts is some megabytes. */
const MOST_ANSWER_BYTES = 16 * 1024 * 1024;

export type AskExtension = <T>(request: OpenApiRequest, read: Read<T>, options?: CallOptions) => Answer<T>;

/** @param newKey for Idempotency-Key: a new one for each write, the same for its repeats */
export function extensions(ask: AskExtension, newKey: () => string): Extensions {
  const get = <const S extends Shape>(path: string, shape: S, options?: CallOptions): Answer<Shaped<S>> =>
    ask(request('GET', path), reading(shape), options);
  const write = <const S extends Shape>(
    method: 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body: JsonInput,
    shape: S,
    options?: CallOptions,
  ): Answer<Shaped<S>> => {
    const key = newKey();
    const headersAt = () => ({ 'Idempotency-Key': key });
    return ask({ ...request(method, path), body: JSON.stringify(body), headersAt }, reading(shape), options);
  };
  const listing = <const S extends Shape>(path: string, item: S): Listing<Shaped<S>> => {
    const page = (filters: Filters = {}, options?: CallOptions): Answer<Page<Shaped<S>>> =>
      ask(request('GET', path + queryOf(filters)), pageReading(item), options);
    return {
      page,
      async *all(filters = {}, options) {
        for (let cursor: string | null | undefined; cursor !== null; ) {
          const result = await page({ ...filters, cursor }, options);
          if (!result.ok) throw new OpenApiError(result);
          yield* result.value.items;
          cursor = result.value.nextCursor;
        }
      },
    };
  };
  const { endpoint, shownEndpoint } = shapes;
  return {
    orders: listing('/orders', shapes.order),
    order: (orderId, options) => get(`/orders/${part(orderId)}`, shapes.order, options),
    instances: listing('/instances', shapes.instance),
    instance: (resourceId, options) => get(`/instances/${part(resourceId)}`, shapes.instance, options),
    calls: listing('/calls', shapes.call),
    call: (callId, options) => get(`/calls/${part(callId)}`, shapes.callDetail, options),
    restartCall: (callId, options) => write('POST', `/calls/${part(callId)}/restart`, {}, shapes.call, options),
    bills: listing('/bills', shapes.bill),
    bill: (billId, options) => get(`/bills/${part(billId)}`, shapes.bill, options),
    billLines: listing('/bill-lines', shapes.billLine),
    billLine: (lineId, options) => get(`/bill-lines/${part(lineId)}`, shapes.billLineDetail, options),
    usageRecords: (resourceId) => listing(`/usage/services/${part(resourceId)}/records`, shapes.usageRecord),
    usageCharges: listing('/usage/charges', shapes.usageCharge),
    usageRejections: listing('/usage/rejections', shapes.usageRejection),
    async webhookEndpoints(options) {
      const found = await get('/webhooks', { items: [endpoint] }, options);
      return found.ok ? { ...found, value: found.value.items } : found;
    },
    addWebhookEndpoint: (input, options) => write('POST', '/webhooks', { ...input }, shownEndpoint, options),
    changeWebhookEndpoint: (endpointId, change, options) =>
      write('PATCH', `/webhooks/${part(endpointId)}`, { ...change }, endpoint, options),
    async removeWebhookEndpoint(endpointId, options) {
      const done = await write('DELETE', `/webhooks/${part(endpointId)}`, {}, 'json', options);
      return done.ok ? { ...done, value: null } : done;
    },
    rotateWebhookSecret: (endpointId, rotation = {}, options) =>
      write('POST', `/webhooks/${part(endpointId)}/rotation`, { ...rotation }, shownEndpoint, options),
    testWebhookEndpoint: (endpointId, options) =>
      write('POST', `/webhooks/${part(endpointId)}/test`, {}, { deliveryId: 'string' }, options),
    webhookDeliveries: (endpointId) => listing(`/webhooks/${part(endpointId)}/deliveries`, shapes.delivery),
    resendWebhook: (deliveryId, options) =>
      write('POST', `/webhook-deliveries/${part(deliveryId)}/resend`, {}, shapes.delivery, options),
  };
}

const part = encodeURIComponent;
const request = (method: OpenApiRequest['method'], path: string): OpenApiRequest => ({
  ...{ method, path: PREFIX + path, contentType: 'application/json', body: '', mostAnswerBytes: MOST_ANSWER_BYTES },
});

/** Blanks are %20 in a signed query, never `+` (openapi.md 3.4). */
function queryOf(filters: Filters): string {
  const given = Object.entries(filters).flatMap(([name, value]) => (value == null ? [] : [[name, String(value)]]));
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString().replaceAll('+', '%20')}`;
}

const reading =
  <const S extends Shape>(shape: S): Read<Shaped<S>> =>
  (body) =>
    fits(shape, body) ? { ok: true, value: body } : { ok: false, reason: `${misfit(shape, body)} is not as promised` };

const pageReading =
  <const S extends Shape>(item: S): Read<Page<Shaped<S>>> =>
  (body) => {
    const { items, nextCursor } = body;
    const isItem = (value: Json): value is Json & Shaped<S> => misfit(item, value) === null;
    if (!Array.isArray(items) || !items.every(isItem)) return { ok: false, reason: 'items are not as promised' };
    return { ok: true, value: { items, nextCursor: typeof nextCursor === 'string' ? nextCursor : null } };
  };
