/** Webhooks of the signed-in seller: endpoints, what was sent to them, and the catalogue of events. */
import type { Scope } from '../../directory/index.ts';
import { ok } from '../../platform/result.ts';
import {
  addEndpoint,
  changeEndpoint,
  removeEndpoint,
  resend,
  rotateSecret,
  testEndpoint,
} from '../../webhooks/index.ts';
import { auditDone } from './audit.ts';
import { type Call, type ConsoleRoute, command, noQuery, nothing, read } from './route.ts';
import {
  deliveriesPage,
  deliveryDetail,
  eventCatalogue,
  presentDelivery,
  presentEndpoint,
  webhooksOf,
} from './webhook-desk.ts';
import * as schemas from './webhook-schemas.ts';

const action = 'api-key.manage';

export const webhookRoutes: ConsoleRoute[] = [
  read({
    path: '/webhooks',
    summary: 'Webhook endpoints, without their secrets',
    action,
    query: noQuery,
    response: schemas.webhooks,
    run: ({ platform, scope }) => webhooksOf(platform.db, sellerOf(scope)),
  }),
  read({
    path: '/webhook-events',
    summary: 'The events that an endpoint can choose, each with its schema and an example',
    action,
    query: noQuery,
    response: schemas.webhookEvents,
    run: async () => ok(eventCatalogue()),
  }),
  command({
    path: '/webhooks',
    summary: 'Add an endpoint; its secret is shown here and never again',
    action,
    body: schemas.newWebhook,
    response: schemas.shownWebhook,
    status: 201,
    replay: 'sealed',
    async run(call, body, tx) {
      const made = await addEndpoint(call.platform, tx, { ...body, sellerId: sellerOf(call.scope) }, call.now);
      if (!made.ok) return made;
      const { endpoint, secret } = made.value;
      await auditDone(call, tx, { action: 'webhook.add', object: `webhook:${endpoint.endpointId}`, traceId: null });
      return ok({ webhook: presentEndpoint(endpoint), secret });
    },
  }),
  command({
    path: '/webhooks/{endpointId}',
    summary: 'Change address, name or events of an endpoint, pause it, or activate it',
    action,
    body: schemas.webhookChange,
    response: schemas.webhook,
    async run(call, body, tx) {
      const changed = await changeEndpoint(call.platform, tx, { ...idsOf(call), ...body }, call.now);
      if (!changed.ok) return changed;
      await auditDone(call, tx, { action: 'webhook.change', object: objectOf(call), traceId: null });
      return ok(presentEndpoint(changed.value));
    },
  }),
  command({
    path: '/webhooks/{endpointId}/removal',
    summary: 'Remove an endpoint with all that was sent to it',
    action,
    body: schemas.webhookRemoval,
    response: schemas.removedWebhook,
    async run(call, { url }, tx) {
      const removed = await removeEndpoint(tx, { ...idsOf(call), url });
      if (!removed.ok) return removed;
      await auditDone(call, tx, { action: 'webhook.remove', object: objectOf(call), traceId: null });
      return ok({ endpointId: idsOf(call).endpointId });
    },
  }),
  command({
    path: '/webhooks/{endpointId}/rotation',
    summary: 'Make a new secret; the one before signs too for some hours',
    action,
    body: schemas.webhookRotation,
    response: schemas.shownWebhook,
    status: 201,
    replay: 'sealed',
    async run(call, { overlapHours }, tx) {
      const rotated = await rotateSecret(call.platform, tx, { ...idsOf(call), overlapHours }, call.now);
      if (!rotated.ok) return rotated;
      await auditDone(call, tx, { action: 'webhook.rotate', object: objectOf(call), traceId: null });
      return ok({ webhook: presentEndpoint(rotated.value.endpoint), secret: rotated.value.secret });
    },
  }),
  command({
    path: '/webhooks/{endpointId}/test',
    summary: 'Send a test event',
    action,
    body: nothing,
    response: schemas.testedWebhook,
    status: 201,
    run: (call, _, tx) => testEndpoint(call.platform, tx, idsOf(call), call.now),
  }),
  read({
    path: '/webhooks/{endpointId}/deliveries',
    summary: 'What was sent to an endpoint in the last 30 days, newest first',
    action,
    query: schemas.webhookDeliveryQuery,
    response: schemas.webhookDeliveryPage,
    run: (call, query) => deliveriesPage(call.platform.db, idsOf(call), query),
  }),
  read({
    path: '/webhook-deliveries/{deliveryId}',
    summary: 'One delivery with its body and each attempt',
    action,
    query: noQuery,
    response: schemas.webhookDeliveryDetail,
    run: ({ platform, scope, params }) => deliveryDetail(platform.db, sellerOf(scope), params.deliveryId ?? ''),
  }),
  command({
    path: '/webhook-deliveries/{deliveryId}/resend',
    summary: 'Send a delivery once more, with the same id',
    action,
    body: nothing,
    response: schemas.webhookDelivery,
    async run({ scope, params, now }, _, tx) {
      const sent = await resend(tx, { sellerId: sellerOf(scope), deliveryId: params.deliveryId ?? '' }, now);
      return sent.ok ? ok(presentDelivery(sent.value)) : sent;
    },
  }),
];

const idsOf = ({ scope, params }: Call) => ({ sellerId: sellerOf(scope), endpointId: params.endpointId ?? '' });
const objectOf = (call: Call): string => `webhook:${idsOf(call).endpointId}`;

/** The matrix gives these to roles of a seller only. */
function sellerOf(scope: Scope): string {
  if (scope.kind !== 'seller') throw new Error('unreachable: webhooks belong to sellers');
  return scope.sellerId;
}
