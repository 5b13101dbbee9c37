/** News for sellers' programs: events → endpoints → signed deliveries (Standard Webhooks). */
export {
  bodyOf,
  CHOOSABLE,
  type DescribedEvent,
  describeEvents,
  EVENTS,
  type EventType,
  isEventType,
} from './catalogue.ts';
export {
  type Attempt,
  type Delivery,
  ENDPOINT_STATES,
  type Endpoint,
  type EndpointState,
  LONGEST_OVERLAP_HOURS,
  LONGEST_URL,
  RETENTION_DAYS as WEBHOOK_RETENTION_DAYS,
} from './definition.ts';
export { attemptsOf, deliveryOf, forgetDeliveries, listDeliveries } from './delivery-store.ts';
export { endpointOf, endpointsOf } from './endpoint-store.ts';
export {
  addEndpoint,
  changeEndpoint,
  type EndpointInput,
  removeEndpoint,
  rotateSecret,
  testEndpoint,
  unknownEndpoint,
} from './endpoints.ts';
export { resend, unknownDelivery } from './resend.ts';
export { WEBHOOKS, webhooksSchema, webhooksSealed } from './schema.ts';
export { createWebhookSender, sendDueWebhooks, startWebhooks, type WebhookSender } from './sending.ts';
export { webhooksSubscriptions } from './subscribers.ts';
