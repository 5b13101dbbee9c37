/** What sellers ask of their webhooks, in the console and by their own API alike. */
import type { z } from 'zod';
import type { Executor } from '../../platform/database/database.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { ok, type Result } from '../../platform/result.ts';
import { isUuid } from '../../platform/uuid.ts';
import {
  attemptsOf,
  bodyOf,
  type Delivery,
  deliveryOf,
  describeEvents,
  type Endpoint,
  endpointOf,
  endpointsOf,
  listDeliveries,
  unknownDelivery,
  unknownEndpoint,
} from '../../webhooks/index.ts';
import type * as schemas from './webhook-schemas.ts';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export const presentEndpoint = ({ sellerId: _, ...endpoint }: Endpoint): z.infer<typeof schemas.webhook> => ({
  ...endpoint,
  types: [...endpoint.types],
  secretBeforeUntil: iso(endpoint.secretBeforeUntil),
  failingSince: iso(endpoint.failingSince),
  lastSuccessAt: iso(endpoint.lastSuccessAt),
  createdAt: endpoint.createdAt.toISOString(),
});

export const presentDelivery = (delivery: Delivery): z.infer<typeof schemas.webhookDelivery> => ({
  deliveryId: delivery.deliveryId,
  endpointId: delivery.endpointId,
  messageId: delivery.message.messageId,
  type: delivery.message.type,
  state: delivery.state,
  attempts: delivery.attempts,
  createdAt: delivery.createdAt.toISOString(),
  nextAttemptAt: delivery.state === 'DUE' ? delivery.dueAt.toISOString() : null,
  finishedAt: iso(delivery.finishedAt),
  lastStatus: delivery.lastStatus,
  lastFault: delivery.lastFault,
});

export const webhooksOf = async (executor: Executor, sellerId: string) =>
  ok({ items: (await endpointsOf(executor, sellerId)).map(presentEndpoint) });

export async function webhookOf(executor: Executor, sellerId: string, endpointId: string) {
  const found = await endpointOf(executor, sellerId, endpointId);
  return found ? ok(presentEndpoint(found)) : unknownEndpoint;
}

export async function deliveriesPage(
  executor: Executor,
  { sellerId, endpointId }: { readonly sellerId: string; readonly endpointId: string },
  query: z.infer<typeof schemas.webhookDeliveryQuery>,
) {
  if (!(await endpointOf(executor, sellerId, endpointId))) return unknownEndpoint;
  const { cursor, limit, from, to, ...filters } = query;
  const found = await listDeliveries(executor, {
    ...{ ...filters, endpointId, limit: limit + 1, before: cursor ? decodeCursor(cursor) : null },
    ...{ from: from === undefined ? undefined : new Date(from), to: to === undefined ? undefined : new Date(to) },
  });
  const page = toPage(found, limit, ({ createdAt, deliveryId }) => ({ at: createdAt, id: deliveryId }));
  return ok({ items: page.items.map(presentDelivery), nextCursor: page.nextCursor });
}

export async function deliveryDetail(
  executor: Executor,
  sellerId: string,
  deliveryId: string,
): Promise<Result<z.infer<typeof schemas.webhookDeliveryDetail>>> {
  const found = isUuid(deliveryId) ? await deliveryOf(executor, sellerId, deliveryId) : null;
  if (!found) return unknownDelivery;
  const attempts = await attemptsOf(executor, deliveryId);
  return ok({
    delivery: presentDelivery(found),
    body: bodyOf(found.message),
    attempts: attempts.map((attempt) => ({ ...attempt, at: attempt.at.toISOString() })),
  });
}

export const eventCatalogue = (): z.infer<typeof schemas.webhookEvents> => ({
  items: describeEvents().map((event) => ({ ...event, schema: { ...event.schema }, example: { ...event.example } })),
});
