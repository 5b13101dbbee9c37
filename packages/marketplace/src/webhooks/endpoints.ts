/** What a seller does with its endpoints: add, change, pause, rotate the secret, remove, test. */
import type { Tx } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { traceId, uuid } from '../platform/random.ts';
import { ok, type Result, refuse } from '../platform/result.ts';
import { parseWebhookUrl } from './address.ts';
import { type EventType, TEST_EVENT } from './catalogue.ts';
import { type Endpoint, type EndpointState, MOST_ENDPOINTS } from './definition.ts';
import { insertNews } from './delivery-store.ts';
import * as store from './endpoint-store.ts';
import { SECRET_PURPOSE } from './schema.ts';

export interface EndpointInput {
  readonly url: string;
  readonly name: string;
  readonly types: readonly EventType[];
}
export const unknownEndpoint = refuse('NOT_FOUND', 'there is no such endpoint');
const HOUR_MS = 3_600_000;

/** The secret is shown here and never again. Refuses WEBHOOK_ADDRESS, TOO_MANY. */
export async function addEndpoint(
  platform: Platform,
  tx: Tx,
  input: EndpointInput & { readonly sellerId: string },
  now: Date,
): Promise<Result<{ endpoint: Endpoint; secret: string }>> {
  const url = parseWebhookUrl(input.url, platform.config.mode);
  if (!url.ok) return url;
  await store.lockEndpoints(tx, input.sellerId);
  if ((await store.endpointsOf(tx, input.sellerId)).length >= MOST_ENDPOINTS)
    return refuse('TOO_MANY', `a seller has at most ${MOST_ENDPOINTS} endpoints`);
  const endpointId = `ep_${traceId(platform.random)}`;
  const secret = newSecret(platform);
  const endpoint = { ...input, endpointId, url: url.value };
  await store.insertEndpoint(tx, endpoint, platform.keys.seal(secret, SECRET_PURPOSE), now);
  const made = await store.endpointOf(tx, input.sellerId, endpointId);
  return made ? ok({ endpoint: made, secret }) : unknownEndpoint;
}

/** Whatever is absent stays. What waits for an endpoint that is paused stops. Refuses NOT_FOUND, WEBHOOK_ADDRESS. */
export async function changeEndpoint(
  platform: Platform,
  tx: Tx,
  input: {
    readonly sellerId: string;
    readonly endpointId: string;
    readonly url?: string | undefined;
    readonly name?: string | undefined;
    readonly types?: readonly EventType[] | undefined;
    readonly state?: Exclude<EndpointState, 'SWITCHED_OFF'> | undefined;
  },
  now: Date,
): Promise<Result<Endpoint>> {
  const before = await store.endpointOf(tx, input.sellerId, input.endpointId);
  if (!before) return unknownEndpoint;
  const url = input.url === undefined ? ok(before.url) : parseWebhookUrl(input.url, platform.config.mode);
  if (!url.ok) return url;
  const { name = before.name, types = before.types, state = before.state } = input;
  await store.updateEndpoint(tx, before.endpointId, { url: url.value, name, types, state });
  if (state !== 'ACTIVE') await store.stopDeliveries(tx, before.endpointId, now);
  const after = await store.endpointOf(tx, input.sellerId, input.endpointId);
  return after ? ok(after) : unknownEndpoint;
}

/** A new secret; the one before signs too for some hours, so that receivers change without a gap. Refuses NOT_FOUND. */
export async function rotateSecret(
  platform: Platform,
  tx: Tx,
  input: { readonly sellerId: string; readonly endpointId: string; readonly overlapHours: number },
  now: Date,
): Promise<Result<{ endpoint: Endpoint; secret: string }>> {
  if (!(await store.endpointOf(tx, input.sellerId, input.endpointId))) return unknownEndpoint;
  const secret = newSecret(platform);
  const until = new Date(now.getTime() + input.overlapHours * HOUR_MS);
  await store.replaceSecret(tx, input.endpointId, platform.keys.seal(secret, SECRET_PURPOSE), until);
  const endpoint = await store.endpointOf(tx, input.sellerId, input.endpointId);
  return endpoint ? ok({ endpoint, secret }) : unknownEndpoint;
}

/**
 * For good, with all that was sent to it. Refuses NOT_FOUND, WEBHOOK_CHANGED.
 * @param input.url the address that was looked at; absent = whatever it is
 */
export async function removeEndpoint(
  tx: Tx,
  { sellerId, endpointId, url }: { readonly sellerId: string; readonly endpointId: string; readonly url?: string },
): Promise<Result<null>> {
  const found = await store.endpointOf(tx, sellerId, endpointId);
  if (!found) return unknownEndpoint;
  if (url !== undefined && url !== found.url)
    return refuse('WEBHOOK_CHANGED', 'the address of this endpoint is another one by now');
  await store.deleteEndpoint(tx, endpointId);
  return ok(null);
}

/** Sends the test event, to a paused endpoint too. Refuses NOT_FOUND. @returns the id of the delivery */
export async function testEndpoint(
  platform: Platform,
  tx: Tx,
  { sellerId, endpointId }: { readonly sellerId: string; readonly endpointId: string },
  now: Date,
): Promise<Result<{ deliveryId: string }>> {
  if (!(await store.endpointOf(tx, sellerId, endpointId))) return unknownEndpoint;
  const source = `test:${uuid(platform.random)}`;
  const [deliveryId] = await insertNews(
    tx,
    platform.random,
    [
      {
        ...{ sellerId, source, type: TEST_EVENT, data: { endpointId }, endpointIds: [endpointId] },
        ...{ traceId: traceId(platform.random), occurredAt: now },
      },
    ],
    now,
  );
  return deliveryId === undefined ? unknownEndpoint : ok({ deliveryId });
}

/** 24 random bytes, as Standard Webhooks writes them. */
const newSecret = ({ random }: Platform): string => `whsec_${Buffer.from(random.bytes(24)).toString('base64')}`;
