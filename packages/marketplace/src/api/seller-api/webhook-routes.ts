/** Webhooks by the seller's own program: what the console does with them. */
import { ok } from '../../platform/result.ts';
import {
  addEndpoint,
  changeEndpoint,
  removeEndpoint,
  resend,
  rotateSecret,
  testEndpoint,
} from '../../webhooks/index.ts';
import {
  deliveriesPage,
  deliveryDetail,
  eventCatalogue,
  presentDelivery,
  presentEndpoint,
  webhookOf,
  webhooksOf,
} from '../console-api/webhook-desk.ts';
import * as schemas from '../console-api/webhook-schemas.ts';
import { auditOf } from './audit.ts';
import { noQuery, nothing, read, type SellerRequest, type SellerRoute, write } from './route.ts';

export const webhookRoutes: SellerRoute[] = [
  read({
    path: '/webhook-events',
    summary: 'The events that an endpoint can choose, each with its JSON schema and an example',
    query: noQuery,
    response: schemas.webhookEvents,
    run: async () => ok(eventCatalogue()),
  }),
  read({
    path: '/webhooks',
    summary: 'Your endpoints, at most 10, without their secrets',
    query: noQuery,
    response: schemas.webhooks,
    run: ({ platform, sellerId }) => webhooksOf(platform.db, sellerId),
  }),
  write({
    method: 'post',
    path: '/webhooks',
    summary: 'Add an endpoint; its secret is shown here and never again',
    body: schemas.newWebhook,
    response: schemas.shownWebhook,
    status: 201,
    replay: 'sealed',
    async run(request, body, tx) {
      const { platform, sellerId, now } = request;
      const made = await addEndpoint(platform, tx, { ...body, sellerId }, now);
      if (!made.ok) return made;
      const { endpoint, secret } = made.value;
      await auditOf(request, tx, 'webhook.add', `webhook:${endpoint.endpointId}`);
      return ok({ webhook: presentEndpoint(endpoint), secret });
    },
  }),
  read({
    path: '/webhooks/{endpointId}',
    summary: 'One endpoint',
    query: noQuery,
    response: schemas.webhook,
    run: ({ platform, sellerId, params }) => webhookOf(platform.db, sellerId, params.endpointId ?? ''),
  }),
  write({
    method: 'patch',
    path: '/webhooks/{endpointId}',
    summary: 'Change address, name or events, pause it, or activate it; whatever is absent stays',
    body: schemas.webhookChange,
    response: schemas.webhook,
    async run(request, body, tx) {
      const changed = await changeEndpoint(request.platform, tx, { ...idsOf(request), ...body }, request.now);
      if (!changed.ok) return changed;
      await auditOf(request, tx, 'webhook.change', objectOf(request));
      return ok(presentEndpoint(changed.value));
    },
  }),
  write({
    method: 'delete',
    path: '/webhooks/{endpointId}',
    summary: 'Remove an endpoint with all that was sent to it',
    body: nothing,
    response: schemas.removedWebhook,
    async run(request, _, tx) {
      const removed = await removeEndpoint(tx, idsOf(request));
      if (!removed.ok) return removed;
      await auditOf(request, tx, 'webhook.remove', objectOf(request));
      return ok({ endpointId: idsOf(request).endpointId });
    },
  }),
  write({
    method: 'post',
    path: '/webhooks/{endpointId}/rotation',
    summary: 'Make a new secret; the one before signs too for some hours (24 unless said)',
    body: schemas.webhookRotation,
    response: schemas.shownWebhook,
    status: 201,
    replay: 'sealed',
    async run(request, { overlapHours }, tx) {
      const rotated = await rotateSecret(request.platform, tx, { ...idsOf(request), overlapHours }, request.now);
      if (!rotated.ok) return rotated;
      await auditOf(request, tx, 'webhook.rotate', objectOf(request));
      return ok({ webhook: presentEndpoint(rotated.value.endpoint), secret: rotated.value.secret });
    },
  }),
  write({
    method: 'post',
    path: '/webhooks/{endpointId}/test',
    summary: 'Send a test event, to a paused endpoint too',
    body: nothing,
    response: schemas.testedWebhook,
    status: 201,
    run: (request, _, tx) => testEndpoint(request.platform, tx, idsOf(request), request.now),
  }),
  read({
    path: '/webhooks/{endpointId}/deliveries',
    summary: 'What was sent to an endpoint in the last 30 days, newest first',
    query: schemas.webhookDeliveryQuery,
    response: schemas.webhookDeliveryPage,
    run: (request, query) => deliveriesPage(request.platform.db, idsOf(request), query),
  }),
  read({
    path: '/webhook-deliveries/{deliveryId}',
    summary: 'One delivery with its body and each attempt',
    query: noQuery,
    response: schemas.webhookDeliveryDetail,
    run: ({ platform, sellerId, params }) => deliveryDetail(platform.db, sellerId, params.deliveryId ?? ''),
  }),
  write({
    method: 'post',
    path: '/webhook-deliveries/{deliveryId}/resend',
    summary: 'Send a delivery once more, with the same id',
    body: nothing,
    response: schemas.webhookDelivery,
    async run({ sellerId, params, now }, _, tx) {
      const sent = await resend(tx, { sellerId, deliveryId: params.deliveryId ?? '' }, now);
      return sent.ok ? ok(presentDelivery(sent.value)) : sent;
    },
  }),
];

const idsOf = ({ sellerId, params }: SellerRequest) => ({ sellerId, endpointId: params.endpointId ?? '' });
const objectOf = (request: SellerRequest): string => `webhook:${idsOf(request).endpointId}`;
